import { type Bytes, sha256, toHex } from './inclusion.ts'

/** Signatures of checkpoints (C2SP signed-note, tlog-cosignature) on WebCrypto, where the browser knows Ed25519. */

export type Signatures = 'hold' | 'fail' | 'unsupported'

type Key = Parameters<typeof crypto.subtle.verify>[1]

interface VerifierKey {
  readonly name: string
  readonly use: 'log' | 'witness'
  /** Hexadecimal: the first four bytes of a hash over name, type and key. */
  readonly id: string
  readonly key: Key
}

export type VerifierKeys = readonly VerifierKey[]

const uses = new Map([
  [1, 'log'],
  [4, 'witness'],
] as const) as ReadonlyMap<number, VerifierKey['use']>

/** The keys that can be read, as `name+id+base64`; undefined where the browser cannot verify with any. */
export async function verifierKeys(texts: readonly string[]): Promise<VerifierKeys | undefined> {
  const keys: VerifierKey[] = []
  for (const text of texts) {
    const [name = '', id = '', ...rest] = text.split('+')
    const material = fromBase64(rest.join('+'))
    const use = uses.get(material[0] ?? 0)
    if (use === undefined || material.byteLength !== 33) continue
    const expected = await sha256(new TextEncoder().encode(`${name}\n`), material)
    if (toHex(expected.slice(0, 4)) !== id) continue
    try {
      const key = await crypto.subtle.importKey('raw', material.slice(1), { name: 'Ed25519' }, false, ['verify'])
      keys.push({ name, use, id, key })
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'NotSupportedError') return undefined
    }
  }
  return keys
}

/** Whether the log's own key signed the note, and which witnesses cosigned it. */
export async function verifyNote(
  note: string,
  { origin, keys }: { origin: string; keys: VerifierKeys | undefined },
): Promise<{ signed: boolean; cosigners: string[] }> {
  const seam = note.lastIndexOf('\n\n')
  const text = note.slice(0, seam + 1)
  const cosigners = new Set<string>()
  let signed = false
  if (keys === undefined || text.split('\n')[0] !== origin) return { signed, cosigners: [] }
  for (const line of note.slice(seam + 2).split('\n')) {
    const [, name = '', base64 = ''] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const bytes = fromBase64(base64)
    const known = keys.filter((it) => it.name === name && it.id === toHex(bytes.slice(0, 4)))
    for (const { key, use } of known) {
      if (use === 'log' && name === origin) signed ||= await verifies(key, bytes.slice(4), text)
      if (use === 'witness' && name !== origin && bytes.byteLength === 76) {
        const seconds = new DataView(bytes.buffer, 4, 8).getBigUint64(0)
        const message = `cosignature/v1\ntime ${seconds}\n${text}`
        if (await verifies(key, bytes.slice(12), message)) cosigners.add(name)
      }
    }
  }
  return { signed, cosigners: [...cosigners] }
}

function verifies(key: Key, signature: Bytes, text: string): Promise<boolean> {
  return crypto.subtle.verify({ name: 'Ed25519' }, key, signature, new TextEncoder().encode(text))
}

function fromBase64(text: string): Bytes {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return new Uint8Array()
  return Uint8Array.from(atob(text), (it) => it.charCodeAt(0))
}
