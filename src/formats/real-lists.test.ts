import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ListEntry, ListItem } from '#formats/list-entry'
import { type OfacFiles, readOfacList } from '#formats/ofac-csv'
import { readUnList } from '#formats/un-xml'
import { countryOf } from '#kernel/countries'

const folder = join(process.env.COMITY_DATA ?? '../shared/data', 'lists')
const file = (name: string) => join(folder, name)
const present = existsSync(file('UN_consolidated.xml')) && existsSync(file('sdn.csv'))

/** All items and the processor time it took to read them, which other work on the machine does not lengthen. */
async function timed(items: AsyncIterable<ListItem>) {
  const before = process.threadCpuUsage()
  const all: ListItem[] = []
  for await (const item of items) all.push(item)
  const spent = process.threadCpuUsage(before)
  const entries = all.flatMap((it) => (it.kind === 'entry' ? [it.entry] : []))
  return { entries, rejected: all.filter((it) => it.kind === 'rejected'), seconds: (spent.user + spent.system) / 1e6 }
}

function ofacFiles(): OfacFiles {
  const open = (name: string) => createReadStream(file(name))
  return { sdn: open('sdn.csv'), alt: open('alt.csv'), add: open('add.csv'), comments: open('sdn_comments.csv') }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

const sum = (entries: ListEntry[], count: (entry: ListEntry) => number) => entries.reduce((n, it) => n + count(it), 0)
const documents = (entry: ListEntry) =>
  entry.held.filter((it) => it.schema !== 'Address' && it.schema !== 'CryptoWallet')

describe('the consolidated list of the United Nations', () => {
  let read: Awaited<ReturnType<typeof timed>>
  const blocks = new Map<string, string>()

  /** Elements of one kind in a block by text search, without their white space; blank ones are left out, same ones count once. */
  function elements(block: string, name: string): string[] {
    const found = block.match(new RegExp(`<${name}>[\\s\\S]*?</${name}>`, 'g')) ?? []
    return [...new Set(found.map((it) => it.replace(/\s+/g, ' ')))].filter((it) => it.replace(/<[^>]*>|\s/g, '') !== '')
  }
  const inner = (element: string, name: string) =>
    (new RegExp(`<${name}>([^<]*)<`).exec(element)?.[1] ?? '').replaceAll('&amp;', '&').trim()

  beforeAll(async () => {
    if (!present) return
    read = await timed(readUnList(createReadStream(file('UN_consolidated.xml'))))
    const text = readFileSync(file('UN_consolidated.xml'), 'utf8')
    for (const found of text.match(/<(INDIVIDUAL|ENTITY)>[\s\S]*?<\/\1>/g) ?? [])
      blocks.set(inner(found, 'DATAID'), found)
  })

  it.skipIf(!present)('gives every individual and entity, in less than two seconds', () => {
    const text = readFileSync(file('UN_consolidated.xml'), 'utf8')
    const count = (schema: string) => read.entries.filter((it) => it.schema === schema).length
    expect(read.rejected).toEqual([])
    expect(count('Person')).toBe(text.split('<INDIVIDUAL>').length - 1)
    expect(count('Organization')).toBe(text.split('<ENTITY>').length - 1)
    expect(read.entries.every((it) => it.reference !== null && it.listedOn !== null)).toBe(true)
    expect(read.seconds).toBeLessThan(2)
  })

  it.skipIf(!present)('gives every alias with its kind', () => {
    const kinds: Record<string, string> = {
      Good: 'alias',
      Low: 'weakAlias',
      'a.k.a.': 'alias',
      'f.k.a.': 'previousName',
    }
    let whole = 0
    for (const entry of read.entries) {
      const aliases = elements(blocks.get(entry.ref)!, '(?:INDIVIDUAL|ENTITY)_ALIAS')
      for (const alias of aliases) {
        const name = inner(alias, 'ALIAS_NAME').replace(/\s+/g, ' ')
        if (/[;(),]/.test(name) || /\p{L}\p{Script=Arabic}/u.test(name)) continue
        whole++
        const found = entry.names.filter((it) => it.value === name).map((it) => it.kind as string)
        if (/\p{Script=Arabic}.*[A-Za-z]|[A-Za-z].*\p{Script=Arabic}/u.test(name)) continue
        expect(found, `${entry.ref} ${name}`).toContain(kinds[inner(alias, 'QUALITY')])
      }
    }
    expect(whole).toBeGreaterThan(2_500)
  })

  it.skipIf(!present)('gives every date of birth, document and address', () => {
    for (const entry of read.entries) {
      const block = blocks.get(entry.ref)!
      const births = entry.properties.birthDate ?? []
      for (const element of elements(block, 'INDIVIDUAL_DATE_OF_BIRTH')) {
        const [date, year, from, to] = ['DATE', 'YEAR', 'FROM_YEAR', 'TO_YEAR'].map((it) => inner(element, it))
        const expected = date || year || (from === to ? from : `${from}/${to}`)
        if (expected !== '')
          expect(
            births.some((it) => it.startsWith(expected!)),
            `${entry.ref} ${expected}`,
          ).toBe(true)
      }
      for (const born of block.matchAll(/<DATE_OF_BIRTH>([^<]+)</g)) expect(births).toContain(born[1])
      expect(documents(entry).length, entry.ref).toBe(elements(block, 'INDIVIDUAL_DOCUMENT').length)
      const numbers = documents(entry).flatMap((it) => it.properties.number ?? [])
      for (const element of elements(block, 'INDIVIDUAL_DOCUMENT')) {
        const number = inner(element, 'NUMBER')
        if (/^[A-Z\d-]+$/.test(number)) expect(numbers, entry.ref).toContain(number)
      }
      const addresses = elements(block, '(?:INDIVIDUAL|ENTITY)_ADDRESS').length
      expect(entry.held.length - documents(entry).length, entry.ref).toBe(addresses)
    }
  })

  it.skipIf(!present)('loses no word of any element', () => {
    // written otherwise: countries as codes, months and 'approximately' of a birth, offsets of a date, marks of a list
    const known = new Set(['approximately', 'original', 'script', 'b', 'nov', 'august', 'july', 'april', 'sep'])
    const ignored = new Set(['VERSIONNUM', 'SORT_KEY', 'SORT_KEY_LAST_MOD', 'TYPE_OF_DATE'])
    const lost: string[] = []
    for (const entry of read.entries) {
      const have = new Set(wordsOf(JSON.stringify(entry)))
      for (const [, name, raw] of blocks.get(entry.ref)!.matchAll(/<([A-Z_0-9]+)>([^<]+)</g)) {
        const text = raw!
          .replaceAll('&amp;', '&')
          .trim()
          .replace(/(\d)-04:00$/, '$1')
        if (ignored.has(name!) || text === 'UN List' || text === 'na' || countryOf(text) !== null) continue
        for (const word of wordsOf(text))
          if (!have.has(word) && !known.has(word)) lost.push(`${entry.ref} ${name} ${word}`)
      }
    }
    expect(lost).toEqual([])
  })
})

describe("OFAC's list of specially designated nationals", () => {
  let read: Awaited<ReturnType<typeof timed>>
  const remarks = new Map<string, string>()

  const rowsOf = (name: string) =>
    readFileSync(file(name), 'latin1')
      .split('\r\n')
      .filter((it) => /^\d/.test(it))
  const byRef = () => new Map(read.entries.map((it) => [it.ref, it]))

  beforeAll(async () => {
    if (!present) return
    read = await timed(readOfacList(ofacFiles(), { endMark: 'required' }))
    for (const row of rowsOf('sdn.csv')) remarks.set(row.split(',', 1)[0]!, /,"([^"]*)"$/.exec(row)?.[1] ?? '')
    for (const row of rowsOf('sdn_comments.csv')) {
      const [, ref, text] = /^(\d+),"([^"]*)"$/.exec(row)!
      remarks.set(ref!, remarks.get(ref!)! + text)
    }
  })

  it.skipIf(!present)('gives every row, in less than two seconds', () => {
    const rows = rowsOf('sdn.csv')
    const count = (schema: string) => read.entries.filter((it) => it.schema === schema).length
    expect(read.rejected).toEqual([])
    expect(read.entries).toHaveLength(rows.length)
    for (const [schema, word] of [
      ['Person', 'individual'],
      ['Vessel', 'vessel'],
      ['Airplane', 'aircraft'],
    ] as const) {
      expect(count(schema)).toBe(rows.filter((it) => it.includes(`,"${word}",`)).length)
    }
    expect(read.seconds).toBeLessThan(2)
  })

  it.skipIf(!present)('gives every alias and address of its own files', () => {
    const entries = byRef()
    const sorted = (text: string) => wordsOf(text).sort().join(' ')
    for (const row of rowsOf('alt.csv')) {
      const [, ref, name] = /^(\d+),\d+,"[a-z]+","(.*)",-0- $/.exec(row)!
      const names = entries.get(ref!)!.names.map((it) => sorted(it.value))
      expect(names, row).toContain(sorted(name!.replaceAll('""', '"')))
    }
    const addresses = rowsOf('add.csv').filter((it) => !it.endsWith(',-0- ,-0- ,-0- ,-0- '))
    const distinct = new Set(addresses.map((it) => it.replace(/^(\d+),\d+/, '$1')))
    expect(sum(read.entries, (it) => it.held.filter((held) => held.schema === 'Address').length)).toBe(distinct.size)
  })

  it.skipIf(!present)('gives every date of birth, passport, wallet and link of the remarks', () => {
    const count = (pattern: RegExp) =>
      [...remarks.values()].reduce((n, it) => n + new Set(it.replaceAll('alt. ', '').match(pattern) ?? []).size, 0)
    const held = (schema: string) => sum(read.entries, (it) => it.held.filter((one) => one.schema === schema).length)
    expect(sum(read.entries, (it) => it.properties.birthDate?.length ?? 0)).toBe(count(/(?<=^|; )DOB [^;.]+/g))
    expect(held('CryptoWallet')).toBe(count(/(?<=^|; )Digital Currency Address - [^;.]+/g))
    expect(sum(read.entries, (it) => it.linkedTo.length)).toBe(count(/(?<=^|; )Linked To: [^;]+/g))
    expect(held('Passport')).toBe(count(/(?<=^|; )[A-Z.a-z ]*Passport(?! issued)(?: No\.:)? [^;]*\d[^;]*/g))
  })

  it.skipIf(!present)('loses no number of the remarks', () => {
    const entries = byRef()
    const lost: string[] = []
    for (const [ref, text] of remarks) {
      const have = new Set(wordsOf(JSON.stringify(entries.get(ref))))
      for (const word of wordsOf(text)) if (/\d/.test(word) && !have.has(word)) lost.push(`${ref} ${word}`)
    }
    expect(lost).toEqual([])
  })
})

describe('memory', () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const heap = () => {
    collectGarbage()
    return process.memoryUsage().heapUsed
  }

  it.skipIf(!present)('does not grow with the length of the list', async () => {
    const text = readFileSync(file('UN_consolidated.xml'), 'utf8')
    const individuals = text.slice(text.indexOf('<INDIVIDUALS>'), text.indexOf('</CONSOLIDATED_LIST>'))
    async function* copies() {
      yield '<CONSOLIDATED_LIST>'
      for (let copy = 0; copy < 8; copy++) {
        for (let at = 0; at < individuals.length; at += 65_536) {
          yield individuals.slice(at, at + 65_536).replaceAll('<DATAID>', `<DATAID>${copy}.`)
        }
      }
      yield '</CONSOLIDATED_LIST>'
    }
    let count = 0
    let early = 0
    for await (const item of readUnList(copies())) if (item.kind === 'entry' && ++count === 1_500) early = heap()
    expect(count).toBeGreaterThan(7_900)
    expect(heap() - early).toBeLessThan(3_000_000)
  })
})
