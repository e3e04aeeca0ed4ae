import { toHex } from '#kernel/bytes'
import { leafOf, verifyCommitment } from '#ledger/entry'
import { append, emptyFrontier, type Frontier, rootOfFrontier } from '#ledger/frontier'
import { isHash, isSize, sameHash } from '#ledger/merkle'
import type { VerifierKey } from '#ledger/note'
import { findRewrites, type JudgedCheckpoint, judgeCheckpoints } from '#ledger/rewrite'

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
  | 'replaced' // the commitment is not the one that the tree was built on, or is no commitment
  | 'missing' // leaves [index, until) are not there
  | 'misplaced' // a leaf whose index was there already, or which has none
  | 'rewritten' // somewhere in leaves [index, until): the log once signed another content
  | 'forked' // somewhere in leaves [index, until): the log signed two different contents

export interface Tampering {
  readonly index: number
  readonly until: number
  readonly why: TamperCause
}

export interface TrailReport {
  /** Nothing was tampered with, and the largest trusted checkpoint fits. Leaves past `covered` rest on no signature yet. */
  readonly intact: boolean
  readonly size: number
  /** The root over all leaves, hexadecimal; null after a gap. */
  readonly root: string | null
  /** Whether the largest trusted checkpoint has the root that the leaves have at its size. */
  readonly rootMatches: boolean
  /** How many leaves a trusted checkpoint with a fitting root covers. */
  readonly covered: number
  readonly checkpoints: readonly JudgedCheckpoint[]
  readonly tampered: readonly Tampering[]
  readonly erased: number
  /** For each witness the largest fitting checkpoint that it cosigned. */
  readonly cosigners: readonly { readonly name: string; readonly size: number; readonly atSeconds: number }[]
}

/**
 * Verifies a whole trail in one pass: every entry against its commitment, the order of the leaves, and the roots that the
 * log signed. Roots say only between which two checkpoints content changed, hence `until`; every other finding is one leaf.
 */
export async function verifyTrail(trail: Trail): Promise<TrailReport> {
  const judged = judgeCheckpoints(trail.checkpoints, trail.keys, trail.origin)
  const roots = new RootsAt(judged.map((each) => each.head?.size).filter(isSize))
  const tampered: Tampering[] = []
  const found = (why: TamperCause, index: number, until = index + 1) => tampered.push({ index, until, why })
  let size = 0
  let erased = 0

  for await (const leaf of trail.leaves) {
    const { index, commitment } = leaf
    if (!isSize(index) || index < size) {
      found('misplaced', index)
      continue
    }
    if (index > size) {
      found('missing', size, index)
      roots.stop()
    }
    size = index + 1

    const leafHash = isHash(commitment) ? leafOf(commitment) : undefined
    if (leafHash === undefined || (leaf.leafHash != null && !sameHash(leaf.leafHash, leafHash))) found('replaced', index)
    if (leafHash === undefined) roots.stop()
    else roots.add(leafHash)

    const [entry, salt] = [leaf.entry ?? null, leaf.salt ?? null]
    if (entry === null && salt === null) erased++
    else if (entry === null || salt === null) found('half-erased', index)
    else if (!verifyCommitment(commitment, entry, salt)) found('altered', index)
  }

  const checkpoints = judged.map(({ head, ...each }) => ({
    ...each,
    rootMatches: head !== undefined && sameHash(roots.at(head.size), head.root),
  }))
  const trusted = checkpoints.filter((each) => each.trusted)
  const largest = Math.max(-1, ...trusted.map((each) => each.size ?? 0))
  if (largest > size) found('missing', size, largest)
  tampered.push(...findRewrites(trusted, (at) => roots.at(at) !== undefined, tampered))

  const fitting = trusted.filter((each) => each.rootMatches)
  const covered = Math.max(0, ...fitting.map((each) => each.size ?? 0))
  const rootMatches = fitting.some((each) => each.size === largest)
  const root = roots.last()
  return {
    intact: rootMatches && tampered.length === 0,
    size,
    root: root === undefined ? null : toHex(root),
    rootMatches,
    covered,
    checkpoints,
    tampered: tampered.sort((a, b) => a.index - b.index),
    erased,
    cosigners: cosignersOf(fitting),
  }
}
