import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figures, measureFigures } from './figures.ts'
import { readListed } from './listed.ts'
import { plots } from './report-plots.ts'
import { withTables } from './report-tables.ts'

/**
 * `npm run report:matching`: asks the test part of the sets once, keeps the counts in docs/matching/figures.json, and writes
 * the tables and plots of docs/matching.md from them. `-- --draw` writes them again from the counts that are kept. COMITY_DATA
 * names the folder of the published lists; there is no report on invented ones.
 */
const docs = new URL('../../docs/', import.meta.url)
const kept = new URL('matching/figures.json', docs)

const figures = process.argv.includes('--draw') ? readFigures() : await measure()
if (figures === undefined) {
  console.error('The published lists are not there: COMITY_DATA names the folder above `lists`.')
  process.exitCode = 1
} else {
  for (const [name, svg] of Object.entries(plots(figures))) writeFileSync(new URL(`matching/${name}.svg`, docs), svg)
  const page = new URL('matching.md', docs)
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), figures))
}

function readFigures(): Figures {
  return JSON.parse(readFileSync(kept, 'utf8')) as Figures
}

async function measure(): Promise<Figures | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'comity-report-'))
  try {
    const { entities, isReal } = await readListed(folder)
    if (!isReal) return undefined
    const measured = await measureFigures({ entities, folder, say: (text) => console.error(text) })
    writeFileSync(kept, `${JSON.stringify(measured)}\n`)
    return measured
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
