/**
 * Checks in the browser, with nothing but WebCrypto, that an entry as it is shown stands in the ledger that a checkpoint
 * states: the node that shows it is the one under audit, so its word is not enough. `#ledger` does the same on `node:crypto`,
 * which a browser does not have.
 */

export interface ShownEntry {
  readonly index: number
  readonly at: string
  readonly act: string
  readonly outcome: string
  readonly member: string
  readonly person: string | null
  readonly role: string | null
  readonly via: string
  readonly purpose: string | null
  readonly reference: string | null
  readonly objectType: string | null
  readonly objectId: string | null
  readonly objectVersion: number | null
  readonly owner: string | null
  readonly recipient: string | null
  readonly rule: string | null
  readonly reason: string | null
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** The entry as the ledger holds it, with what opens its commitment. */
export interface Leaf {
  readonly index: number
  readonly commitment: string
  readonly salt: string | null
  readonly entry: unknown
}

export interface Path {
  readonly index: number
  readonly size: number
  readonly proof: readonly string[]
}

export interface Evidence {
  readonly shown: ShownEntry
  readonly leaf: Leaf
  readonly path: Path
  /** The signed note itself: size and root are read from it, not from what the node says beside it. */
  readonly note: string
}

/** The names of the findings are those of a verified trail. */
export type Finding = 'intact' | 'altered' | 'misplaced' | 'rewritten'

export async function judge({ shown, leaf, path, note }: Evidence): Promise<Finding> {
  const head = headOf(note)
  if (head === undefined || head.size !== path.size) return 'rewritten'
  if (leaf.index !== shown.index || path.index !== shown.index) return 'misplaced'
  if (leaf.salt === null || !isShown(leaf, shown)) return 'altered'
  const commitment = await sha256(fromHex(leaf.salt), new TextEncoder().encode(canonical(leaf.entry)))
  if (toHex(commitment) !== leaf.commitment) return 'altered'
  const root = await rootFrom(await sha256(Uint8Array.of(0), commitment), path)
  return root !== undefined && toHex(root) === head.root ? 'intact' : 'misplaced'
}

/** The root that a leaf and its path lead to (RFC 9162 section 2.1.3.2); undefined for a path of a wrong length. */
export async function rootFrom(leafHash: Bytes, { index, size, proof }: Path): Promise<Bytes | undefined> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  let hash = leafHash
  // Sizes go beyond 32 bits, where the bit operators of numbers end.
  let at = BigInt(index)
  let last = BigInt(size - 1)
  for (const sibling of proof) {
    if (last === 0n) return undefined
    if ((at & 1n) === 1n || at === last) {
      hash = await sha256(Uint8Array.of(1), fromHex(sibling), hash)
      while ((at & 1n) === 0n && at !== 0n) {
        at >>= 1n
        last >>= 1n
      }
    } else hash = await sha256(Uint8Array.of(1), hash, fromHex(sibling))
    at >>= 1n
    last >>= 1n
  }
  return last === 0n ? hash : undefined
}

export type Bytes = Uint8Array<ArrayBuffer>

/** Size and root as a checkpoint's note states them (C2SP tlog-checkpoint): its second and third line. */
export function headOf(note: string): { size: number; root: string } | undefined {
  const [, size, root] = note.split('\n')
  if (size === undefined || root === undefined || !/^(0|[1-9][0-9]{0,15})$/.test(size)) return undefined
  if (!/^[A-Za-z0-9+/]{43}=$/.test(root)) return undefined
  return { size: Number(size), root: toHex(Uint8Array.from(atob(root), (it) => it.charCodeAt(0))) }
}

/** Whether the flat row on the screen says what the ledger holds, and nothing beside it. */
function isShown({ index, entry }: Leaf, shown: ShownEntry): boolean {
  if (!isRecord(entry) || !isRecord(entry.actor)) return false
  const { actor, object, ...rest } = entry
  const [of, what] = [actor as Record<string, unknown>, isRecord(object) ? object : {}]
  const flat = {
    index,
    ...rest,
    member: of.member,
    person: of.person ?? null,
    role: of.role ?? null,
    via: of.via,
    objectType: what.type ?? null,
    objectId: what.id ?? null,
    objectVersion: what.version ?? null,
  }
  return canonical(flat) === canonical(shown)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** RFC 8785 for what came as JSON: keys in the order of UTF-16 code units, the rest as ECMAScript prints it. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .filter((it) => value[it] !== undefined)
    .sort()
    .map((it) => `${JSON.stringify(it)}:${canonical(value[it])}`)
  return `{${members.join(',')}}`
}

export async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((size, it) => size + it.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

export function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (it) => Number.parseInt(it, 16))
}

export function toHex(bytes: Bytes): string {
  return Array.from(bytes, (it) => it.toString(16).padStart(2, '0')).join('')
}
