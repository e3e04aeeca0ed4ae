/**
 * Signs a proposed directory here in the browser, with a key from a file that a keeper chose. The key is imported so that nothing
 * can read it out again, it is sent nowhere and kept nowhere, and it is gone when the page is left.
 */

export interface KeeperKey {
  /** Thumbprint of its public part (RFC 7638). */
  readonly kid: string
  readonly sign: (text: string) => Promise<string>
}

const algorithm = 'Ed25519'
/** As `protocol/directory.ts` has it: a detached JWS (RFC 7515 appendix F) over the canonical document. */
const type = 'comity-directory+jws'

/** The keys to sign with in a key file: `{ keys: [...] }` or one key alone. Throws when there is none. */
export async function openKeeperKeys(text: string): Promise<KeeperKey[]> {
  const read: unknown = JSON.parse(text)
  const listed = isObject(read) && Array.isArray(read.keys) ? read.keys : [read]
  const keys = listed.filter(isSigningKey)
  if (keys.length === 0) throw new Error('no key to sign with')
  return Promise.all(keys.map(openKeeperKey))
}

interface SigningKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly d: string
}

function isSigningKey(value: unknown): value is SigningKey {
  if (!isObject(value)) return false
  const { kty, crv, x, d } = value
  return kty === 'OKP' && crv === algorithm && typeof x === 'string' && typeof d === 'string'
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

async function openKeeperKey({ kty, crv, x, d }: SigningKey): Promise<KeeperKey> {
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, d }, algorithm, false, ['sign'])
  const kid = base64url(await crypto.subtle.digest('SHA-256', utf8(JSON.stringify({ crv, kty, x }))))
  return {
    kid,
    async sign(text) {
      const head = base64url(utf8(JSON.stringify({ alg: algorithm, kid, typ: type })))
      const signature = await crypto.subtle.sign(algorithm, key, utf8(`${head}.${base64url(utf8(text))}`))
      return `${head}..${base64url(signature)}`
    },
  }
}

/** What the node says is the text's name, computed here from the text itself: hexadecimal. */
export async function hashOfText(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)))
  return Array.from(bytes, (it) => it.toString(16).padStart(2, '0')).join('')
}

/** The public parts of the keys in a file, and nothing of a secret one. */
export function publicKeysIn(text: string): { kty: 'OKP'; crv: 'Ed25519' | 'X25519'; x: string }[] {
  const read: unknown = JSON.parse(text)
  const list = isObject(read) && !Array.isArray(read) ? (read.keys ?? read.items) : read
  const listed: unknown[] = Array.isArray(list) ? list : [read]
  return listed.flatMap((it) => {
    const jwk = isObject(it) && isObject(it.jwk) ? it.jwk : it
    if (!isObject(jwk) || jwk.kty !== 'OKP' || typeof jwk.x !== 'string') return []
    return jwk.crv === 'Ed25519' || jwk.crv === 'X25519' ? [{ kty: 'OKP', crv: jwk.crv, x: jwk.x }] : []
  })
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function base64url(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  let text = ''
  for (const it of new Uint8Array(bytes)) text += String.fromCharCode(it)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
