/** Whether this browser and this address can use passkeys. */
export function passkeysWork(): boolean {
  return (
    typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  )
}

/** Whether they can make passkeys. */
export function passkeysCanBeMade(): boolean {
  return (
    typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  )
}

/** Has the person's authenticator answer the node's challenge. Throws when the person declines. */
export async function passkeyAnswer(options: object): Promise<object> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON)
  return answered(await navigator.credentials.get({ publicKey }))
}

/** Has the person's authenticator make a key for the node's challenge. Throws when the person declines. */
export async function newPasskey(options: object): Promise<object> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON)
  return answered(await navigator.credentials.create({ publicKey }))
}

function answered(credential: Credential | null): object {
  if (credential === null) throw new DOMException('no passkey', 'NotAllowedError')
  return (credential as PublicKeyCredential).toJSON()
}
