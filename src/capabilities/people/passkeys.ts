import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { COSEALG, decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { fault } from '#capabilities/people/faults'
import type { AuthenticationResponse, RegistrationResponse } from '#capabilities/people/passkey-record'
import { readPasskeys, takeChallenge } from '#capabilities/people/passkey-store'
import type { PasskeyRow, PersonRow } from '#capabilities/people/store'
import type { Services } from '#http/services'
import { fromBase64url, toBase64url, utf8 } from '#kernel/bytes'
import { isFault } from '#kernel/fault'

/** The ceremonies of WebAuthn. A passkey is both factors at once, so the authenticator has to verify its user. */

const timeout = 300_000

// Named, because the library's own choice tries for post-quantum keys, which Node 24 still calls experimental.
const supportedAlgorithmIDs = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256]

/** The node is its own relying party: passkeys of one node say nothing to another (WebAuthn section 5.1.2). */
function relyingParty({ settings }: Services) {
  const { hostname, origin } = new URL(settings.publicUrl)
  return { expectedRPID: hostname, expectedOrigin: origin }
}

export async function registrationOptions(person: PersonRow, services: Services) {
  const { directories, identity, store } = services
  const known = await readPasskeys(store, person.id)
  const { name } = directories.current().members.find((it) => it.id === identity.me) ?? { name: identity.me }
  return generateRegistrationOptions({
    rpName: name,
    rpID: relyingParty(services).expectedRPID,
    userID: new Uint8Array(utf8(person.id)),
    userName: person.username,
    userDisplayName: person.name,
    timeout,
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: known.map(({ credential, transports }) => ({ id: credential, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Names no credentials: the passkey itself tells who it is, so that the options tell nobody who has one. */
export function authenticationOptions(services: Services) {
  const { expectedRPID: rpID } = relyingParty(services)
  return generateAuthenticationOptions({ rpID, userVerification: 'required', timeout })
}

/** Throws `people/passkey-unusable`. */
export async function verifyRegistration(
  response: RegistrationResponse,
  person: string,
  services: Services,
): Promise<Pick<PasskeyRow, 'credential' | 'public_key' | 'counter' | 'transports' | 'synced'>> {
  return attempt('people/passkey-unusable', async () => {
    checkAttestation(response)
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      ...relyingParty(services),
      supportedAlgorithmIDs,
      response: { ...withoutExtensions(response), response: response.response },
      expectedChallenge: (challenge) => takeChallenge(services.store, { challenge, ceremony: 'register', person }),
    })
    if (!verified) return undefined
    const { credential, credentialDeviceType } = registrationInfo
    return {
      credential: credential.id,
      public_key: toBase64url(credential.publicKey),
      counter: credential.counter,
      transports: response.response.transports,
      synced: credentialDeviceType === 'multiDevice',
    }
  })
}

/** The authenticator's new count of uses; a count that does not grow betrays a copy. Throws `people/sign-in-refused`. */
export async function verifyAuthentication(
  response: AuthenticationResponse,
  passkey: PasskeyRow,
  services: Services,
): Promise<number> {
  return attempt('people/sign-in-refused', async () => {
    if (response.response.userHandle !== toBase64url(utf8(passkey.person))) return undefined
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...relyingParty(services),
      response: { ...withoutExtensions(response), response: response.response },
      expectedChallenge: (challenge) => takeChallenge(services.store, { challenge, ceremony: 'sign-in', person: null }),
      credential: {
        id: passkey.credential,
        publicKey: new Uint8Array(fromBase64url(passkey.public_key)),
        counter: passkey.counter,
        transports: passkey.transports,
      },
    })
    return verified ? authenticationInfo.newCounter : undefined
  })
}

/**
 * No attestation was asked for, so none with certificates is read: the library would fetch the revocation lists that they
 * name, and the node would call wherever a stranger's certificate says.
 */
export function checkAttestation({ response }: RegistrationResponse): void {
  const attestation = decodeAttestationObject(new Uint8Array(fromBase64url(response.attestationObject)))
  const format = attestation.get('fmt')
  const selfSigned = format === 'packed' && attestation.get('attStmt').get('x5c') === undefined
  if (format !== 'none' && !selfSigned) throw new Error(`attestation ${format} was not asked for`)
}

function withoutExtensions({ id, rawId, type }: Pick<RegistrationResponse, 'id' | 'rawId' | 'type'>) {
  return { id, rawId, type, clientExtensionResults: {} }
}

/** The library throws plain errors for answers that do not hold; what is a fault of ours stays one. */
async function attempt<Value>(
  code: 'people/passkey-unusable' | 'people/sign-in-refused',
  verify: () => Promise<Value | undefined>,
): Promise<Value> {
  let cause: unknown
  try {
    const value = await verify()
    if (value !== undefined) return value
  } catch (problem) {
    if (isFault(problem)) throw problem
    cause = problem
  }
  throw fault(code, 'This passkey was not accepted. Begin again.', { cause })
}
