import { commonWords } from '#matching/lexicon'
import { compareSounds, makeTerm, type Term } from '#matching/term'

/** The lexicon's words by skeleton, the commonest first, so that every spelling of a common name is common. Built at first use. */
let bySkeleton: Map<string, CommonTerm[]> | undefined
const sameSound = 0.9

/** Some hundred names are a servant of God or of the faith, whatever attribute follows, and very many people bear one. */
const compound = 40
const compounds = /^(?:abdu.{3}|.{3,}din$|عبد.{2})/u

/** Names out of twenty thousand that hold a word with these keys, by the lexicon; 1 for a word it does not know. */
export function priorOf(term: Term, keys: readonly string[]): number {
  const count = commonWords.get(term.text)
  if (count !== undefined) return count
  let best = compounds.test(term.text) ? compound : 1
  for (const key of keys) {
    for (const common of commonTerms().get(key) ?? none) {
      if (common.count <= best) break
      if (compareSounds(term, common.term) >= sameSound) best = common.count
    }
  }
  return best
}

interface CommonTerm {
  readonly term: Term
  readonly count: number
}

const none: readonly CommonTerm[] = []

function commonTerms(): ReadonlyMap<string, readonly CommonTerm[]> {
  if (bySkeleton !== undefined) return bySkeleton
  bySkeleton = new Map()
  for (const [text, count] of commonWords) {
    const term = makeTerm(text)
    if (term.phones === '') continue
    const bucket = bySkeleton.get(term.skeleton)
    if (bucket === undefined) bySkeleton.set(term.skeleton, [{ term, count }])
    else bucket.push({ term, count })
  }
  for (const bucket of bySkeleton.values()) bucket.sort((a, b) => b.count - a.count)
  return bySkeleton
}
