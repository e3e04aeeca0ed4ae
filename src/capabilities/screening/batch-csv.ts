import type { BatchRow } from '#capabilities/screening/batch-record'
import type { Language } from '#capabilities/screening/say'
import { reasonOf, type Say, shownValue } from '#capabilities/screening/say-evidence'
import { csvRow } from '#formats/csv-write'

/** Results as a table for a spreadsheet: a line for each match, and for each row without one. */

const columns = [
  'exercise',
  'line',
  'reference',
  'name',
  'result',
  'score',
  'record',
  'caption',
  'owner',
  'list',
  'listVersion',
  'version',
  'agrees',
  'contradicts',
  'missing',
  'notes',
] as const
type Cells = Partial<Record<(typeof columns)[number], string>>

export interface CsvWords {
  readonly say: Say
  readonly language: Language
  readonly exercise: boolean
}

/** A spreadsheet would run a formula in a name that others wrote, and Excel reads UTF-8 only behind its mark. */
const write = (cells: readonly string[]) => csvRow(cells, { guardFormulas: true })

export function csvHead({ say }: CsvWords): string {
  return `\uFEFF${write(columns.map((it) => say(`screening.csv.${it}`)))}`
}

export function csvLines(row: BatchRow, words: CsvWords): string {
  const { say, exercise } = words
  const about: Cells = {
    ...(exercise ? { exercise: 'EXERCISE' } : {}),
    line: String(row.line),
    reference: row.reference ?? '',
    name: row.name,
    result: say(`screening.bands.${row.band}`),
    notes: notesOf(row, say),
  }
  const lines = row.matches.length === 0 ? [about] : row.matches.map((it) => ({ ...about, ...matchCells(it, words) }))
  return lines.map((cells: Cells) => write(columns.map((it) => cells[it] ?? ''))).join('')
}

function matchCells(match: BatchRow['matches'][number], { say, language }: CsvWords): Cells {
  const told = (verdict: string) =>
    match.lines
      .filter((it) => it.verdict === verdict)
      .map((it) => {
        const values = [it.ours, it.theirs].map((one) => shownValue(it.attribute, one, { say, language }))
        return `${say(`screening.attributes.${it.attribute}`)}: ${values.join(' / ')}. ${reasonOf(it, say, 'row')}`
      })
      .join(' ')
  return {
    score: match.score.toFixed(3),
    record: match.record,
    caption: match.caption,
    owner: match.owner,
    list: match.dataset,
    listVersion: String(match.list?.version ?? ''),
    version: String(match.version),
    agrees: told('agrees'),
    contradicts: told('contradicts'),
    missing: told('missing'),
  }
}

function notesOf({ rejected, doubts, gone }: BatchRow, say: Say): string {
  return [
    ...(rejected === null ? [] : [say(`screening.rejections.${rejected.replace('/', '-')}`)]),
    ...doubts.map((it) => say(`screening.doubts.${it.code}`, { value: it.value })),
    ...(gone === 0 ? [] : [say('screening.batch.gone')]),
  ].join(' ')
}
