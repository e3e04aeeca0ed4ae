import type { Probe } from '#matching/blocking'
import type { Postings } from '#matching/postings'
import type { Expansion } from '#matching/word-expansion'

/** A word of a query with what following it costs and brings. */
export interface Lead {
  readonly expansion: Expansion
  readonly weight: number
  /** The most that a name gains by it. */
  readonly gain: number
  /** How many of the words it may stand for a name can have as its best and still reach what is needed. */
  readonly useful: number
  /** What going through the lists of those costs, in entries. */
  readonly cost: number
}

/** Going to another list costs about as much as so many entries of one. */
const listCost = 32
/** Rounding must lose no name. */
const slack = 1e-3

/**
 * Leads by what can still be reached: a name must gain `needed` in all, so a word that stands for one too loosely leaves it
 * short, whatever else it has. None when nothing can reach so much.
 */
export function leadsOf(probes: readonly Probe[], needed: number, postings: Postings): readonly Lead[] {
  let most = 0
  for (const { expansion, weight } of probes) most += weight * (expansion.agreements[0] ?? 0)
  const spare = most - needed + slack
  if (spare < 0) return []
  return probes.map(({ expansion, weight }) => {
    const { ids, agreements } = expansion
    const gain = weight * (agreements[0] ?? 0)
    let useful = 0
    let cost = 0
    while (useful < ids.length && gain - weight * agreements[useful]! <= spare) {
      cost += listCost + postings.lengthOf(ids[useful]!)
      useful++
    }
    return { expansion, weight, gain, useful, cost }
  })
}

/** Of all leads those that every name must have one of, so cheap as can be seen at a glance. */
export function cheapestOpening(leads: readonly Lead[], needed: number): readonly Lead[] {
  let spare = slack - needed
  for (const lead of leads) spare += lead.gain
  let cheapest: Lead | undefined
  for (const lead of leads) {
    if (lead.gain > spare && (cheapest === undefined || lead.cost < cheapest.cost)) cheapest = lead
  }
  if (cheapest !== undefined) return [cheapest]
  const chosen: Lead[] = []
  let sum = 0
  for (const lead of byWorth(leads)) {
    if (sum > spare) break
    chosen.push(lead)
    sum += lead.gain
  }
  return chosen
}

/** What brings most for what it costs first. */
export function byWorth(leads: readonly Lead[]): readonly Lead[] {
  return [...leads].filter(({ gain }) => gain > 0).sort((a, b) => a.cost * b.gain - b.cost * a.gain)
}
