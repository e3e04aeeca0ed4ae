import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip, gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { collect, inPieces } from '#formats/chunks.arbitrary'
import { readTable, type TableRow } from '#formats/csv-table'
import type { ListEntry, ListItem } from '#formats/list-entry'
import { plainText } from '#formats/text'
import { readUsConsolidated } from '#formats/us-consolidated'

const file = join(process.env.COMITY_DATA ?? '../shared/data', 'lists', 'us_csl_consolidated.csv.gz')
const present = existsSync(file)

describe('the consolidated screening list of the United States', () => {
  let items: ListItem[] = []
  let rows: TableRow[] = []
  let entries = new Map<string, ListEntry>()

  beforeAll(async () => {
    if (!present) return
    items = await collect(readUsConsolidated(createReadStream(file).pipe(createGunzip())))
    entries = new Map(items.flatMap((it) => (it.kind === 'entry' ? [[it.entry.ref, it.entry]] : [])))
    const table = readTable(inPieces(gunzipSync(readFileSync(file)), []), { needs: [], notThis: 'formats/not-us-list' })
    rows = (await collect(table)).flatMap((it) => (it.kind === 'row' ? [it] : []))
  })

  it.skipIf(!present)('gives every entity of the file', () => {
    expect(items.filter((it) => it.kind === 'rejected')).toEqual([])
    expect(entries.size).toBe(new Set(rows.map((it) => it.cell('_id'))).size)
    expect(rows.length).toBeGreaterThan(14_000)
  })

  it.skipIf(!present)('gives every name of it', () => {
    const words = (text: string) =>
      (
        plainText(text)
          .toLowerCase()
          .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
      )
        .sort()
        .join(' ')
    const lost: string[] = []
    for (const row of rows) {
      const names = new Set(entries.get(row.cell('_id'))!.names.map((it) => words(it.value)))
      const written = [row.cell('name'), ...row.cell('alt_names').split(/;\s+|;$/)].filter(
        (it) => !/^\s*(?:and)?\s*$/.test(it),
      )
      for (const name of written)
        if (!names.has(words(name)) && !names.has(words(name.replace(/^ ?and /, '')))) lost.push(name)
    }
    expect(lost).toEqual([])
  })

  it.skipIf(!present)('loses no number of any cell', () => {
    const lost: string[] = []
    for (const row of rows) {
      const have = new Set(JSON.stringify(entries.get(row.cell('_id'))).match(/\w+/g))
      for (const [header, cell] of row.cells) {
        if (header === 'entity_number' || header === 'dates_of_birth' || header === 'gross_tonnage') continue
        for (const word of cell.match(/\w+/g) ?? [])
          if (/\d{4}/.test(word) && !have.has(word)) lost.push(`${row.cell('_id')} ${header} ${word}`)
      }
    }
    expect(lost.length, lost.slice(0, 40).join('\n')).toBe(0)
  })
})
