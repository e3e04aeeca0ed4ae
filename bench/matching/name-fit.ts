import { writeFileSync } from 'node:fs'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { halfAgreed, type NameAgreement, type NameWeights } from '#matching/score'
import { drawSets } from './drawn-sets.ts'
import { readListed } from './listed.ts'
import { fitLogistic, type LogisticExample } from './logistic.ts'
import { makeNamePairs, type NamePair } from './name-pairs.ts'
import { makeSets, type SetQuery, type Sets } from './sets.ts'

/**
 * Fits the log-odds of name comparisons on the training part of the sets and writes them to src/matching/name-weights.json;
 * `fit-names.ts` runs it. Each query gives its likeliest entities as examples, the right one for and the others
 * against; invented people and companies give examples against, which count more, since in life they are more. Pairs of names
 * give one example each. The same lists, names, engine and first weights give the same file.
 */

const perQuery = 25
/** Of somebody on no list, only the likeliest are told from being right. */
const perStranger = 8
/** In life most people are on no list. */
const strangerWeight = 12
/** Pairs of names are fewer, and say what a reader would. */
const pairWeight = 3
/** The right entity is also set beside so many of the others: it should come before them. */
const [rivals, rivalWeight] = [8, 3]
/** Words of a name depend on one another, and lists copy from each other: what is fitted counts half, as attributes do. */
const scale = 0.5
/** The score that this share of invented people, and of invented companies, passes. */
const anchor = { score: 0.7, people: 0.002, companies: 0.004 } as const

/** By judgement, whatever lists show: another number is another thing. */
const least: Partial<NameWeights> = { otherNumber: 3 }

type Weighed = Exclude<keyof NameWeights, 'base'>

const features: Readonly<Record<Weighed, (found: NameAgreement) => number>> = {
  agreed: (it) => it.agreed / (it.agreed + halfAgreed),
  initials: (it) => it.initials,
  near: (it) => -it.near,
  loose: (it) => -it.loose,
  slips: (it) => -it.slips,
  missing: (it) => -it.missing,
  extra: (it) => -it.extra,
  missingShare: (it) => -it.missingShare,
  extraShare: (it) => -it.extraShare,
  elsewhere: (it) => it.elsewhere,
  elsewhereWords: (it) => it.elsewhereWords,
  optionalMissing: (it) => -it.optionalMissing,
  optionalExtra: (it) => -it.optionalExtra,
  conflict: (it) => -it.conflict,
  acronym: (it) => (it.isAcronym ? -1 : 0),
  otherForm: (it) => (it.isOtherForm ? -1 : 0),
  otherRank: (it) => (it.isOtherRank ? -1 : 0),
  reordered: (it) => (it.isReordered ? -1 : 0),
  headless: (it) => (it.isHeadless ? -1 : 0),
  otherNumber: (it) => (it.isOtherNumber ? -1 : 0),
}
const weighed = Object.keys(features) as Weighed[]

interface Example {
  readonly query: SetQuery | undefined
  readonly isPerson: boolean
  readonly values: readonly number[]
  readonly isTrue: boolean
  readonly weight: number
}

const { entities } = await readListed('/tmp')
const own = makeSets(entities)
const found = [own, drawSets(entities, own)].flatMap((sets) => {
  const index = createMatchingIndex()
  for (const entity of sets.entities) index.put(entity)
  return sets.queries.map((query) => (query.part === 'train' ? examplesOf(query, index, sets) : []))
})
const alone = createMatchingIndex()
const pairs = (await makeNamePairs(entities)).filter(({ part }) => part === 'train').flatMap(exampleOfPair)
const written = {
  note: 'Log-odds of name comparisons, of people and of others, written by bench/matching/fit-names.ts from the training part of the sets and of the pairs of names that docs/matching.md describes. Do not edit: change the script and run it again.',
  person: weightsFor(true),
  other: weightsFor(false),
}
writeFileSync(new URL('../../src/matching/name-weights.json', import.meta.url), `${JSON.stringify(written, null, 2)}\n`)
console.log(written)

/** The weights of people's names or of others', with the constant by which strangers pass as rarely as they should. */
function weightsFor(isPerson: boolean): NameWeights {
  const answers = found.map((examples) => examples.filter((it) => it.isPerson === isPerson))
  const examples = [...answers.flat(), ...pairs.filter((it) => it.isPerson === isPerson)]
  const [constant, ...weights] = fitTwice([...examples, ...answers.flatMap(rivalsOf)])
  const sumOf = ({ values }: Example) => values.reduce((sum, value, at) => sum + value * weights[at]!, constant!)
  const [strangers, share] = isPerson ? (['person', anchor.people] as const) : (['company', anchor.companies] as const)
  const asked = own.queries.flatMap(({ set, part }, at) =>
    set === strangers && part === 'train' ? [answers[at]!] : [],
  )
  const best = asked.map((of) => Math.max(...of.map(sumOf))).sort((a, b) => b - a)
  const raw = best[Math.floor(asked.length * share)]!
  const logOdds = Math.log(anchor.score / (1 - anchor.score))
  const rounded = (value: number) => Number((value * scale).toFixed(4))
  return {
    base: rounded(logOdds / scale + constant! - raw),
    ...Object.fromEntries(weighed.map((name, at) => [name, Math.max(least[name] ?? 0, rounded(weights[at]!))])),
  } as NameWeights
}

/**
 * The mean of a fit that knows which words are spelt nearly alike and one that does not: the first tells more from strangers at
 * one in a hundred, the second keeps aliases that are spelt otherwise above those at two in a thousand; the mean does both.
 */
function fitTwice(examples: readonly LogisticExample[]): readonly number[] {
  const without = fitPositive(examples, [weighed.indexOf('near')])
  return fitPositive(examples).map((weight, at) => (weight + without[at]!) / 2)
}

/** A logistic regression in which nothing speaks for what it should speak against: a weight that comes out so is left at 0. */
function fitPositive(examples: readonly LogisticExample[], unseen: readonly number[] = []): readonly number[] {
  const left = new Set(unseen)
  for (;;) {
    const weights = fitLogistic(
      examples.map((it) => ({ ...it, values: it.values.map((value, at) => (left.has(at) ? 0 : value)) })),
    )
    const wrong = weights.flatMap((weight, at) => (at > 0 && weight < 0 ? [at - 1] : []))
    if (wrong.length === 0) return weights
    for (const at of wrong) left.add(at)
  }
}

function measured(agreement: NameAgreement): Pick<Example, 'isPerson' | 'values'> {
  return { isPerson: agreement.isPerson, values: weighed.map((name) => features[name](agreement)) }
}

function examplesOf(query: SetQuery, searched: MatchingIndex, { areOne }: Sets): readonly Example[] {
  const entity: MatchEntity = { id: 'query', schema: query.schema, properties: { name: [query.name] } }
  return searched.compareNames(entity, query.of === '' ? perStranger : perQuery).map(({ id, agreement }) => ({
    query,
    ...measured(agreement),
    isTrue: query.of !== '' && areOne(id, query.of),
    weight: query.of === '' ? strangerWeight : 1,
  }))
}

/** The likeliest right entity less the likeliest others: what speaks for it should be more. */
function rivalsOf(examples: readonly Example[]): readonly LogisticExample[] {
  const right = examples.find(({ isTrue }) => isTrue)
  if (right === undefined) return []
  const others = examples.filter(({ isTrue }) => !isTrue).slice(0, rivals)
  return others.map(({ values }) => ({
    values: right.values.map((value, at) => value - values[at]!),
    isTrue: true,
    weight: rivalWeight,
    constant: 0,
  }))
}

/** Two names alone; none where they share no word. One index takes them one after the other: each takes memory of its own. */
function exampleOfPair({ a, b, schema, same }: NamePair): readonly Example[] {
  alone.put({ id: 'candidate', schema, properties: { name: [b] } })
  return alone
    .compareNames({ id: 'query', schema, properties: { name: [a] } }, 1)
    .map(({ agreement }) => ({ query: undefined, ...measured(agreement), isTrue: same, weight: pairWeight }))
}
