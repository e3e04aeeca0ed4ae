import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attributesOf } from '#matching/entity'
import { createMatchingIndex } from '#matching/name-index'
import { observeAttributes, type WeightKey } from '#matching/observations'
import { findLists, readListings } from '../list-files.ts'
import { buildPairs, type EntityPair } from './entity-sets.ts'

/**
 * Prints what each observation is worth, from the training part: how often it is seen in pairs of one entity and of two, the
 * logarithm of the ratio, and the weight of a logistic regression in which the log-odds that the names alone give count as they
 * are. `twins` are those found by two names in common, whatever their attributes. `node bench/matching/fit-attributes.ts`, with COMITY_DATA at the folder of the lists.
 */
interface Seen {
  readonly same: boolean
  readonly isTwin: boolean
  /** Log-odds by the names alone. */
  readonly names: number
  readonly keys: readonly WeightKey[]
  readonly weight: number
}

/** Weights of what is seldom seen are pulled to nothing. */
const ridge = 0.004
const steps = 4_000
const rate = 0.5
const names = new Set([
  'name',
  'alias',
  'weakAlias',
  'previousName',
  'firstName',
  'secondName',
  'lastName',
  'fatherName',
])

const files = findLists(mkdtempSync(join(tmpdir(), 'comity-pairs-')))
const training = buildPairs(await readListings(files)).filter((it) => it.part === 'train')
const seen = training.map(look).filter((it) => it.names > -3)
balance(seen)
const keys = [...new Set(seen.flatMap((it) => it.keys))].sort()
const fitted = regress(seen, keys)

console.log(`${training.length} pairs, ${seen.length} of them with names that agree at least in part`)
console.log(`${'observation'.padEnd(26)} same  twins    two  log ratio  regression`)
for (const key of keys) {
  const group = key.split('.')[0]!
  const stating = seen.filter((it) => it.keys.some((other) => other.startsWith(`${group}.`)))
  const count = (same: boolean) => stating.filter((it) => it.same === same && it.keys.includes(key)).length
  const total = (same: boolean) => stating.filter((it) => it.same === same).length
  const ratio = Math.log((count(true) + 0.5) / (total(true) + 1)) - Math.log((count(false) + 0.5) / (total(false) + 1))
  const twins = stating.filter((it) => it.isTwin && it.keys.includes(key)).length
  const row = [
    String(count(true)).padStart(6),
    String(twins).padStart(6),
    String(count(false)).padStart(6),
    ratio.toFixed(2).padStart(9),
  ]
  console.log(`${key.padEnd(24)} ${row.join(' ')}  ${fitted.get(key)!.toFixed(2).padStart(9)}`)
}

function look({ query, candidate, same, kind, isBlind }: EntityPair): Seen {
  const index = createMatchingIndex()
  const bare = Object.fromEntries(Object.entries(candidate.properties).filter(([name]) => names.has(name)))
  index.put({ ...candidate, properties: bare })
  const asked = Object.fromEntries(Object.entries(query.properties).filter(([name]) => names.has(name)))
  const score = index.search({ ...query, id: 'query', properties: asked }, { limit: 1, threshold: 0 })[0]?.score ?? 0
  const kept = Math.min(Math.max(score, 1e-3), 1 - 1e-3)
  const observed = observeAttributes(attributesOf(query), attributesOf(candidate))
  const keys = observed.flatMap((it) => (it.key === undefined ? [] : [it.key]))
  return { same, isTwin: kind === 'twins' && isBlind, names: Math.log(kept / (1 - kept)), keys, weight: 1 }
}

/** Pairs of one and of two entities weigh alike, whatever their number. */
function balance(pairs: Seen[]): void {
  const same = pairs.filter((it) => it.same).length
  for (const [at, it] of pairs.entries()) {
    pairs[at] = { ...it, weight: pairs.length / 2 / (it.same ? same : pairs.length - same) }
  }
}

function regress(pairs: readonly Seen[], all: readonly WeightKey[]): ReadonlyMap<WeightKey, number> {
  const weights = new Map(all.map((key) => [key, 0]))
  let constant = 0
  for (let step = 0; step < steps; step++) {
    const slopes = new Map(all.map((key) => [key, 0]))
    let slope = 0
    for (const { same, names: offset, keys: on, weight } of pairs) {
      let sum = constant + offset
      for (const key of on) sum += weights.get(key)!
      const error = ((same ? 1 : 0) - 1 / (1 + Math.exp(-sum))) * weight
      slope += error
      for (const key of on) slopes.set(key, slopes.get(key)! + error)
    }
    constant += (rate * slope) / pairs.length
    for (const key of all) {
      const old = weights.get(key)!
      weights.set(key, old + rate * ((slopes.get(key)! / pairs.length) * 8 - ridge * old))
    }
  }
  console.log(`constant ${constant.toFixed(2)}`)
  return weights
}
