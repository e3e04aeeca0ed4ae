import { z } from 'zod'
import { fromHex, toHex } from '#kernel/bytes'
import { defineFaults } from '#kernel/fault'
import { foldPeaks, isHash, isSize, nodeHash } from '#ledger/merkle'
import { type NodeId, type ReadNode, readPeaks } from '#ledger/proof'

const fault = defineFaults({ 'ledger/bad-frontier': 'invalid', 'ledger/bad-leaf': 'invalid' })

/**
 * The compact range of a log: its size and the roots of the complete subtrees it is made of, largest first, at most 53.
 * All that is needed to append and to know the root.
 */
export interface Frontier {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

export interface StoredNode extends NodeId {
  readonly hash: Uint8Array
}

export function emptyFrontier(): Frontier {
  return { size: 0, peaks: [] }
}

/**
 * Adds leaves at the end. `nodes` are all subtrees that became complete, the leaves (level 0) among them, children before
 * parents: each is written once and never changes. Two hashes a leaf at most, amortised. Throws `ledger/bad-leaf`.
 */
export function append(
  frontier: Frontier,
  leafHashes: Iterable<Uint8Array>,
): { frontier: Frontier; nodes: StoredNode[] } {
  const peaks = [...frontier.peaks]
  const nodes: StoredNode[] = []
  let size = frontier.size
  for (const leaf of leafHashes) {
    if (!isHash(leaf)) throw fault('ledger/bad-leaf', 'A leaf hash has 32 bytes.')
    let node: StoredNode = { level: 0, index: size, hash: leaf }
    nodes.push(node)
    while (node.index % 2 === 1) {
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(peaks.pop()!, node.hash) }
      nodes.push(node)
    }
    peaks.push(node.hash)
    size++
  }
  return { frontier: { size, peaks }, nodes }
}

/** The root of the log (RFC 9162 section 2.1.1). */
export function rootOfFrontier(frontier: Frontier): Uint8Array {
  return foldPeaks(frontier.peaks)
}

/** The frontier as it was at an earlier size, from the stored nodes: to check a row, or to sign an older checkpoint again. */
export async function frontierAt(size: number, readNode: ReadNode): Promise<Frontier> {
  return { size, peaks: await readPeaks(size, readNode) }
}

/** How a frontier is kept and sent: peaks in lowercase hexadecimal, largest first. */
export const FrontierJson = z.strictObject({
  size: z.int().min(0),
  peaks: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(53),
})
export type FrontierJson = z.infer<typeof FrontierJson>

export function frontierToJson(frontier: Frontier): FrontierJson {
  return { size: frontier.size, peaks: frontier.peaks.map(toHex) }
}

/** Throws `ledger/bad-frontier`, also when the number of peaks cannot belong to the size. */
export function frontierFromJson(value: unknown): Frontier {
  const parsed = FrontierJson.safeParse(value)
  if (!parsed.success) throw fault('ledger/bad-frontier', 'Not a frontier of a log.', { cause: parsed.error })
  const { size, peaks } = parsed.data
  if (!isSize(size) || peaks.length !== onesIn(size)) {
    throw fault('ledger/bad-frontier', 'The number of peaks does not fit the size.', { details: { size } })
  }
  return { size, peaks: peaks.map(fromHex) }
}

function onesIn(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
