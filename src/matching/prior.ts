import { commonWords } from '#matching/lexicon'
import { compareSounds, keysOf, makeTerm, type Term } from '#matching/term'

/** The lexicon's words by skeleton, so that every spelling of a common name is common. Built at first use. */
let bySkeleton: Map<string, { readonly term: Term; readonly count: number }[]> | undefined
const sameSound = 0.9

/** Some hundred names are a servant of God or of the faith, whatever attribute follows, and very many people bear one. */
const compound = 40
const compounds = /^(?:abdu.{3}|.{3,}din$|عبد.{2})/u

function isCompound(text: string): boolean {
  return compounds.test(text)
}

/** Names out of twenty thousand that hold a word, by the lexicon; 1 for a word it does not know. */
export function priorOf(term: Term): number {
  const count = commonWords.get(term.text)
  if (count !== undefined) return count
  let best = isCompound(term.text) ? compound : 1
  for (const key of keysOf(term)) {
    for (const common of commonTerms().get(key) ?? []) {
      if (common.count > best && compareSounds(term, common.term) >= sameSound) best = common.count
    }
  }
  return best
}

function commonTerms(): ReadonlyMap<string, readonly { readonly term: Term; readonly count: number }[]> {
  if (bySkeleton !== undefined) return bySkeleton
  bySkeleton = new Map()
  for (const [text, count] of commonWords) {
    const term = makeTerm(text)
    if (term.phones === '') continue
    const bucket = bySkeleton.get(term.skeleton)
    if (bucket === undefined) bySkeleton.set(term.skeleton, [{ term, count }])
    else bucket.push({ term, count })
  }
  return bySkeleton
}
