import { hash } from 'node:crypto'
import { sameBytes, sha256 } from '#kernel/bytes'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** The root of a log with no entries (RFC 9162 section 2.1.1). */
export const emptyRoot: Uint8Array = sha256('')

/** The hash of one entry's bytes (RFC 9162 section 2.1.1). */
export function leafHash(data: Uint8Array): Uint8Array {
  return hashOnce(leafPrefix, data)
}

/** The hash of two subtrees (RFC 9162 section 2.1.1). The prefix differs from a leaf's, so neither passes for the other. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hashOnce(nodePrefix, left, right)
}

/** The root over all leaf hashes (RFC 9162 section 2.1.1), by the definition itself: what the faster ways are held to. */
export function rootOf(leafHashes: readonly Uint8Array[]): Uint8Array {
  const subtree = (start: number, end: number): Uint8Array => {
    if (end - start === 1) return leafHashes[start]!
    const middle = start + splitOf(end - start)
    return nodeHash(subtree(start, middle), subtree(middle, end))
  }
  return leafHashes.length === 0 ? emptyRoot : subtree(0, leafHashes.length)
}

/** SHA-256 in one call: two thirds of the time of an incremental hash, and a trail has hundreds of thousands of small ones. */
export function hashOnce(...parts: readonly Uint8Array[]): Uint8Array {
  return hash('sha256', Buffer.concat(parts), 'buffer')
}

/** A hash as any other party may send it: 32 bytes, nothing else. */
export function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.byteLength === 32
}

/** Joins adjacent complete subtrees, largest first, into the hash of what they cover together. */
export function foldPeaks(peaks: readonly Uint8Array[]): Uint8Array {
  return peaks.length === 0 ? emptyRoot : peaks.reduceRight((right, left) => nodeHash(left, right))
}

export interface InclusionClaim {
  readonly leafHash: Uint8Array
  readonly index: number
  readonly size: number
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

export interface ConsistencyClaim {
  readonly oldSize: number
  readonly newSize: number
  readonly oldRoot: Uint8Array
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether the leaf stands at that index in the log with that root (RFC 9162 section 2.1.3.2). Never throws, whatever a
 * peer sends. A root does not bind its size (sizes 5 to 8 put leaf 0 at the same depth): take both from one signed checkpoint.
 */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size, proof, root } = claim
  if (!isSize(index) || !isSize(size) || index >= size) return false
  if (!isHash(claim.leafHash) || !isProof(proof)) return false
  const walk = new Walk(index, size - 1)
  let hash = claim.leafHash
  for (const sibling of proof) {
    if (walk.atRoot) return false
    hash = walk.step() === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  }
  return walk.atRoot && sameHash(hash, root)
}

/**
 * Whether the newer log holds the older one unchanged at its start (RFC 9162 section 2.1.4.2). Never throws. Every log
 * continues the empty one, with an empty proof. As with inclusion, sizes and roots come from signed checkpoints.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false
  if (!isHash(oldRoot) || !isHash(newRoot) || !isProof(proof)) return false
  if (newSize === 0 && !sameHash(newRoot, emptyRoot)) return false
  if (oldSize === 0) return proof.length === 0 && sameHash(oldRoot, emptyRoot)
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot)

  const walk = new Walk(oldSize - 1, newSize - 1)
  walk.skipRightEdges()
  // Where the old log is one complete subtree its root is the first element, so the proof leaves it out.
  const path = walk.atLeftEdge ? [oldRoot, ...proof] : proof
  const seed = path[0]
  if (seed === undefined) return false
  let oldHash = seed
  let newHash = seed
  for (const sibling of path.slice(1)) {
    if (walk.atRoot) return false
    if (walk.step() === 'left') {
      oldHash = nodeHash(sibling, oldHash)
      newHash = nodeHash(sibling, newHash)
    } else {
      newHash = nodeHash(newHash, sibling)
    }
  }
  return walk.atRoot && sameHash(oldHash, oldRoot) && sameHash(newHash, newRoot)
}

/** The largest power of two below `size`. Multiplication, because shifts wrap at 2^31. */
export function splitOf(size: number): number {
  let width = 1
  while (width * 2 < size) width *= 2
  return width
}

export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Compares hashes; what is no hash equals nothing. */
export function sameHash(a: unknown, b: unknown): boolean {
  return isHash(a) && isHash(b) && sameBytes(a, b)
}

/** The climb from a node to the root: its index and the last index of its level, as fn and sn in RFC 9162. */
class Walk {
  #node: number
  #last: number

  constructor(node: number, last: number) {
    this.#node = node
    this.#last = last
  }

  get atRoot(): boolean {
    return this.#last === 0
  }

  get atLeftEdge(): boolean {
    return this.#node === 0
  }

  /** On which side the next sibling stands; climbs past it. */
  step(): 'left' | 'right' {
    const side = this.#node % 2 === 1 || this.#node === this.#last ? 'left' : 'right'
    // The last node of a level without a sibling of its own is carried up unhashed until it gets one.
    if (side === 'left') while (this.#node % 2 === 0 && this.#node !== 0) this.#climb()
    this.#climb()
    return side
  }

  skipRightEdges(): void {
    while (this.#node % 2 === 1) this.#climb()
  }

  // Division, because shifts wrap at 2^31.
  #climb(): void {
    this.#node = Math.floor(this.#node / 2)
    this.#last = Math.floor(this.#last / 2)
  }
}

function isProof(proof: unknown): proof is readonly Uint8Array[] {
  // Spread, because `every` passes over the holes of a sparse array.
  return Array.isArray(proof) && proof.length <= 64 && [...proof].every(isHash)
}
