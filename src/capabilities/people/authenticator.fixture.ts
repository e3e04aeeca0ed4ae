import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import type { AuthenticationResponse, RegistrationResponse } from '#capabilities/people/passkey-record'
import { toBase64url, utf8 } from '#kernel/bytes'

/** Flags of authenticator data (WebAuthn section 6.1). */
export const present = 0x01
export const verified = 0x04
const attested = 0x40

interface Options {
  readonly rp: { readonly id: string }
  readonly user: { readonly id: string }
  readonly challenge: string
}

/** A platform authenticator in software: ES256 keys, a count of uses, no attestation. */
export function softwareAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credential = randomBytes(32)
  const id = toBase64url(credential)
  let counter = 0
  let user = ''

  const clientData = (type: string, challenge: string) =>
    utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authData = (rpId: string, flags: number, attestedData: Uint8Array = new Uint8Array()) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, attestedData])
  }

  return {
    id,
    /** Winds the count of uses back, as a copy of the authenticator would have it. */
    rewind() {
      counter = 0
    },
    create({ rp, user: { id: handle }, challenge }: Options, flags = present | verified): RegistrationResponse {
      user = handle
      const { x, y } = publicKey.export({ format: 'jwk' })
      const key = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x!)],
        [-3, bytes(y!)],
      ])
      const length = Buffer.from([0, credential.byteLength])
      const data = Buffer.concat([Buffer.alloc(16), length, credential, isoCBOR.encode(key)])
      const attestation = new Map<string, string | Uint8Array | Map<string, string>>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData(rp.id, flags | attested, data))],
      ])
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: toBase64url(clientData('webauthn.create', challenge)),
          attestationObject: toBase64url(isoCBOR.encode(attestation)),
          transports: ['internal'],
        },
      }
    },
    get({ rpId, challenge }: { rpId: string; challenge: string }, flags = present | verified): AuthenticationResponse {
      counter += 1
      const client = clientData('webauthn.get', challenge)
      const data = authData(rpId, flags)
      const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), privateKey)
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: toBase64url(client),
          authenticatorData: toBase64url(data),
          signature: toBase64url(signature),
          userHandle: user,
        },
      }
    },
  }
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'))
}
