import { defineFaults } from '#kernel/fault'
import { foldPeaks, isHash, isSize, splitOf } from '#ledger/merkle'

const fault = defineFaults({ 'ledger/out-of-range': 'invalid', 'ledger/missing-node': 'missing' })

/** A stored hash in the coordinates of C2SP tlog-tiles: it covers leaves [index * 2^level, (index + 1) * 2^level). */
export interface NodeId {
  readonly level: number
  readonly index: number
}

/** Where stored hashes come from. Asked only for complete subtrees that lie inside the tree it was built for. */
export type ReadNode = (level: number, index: number) => Uint8Array | undefined | Promise<Uint8Array | undefined>

/** Each element of a proof, and the stored nodes it is folded from, left to right. */
export type ProofPlan = readonly (readonly NodeId[])[]

/** The stored nodes that an inclusion proof needs, so that a store can fetch them in one read. Throws `ledger/out-of-range`. */
export function inclusionPlan(index: number, size: number): ProofPlan {
  if (!isSize(index) || !isSize(size) || index >= size) {
    throw fault('ledger/out-of-range', 'There is no such leaf in a log of that size.', { details: { index, size } })
  }
  const plan: NodeId[][] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    plan.push(index < middle ? completeNodes(middle, end) : completeNodes(start, middle))
    if (index < middle) end = middle
    else start = middle
  }
  return plan.reverse()
}

/** The stored nodes that a consistency proof needs. Empty when either size proves itself. Throws `ledger/out-of-range`. */
export function consistencyPlan(oldSize: number, newSize: number): ProofPlan {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) {
    throw fault('ledger/out-of-range', 'The older log is the larger one.', { details: { oldSize, newSize } })
  }
  if (oldSize === 0) return []
  const plan: NodeId[][] = []
  let start = 0
  let end = newSize
  while (end !== oldSize) {
    const middle = start + splitOf(end - start)
    plan.push(oldSize <= middle ? completeNodes(middle, end) : completeNodes(start, middle))
    if (oldSize <= middle) end = middle
    else start = middle
  }
  // A verifier that holds the old root has this node already when it is the whole old log.
  if (start > 0) plan.push(completeNodes(start, end))
  return plan.reverse()
}

/** The audit path of a leaf in a log of `size` leaves (RFC 9162 section 2.1.3.1). */
export function inclusionProof(
  leaf: { readonly index: number; readonly size: number },
  readNode: ReadNode,
): Promise<Uint8Array[]> {
  return readPlan(inclusionPlan(leaf.index, leaf.size), readNode)
}

/** The proof that the log of `newSize` only added to the log of `oldSize` (RFC 9162 section 2.1.4.1). */
export function consistencyProof(
  sizes: { readonly oldSize: number; readonly newSize: number },
  readNode: ReadNode,
): Promise<Uint8Array[]> {
  return readPlan(consistencyPlan(sizes.oldSize, sizes.newSize), readNode)
}

/** The complete subtrees that make up leaves [0, size), largest first. Throws `ledger/missing-node`. */
export async function readPeaks(size: number, readNode: ReadNode): Promise<Uint8Array[]> {
  if (!isSize(size)) throw fault('ledger/out-of-range', 'Not a size of a log.', { details: { size } })
  return await Promise.all(completeNodes(0, size).map((node) => readHash(node, readNode)))
}

async function readPlan(plan: ProofPlan, readNode: ReadNode): Promise<Uint8Array[]> {
  return await Promise.all(
    plan.map(async (nodes) => foldPeaks(await Promise.all(nodes.map((node) => readHash(node, readNode))))),
  )
}

async function readHash(node: NodeId, readNode: ReadNode): Promise<Uint8Array> {
  const hash = await readNode(node.level, node.index)
  if (!isHash(hash))
    throw fault('ledger/missing-node', 'A stored hash of the log is missing.', { details: { ...node } })
  return hash
}

/** Leaves [start, end) as complete subtrees, largest first; `start` is aligned as in every subtree of RFC 9162. */
function completeNodes(start: number, end: number): NodeId[] {
  const nodes: NodeId[] = []
  while (start < end) {
    let level = 0
    let width = 1
    while (width * 2 <= end - start) {
      width *= 2
      level++
    }
    nodes.push({ level, index: start / width })
    start += width
  }
  return nodes
}
