import { byWorth, cheapestOpening, type Lead, leadsOf } from '#matching/blocking-plan'
import { NameCredits } from '#matching/name-credits'
import { isNaming } from '#matching/name-parts'
import type { NameTable } from '#matching/name-table'
import { agreedLogOdds, mostOfNames, type NameWeights } from '#matching/score'
import { tokenKinds } from '#matching/tokens'
import type { Expansion } from '#matching/word-expansion'
import { WordGains } from '#matching/word-gains'

/** A query word as blocking sees it: what it may stand for, and what it tells. */
export interface Probe {
  readonly expansion: Expansion
  readonly weight: number
  /** Whether it is two words of the query, written as one. */
  readonly isGlued: boolean
  /** What it finds that no other of them does: for two words as one, what they do not find apart. */
  readonly own: number
}

/** What names are sought by. */
export interface Sought {
  readonly probes: readonly Probe[]
  /** Those by which the names of whoever may be meant are weighed. */
  readonly weights: readonly NameWeights[]
  /** Least log-odds. */
  readonly floor: number
}

/** How promising a name is, in so many steps of log-odds. */
const ranks = 256
const lowest = -5.5
const step = (mostOfNames - lowest) / ranks
/** A word of a candidate that the query lacks tells at least about this much, in nats. */
const leastExtra = 3

/** About the most log-odds that a name of this rank can reach. */
export function mostOfRank(rank: number): number {
  return lowest + (rank + 1) * step
}
/** Looking at the words of a name costs about as much as so many entries of a list. */
const wordsInName = 48
/** While less than this share of the query's weight is left to see, no further name is opened. */
const openingShare = 0.4

/** The least weight that must agree, out of a total, for so many log-odds; more than the total when none is enough. */
function neededFor(total: number, floor: number, weights: readonly NameWeights[]): number {
  const promise = (agreed: number) => promised({ agreed, total, extra: 0 }, weights)
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

/** About the most log-odds that so much agreement can reach. */
function promised(
  { agreed, total, extra }: { readonly agreed: number; readonly total: number; readonly extra: number },
  weights: readonly NameWeights[],
): number {
  const missing = total - agreed
  const missingShare = total === 0 ? 0 : missing / total
  const extraShare = extra / Math.max(agreed + extra, 1)
  let most = -Infinity
  for (const w of weights) {
    const lost = w.missing * missing + w.missingShare * missingShare + w.extra * extra + w.extraShare * extraShare
    most = Math.max(most, agreedLogOdds(agreed, w) - lost)
  }
  return most
}

/** Sums of gains are credited in so many steps, one less than a byte less what rounding up adds. */
const creditSteps = 200
const naming = tokenKinds.map(isNaming)
const namesBits = 2 ** 24
const variantsBits = 2 ** 12
const placesBits = 2 ** 6

/**
 * Finds names worth comparing: the names of the rarest words that cannot be done without are opened, what they share else is
 * summed up, and only those that may reach enough are looked at word by word.
 */
export class Blocking {
  private readonly table: NameTable
  private readonly credits = new NameCredits()
  private readonly gains = new WordGains()
  private keys = new Float64Array(64)
  private best = new Float64Array(placesBits)
  private variants = new Uint32Array(placesBits)
  private sum = 0
  private hits = 0
  private opener = 0

  constructor(table: NameTable) {
    this.table = table
  }

  /**
   * Names that share words with a query and may reach so many log-odds, the most promising first, with their rank. `visit`
   * says whether to go on; names of a lower rank promise less.
   */
  find({ probes, weights, floor }: Sought, visit: (name: number, rank: number) => boolean): void {
    let total = 0
    for (const probe of probes) if (!probe.isGlued) total += probe.weight
    const needed = neededFor(total, floor - step, weights)
    if (needed > total) return
    const ordered = [...probes].sort((a, b) => b.weight - a.weight)
    const openers = openersOf(ordered, needed)
    if (!this.collect(ordered, needed, openers)) return
    const count = this.rank(ordered, openers, { total, needed, weights })
    const keys = this.keys.subarray(0, count).sort()
    for (const key of keys) {
      const rank = ranks - 1 - Math.floor(key / (namesBits * variantsBits * placesBits))
      if (!visit(key % namesBits, rank)) return
    }
  }

  /** Credits the names that may reach `needed`, and perhaps others; false when none can. */
  private collect(ordered: readonly Probe[], needed: number, openers: number): boolean {
    const { table, credits } = this
    const leads = leadsOf(ordered, needed, table.postings)
    let whole = 0
    for (const { weight } of ordered) whole += weight
    const isEnough = needed >= whole * openingShare // no name gets there by light words alone
    let left = 0
    for (const { gain } of leads) left += gain
    if (leads.length === 0) return false
    credits.reserve(table.length)
    const opening = isEnough ? cheapestOpening(leads, needed) : leads.slice(0, openers)
    const scale = creditSteps / Math.max(needed, 1)
    const keep = () => credits.keep(Math.max(1, Math.floor((needed - left) * scale)))
    for (const lead of opening) {
      this.credit(lead, scale, true)
      left -= lead.gain
    }
    keep()
    for (const lead of byWorth(leads.filter((lead) => !opening.includes(lead)))) {
      if (lead.cost > credits.count * wordsInName) break
      this.credit(lead, scale, false)
      left -= lead.gain
      keep()
    }
    return true
  }

  private credit({ expansion, weight, useful }: Lead, scale: number, isOpening: boolean): void {
    const { credits } = this
    const { postings } = this.table
    for (let at = 0; at < useful; at++) {
      const word = expansion.ids[at]!
      const from = postings.startOf(word)
      const end = from + postings.lengthOf(word)
      const credit = Math.min(255, Math.max(1, Math.ceil(weight * expansion.agreements[at]! * scale)))
      if (isOpening) credits.open(postings.numbersOf(word), from, end, credit)
      else credits.add(postings.numbersOf(word), from, end, credit)
    }
  }

  /**
   * Sums up the credited names exactly, by their words, the heaviest first, and writes down a key for each that reaches
   * `needed`: by rank, then by the word that opens it, then by number. Returns how many.
   */
  private rank(
    ordered: readonly Probe[],
    openers: number,
    {
      total,
      needed,
      weights,
    }: { readonly total: number; readonly needed: number; readonly weights: readonly NameWeights[] },
  ): number {
    const { table, credits, gains } = this
    if (credits.count === 0) {
      credits.clear()
      return 0
    }
    gains.clear()
    for (const [place, { expansion, weight }] of ordered.entries()) gains.add(place, expansion, weight)
    if (this.keys.length < credits.count) this.keys = new Float64Array(Math.ceil(credits.count * 1.5))
    let count = 0
    table.touch(credits.touched, credits.count)
    for (let index = 0; index < credits.count; index++) {
      const name = credits.touched[index]!
      this.sumUp(name, ordered.length)
      const { sum, hits, opener } = this
      if (sum < needed || opener >= openers) continue
      const extra = Math.max(0, table.findingWords(name) - hits) * leastExtra
      const agreed = Math.min(total, sum)
      const most = promised({ agreed, total, extra }, weights)
      const rank = Math.max(0, Math.min(ranks - 1, Math.floor((most - lowest) / step)))
      if (rank === 0) continue
      const variant = Math.min(variantsBits - 1, this.variants[opener]!)
      this.keys[count++] = (((ranks - 1 - rank) * placesBits + opener) * variantsBits + variant) * namesBits + name
    }
    credits.clear()
    return count
  }

  /** What a name gains, each word of the query once, at its likest; how many do, and which is the first. */
  private sumUp(name: number, places: number): void {
    const { table, gains, best, variants } = this
    best.fill(0, 0, places)
    const end = table.endOf(name)
    for (let token = table.startOf(name); token < end; token++) {
      let entry = gains.first(table.wordAt(token))
      if (entry === 0 || !naming[table.kindNumberAt(token)]) continue
      for (; entry !== 0; entry = gains.after(entry)) {
        const place = gains.places[entry]!
        const variant = gains.variants[entry]!
        if (best[place] !== 0 && variants[place]! <= variant) continue
        best[place] = gains.gains[entry]!
        variants[place] = variant
      }
    }
    this.sum = 0
    this.hits = 0
    this.opener = places
    for (let place = places - 1; place >= 0; place--) if (best[place] !== 0) this.opener = place
    for (let place = 0; place < places; place++) {
      if (best[place] === 0) continue
      this.sum = Math.fround(this.sum + best[place]!)
      this.hits++
    }
  }
}

/** How many words, heaviest first, may open a name: while less than enough is left to see, none does. A word that stands for none opens none. */
function openersOf(ordered: readonly Probe[], needed: number): number {
  let remaining = 0
  for (const probe of ordered) remaining += probe.own
  const least = Math.max(remaining * openingShare, needed)
  let count = 0
  while (count < ordered.length && remaining >= least) remaining -= ordered[count++]!.own
  return count
}
