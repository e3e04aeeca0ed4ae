import { type ComparedNames, honorificKind, legalKind, nameKind, naming, numberKind } from '#matching/compared-names'
import { generations } from '#matching/lexicon'
import { comparisonWeights, type WeighedToken } from '#matching/name-parts'
import type { NameAgreement } from '#matching/score'
import { rankWords } from '#matching/word-classes'

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** Writes down what is left over on both sides; returns what it takes from the quality. */
export function measureLeftovers(sides: ComparedNames, found: Writable<NameAgreement>): number {
  const { query, queryKinds, kinds, ids, weights, vocabulary } = sides
  found.missing = 0
  found.extra = 0
  found.optionalMissing = 0
  found.elsewhere = 0
  found.elsewhereWords = 0
  found.optionalExtra = 0
  let cost = 0
  let numbers = 0
  let forms = 0
  let ranks = 0
  let [own, other] = [0, 0]
  let [ownWords, otherWords] = [0, 0]
  let [isSureOwn, isSureOther] = [false, false]
  let [isDistinctOwn, isDistinctOther] = [false, false]
  let [isFirstOwn, isFirstOther] = [false, false]
  for (let i = 0; i < query.weighed.length; i++) {
    if ((sides.usedQuery & (1 << i)) !== 0) continue
    const { weight, term } = query.weighed[i]!
    const isOptional = isOptionalInQuery(sides, i)
    cost += comparisonWeights.unmatchedQuery * weight * (isOptional ? comparisonWeights.optional : 1)
    if (queryKinds[i] === numberKind) numbers |= 1
    if (queryKinds[i] === legalKind) forms |= 1
    if (!naming[queryKinds[i]!]) continue
    own += conflictOf(term.text.length, term.isTrade)
    ownWords++
    isSureOwn = isSure(term.text.length, term.isKnown)
    if (queryKinds[i] === numberKind || rankWords.has(term.text)) ranks |= 1
    if (i === 0) isFirstOwn = true
    isDistinctOwn ||= !term.isTrade
    if (isOptional) found.optionalMissing += weight
    else found.missing += weight
  }
  for (let j = 0; j < sides.columns; j++) {
    if ((sides.usedCandidate & (1 << j)) !== 0) continue
    const isOptional = isOptionalInCandidate(sides, j)
    cost += comparisonWeights.unmatchedCandidate * weights[j]! * (isOptional ? comparisonWeights.optional : 1)
    if (kinds[j] === numberKind) numbers |= 2
    if (kinds[j] === legalKind) forms |= 2
    if (!naming[kinds[j]!]) continue
    const [length, isTrade] = [vocabulary.lengthOf(ids[j]!), vocabulary.isTrade(ids[j]!)]
    other += conflictOf(length, isTrade)
    otherWords++
    isSureOther = isSure(length, vocabulary.isKnown(ids[j]!))
    if (ranks !== 0 && (kinds[j] === numberKind || rankWords.has(vocabulary.text(ids[j]!)))) ranks |= 2
    if (j === 0) isFirstOther = true
    isDistinctOther ||= !isTrade
    if (isOptional) found.optionalExtra += weights[j]!
    else found.extra += weights[j]!
  }
  found.conflict = Math.min(own, other)
  if (isFirstOther && !isFirstOwn && isDistinctOther) found.conflict += otherFirst
  if (isDistinctOwn && isDistinctOther && !agreesInMore(sides)) found.conflict += otherNamed
  if (ownWords === 1 && otherWords === 1 && isSureOwn && isSureOther)
    found.conflict += replacement * Math.min(1, own, other)
  found.isOtherForm = forms === 3
  found.isOtherRank = ranks === 3 && numbers !== 3
  found.isOtherNumber = numbers === 3 || isOtherGeneration(sides)
  return cost
}

/** What stands first is seldom left out: Mohamed Farhat is not Mariam Mohamed Farhat. */
const otherFirst = 0.5

/** Two organisations of one trade whose own names differ: what they share says what they do. */
const otherNamed = 1

/** Whether a word agrees that says more than what an organisation is or does. */
function agreesInMore({ query, queryKinds, usedQuery }: ComparedNames): boolean {
  for (let i = 0; i < query.weighed.length; i++) {
    if ((usedQuery & (1 << i)) === 0 || !naming[queryKinds[i]!]) continue
    if (!query.weighed[i]!.term.isTrade) return true
  }
  return false
}

/** A known word, or an initial, in the place of another is no strange spelling of it: First Bank and State Bank. */
const replacement = 1

function isSure(length: number, isKnown: boolean): boolean {
  return isKnown || length === 1
}

/**
 * Two initials that differ are surer to be two people's than two words, which may be one that is spelt strangely. What an
 * organisation does is said now in this word, now in that.
 */
function conflictOf(length: number, isTrade: boolean): number {
  return length === 1 ? 2 : isTrade ? 0.4 : 1
}

/** Junior is not senior. */
function isOtherGeneration(sides: ComparedNames): boolean {
  const [own, other] = [generationOf(sides, sides.query.weighed), generationOf(sides, undefined)]
  return own !== undefined && other !== undefined && own !== other
}

/** Of the query's words, or of the candidate's. */
function generationOf(sides: ComparedNames, weighed: readonly WeighedToken[] | undefined): string | undefined {
  const count = weighed === undefined ? sides.columns : weighed.length
  const kindsOfSide = weighed === undefined ? sides.kinds : sides.queryKinds
  for (let at = 0; at < count; at++) {
    if (kindsOfSide[at] !== honorificKind) continue
    const text = weighed === undefined ? sides.vocabulary.text(sides.ids[at]!) : weighed[at]!.term.text
    const generation = generations.get(text)
    if (generation !== undefined) return generation
  }
  return undefined
}

/** A word said twice counts once; patronymics and small words may be missing. */
function isOptionalInQuery({ query, queryKinds }: ComparedNames, i: number): boolean {
  const { weighed } = query
  const kind = queryKinds[i]!
  if (kind !== nameKind && kind !== numberKind) return true
  for (let at = 0; at < weighed.length; at++) {
    if (at !== i && weighed[at]!.term.text === weighed[i]!.term.text) return true
  }
  return false
}

/** The same, and whatever only the candidate has may stand where the query's name was cut. */
function isOptionalInCandidate({ query, kinds, ids, columns }: ComparedNames, j: number): boolean {
  if (query.mayBeCut) return true
  const kind = kinds[j]!
  if (kind !== nameKind && kind !== numberKind) return true
  for (let at = 0; at < columns; at++) if (at !== j && ids[at] === ids[j]) return true
  return false
}
