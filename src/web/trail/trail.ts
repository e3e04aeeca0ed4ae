import type { Leaf } from './inclusion.ts'
import { type Bytes, canonical, fromHex, headOf, sha256, toHex } from './inclusion.ts'
import { type Signatures, type VerifierKeys, verifierKeys, verifyNote } from './signatures.ts'

/**
 * The whole ledger verified in the browser, with nothing but WebCrypto: every entry against its commitment, every commitment
 * against the tree, every root against what the node signed and its witnesses cosigned. The keys come from the node itself;
 * `comity audit verify` takes keys and earlier checkpoints that are known from elsewhere.
 */

export interface Asking {
  readonly ask: <Reply>(path: string) => Promise<Reply>
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void
}

export interface TrailFinding {
  readonly index: number
  readonly until: number
  readonly why: 'altered' | 'half-erased' | 'replaced' | 'missing' | 'misplaced' | 'rewritten' | 'forked'
}

export interface TrailVerdict {
  readonly size: number
  /** Of the largest signed checkpoint that fits, hexadecimal. */
  readonly root: string | null
  /** How many of them stand under the largest signed checkpoint that fits. */
  readonly covered: number
  readonly erased: number
  /** How many checkpoints fit, and how many were shown. */
  readonly fitting: number
  readonly checkpoints: number
  /** Whether this browser could check the signatures at all. */
  readonly signatures: Signatures
  readonly cosigners: readonly { readonly name: string; readonly size: number }[]
  readonly findings: readonly TrailFinding[]
}

interface Note {
  readonly size: number
  readonly root: string
  readonly signed: boolean
  readonly cosigners: readonly string[]
}

interface StoredLeaf extends Leaf {
  readonly leafHash: string | null
}

export async function verifyTrailHere({ ask, onProgress }: Asking): Promise<TrailVerdict> {
  const { origin, items } = await ask<{ origin: string; items: { key: string }[] }>('/api/v1/audit/keys')
  const keys = await verifierKeys(items.map((it) => it.key))
  const { notes, total, unreadable } = await readNotes(ask, { origin, keys })
  const tree = new Tree(new Set(notes.map((it) => it.size)))
  const findings: TrailFinding[] = []
  let erased = 0
  for (let from: number | null = 0; from !== null; ) {
    const page: { leaves: StoredLeaf[]; next: number | null } = await ask(`/api/v1/audit/leaves?from=${from}`)
    const judged = await Promise.all(page.leaves.map(judgeLeaf))
    for (const [at, { index, commitment }] of page.leaves.entries()) {
      if (index < tree.size) {
        findings.push({ index, until: index + 1, why: 'misplaced' })
        continue
      }
      if (index > tree.size) findings.push({ index: tree.size, until: index, why: 'missing' })
      await tree.add(index, fromHex(commitment))
      const why = judged[at]
      if (why === 'erased') erased++
      else if (why !== undefined) findings.push({ index, until: index + 1, why })
    }
    onProgress({ done: tree.size, total: Math.max(total, tree.size) })
    if (page.next !== null && page.next <= from) throw new Error('the pages of the ledger do not end')
    from = page.next
  }
  const signed = notes.filter((it) => it.signed || keys === undefined)
  findings.push(...unreadable, ...findRewrites(signed, tree))
  const fitting = signed.filter((it) => it.root === tree.rootAt(it.size))
  const largest = (of: readonly Note[]) => of.reduce((most, it) => Math.max(most, it.size), 0)
  if (largest(signed) > tree.size) findings.push({ index: tree.size, until: largest(signed), why: 'missing' })
  return {
    size: tree.size,
    root: tree.rootAt(largest(fitting)) ?? null,
    covered: largest(fitting),
    erased,
    fitting: fitting.length,
    checkpoints: notes.length,
    signatures: keys === undefined ? 'unsupported' : notes.every((it) => it.signed) ? 'hold' : 'fail',
    cosigners: cosignersOf(fitting),
    findings: findings.sort((a, b) => a.index - b.index),
  }
}

interface NotePage {
  readonly size: number
  readonly note: string
  readonly notes: readonly { readonly note: string }[]
  readonly next: number | null
}

/** All checkpoints first: the ledger goes on growing while it is read. */
async function readNotes(ask: Asking['ask'], log: { origin: string; keys: VerifierKeys | undefined }) {
  const texts = new Set<string>()
  let total = 0
  for (let after: number | null = -1; after !== null; ) {
    const page: NotePage = await ask(`/api/v1/audit/checkpoint?all=true&after=${after}`)
    for (const it of [...page.notes, page]) texts.add(it.note)
    total = page.size
    if (page.next !== null && page.next <= after) throw new Error('the pages of checkpoints do not end')
    after = page.next
  }
  const notes: Note[] = []
  const unreadable: TrailFinding[] = []
  for (const text of texts) {
    const head = headOf(text)
    if (head === undefined) unreadable.push({ index: 0, until: total, why: 'rewritten' })
    else notes.push({ ...head, ...(await verifyNote(text, log)) })
  }
  return { notes: notes.sort((a, b) => a.size - b.size), total, unreadable }
}

async function judgeLeaf({ commitment, leafHash, salt, entry }: StoredLeaf) {
  const hash = toHex(await sha256(Uint8Array.of(0), fromHex(commitment)))
  if (leafHash !== null && leafHash !== hash) return 'replaced'
  if (salt === null || entry === null) return salt === null && entry === null ? 'erased' : 'half-erased'
  const opened = await sha256(fromHex(salt), new TextEncoder().encode(canonical(entry)))
  return toHex(opened) === commitment ? undefined : 'altered'
}

/** Between which two checkpoints the content differs from what was signed, and sizes that were signed with two roots. */
function findRewrites(signed: readonly Note[], tree: Tree): TrailFinding[] {
  const findings: TrailFinding[] = []
  let sound = 0
  for (const [size, of] of Map.groupBy(signed, (it) => it.size)) {
    if (size > tree.size) continue
    const roots = new Set(of.map((it) => it.root))
    if (roots.size > 1) findings.push({ index: 0, until: size, why: 'forked' })
    else if (!roots.has(tree.rootAt(size) ?? '')) findings.push({ index: sound, until: size, why: 'rewritten' })
    sound = size
  }
  return findings
}

function cosignersOf(fitting: readonly Note[]) {
  const sizes = new Map<string, number>()
  for (const { size, cosigners } of fitting) for (const name of cosigners) sizes.set(name, size)
  return [...sizes].map(([name, size]) => ({ name, size }))
}

/** The roots of the log at the sizes that were signed (RFC 9162 section 2.1.1), from its leaves in order. */
class Tree {
  size = 0
  readonly #peaks: { readonly level: number; readonly hash: Bytes }[] = []
  readonly #roots = new Map<number, string>()
  readonly #asked: ReadonlySet<number>
  #whole = true

  constructor(asked: ReadonlySet<number>) {
    this.#asked = asked
  }

  async add(index: number, commitment: Bytes): Promise<void> {
    if (index > this.size) this.#whole = false // past a gap there is no root
    this.size = index + 1
    if (!this.#whole) return
    let node = { level: 0, hash: await sha256(Uint8Array.of(0), commitment) }
    while (this.#peaks.at(-1)?.level === node.level) {
      const left = this.#peaks.pop()!
      node = { level: node.level + 1, hash: await sha256(Uint8Array.of(1), left.hash, node.hash) }
    }
    this.#peaks.push(node)
    if (this.#asked.has(this.size)) this.#roots.set(this.size, await this.#root())
  }

  rootAt(size: number): string | undefined {
    return this.#roots.get(size)
  }

  async #root(): Promise<string> {
    let root = this.#peaks.at(-1)!.hash
    for (const { hash } of this.#peaks.slice(0, -1).reverse()) root = await sha256(Uint8Array.of(1), hash, root)
    return toHex(root)
  }
}
