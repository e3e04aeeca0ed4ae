import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { decodeProtectedHeader, type JWK } from 'jose'
import { type OwnKey, type PublicJwk, signingAlgorithm } from '#protocol/keys'

/**
 * Compact JWS (RFC 7515) of the one profile: Ed25519, and no header member that would have to be understood. node:crypto signs
 * where it stands; WebCrypto hands each signature to another thread and back, which costs several times what signing does.
 */

export function signCompact(payload: string, { key, type }: { key: OwnKey; type: string }): string {
  const input = `${headOf(key.kid, type)}.${Buffer.from(payload).toString('base64url')}`
  return `${input}.${sign(null, Buffer.from(input, 'latin1'), key.keyObject).toString('base64url')}`
}

const heads = new Map<string, string>()

function headOf(kid: string, typ: string): string {
  const name = `${kid} ${typ}`
  let head = heads.get(name)
  if (head === undefined) {
    head = Buffer.from(JSON.stringify({ alg: signingAlgorithm, kid, typ })).toString('base64url')
    heads.set(name, head)
  }
  return head
}

/** Whether the key made this signature, in this profile. Never throws for what the text is. */
export function isSignedWith(jws: string, jwk: PublicJwk): boolean {
  try {
    const { alg, crit, b64 } = decodeProtectedHeader(jws) as Record<string, unknown>
    if (alg !== signingAlgorithm || crit !== undefined || b64 !== undefined) return false
    const [head, payload, signature, ...others] = jws.split('.')
    if (signature === undefined || others.length > 0) return false
    const input = Buffer.from(`${head}.${payload}`, 'latin1')
    return verify(null, input, keyObjectOf(jwk), Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

const imported = new Map<string, KeyObject>()

/** Imports are remembered: the key itself is its name. */
function keyObjectOf(jwk: PublicJwk): KeyObject {
  const name = `${jwk.crv} ${jwk.x}`
  let key = imported.get(name)
  if (key === undefined) {
    key = createPublicKey({ key: jwk as JWK, format: 'jwk' } as Parameters<typeof createPublicKey>[0])
    if (imported.size > 10_000) imported.clear()
    imported.set(name, key)
  }
  return key
}
