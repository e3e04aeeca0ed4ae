import { type Engine, engineOf, type Indexed } from '#capabilities/screening/engine'
import type { Services } from '#http/services'
import type { Candidate } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import type { Caller, Reader, RecordView } from '#store/reader'

export interface Asking {
  readonly caller: Caller
  readonly reader: Reader
  readonly services: Services
}

export interface LookUp {
  /** Most that are found. */
  readonly limit: number
  /** The least score, 0 to 1. */
  readonly threshold: number
  /** Also who is called exactly so, however short or common the name is: for a person who searches by hand. */
  readonly orNamesake?: boolean
  /** Which records are meant at all: asked before anything of them is compared. */
  readonly isAsked?: (indexed: Indexed) => boolean
}

/** The least score at which a name that is the same as a whole is shown. */
const namesakeFrom = 0.01

/** Whether the whole name is the query's, word by word, and it is a name that the source stands by. */
function isNamesake({ features, evidence }: Candidate): boolean {
  const { tokens, unmatchedQuery, unmatchedCandidate } = evidence
  return (
    tokens.length > 0 &&
    unmatchedQuery.length === 0 &&
    unmatchedCandidate.length === 0 &&
    tokens.every((it) => it.similarity === 1 && it.rule !== 'elsewhere') &&
    !features.some((it) => it.name === 'name_weak')
  )
}

/** What a search by hand shows of what was compared. */
export function isShown(candidate: Candidate, threshold: number): boolean {
  return candidate.score >= threshold || isNamesake(candidate)
}

/** The threshold to compare with, so that nothing that `isShown` is left out before. */
export function handThreshold(threshold: number): number {
  return Math.min(threshold, namesakeFrom)
}

export interface Found {
  readonly candidate: Candidate
  readonly indexed: Indexed
  readonly view: RecordView
  readonly entity: MatchEntity
}

/** Policy is asked before anything is compared, so that a score never tells of what the caller may not know. */
export async function lookUp(query: MatchEntity, asking: Asking, options: LookUp): Promise<Found[]> {
  return seeCandidates(compare(engineOf(asking.services), query, { ...asking, ...options }), asking)
}

/** Those candidates that the caller may see, with their records read anew. */
export async function seeCandidates(candidates: readonly Candidate[], asking: Asking): Promise<Found[]> {
  const engine = engineOf(asking.services)
  const found: Found[] = []
  for (const candidate of candidates) {
    const view = await asking.reader.record(candidate.id, 'search')
    const indexed = engine.find(candidate.id)
    const entity = view && engine.entityOf(view)
    if (view !== undefined && indexed !== undefined && entity !== undefined)
      found.push({ candidate, indexed, view, entity })
  }
  return found
}

function compare(
  engine: Engine,
  query: MatchEntity,
  { caller, services, limit, threshold, orNamesake = false, isAsked = () => true }: Omit<Asking, 'reader'> & LookUp,
): readonly Candidate[] {
  const circumstances = { now: services.store.clock.now(), purpose: caller.purpose }
  const found = engine.search(query, {
    limit,
    threshold: orNamesake ? handThreshold(threshold) : threshold,
    actor: caller.actor,
    act: 'search',
    circumstancesFor: (it) => (isAsked(it) ? circumstances : undefined),
  })
  return orNamesake ? found.filter((it) => isShown(it, threshold)) : found
}
