import { phoneSimilarity } from '#matching/distance'
import { legalForms } from '#matching/lexicon'
import type { AlignedPair, WeighedToken } from '#matching/name-parts'
import { abjadPhones, latinPhones } from '#matching/phones'
import { hasReadings, readingsOf } from '#matching/readings'
import { spellingCeiling, type Term } from '#matching/term'

const gluedSimilarity = 0.985
const soundFloor = 0.9
const shortest = 4
const mostNeighbours = 3

interface Free {
  readonly freeQuery: readonly number[]
  readonly freeCandidate: readonly number[]
}

/** Pairs among the words left over: two or three neighbours on one side that the other writes as one, or a legal form glued in front. */
export function glueWords(
  query: readonly WeighedToken[],
  candidate: readonly WeighedToken[],
  { freeQuery, freeCandidate }: Free,
): AlignedPair[] {
  const pairs: AlignedPair[] = []
  const left = new Set(freeQuery)
  const right = new Set(freeCandidate)
  const take = (from: readonly number[], to: readonly number[], similarity: number) => {
    for (const index of from) left.delete(index)
    for (const index of to) right.delete(index)
    pairs.push({ query: from, candidate: to, similarity, isGlued: true })
  }
  for (const i of freeQuery) {
    for (const j of freeCandidate) {
      if (!left.has(i) || !right.has(j)) continue
      const [a, b] = [query[i]!, candidate[j]!]
      if (hasGluedForm(a.term.text, b.term.text)) {
        take([i], withForm(candidate, right, j), gluedSimilarity)
      } else if (hasGluedForm(b.term.text, a.term.text)) {
        take(withForm(query, left, i), [j], gluedSimilarity)
      } else {
        const apart = runOf(candidate, right, { from: j, whole: a.term })
        const own = apart === undefined ? runOf(query, left, { from: i, whole: b.term }) : undefined
        if (apart !== undefined) take([i], apart.places, apart.similarity)
        else if (own !== undefined) take(own.places, [j], own.similarity)
      }
    }
  }
  return pairs
}

/** Neighbours, all left over, that make up a word: two if they do, or else three. */
function runOf(
  tokens: readonly WeighedToken[],
  free: ReadonlySet<number>,
  { from, whole }: { readonly from: number; readonly whole: Term },
): { readonly places: readonly number[]; readonly similarity: number } | undefined {
  const places = [from]
  for (let at = from + 1; free.has(at) && places.length < mostNeighbours; at++) {
    places.push(at)
    const similarity = likeness(
      places.map((place) => tokens[place]!),
      whole,
    )
    if (similarity > 0) return { places, similarity }
  }
  return undefined
}

/** The word with the legal form that stands beside it. */
function withForm(tokens: readonly WeighedToken[], free: ReadonlySet<number>, index: number): readonly number[] {
  for (const beside of [index - 1, index + 1]) {
    if (free.has(beside) && tokens[beside]!.kind === 'legal') return [beside, index].sort((a, b) => a - b)
  }
  return [index]
}

/** JSCARGUMENT for JSC ARGUMENT. */
function hasGluedForm(glued: string, rest: string): boolean {
  if (rest.length < shortest || glued.length <= rest.length) return false
  if (glued.endsWith(rest)) return legalForms.has(glued.slice(0, -rest.length))
  return glued.startsWith(rest) && legalForms.has(glued.slice(rest.length))
}

/** How alike one reading of several words is to a word of a script that has one. */
function spokenLikeness(reading: string, whole: Term): number {
  const phones = latinPhones(reading)
  if (phones === '' || whole.phones === '') return 0
  const similarity = phoneSimilarity(phones, whole.phones, whole.isAbjad ? 1 : 0)
  return similarity >= soundFloor ? Math.min(similarity, spellingCeiling, gluedSimilarity) : 0
}

function likeness(parts: readonly WeighedToken[], whole: Term): number {
  const { isAbjad } = parts[0]!.term
  let text = ''
  for (const { kind, term } of parts) {
    if (kind === 'legal' || term.isAbjad !== isAbjad) return 0
    text += term.text
  }
  if (text.length < shortest) return 0
  if (text === whole.text) return gluedSimilarity
  if (hasReadings(text)) return Math.max(...readingsOf(text).map((reading) => spokenLikeness(reading, whole)))
  if (Math.abs(text.length - whole.text.length) > 3 && isAbjad === whole.isAbjad) return 0
  const phones = isAbjad ? abjadPhones(text) : latinPhones(text)
  if (phones === '' || whole.phones === '') return 0
  const abjads = isAbjad === whole.isAbjad ? (whole.isAbjad ? 2 : 0) : 1
  const similarity = phoneSimilarity(phones, whole.phones, abjads)
  return similarity >= soundFloor ? Math.min(similarity, spellingCeiling, gluedSimilarity) : 0
}
