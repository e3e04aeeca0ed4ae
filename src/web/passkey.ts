/** Whether this browser and this address can use passkeys. */
export function passkeysWork(): boolean {
  return (
    typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  )
}

/** Has the person's authenticator answer the node's challenge. Throws when the person declines. */
export async function passkeyAnswer(options: object): Promise<object> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON)
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null
  if (credential === null) throw new Error('No passkey was chosen.')
  return credential.toJSON()
}
