import { createMatchingIndex } from '#matching/name-index'
import { readListed } from './listed.ts'
import { type Answer, answerAll, ofSet, recallAbove, recallAtOne, thresholdAt } from './quality.ts'
import { makeSets, type Part, type SetName } from './sets.ts'

/** `node bench/matching/watch.ts [part] [missed SET]`: how the engine does on a part of the sets, to be run while it is changed. */
const [part = 'development', missed] = process.argv.slice(2) as [Part?, SetName?]
const { entities, what } = await readListed('/tmp')
const sets = makeSets(entities)
const index = createMatchingIndex()
for (const entity of sets.entities) index.put(entity)
const answers = await answerAll(sets, part, (query) => index.search(query, { limit: 10, threshold: 0 }))
console.log(`${what}; ${part} part`)
for (const set of ['alias', 'arabic', 'script', 'spelling'] as const) {
  const own = ofSet(answers, set)
  console.log(`${set.padEnd(10)}${own.length} queries, right entity first ${recallAtOne(own).toFixed(4)}`)
}
for (const [strangers, found] of [
  ['person', (it: Answer) => it.query.schema === 'Person'],
  ['company', (it: Answer) => it.query.schema !== 'Person'],
] as const) {
  for (const share of [0.002, 0.005, 0.01, 0.05]) {
    const threshold = thresholdAt(ofSet(answers, strangers), share)
    const recall = (set: SetName) => recallAbove(ofSet(answers, set).filter(found), threshold).toFixed(4)
    console.log(
      `${strangers} ${share}: above ${threshold.toFixed(3)} alias ${recall('alias')} spelling ${recall('spelling')}`,
    )
  }
}
if (missed !== undefined) {
  for (const { query, score, isFirst } of ofSet(answers, missed)) {
    if (isFirst) continue
    const [first] = index.search(
      { id: 'q', schema: query.schema, properties: { name: [query.name] } },
      { threshold: 0 },
    )
    console.log([query.kind, query.name, query.of, score, first?.evidence.candidateName, first?.score].join(' | '))
  }
}
