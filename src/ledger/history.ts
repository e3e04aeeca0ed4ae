import { toHex } from '#kernel/bytes'
import { isFault } from '#kernel/fault'
import { parseCheckpoint, type Verdict, verifyCheckpoint } from '#ledger/checkpoint'
import { append, emptyFrontier, rootOfFrontier } from '#ledger/frontier'
import type { VerifierKey } from '#ledger/note'

/** One checkpoint of a trail: what it states, who signed it, and why it was set aside if it was. */
export interface JudgedCheckpoint extends Verdict {
  readonly origin: string | null
  readonly size: number | null
  /** Hexadecimal. */
  readonly root: string | null
  readonly problem: 'malformed' | 'other-log' | null
}

/** Leaves [index, until) among which the log signed more than one content. */
export interface Rewrite {
  readonly index: number
  readonly until: number
  readonly why: 'rewritten' | 'forked'
}

const unsigned: Verdict = { trusted: false, cosigners: [], failed: [] }

/** Reads and verifies signed notes, in their order. What cannot be read is kept with its problem. */
export function judgeCheckpoints(
  notes: readonly string[],
  keys: readonly VerifierKey[],
  logOrigin?: string,
): JudgedCheckpoint[] {
  return notes.map((note) => {
    try {
      const checkpoint = parseCheckpoint(note)
      const { origin, size } = checkpoint
      const stated = { origin, size, root: toHex(checkpoint.root) }
      if (logOrigin !== undefined && origin !== logOrigin) return { ...stated, ...unsigned, problem: 'other-log' }
      return { ...stated, ...verifyCheckpoint(checkpoint, keys), problem: null }
    } catch (cause) {
      if (!isFault(cause)) throw cause
      return { origin: null, size: null, root: null, ...unsigned, problem: 'malformed' }
    }
  })
}

/** The roots that a stream of leaves has at the sizes asked for. */
export class RootsAt {
  readonly #roots = new Map<number, string>()
  readonly #sizes: number[]
  #frontier = emptyFrontier()
  #pending: Uint8Array[] = []
  #stopped = false

  constructor(sizes: Iterable<number>) {
    this.#sizes = [...new Set(sizes)].sort((a, b) => b - a)
    this.#mark()
  }

  add(leafHash: Uint8Array): void {
    if (this.#stopped) return
    this.#pending.push(leafHash)
    if (this.#frontier.size + this.#pending.length === this.#sizes.at(-1) || this.#pending.length === 1_024)
      this.#flush()
  }

  /** After a gap no root can be known any more. */
  stop(): void {
    this.#flush()
    this.#stopped = true
  }

  at(size: number | null): string | undefined {
    return size === null ? undefined : this.#roots.get(size)
  }

  /** The root over all leaves; null after a gap. */
  last(): string | null {
    this.#flush()
    return this.#stopped ? null : toHex(rootOfFrontier(this.#frontier))
  }

  #flush(): void {
    if (this.#pending.length === 0) return
    this.#frontier = append(this.#frontier, this.#pending).frontier
    this.#pending = []
    this.#mark()
  }

  #mark(): void {
    if (this.#frontier.size !== this.#sizes.at(-1)) return
    this.#sizes.pop()
    this.#roots.set(this.#frontier.size, toHex(rootOfFrontier(this.#frontier)))
  }
}

/**
 * Between which signed sizes the log shows another content than it signed. A log that signed two roots for one size, or a
 * misfit before a fit, told two stories; a misfit after the last fit means that the leaves were changed since. Only the
 * first such misfit is told, for every later one follows from it.
 */
export function findRewrites(trusted: readonly JudgedCheckpoint[], roots: RootsAt): Rewrite[] {
  const bySize = Map.groupBy(trusted, (each) => each.size ?? 0)
  const sizes = [...bySize.keys()].sort((a, b) => a - b)
  const fits = (size: number) => bySize.get(size)!.some((each) => each.root === roots.at(size))
  const lastFit = sizes.findLast(fits) ?? 0
  const rewrites: Rewrite[] = []
  let index = 0
  for (const until of sizes) {
    const told = new Set(bySize.get(until)!.map((each) => each.root))
    const misfit = roots.at(until) !== undefined && !fits(until)
    if (told.size > 1 || (misfit && until < lastFit)) rewrites.push({ index, until, why: 'forked' })
    else if (misfit && !rewrites.some((each) => each.why === 'rewritten'))
      rewrites.push({ index, until, why: 'rewritten' })
    if (fits(until)) index = until
  }
  return rewrites
}
