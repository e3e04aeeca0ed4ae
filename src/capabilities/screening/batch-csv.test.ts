import { describe, expect, it } from 'vitest'
import { csvHead, csvLines } from '#capabilities/screening/batch-csv'
import type { BatchRow } from '#capabilities/screening/batch-record'
import { sayIn } from '#capabilities/screening/say'
import { readCsv } from '#formats/csv'

const row: BatchRow = {
  at: 1,
  line: 2,
  reference: '@SUM(1+1)*cmd|calc',
  name: '=HYPERLINK("http://exercise.example","x")',
  schema: 'Person',
  properties: {},
  band: 'alert',
  rejected: null,
  doubts: [{ code: 'unread-date', property: 'birthDate', value: '+1' }],
  gone: 0,
  matches: [
    {
      record: 'rec_1',
      caption: '-2+3\n=1',
      owner: 'ke',
      group: 'others',
      dataset: 'subjects',
      list: null,
      version: 1,
      newest: 1,
      score: 0.9,
      later: null,
      candidates: [],
      lines: [
        {
          attribute: 'country',
          finding: 'country',
          verdict: 'agrees',
          weight: 1,
          ours: 'fr',
          theirs: 'fr',
          years: null,
          tokens: [],
          oursOnly: [],
          theirsOnly: [],
        },
      ],
    },
  ],
}

async function read(text: string): Promise<string[][]> {
  const rows: string[][] = []
  for await (const { fields } of readCsv(one(text))) rows.push([...fields])
  return rows
}

async function* one(text: string) {
  yield text
}

describe('csvLines', () => {
  const words = { say: sayIn('en'), language: 'en', exercise: true } as const

  it('lets no cell run as a formula, in any of its columns', async () => {
    const rows = await read(csvHead(words) + csvLines(row, words))
    expect(rows).toHaveLength(2)
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    expect(rows[1]).toContain(`'=HYPERLINK("http://exercise.example","x")`)
  })

  it('marks every line of an exercise, and none of another node', async () => {
    const [, marked] = await read(csvHead(words) + csvLines(row, words))
    expect(marked![0]).toBe('EXERCISE')
    expect(csvLines(row, { ...words, exercise: false })).not.toContain('EXERCISE')
  })

  it('speaks the language that was asked for', () => {
    const french = { say: sayIn('fr'), language: 'fr', exercise: true } as const
    expect(csvHead(french)).toContain('ressemblance')
    expect(csvLines(row, french)).toContain('Au moins un pays en commun.')
  })

  it('gives a row that was not read its reason', () => {
    const bad = { ...row, band: 'unread' as const, rejected: 'formats/no-name', matches: [] }
    expect(csvLines(bad, words)).toContain('The row has no name.')
  })
})
