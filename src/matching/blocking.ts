import { agreement, isNaming } from '#matching/name-parts'
import type { NameTable } from '#matching/name-table'
import { agreedLogOdds, nameWeights } from '#matching/score'
import type { Expansion } from '#matching/vocabulary'

/** A query word as blocking sees it: what it may stand for, and what it tells. */
export interface Probe {
  readonly expansion: Expansion
  readonly weight: number
  /** Whether it is two words of the query, written as one. */
  readonly isGlued: boolean
}

/** How promising a name is, in so many steps of log-odds. */
const ranks = 256
const lowest = -5.5
const step = (agreedLogOdds(Infinity) - lowest) / ranks
/** A word of a candidate that the query lacks tells at least about this much, in nats. */
const leastExtra = 3

/** About the most log-odds that a name of this rank can reach. */
export function mostOfRank(rank: number): number {
  return lowest + (rank + 1) * step
}
/** Looking at the words of a name costs about as much as so many entries of a list. */
const wordsInName = 16
/** While less than this share of the query's weight is left to see, no further name is opened. */
const openingShare = 0.4

/** The least weight that must agree, out of a total, for so many log-odds; more than the total when none is enough. */
function neededFor(total: number, floor: number): number {
  const promise = (agreed: number) => agreedLogOdds(agreed) - nameWeights.missing * (total - agreed)
  if (promise(0) >= floor) return 0
  if (promise(total) < floor) return Infinity
  let [less, enough] = [0, total]
  for (let turn = 0; turn < 20; turn++) {
    const middle = (less + enough) / 2
    if (promise(middle) >= floor) enough = middle
    else less = middle
  }
  return less
}

/** Finds names worth comparing: words are looked up once, and every name sums up the weight of the words it shares. */
export class Blocking {
  private readonly table: NameTable
  private sums = new Float32Array(64)
  private hits = new Uint8Array(64)
  private stamps = new Uint32Array(64)
  private touched = new Uint32Array(64)
  private ranked = new Uint32Array(64)
  private touchedCount = 0
  private epoch = 1
  /** The first name of every rank in `found`, from the highest rank down; one past the last at the end. */
  private readonly counts = new Uint32Array(ranks + 1)

  constructor(table: NameTable) {
    this.table = table
  }

  /**
   * Names that share words with a query and may reach so many log-odds, the most promising first, with their rank. `visit`
   * says whether to go on; names of a lower rank promise less.
   */
  find(probes: readonly Probe[], floor: number, visit: (name: number, rank: number) => boolean): void {
    let total = 0
    for (const probe of probes) if (!probe.isGlued) total += probe.weight
    const needed = neededFor(total, floor - step)
    if (needed > total) return
    this.accumulate(probes, needed)
    const { table, counts, touched, sums, hits } = this
    counts.fill(0)
    for (let index = 0; index < this.touchedCount; index++) {
      const name = touched[index]!
      if (sums[name]! < needed) {
        hits[name] = 0
        continue
      }
      const agreed = Math.min(total, sums[name]!)
      const extra = Math.max(0, table.findingWords(name) - hits[name]!) * leastExtra
      const promised = agreedLogOdds(agreed) - nameWeights.missing * (total - agreed) - nameWeights.extra * extra
      const rank = Math.max(0, Math.min(ranks - 1, Math.floor((promised - lowest) / step)))
      hits[name] = rank
      counts[rank] = counts[rank]! + 1
    }
    let place = 0
    for (let rank = ranks - 1; rank > 0; rank--) {
      const count = counts[rank]!
      counts[rank] = place
      place += count
    }
    for (let index = 0; index < this.touchedCount; index++) {
      const name = touched[index]!
      const rank = hits[name]!
      if (rank === 0) continue
      this.ranked[counts[rank]!] = name
      counts[rank] = counts[rank]! + 1
    }
    for (let index = 0; index < place; index++) {
      const name = this.ranked[index]!
      if (!visit(name, hits[name]!)) return
    }
  }

  /** Heaviest words first; light words alone open no new name. A word counts once for a name, at its likest. */
  private accumulate(probes: readonly Probe[], needed: number): void {
    this.makeRoom(probes.length)
    const order = probes.map((_, index) => index).sort((a, b) => probes[b]!.weight - probes[a]!.weight || a - b)
    let remaining = 0
    for (const probe of probes) remaining += probe.weight
    const total = remaining
    const first = this.epoch
    for (const index of order) {
      const { expansion, weight } = probes[index]!
      const stamp = this.epoch++
      const mayOpen = remaining >= Math.max(total * openingShare, needed)
      remaining -= weight
      if (!mayOpen && this.isLonger(expansion)) {
        this.creditEach(probes[index]!, needed - remaining)
        continue
      }
      for (let at = 0; at < expansion.ids.length; at++) {
        const gain = weight * agreement(expansion.similarities[at]!)
        if (mayOpen) this.open(expansion.ids[at]!, gain, { first, stamp })
        else this.credit(expansion.ids[at]!, gain, { first, stamp })
      }
    }
  }

  /** Whether the lists of a word are so long that it is quicker to look into the names that are open. */
  private isLonger({ ids }: Expansion): boolean {
    const most = this.touchedCount * wordsInName
    let length = 0
    for (const id of ids) {
      length += this.table.postings.lengthOf(id)
      if (length > most) return true
    }
    return false
  }

  /** Credits the open names that hold the word, found by looking at their words; those that can no longer reach `needed` are left. */
  private creditEach({ expansion, weight }: Probe, needed: number): void {
    const { sums, hits, touched, table } = this
    const gains = new Map<number, number>()
    for (let at = expansion.ids.length - 1; at >= 0; at--) {
      gains.set(expansion.ids[at]!, weight * agreement(expansion.similarities[at]!))
    }
    for (let index = 0; index < this.touchedCount; index++) {
      const name = touched[index]!
      if (sums[name]! + weight < needed) continue
      const end = table.endOf(name)
      let best = 0
      for (let token = table.startOf(name); token < end; token++) {
        const gain = gains.get(table.wordAt(token))
        if (gain !== undefined && gain > best && isNaming(table.kindAt(token))) best = gain
      }
      if (best === 0) continue
      sums[name] = sums[name]! + best
      hits[name] = hits[name]! + 1
    }
  }

  private open(word: number, gain: number, { first, stamp }: { first: number; stamp: number }): void {
    const { sums, hits, stamps, touched } = this
    const { postings } = this.table
    const names = postings.numbers
    const from = postings.startOf(word)
    const end = from + postings.lengthOf(word)
    let count = this.touchedCount
    for (let index = from; index < end; index++) {
      const name = names[index]!
      const last = stamps[name]!
      if (last === stamp) continue
      stamps[name] = stamp
      if (last < first) {
        sums[name] = gain
        hits[name] = 1
        touched[count++] = name
      } else {
        sums[name] = sums[name]! + gain
        hits[name] = hits[name]! + 1
      }
    }
    this.touchedCount = count
  }

  private credit(word: number, gain: number, { first, stamp }: { first: number; stamp: number }): void {
    const { sums, hits, stamps } = this
    const { postings } = this.table
    const names = postings.numbers
    const from = postings.startOf(word)
    const end = from + postings.lengthOf(word)
    for (let index = from; index < end; index++) {
      const name = names[index]!
      const last = stamps[name]!
      if (last < first || last === stamp) continue
      stamps[name] = stamp
      sums[name] = sums[name]! + gain
      hits[name] = hits[name]! + 1
    }
  }

  private makeRoom(steps: number): void {
    this.touchedCount = 0
    if (this.stamps.length < this.table.length) {
      const capacity = Math.ceil(this.table.length * 1.25)
      this.sums = new Float32Array(capacity)
      this.hits = new Uint8Array(capacity)
      this.stamps = new Uint32Array(capacity)
      this.touched = new Uint32Array(capacity)
      this.ranked = new Uint32Array(capacity)
      this.epoch = 1
    }
    if (this.epoch + steps > 0xfffffff0) {
      this.stamps.fill(0)
      this.epoch = 1
    }
  }
}
