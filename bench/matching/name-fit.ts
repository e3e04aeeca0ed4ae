import { writeFileSync } from 'node:fs'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { type NameAgreement, nameWeights } from '#matching/score'
import { readListed } from './listed.ts'
import { fitLogistic } from './logistic.ts'
import { makeNamePairs, type NamePair } from './name-pairs.ts'
import { makeSets, type SetQuery, type Sets } from './sets.ts'

/**
 * Fits the log-odds of name comparisons on the training part of the sets and writes them to src/matching/name-weights.json;
 * `fit-names.ts` runs it. Each query gives its likeliest entities as examples, the right one for and the others
 * against; invented people and companies give examples against, which count more, since in life they are more. Pairs of names
 * give one example each. The same lists, names, engine and first weights give the same file.
 */

const half = 14
const perQuery = 25
const strangerWeight = 12
/** Pairs of names are fewer, and say what a reader would. */
const pairWeight = 4
/** Words of a name depend on one another, and lists copy from each other: what is fitted counts half, as attributes do. */
const scale = 0.5
/** The share of invented people that passes 0.7. */
const anchor = { share: 0.002, score: 0.7 } as const

const features: readonly (readonly [name: string, of: (found: NameAgreement) => number])[] = [
  ['agreed', (it) => it.agreed / (it.agreed + half)],
  ['loose', (it) => -it.loose],
  ['missing', (it) => -it.missing],
  ['extra', (it) => -it.extra],
  ['optionalMissing', (it) => -it.optionalMissing],
  ['optionalExtra', (it) => -it.optionalExtra],
  ['otherForm', (it) => (it.isOtherForm ? -1 : 0)],
  ['reordered', (it) => (it.isReordered ? -1 : 0)],
  ['otherNumber', (it) => (it.isOtherNumber ? -1 : 0)],
]

interface Example {
  readonly query: SetQuery | undefined
  readonly values: readonly number[]
  /** Of what is not fitted here. */
  readonly fixed: number
  readonly isRight: boolean
  readonly weight: number
}

const { entities } = await readListed('/tmp')
const sets = makeSets(entities)
const index = createMatchingIndex()
for (const entity of sets.entities) index.put(entity)
const queries = sets.queries.filter(({ part }) => part === 'train')
const pairs = (await makeNamePairs(entities)).filter(({ part }) => part === 'train')
const examples = [...queries.flatMap((query) => examplesOf(query, index, sets)), ...pairs.flatMap(exampleOfPair)]
const weights = fitLogistic(
  examples.map(({ values, fixed, isRight, weight }) => ({ values, offset: fixed, isTrue: isRight, weight })),
)
const best = new Map<SetQuery, number>()
for (const { query, values, fixed } of examples) {
  if (query?.set !== 'person') continue
  const sum = values.reduce((total, value, at) => total + value * weights[at + 1]!, weights[0]! + fixed)
  best.set(query, Math.max(best.get(query) ?? -Infinity, sum))
}
const scores = [...best.values()].sort((a, b) => b - a)
const strangers = queries.filter(({ set }) => set === 'person').length
const raw = scores[Math.floor(strangers * anchor.share)]!
const logOdds = Math.log(anchor.score / (1 - anchor.score))
const rounded = (value: number) => Number(value.toFixed(4))
const written: Record<string, unknown> = {
  note: 'Log-odds of name comparisons, written by bench/matching/fit-names.ts from the training part of the sets and of the pairs of names that docs/matching.md describes. Do not edit: change the script and run it again.',
  base: rounded(logOdds + (weights[0]! - raw) * scale),
  half,
}
for (const [at, [name]] of features.entries()) written[name] = rounded(Math.max(0, weights[at + 1]! * scale))
writeFileSync(weightsPath(), `${JSON.stringify(written, null, 2)}\n`)
console.log(`${examples.length} examples`, written)

function weightsPath(): URL {
  return new URL('../../src/matching/name-weights.json', import.meta.url)
}

function measured(agreement: NameAgreement): Pick<Example, 'values' | 'fixed'> {
  return {
    values: features.map(([, of]) => of(agreement)),
    fixed: (nameWeights.initials * agreement.initials - nameWeights.conflict * agreement.conflict) / scale,
  }
}

function examplesOf(query: SetQuery, searched: MatchingIndex, { areOne }: Sets): readonly Example[] {
  const entity: MatchEntity = { id: 'query', schema: query.schema, properties: { name: [query.name] } }
  return searched.compareNames(entity, perQuery).map(({ id, agreement }) => ({
    query,
    ...measured(agreement),
    isRight: query.of !== '' && areOne(id, query.of),
    weight: query.of === '' ? strangerWeight : 1,
  }))
}

/** Two names alone; none where they share no word. */
function exampleOfPair({ a, b, schema, same }: NamePair): readonly Example[] {
  const alone = createMatchingIndex()
  alone.put({ id: 'candidate', schema, properties: { name: [b] } })
  return alone
    .compareNames({ id: 'query', schema, properties: { name: [a] } }, 1)
    .map(({ agreement }) => ({ query: undefined, ...measured(agreement), isRight: same, weight: pairWeight }))
}
