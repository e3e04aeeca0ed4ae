import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf, printJson, printValue } from '#cli/print'
import { cutTo, printable, widthOf } from '#cli/printable'
import { tableOf } from '#cli/table'
import { testTerminal } from '#cli/terminal.fixture'

function printed(value: unknown, columns: readonly string[] | null = null, width?: number): string {
  const terminal = testTerminal(width === undefined ? {} : { columns: width })
  printValue(value, { terminal, columns })
  return terminal.stdout()
}

describe('printValue', () => {
  it('shows names and values, nested ones indented', () => {
    const value = { id: 'rec_1', ok: true, none: null, list: ['a', 'b'], empty: {}, in: { deep: 1 }, of: [{ x: 1 }] }
    expect(printed(value)).toBe(
      'id     rec_1\nok     yes\nnone   –\nlist   a, b\nempty  –\nin\n  deep  1\nof\n  - x  1\n',
    )
  })

  it('shows a text of several lines as a block', () => {
    expect(linesOf({ note: 'one\ntwo\n' })).toBe('note\n  one\n  two\n')
  })

  it('shows what a reply says of its list above the table', () => {
    expect(printed({ owner: 'fr', holders: [{ member: 'ke' }] }, ['member'])).toBe('owner  fr\n\nMEMBER\nke\n')
  })

  it('shows the results of a search as a table, with the lists that were searched beside them', () => {
    const reply = { results: [{ id: 'rec_1', score: 0.7 }], datasets: [{ name: 'un-sc', version: 1 }] }
    expect(printed(reply, ['id', 'score'])).toBe('ID     SCORE\nrec_1  0.7\n')
    expect(printed({ results: [], datasets: [] }, ['id', 'score'])).toBe('No results.\n')
  })

  it('takes a record with a list of duties for a record', () => {
    expect(printed({ id: 'rec_1', body: { x: 1 }, duties: [{ duty: 'review' }] })).toContain('id')
    expect(printed({ id: 'rec_1', told: [] })).toBe('id    rec_1\ntold  –\n')
  })

  it('says when there is nothing', () => {
    expect(printed({ items: [], next: null })).toBe('Nothing found.\n')
  })
})

describe('printable', () => {
  it('lets no control character and no turn of direction through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
    expect(printed([{ caption: 'a\u001b]0;title\u0007\u202eb' }])).toContain('a\\u001b]0;title\\u0007\\u202eb')
  })
})

describe('printJson', () => {
  it('escapes for a screen what a terminal would obey, and stays the same document', () => {
    const terminal = testTerminal({ columns: 80 })
    const document = JSON.stringify({ a: '\u009b31m\u202e' })
    printJson(document, terminal)
    expect(terminal.stdout()).not.toContain('\u009b')
    expect(JSON.parse(terminal.stdout())).toEqual(JSON.parse(document))
  })
})

describe('tableOf', () => {
  it('lines up letters that take two columns and marks that take none', () => {
    const table = tableOf(
      ['name', 'x'],
      [
        ['王小明', '1'],
        ['مُحَمَّد', '2'],
        ['Ünïted', '3'],
      ],
      undefined,
    )
    const places = table
      .trimEnd()
      .split('\n')
      .map((line) => widthOf(line.slice(0, line.search(/[X123]$/))))
    expect(new Set(places).size).toBe(1)
  })

  it('fits a screen by cutting the widest columns', () => {
    const rows = [['rec_01a203244690744e88b7c02b8c910a56', 'x'.repeat(200), 'active']]
    const lines = tableOf(['id', 'caption', 'state'], rows, 80).trimEnd().split('\n')
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80)
    expect(lines[1]).toContain('active')
  })

  it('never cuts in the middle of a letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(widthOf(cutTo(text, width))).toBeLessThanOrEqual(width)
        expect(cutTo(text, width).isWellFormed()).toBe(text.isWellFormed())
      }),
    )
  })
})
