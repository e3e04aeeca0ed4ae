import { GrowableU32 } from '#matching/growable'
import type { NameTable } from '#matching/name-table'
import { agreement } from '#matching/names'
import type { Expansion } from '#matching/vocabulary'

/** A query word as blocking sees it: what it may stand for, and what it tells. */
export interface Probe extends Expansion {
  readonly weight: number
}

const binCount = 128
/** Names that promise less than this share of a bin range are not compared. */
const lowestBin = 36
const meanWeight = 7
const leftoverShare = 0.3
/** While less than this share of the query's weight is left to see, no further name is opened. */
const openingShare = 0.4

/** Finds names worth comparing: words are looked up once, and every name sums up the weight of the words it shares. */
export class Blocking {
  private readonly table: NameTable
  private sums = new Float64Array(64)
  private hits = new Uint8Array(64)
  private stamps = new Uint32Array(64)
  private readonly touched = new GrowableU32(1_024)
  private epoch = 1

  constructor(table: NameTable) {
    this.table = table
  }

  /**
   * Names that share words with a query, the most promising first, at most `limit`. `accept` tells whether an owner may be
   * listed.
   */
  find(probes: readonly Probe[], limit: number, accept: (owner: number) => boolean): readonly number[] {
    this.accumulate(probes)
    let total = 0
    for (const probe of probes) total += probe.weight
    const bins = new Uint32Array(binCount)
    const kept: { readonly name: number; readonly rank: number }[] = []
    for (let index = 0; index < this.touched.length; index++) {
      const name = this.touched.data[index]!
      const left = Math.max(0, this.table.findingWords(name) - this.hits[name]!) * meanWeight * leftoverShare
      const rank = Math.min(binCount - 1, Math.floor((this.sums[name]! / (total + left)) * binCount))
      if (rank < lowestBin || !accept(this.table.ownerOf(name))) continue
      kept.push({ name, rank })
      bins[rank] = bins[rank]! + 1
    }
    let floor = binCount - 1
    let sum = bins[floor]!
    while (floor > lowestBin && sum < limit) sum += bins[--floor]!
    const best = kept.filter(({ rank }) => rank >= floor)
    best.sort((a, b) => b.rank - a.rank || a.name - b.name)
    return best.slice(0, limit).map(({ name }) => name)
  }

  /** Heaviest words first; light words alone open no new name. A word counts once for a name, at its likest. */
  private accumulate(probes: readonly Probe[]): void {
    this.makeRoom(probes.length)
    const order = probes.map((_, index) => index).sort((a, b) => probes[b]!.weight - probes[a]!.weight || a - b)
    let remaining = 0
    for (const probe of probes) remaining += probe.weight
    const total = remaining
    const first = this.epoch
    for (const index of order) {
      const probe = probes[index]!
      const stamp = this.epoch++
      const mayOpen = remaining >= total * openingShare
      remaining -= probe.weight
      for (let at = 0; at < probe.ids.length; at++) {
        const gain = probe.weight * agreement(probe.similarities[at]!)
        this.credit(this.table.namesWith(probe.ids[at]!), gain, { first, stamp, mayOpen })
      }
    }
  }

  private credit(
    names: Uint32Array,
    gain: number,
    { first, stamp, mayOpen }: { first: number; stamp: number; mayOpen: boolean },
  ): void {
    const { sums, hits, stamps, touched } = this
    for (let index = 0; index < names.length; index++) {
      const name = names[index]!
      const last = stamps[name]!
      if (last === stamp) continue
      if (last < first) {
        if (!mayOpen) continue
        sums[name] = 0
        hits[name] = 0
        touched.push(name)
      }
      stamps[name] = stamp
      sums[name] = sums[name]! + gain
      hits[name] = hits[name]! + 1
    }
  }

  private makeRoom(steps: number): void {
    this.touched.length = 0
    if (this.stamps.length < this.table.length) {
      const capacity = Math.ceil(this.table.length * 1.5)
      this.sums = new Float64Array(capacity)
      this.hits = new Uint8Array(capacity)
      this.stamps = new Uint32Array(capacity)
      this.epoch = 1
    }
    if (this.epoch + steps > 0xfffffff0) this.forget()
  }

  /** To be called when names have been renumbered. */
  forget(): void {
    this.stamps.fill(0)
    this.epoch = 1
  }

  get bytes(): number {
    return this.sums.byteLength + this.hits.byteLength + this.stamps.byteLength + this.touched.bytes
  }
}
