import { leafOf, verifyCommitment } from '#ledger/entry'
import { findRewrites, type JudgedCheckpoint, judgeCheckpoints, type Rewrite, RootsAt } from '#ledger/history'
import { isHash, isSize, sameHash } from '#ledger/merkle'
import type { VerifierKey } from '#ledger/note'

/** One leaf of an exported trail. Entry and salt are both null once erased; the commitment always stays. */
export interface TrailLeaf {
  readonly index: number
  readonly commitment: Uint8Array
  readonly entry: unknown
  readonly salt: Uint8Array | null
  /** The hash that the tree keeps at level 0, where the export brings it: it pins a replaced commitment to its index. */
  readonly leafHash?: Uint8Array | null
}

export interface Trail {
  /** In order of index, from 0. */
  readonly leaves: Iterable<TrailLeaf> | AsyncIterable<TrailLeaf>
  /** Signed notes, in any order. */
  readonly checkpoints: readonly string[]
  readonly keys: readonly VerifierKey[]
  /** When given, checkpoints of any other log are set aside. */
  readonly origin?: string
}

export type TamperCause =
  | 'altered' // the entry does not open its commitment
  | 'half-erased' // an entry without its salt, or a salt without its entry
  | 'replaced' // the commitment is not the one that the tree was built on, or is none
  | 'missing' // leaves [index, until) are not there
  | 'misplaced' // a leaf whose index was there already, or is none
  | Rewrite['why'] // somewhere in leaves [index, until): the log signed another content, or two contents

export interface Tampering {
  readonly index: number
  readonly until: number
  readonly why: TamperCause
}

export interface CheckpointReport extends JudgedCheckpoint {
  /** Whether the leaves have this root at this size. */
  readonly rootMatches: boolean
}

export interface TrailReport {
  /** Nothing was tampered with, and the largest trusted checkpoint fits. Leaves past `covered` rest on no signature yet. */
  readonly intact: boolean
  readonly size: number
  /** The root over all leaves, hexadecimal; null after a gap. */
  readonly root: string | null
  /** Whether the largest trusted checkpoint fits the leaves; false when there is none. */
  readonly rootMatches: boolean
  /** How many leaves stand under a trusted checkpoint that fits. */
  readonly covered: number
  /** In the order they were given. */
  readonly checkpoints: readonly CheckpointReport[]
  /** In order of index. */
  readonly tampered: readonly Tampering[]
  readonly erased: number
  /** For each witness the largest fitting checkpoint that it cosigned. */
  readonly cosigners: readonly { readonly name: string; readonly size: number; readonly atSeconds: number }[]
}

/**
 * Verifies a whole trail in one pass: every entry against its commitment, the order of the leaves, and every root that the
 * log signed. A root tells only between which two checkpoints the content changed; every other finding names its leaf.
 */
export async function verifyTrail(trail: Trail): Promise<TrailReport> {
  const judged = judgeCheckpoints(trail.checkpoints, trail.keys, trail.origin)
  const roots = new RootsAt(judged.map((each) => each.size).filter(isSize))
  const tampered: Tampering[] = []
  let size = 0
  let erased = 0
  for await (const leaf of trail.leaves) {
    const { index } = leaf
    if (!isSize(index) || index < size) {
      tampered.push({ index, until: index + 1, why: 'misplaced' })
      continue
    }
    if (index > size) {
      tampered.push({ index: size, until: index, why: 'missing' })
      roots.stop()
    }
    size = index + 1
    if (isHash(leaf.commitment)) roots.add(leafOf(leaf.commitment))
    else roots.stop()
    const why = judgeLeaf(leaf)
    if (why === 'erased') erased++
    else if (why !== undefined) tampered.push({ index, until: index + 1, why })
  }
  const root = roots.last()
  const checkpoints = judged.map((each) => ({
    ...each,
    rootMatches: each.root !== null && each.root === roots.at(each.size),
  }))
  const trusted = checkpoints.filter((each) => each.trusted)
  const fitting = trusted.filter((each) => each.rootMatches)
  const signed = largestOf(trusted)
  if (signed > size) tampered.push({ index: size, until: signed, why: 'missing' })
  // A leaf that is known to be replaced explains the misfit of the next root.
  const explained = (range: Rewrite) =>
    tampered.some((one) => one.why === 'replaced' && one.index >= range.index && one.index < range.until)
  tampered.push(...findRewrites(trusted, roots).filter((each) => each.why === 'forked' || !explained(each)))
  const rootMatches = fitting.some((each) => each.size === signed)
  return {
    intact: rootMatches && tampered.length === 0,
    size,
    root,
    rootMatches,
    covered: largestOf(fitting),
    checkpoints,
    tampered: tampered.sort((a, b) => a.index - b.index),
    erased,
    cosigners: cosignersOf(fitting),
  }
}

function judgeLeaf(leaf: TrailLeaf): TamperCause | 'erased' | undefined {
  const { commitment, entry = null, salt = null, leafHash = null } = leaf
  if (!isHash(commitment)) return 'replaced'
  if (leafHash !== null && !sameHash(leafHash, leafOf(commitment))) return 'replaced'
  if (entry === null && salt === null) return 'erased'
  if (entry === null || salt === null) return 'half-erased'
  return verifyCommitment(commitment, entry, salt) ? undefined : 'altered'
}

function largestOf(checkpoints: readonly JudgedCheckpoint[]): number {
  return checkpoints.reduce((largest, { size }) => Math.max(largest, size ?? 0), 0)
}

function cosignersOf(fitting: readonly CheckpointReport[]): TrailReport['cosigners'] {
  const cosigners = new Map<string, { name: string; size: number; atSeconds: number }>()
  for (const { size, ...checkpoint } of fitting) {
    for (const { name, atSeconds } of checkpoint.cosigners) {
      const known = cosigners.get(name)
      if (known === undefined || (size ?? 0) > known.size) cosigners.set(name, { name, size: size ?? 0, atSeconds })
    }
  }
  return [...cosigners.values()]
}
