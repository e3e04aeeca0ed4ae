import type { AskNode } from '#capabilities/exercise/seen'

/**
 * Verifies a whole audit trail in the browser, with nothing but WebCrypto: every entry against its commitment, and the root
 * that all commitments lead to (RFC 6962 section 2.1) against the one that the node signed. The signature itself, the
 * witnesses and what was signed earlier are for `comity audit verify`, which trusts nothing here.
 */

export interface TrailVerdict {
  readonly size: number
  readonly root: string
  readonly intact: boolean
  /** Indices of entries that are not what their commitment says. */
  readonly altered: readonly number[]
}

interface Leaf {
  readonly index: number
  readonly commitment: string
  readonly salt: string | null
  readonly entry: unknown
}

export async function verifyTrail(ask: AskNode, onProgress: (share: number) => void = () => {}): Promise<TrailVerdict> {
  const { size, root } = await ask<{ size: number; root: string }>('/api/v1/audit/checkpoint')
  const altered: number[] = []
  const hashes: Bytes[] = []
  for (let from: number | null = 0; from !== null && hashes.length < size; ) {
    const page: { leaves: Leaf[]; next: number | null } = await ask(`/api/v1/audit/leaves?from=${from}`)
    for (const it of page.leaves.slice(0, size - hashes.length)) {
      if (it.index !== hashes.length || !(await isWhole(it))) altered.push(it.index)
      hashes.push(await sha256(Uint8Array.of(0), fromHex(it.commitment)))
    }
    onProgress(size === 0 ? 1 : hashes.length / size)
    from = page.next
  }
  const found = toHex(await rootOf(hashes))
  return { size, root, altered, intact: altered.length === 0 && hashes.length === size && found === root }
}

/** An entry whose personal data were erased keeps its commitment alone, and stands in the tree by that. */
async function isWhole({ commitment, salt, entry }: Leaf): Promise<boolean> {
  if (salt === null) return entry === null || entry === undefined
  return toHex(await sha256(fromHex(salt), new TextEncoder().encode(canonical(entry)))) === commitment
}

type Bytes = Uint8Array<ArrayBuffer>

/** Levels from the bottom: neighbours join, one that is left over goes up alone, which is the tree of RFC 6962. */
export async function rootOf(leaves: readonly Bytes[]): Promise<Bytes> {
  if (leaves.length === 0) return sha256()
  let level = leaves
  while (level.length > 1) {
    const above: Bytes[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at]!, level[at + 1]]
      above.push(right === undefined ? left : await sha256(Uint8Array.of(1), left, right))
    }
    level = above
  }
  return level[0]!
}

/** RFC 8785 for what came as JSON: keys in the order of UTF-16 code units, the rest as ECMAScript prints it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, it]) => it !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, it]) => `${JSON.stringify(name)}:${canonical(it)}`).join(',')}}`
}

async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  const all = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0))
  let at = 0
  for (const it of parts) {
    all.set(it, at)
    at += it.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all))
}

const fromHex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (it) => Number.parseInt(it, 16))
const toHex = (bytes: Bytes) => Array.from(bytes, (it) => it.toString(16).padStart(2, '0')).join('')
