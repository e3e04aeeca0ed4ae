import type { Candidate } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type IndexSettings } from '#matching/name-index'

/** Compares two entities, where there is no list: what words tell comes from the lexicon alone. */
export interface PairComparer {
  /** What the comparison says, whatever its score; undefined when the two schemata are never one. */
  compare(query: MatchEntity, candidate: MatchEntity): Candidate | undefined
}

const id = 'candidate'
/** Words of earlier pairs stay in the vocabulary: after this many pairs it is begun anew. */
const longest = 100_000

export function createPairComparer(settings: IndexSettings = {}): PairComparer {
  let index = createMatchingIndex(settings)
  let pairs = 0
  return {
    compare(query, candidate) {
      if (++pairs % longest === 0) index = createMatchingIndex(settings)
      index.put({ ...candidate, id })
      const found = index.compare(query, id)
      return found && { ...found, id: candidate.id }
    },
  }
}
