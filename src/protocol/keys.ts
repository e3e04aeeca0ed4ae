import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from 'jose'
import { z } from 'zod'

/** One profile, no downgrade: Ed25519 signs (RFC 8037, RFC 9864), X25519 with ECDH-ES and A256GCM seals (RFC 7518). */
export const signingAlgorithm = 'Ed25519'
export const sealingAlgorithm = 'ECDH-ES'
export const contentEncryption = 'A256GCM'

export const PublicJwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.enum(['Ed25519', 'X25519']),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})
export type PublicJwk = z.infer<typeof PublicJwk>

export const PrivateJwk = PublicJwk.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) })
export type PrivateJwk = z.infer<typeof PrivateJwk>

export type KeyUse = 'sign' | 'seal'

/** A key pair of this node. `kid` is the RFC 7638 thumbprint of the public key. */
export interface OwnKey {
  readonly kid: string
  readonly use: KeyUse
  readonly publicJwk: PublicJwk
  readonly privateKey: CryptoKey
  /** The same key for `node:crypto`, which signs checkpoints. */
  readonly keyObject: KeyObject
}

export function generateJwk(use: KeyUse): PrivateJwk {
  const pair = use === 'sign' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  const { kty, crv, x, d } = pair.privateKey.export({ format: 'jwk' })
  return PrivateJwk.parse({ kty, crv, x, d })
}

export function publicPart({ kty, crv, x }: PublicJwk): PublicJwk {
  return { kty, crv, x }
}

export function thumbprint(jwk: PublicJwk): Promise<string> {
  return calculateJwkThumbprint(publicPart(jwk) as JWK)
}

export async function openOwnKey(jwk: PrivateJwk): Promise<OwnKey> {
  const use: KeyUse = jwk.crv === 'Ed25519' ? 'sign' : 'seal'
  return {
    kid: await thumbprint(jwk),
    use,
    publicJwk: publicPart(jwk),
    privateKey: (await importJWK(jwk as JWK, use === 'sign' ? signingAlgorithm : sealingAlgorithm)) as CryptoKey,
    keyObject: createPrivateKey({ key: jwk as JWK, format: 'jwk' } as Parameters<typeof createPrivateKey>[0]),
  }
}

/**
 * Whether the last part of a JWS is the one text that the 64 bytes of an Ed25519 signature have. Decoders overlook white space,
 * padding and the four spare bits of the last character: a signed text would have many hashes, and its recipient could pass
 * one of them off as a second envelope at the same sequence.
 */
export function isPlainSignature(part: string | undefined): boolean {
  return part !== undefined && /^[A-Za-z0-9_-]{85}[AQgw]$/.test(part)
}

const imported = new Map<string, Promise<CryptoKey>>()

/** A public key ready for use. Imports are remembered: the key itself is its name. */
export function openPublicKey(jwk: PublicJwk): Promise<CryptoKey> {
  const name = `${jwk.crv} ${jwk.x}`
  let key = imported.get(name)
  if (key === undefined) {
    key = importJWK(jwk as JWK, jwk.crv === 'Ed25519' ? signingAlgorithm : sealingAlgorithm) as Promise<CryptoKey>
    if (imported.size > 10_000) imported.clear()
    imported.set(name, key)
  }
  return key
}
