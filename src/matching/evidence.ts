import type { TokenEvidence, TokenRule } from '#matching/candidate'
import type { AlignedPair, WeighedToken } from '#matching/name-parts'
import { round } from '#matching/score'
import { isNumber, relate } from '#matching/term'
import type { Token } from '#matching/tokens'

/** One side of a comparison: the name as written, its tokens, and the same tokens weighed, position by position. */
export interface NameSide {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly weighed: readonly WeighedToken[]
}

/** How the words of two names met. */
export interface Met {
  readonly pairs: readonly AlignedPair[]
  /** Words of the query that another name of the candidate has: their place, that name as written, and how alike they are. */
  readonly elsewhere: readonly { readonly query: number; readonly text: string; readonly similarity: number }[]
}

export interface NameEvidence {
  readonly tokens: readonly TokenEvidence[]
  readonly unmatchedQuery: readonly string[]
  readonly unmatchedCandidate: readonly string[]
  readonly explanation: string
}

/** Tells from an alignment which words met by which rule, and which are left over. */
export function nameEvidence(query: NameSide, candidate: NameSide, { pairs, elsewhere }: Met): NameEvidence {
  const met = pairs.map(
    (pair): TokenEvidence => ({
      query: rawOf(query, pair.query),
      candidate: rawOf(candidate, pair.candidate),
      rule: ruleOf(query, candidate, pair),
      similarity: round(pair.similarity, 3),
    }),
  )
  const others = elsewhere.map(({ query: place, text, similarity }): TokenEvidence => {
    return { query: rawOf(query, [place]), candidate: text, rule: 'elsewhere', similarity: round(similarity, 3) }
  })
  const tokens = [...met, ...others]
  const found = [...pairs.flatMap((pair) => pair.query), ...elsewhere.map((it) => it.query)]
  const unmatchedQuery = leftOver(query, new Set(found))
  const unmatchedCandidate = leftOver(candidate, new Set(pairs.flatMap((pair) => pair.candidate)))
  return {
    tokens,
    unmatchedQuery,
    unmatchedCandidate,
    explanation: explain(tokens, unmatchedQuery, unmatchedCandidate),
  }
}

function rawOf(side: NameSide, indexes: readonly number[]): string {
  return indexes.map((index) => side.tokens[index]!.raw).join(' ')
}

function leftOver(side: NameSide, used: ReadonlySet<number>): string[] {
  return side.tokens.filter((_, index) => !used.has(index)).map((token) => token.raw)
}

function ruleOf(query: NameSide, candidate: NameSide, pair: AlignedPair): TokenRule {
  if (pair.areInitials === true) return 'acronym'
  if (pair.isCut === true) return 'cut'
  if (pair.isGlued) return 'glued'
  const [a, b] = [query.weighed[pair.query[0]!]!, candidate.weighed[pair.candidate[0]!]!]
  if (a.kind === 'acronym' || b.kind === 'acronym') return 'acronym'
  const rule = relate(a.term, b.term)?.rule ?? 'spelling'
  if (rule === 'exact' && isNumber(rawOf(query, pair.query)) !== isNumber(rawOf(candidate, pair.candidate)))
    return 'typing'
  // A word of another script is the same word at best, unless it is another word for it.
  const isSpelt = rule === 'exact' || rule === 'skeleton' || rule === 'spelling'
  return a.script !== b.script && isSpelt ? 'script' : rule
}

const ruleWords: Readonly<Record<TokenRule, string>> = {
  exact: 'same word',
  spelling: 'similar spelling',
  skeleton: 'same consonants',
  typing: 'mistyped',
  variant: 'form of the same name',
  nickname: 'short form',
  reading: 'other reading',
  translation: 'translation',
  pack: 'one name in the imported pack',
  initial: 'initial',
  script: 'other script',
  glued: 'written together',
  acronym: 'initials of the name',
  cut: 'cut at the end of the zone',
  elsewhere: 'in another of its names',
}

function explain(
  tokens: readonly TokenEvidence[],
  unmatchedQuery: readonly string[],
  unmatchedCandidate: readonly string[],
): string {
  const total = tokens.length + unmatchedQuery.length
  const sentences = [`${tokens.length} of ${total} name ${total === 1 ? 'part agrees' : 'parts agree'}`]
  if (tokens.length > 0) {
    sentences[0] += `: ${tokens.map((token) => `${token.query} = ${token.candidate} (${ruleWords[token.rule]})`).join(', ')}`
  }
  if (unmatchedQuery.length > 0) sentences.push(`Not in the candidate: ${unmatchedQuery.join(', ')}`)
  if (unmatchedCandidate.length > 0) sentences.push(`Not in the query: ${unmatchedCandidate.join(', ')}`)
  return `${sentences.join('. ')}.`
}
