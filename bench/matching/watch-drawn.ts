import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawnFigures } from './drawn-figures.ts'
import { readListed } from './listed.ts'
import { makeSets, type Part } from './sets.ts'
import { percent, together } from './shares.ts'

/** `node bench/matching/watch-drawn.ts [part]`: the engine, pg_trgm and minisearch on the sets that are drawn another way. */
const [part = 'development'] = process.argv.slice(2) as [Part?]
const folder = mkdtempSync(join(tmpdir(), 'comity-drawn-'))
const { entities } = await readListed(folder)
const figures = await drawnFigures({ entities, folder, say: () => {} }, makeSets(entities), part)
rmSync(folder, { recursive: true, force: true })
for (const it of figures) {
  console.log(
    `${it.name}: alias first ${percent(it.aliasFirst)} of ${it.aliasFirst[1]}, misspelt first ${percent(it.spellingFirst)} of ${it.spellingFirst[1]}; ` +
      `at 1 %: alias ${percent(it.aliasAbove)}, misspelt ${percent(it.spellingAbove)}, together ${percent(together(it.aliasAbove, it.spellingAbove))}`,
  )
}
