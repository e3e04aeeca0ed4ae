import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPairComparer } from '#matching/pair-comparer'
import { findLists, readListings } from '../list-files.ts'
import { buildPairs, type EntityPair, type Part } from './entity-sets.ts'
import { areaUnderCurve, bestF1, tiedShare } from './pair-metrics.ts'

/**
 * How well the index tells pairs of whole entities apart, by the score that a user would see.
 * `node bench/matching/entity-pairs.ts [train|dev|test] [worst]` with COMITY_DATA at the folder of the lists.
 */
const part = (process.argv[2] ?? 'dev') as Part
const worst = Number(process.argv[3] ?? 0)
const comparer = createPairComparer()
const files = findLists(mkdtempSync(join(tmpdir(), 'comity-pairs-')))
const pairs = buildPairs(await readListings(files)).filter((it) => it.part === part)
const began = performance.now()
const scored = pairs.map((pair) => ({ ...pair, score: scoreOf(pair) }))
const seconds = (performance.now() - began) / 1_000

console.log(
  `${files.real ? 'the published' : 'invented'} lists, ${part}: ${pairs.length} pairs in ${seconds.toFixed(1)} s`,
)
const { f1, threshold } = bestF1(scored)
console.log(
  `AUC ${areaUnderCurve(scored).toFixed(4)}  F1 ${f1.toFixed(4)} from ${threshold} up  ties ${tiedShare(scored).toFixed(4)}`,
)
for (const isPerson of [true, false]) {
  const some = scored.filter((it) => (it.query.schema === 'Person') === isPerson)
  const name = isPerson ? 'persons' : 'others'
  console.log(
    `  ${name.padEnd(10)} ${some.length} AUC ${areaUnderCurve(some).toFixed(4)} F1 ${bestF1(some).f1.toFixed(4)}`,
  )
}
for (const [kind, group] of Map.groupBy(scored, (it) => it.kind)) {
  const mean = group.reduce((sum, it) => sum + it.score, 0) / group.length
  const over = group.filter((it) => it.score >= threshold).length
  console.log(
    `  ${kind.padEnd(10)} ${String(group.length).padStart(6)}  mean ${mean.toFixed(3)}  from the threshold up ${over}`,
  )
}
const wrong = scored.filter((it) => it.score >= threshold !== it.same)
wrong.sort((a, b) => Math.abs(b.score - threshold) - Math.abs(a.score - threshold))
for (const it of wrong.slice(0, worst))
  console.log(`${it.kind} ${it.score}\n  ${tell(it.query)}\n  ${tell(it.candidate)}`)

function scoreOf({ query, candidate }: EntityPair): number {
  return comparer.compare({ ...query, id: 'query' }, candidate)?.score ?? 0
}

function tell({ schema, properties }: EntityPair['query']): string {
  return JSON.stringify([schema, properties]).slice(0, 420)
}
