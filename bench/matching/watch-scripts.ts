import { createMatchingIndex } from '#matching/name-index'
import data from './development-names.json' with { type: 'json' }
import { scriptFigures } from './fairness.ts'
import { readListed } from './listed.ts'
import { percent } from './shares.ts'

/** `node bench/matching/watch-scripts.ts [script]`: how people are found in their own script, by names that no report asks for. */
const [only = ''] = process.argv.slice(2)
const { entities, what } = await readListed('/tmp')
const index = createMatchingIndex()
for (const entity of entities) index.put(entity)
const scripts = data.scripts.filter(({ name }) => name.includes(only))
console.log(what)
for (const figures of scriptFigures(index, entities, { review: 0.5, alert: 0.7, scripts })) {
  const { name, review, alert, first, found } = figures
  console.log(
    `${name.padEnd(25)} on no list .5 ${percent(review)} .7 ${percent(alert)}; first ${percent(first)}, .5 ${percent(found)}`,
  )
}
