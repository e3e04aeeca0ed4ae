import { bandFrom } from '#capabilities/screening/bands'
import { createPairComparer } from '#matching/pair-comparer'
import { readListed } from './listed.ts'
import { scoreOfNames } from './name-pair-figures.ts'
import { makeNamePairs } from './name-pairs.ts'
import { areaUnderCurve, bestF1, f1From } from './pair-metrics.ts'
import type { Part } from './sets.ts'

/** `node bench/matching/watch-pairs.ts [part] [KIND]`: how pairs of names are told apart, and what is wrong of a kind or of all. */
const [part = 'development', wrong] = process.argv.slice(2) as [Part?, string?]
const pairs = (await makeNamePairs((await readListed('/tmp')).entities)).filter((it) => it.part === part)
const comparer = createPairComparer()
const scored = pairs.map((pair) => ({ ...pair, score: scoreOfNames(comparer, pair) }))

const { f1, threshold } = bestF1(scored)
const [review, alert] = [bandFrom.review, bandFrom.alert].map((from) => f1From(scored, from).toFixed(4))
console.log(
  `${part}: ${pairs.length} pairs, F1 ${f1.toFixed(4)} from ${threshold} up, ${review} from review, ${alert} from alert, AUC ${areaUnderCurve(scored).toFixed(4)}`,
)
for (const schema of ['Person', 'Company'] as const) {
  const own = scored.filter((it) => it.schema === schema)
  const best = bestF1(own)
  console.log(
    `  ${schema} ${own.length} F1 ${best.f1.toFixed(4)} from ${best.threshold} up, here ${f1From(own, threshold).toFixed(4)}`,
  )
}
for (const isSame of [true, false]) {
  for (const [kind, own] of Map.groupBy(
    scored.filter((it) => it.same === isSame),
    (it) => it.kind,
  )) {
    const right = own.filter((it) => it.score >= threshold === isSame).length
    const mean = own.reduce((sum, it) => sum + it.score, 0) / own.length
    console.log(
      `  ${isSame ? '+' : '-'} ${kind.padEnd(34)} ${String(own.length).padStart(5)}  right ${((100 * right) / own.length).toFixed(0).padStart(3)} %  mean ${mean.toFixed(3)}`,
    )
  }
}
if (wrong !== undefined) {
  const shown = scored.filter((it) => it.score >= threshold !== it.same && (wrong === 'all' || it.kind === wrong))
  for (const it of shown.slice(0, 80)) console.log(`${it.kind} | ${it.a} | ${it.b} | ${it.score}`)
}
