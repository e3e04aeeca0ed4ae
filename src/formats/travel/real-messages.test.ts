import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collect, inPieces } from '#formats/chunks.arbitrary'
import { type CarrierReport, renderCarrierReport, reportLanguages } from '#formats/travel/carrier-report'
import { type CusresMessage, readCusres } from '#formats/travel/cusres'
import { readPaxlst } from '#formats/travel/paxlst'
import { reportOnPaxlst } from '#formats/travel/paxlst-report'
import { readPnrgov } from '#formats/travel/pnrgov'
import { reportOnPnrgov } from '#formats/travel/pnrgov-report'

const today = '2026-11-27'
const folder = join(process.env.COMITY_DATA ?? '../shared/data', 'travel')
const present = existsSync(folder)
const filesIn = (name: string) =>
  present
    ? readdirSync(join(folder, name)).map((it) => ({ name: it, text: readFileSync(join(folder, name, it), 'latin1') }))
    : []
const lists = filesIn('paxlst').filter((it) => it.text.includes('PAXLST'))
const records = filesIn('pnrgov')

/** Bytes of a latin-1 text, in pieces of 1,000. */
const bytes = (text: string) => inPieces(Buffer.from(text, 'latin1'), [1_000])

async function readList(text: string) {
  const items = await collect(readPaxlst(bytes(text), { today }))
  const people = items.flatMap((it) => (it.kind === 'message' ? it.travellers : []))
  return { items, people, names: people.map((it) => it.name!.raw).sort() }
}

async function readRecords(text: string) {
  const items = await collect(readPnrgov(bytes(text), { today }))
  const people = items.flatMap((it) => (it.kind === 'message' ? it.records.flatMap((one) => one.travellers) : []))
  return { items, people, names: people.map((it) => it.name.raw) }
}

/** Independent of the reader: names behind NAD with a code of a person. */
const namesInList = (text: string) =>
  [...text.matchAll(/NAD\+(?:FL|FM|DDT|DDU)\+\+\+([^'+]*[A-Za-z][^'+]*)/g)]
    .map((it) => it[1]!.replaceAll(':', '/'))
    .sort()

/** Independent of the reader: distinct TIF of each record, groups left out. */
function travellersInRecords(text: string): string[] {
  const [element, end] = text.includes('UNA:-.? *') ? ['-', '*'] : ['+', "'"]
  return text
    .split(/SRC['*]/)
    .slice(1)
    .flatMap((record) => {
      const found = record
        .split(end)
        .map((it) => it.trim())
        .filter((it) => it.startsWith(`TIF${element}`) && !/:G$/.test(it))
      return [...new Set(found)]
    })
}

function expectReadable(report: CarrierReport) {
  const text = renderCarrierReport(report)
  expect(text).toMatch(/^Report on passenger data read on 2026-11-27\nMessages: \d+\. Persons kept: \d+\./)
  expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}/)
  for (const line of text.split('\n')) expect(line.length).toBeLessThan(300)
  for (const language of reportLanguages) expect(renderCarrierReport(report, language)).not.toMatch(/\{\{|undefined/)
}

/** The segments of a text with the terminator that it uses, each with its terminator and what follows up to the next. */
function cutSegments(text: string): string[] {
  const end = text.includes('UNA:-.? *') ? '*' : "'"
  const body = text.replace(/^\s*UNA.{5,6}\s*(?=UNB)/, '')
  return body
    .split(end)
    .slice(0, -1)
    .map((it) => `${it}${end}`)
}
const isPerson = (segment: string) => /^\s*(?:NAD\+(?:FL|FM)|TIF[+-])/.test(segment)

describe('public passenger lists', () => {
  it.skipIf(!present)('lose nobody, and give a report that can be read', async () => {
    for (const { name, text } of lists) {
      const { items, names } = await readList(text)
      expect(names, name).toEqual(namesInList(text))
      expect(names.length).toBeGreaterThan(1)
      expectReadable(reportOnPaxlst(items, today))
    }
  })

  it.skipIf(!present)(
    'lose nobody when any other segment is lost, doubled, damaged or runs into the next',
    async () => {
      for (const { name, text } of lists) {
        const segments = cutSegments(text)
        const names = namesInList(text)
        for (const [index, segment] of segments.entries()) {
          const put = (...parts: string[]) =>
            [...segments.slice(0, index), ...parts, ...segments.slice(index + 1)].join('')
          const at = `${name}: ${segment.trim()}`
          if (!isPerson(segment)) {
            expect((await readList(put())).names, `without ${at}`).toEqual(names)
            expect((await readList(put(segment, segment))).names, `twice ${at}`).toEqual(names)
            expect((await readList(put(segment.replace(/[A-Z]{3}/, '')))).names, `no tag ${at}`).toEqual(names)
          } else {
            expect((await readList(put(segment, segment))).names.length, `twice ${at}`).toBe(names.length + 1)
            for (const other of ['', 'NA', 'nad', 'NXD', 'XNAD']) {
              const damaged = segment.replace('NAD', other)
              expect((await readList(put(damaged))).names, `${other} for ${at}`).toEqual(names)
            }
            for (const other of ['++', '++++', '+']) {
              const damaged = segment.replace('+++', other)
              expect((await readList(put(damaged))).names, `${other} in ${at}`).toEqual(names)
            }
          }
          const isKeepable = isPerson(segments[index + 1] ?? '') || !isPerson(segment)
          if (isKeepable)
            expect((await readList(put(segment.slice(0, segment.lastIndexOf("'"))))).names, `run on ${at}`).toEqual(
              names,
            )
          expect((await readList(put(segment.replace("'", '\r\n')))).names, `broken ${at}`).toEqual(names)
          expect((await readList(put(segment.replace("'", "?'\n")))).people.length, `released ${at}`).toBe(names.length)
        }
      }
    },
  )

  it.skipIf(!present)('give the same people with other separators, line ends and wrapping', async () => {
    for (const { name, text } of lists) {
      const names = namesInList(text)
      const plain = cutSegments(text).map((it) => it.trim())
      const forms: string[] = [
        plain.join('\r\n'),
        plain.join(''),
        plain.map((it) => it.slice(0, -1)).join('\n'),
        plain
          .join('')
          .match(/[\s\S]{1,63}/g)!
          .join('\n'),
        plain.map((it) => it.slice(0, -1).replaceAll('+', '|').replaceAll(':', '^')).join('~\n'),
        `UNA*:.? $${plain.map((it) => it.slice(0, -1).replaceAll(':', '*').replaceAll('+', ':')).join('$')}$`,
        `UNA:+.? '${plain.map((it) => it.slice(0, -1)).join('"')}"`,
        `\uFEFF   QK LONPPXS\r\n.MUCKMTS 250521\r\n${plain.join('\r\n')}\r\n\r\nScanned by a filter\r\n`.replace(
          '\uFEFF',
          '\xEF\xBB\xBF',
        ),
      ]
      const headless = plain.filter((it) => !/^UN/.test(it))
      forms.push(
        headless.join('\n'),
        headless.map((it) => it.slice(0, -1).replaceAll('+', '|').replaceAll(':', '^')).join('~\n'),
      )
      for (const form of forms) expect((await readList(form)).names, `${name}: ${form.slice(0, 60)}`).toEqual(names)
      const twice = await readList(
        `${plain.join('\n')}\n${plain.map((it) => it.slice(0, -1).replaceAll('+', '|')).join('"\n')}"`,
      )
      expect(twice.names, name).toEqual([...names, ...names].sort())
    }
  })

  it.skipIf(!present)('keep everyone who stands before a cut, wherever it falls', async () => {
    for (const { name, text } of lists) {
      for (let end = 0; end <= text.length; end += 3) {
        const cut = text.slice(0, end)
        const whole = [...cut.matchAll(/NAD\+(?:FL|FM)\+\+\+[^']*'/g)].length
        const { people } = await readList(cut)
        expect(people.length, `${name} ${end}`).toBeGreaterThanOrEqual(whole)
        expect(people.length, `${name} ${end}`).toBeLessThanOrEqual(whole + 1)
      }
    }
  })

  it.skipIf(!present)('are answered by a message whose passengers and codes are read', async () => {
    const text = readFileSync(join(folder, 'paxlst/cusres-iapi-astra.txt'), 'utf8')
    const message = (await collect(readCusres(inPieces(text, [50]), { today })))[0] as CusresMessage
    expect(message).toMatchObject({
      type: 'CUSRES',
      transactionReference: '2516',
      flights: [
        {
          flight: 'FV256',
          departure: { place: 'DME', time: { local: '2019-08-01T18:00' } },
          arrival: { place: 'PEK' },
        },
        {
          flight: 'FV257',
          departure: { place: 'VKO' },
          arrival: { place: 'AER', time: { local: '2019-08-02T23:00' } },
        },
      ],
      answers: [
        { bookingLocator: 'NY7HZZ', passengerReference: 'MU010174741777004', codes: ['0Z'], meaning: { boards: true } },
        {
          bookingLocator: 'NY7HZ0',
          passengerReference: 'MU010174741777000',
          codes: ['1Z'],
          meaning: { boards: false },
        },
      ],
    })
    expect(message.answers[1]?.texts[0]).toMatch(/^AIRLINE NOT OPEN IAPI RULE/)
  })
})

describe('public passenger name records', () => {
  it.skipIf(!present)('lose nobody, and give a report that can be read', async () => {
    let all = 0
    for (const { name, text } of records) {
      const { items, names } = await readRecords(text)
      expect(names.length, name).toBe(travellersInRecords(text).length)
      expect(items.flatMap((it) => (it.kind === 'message' ? it.records : [])).length, name).toBe(
        text.match(/SRC['*]/g)?.length,
      )
      expectReadable(reportOnPnrgov(items, today))
      all += names.length
    }
    expect(all).toBeGreaterThan(300)
  })

  it.skipIf(!present)('give everyone the documents that name them', async () => {
    for (const { name, text } of records) {
      const { people, items } = await readRecords(text)
      const numbers = new Set(
        [...text.replace(/[\r\n]/g, '').matchAll(/DOCS:[^/'*]*\/[A-Z]?\/[A-Z]{0,3}\/([A-Z0-9]+)\//g)].map(
          (it) => it[1],
        ),
      )
      const read = new Set(people.flatMap((it) => it.documents.map((one) => one.number)))
      for (const number of numbers) expect(read.has(number!), `${name} ${number}`).toBe(true)
      const unattached = items.flatMap((it) =>
        it.kind === 'message' ? it.records.flatMap((one) => one.unattachedDocuments) : [],
      )
      expect(unattached, name).toEqual([])
    }
  })

  it.skipIf(!present)('show no meal, no card and no long text', async () => {
    for (const { name, text } of records) {
      const { items } = await readRecords(text)
      const shown = JSON.stringify(items) + renderCarrierReport(reportOnPnrgov(items, today))
      expect(shown, name).not.toMatch(/\b(?:AVML|[A-Z]{2}ML\b(?=:))|X{4,}\d{4}|370266|372395|VIP|DCS-SYNCUS/)
      const meals = text.match(/SSR\+[A-Z]{2}ML/g)?.length ?? 0
      const leftOut = items.flatMap((it) => (it.kind === 'message' ? it.leftOut : []))
      expect(leftOut.find((it) => it.what === 'meal')?.count ?? 0, name).toBe(meals)
    }
  })

  it.skipIf(!present)(
    'lose nobody when any other segment is lost, doubled, damaged or runs into the next',
    async () => {
      for (const { name, text } of records.filter((it) => it.text.length < 2_700)) {
        const segments = cutSegments(text)
        const count = (await readRecords(text)).names.length
        for (const [index, segment] of segments.entries()) {
          const put = (...parts: string[]) =>
            [...segments.slice(0, index), ...parts, ...segments.slice(index + 1)].join('')
          const at = `${name}: ${segment.trim()}`
          const kept = async (changed: string) => (await readRecords(changed)).names.length
          const end = segment.at(-1)!
          if (!isPerson(segment)) {
            expect(await kept(put()), `without ${at}`).toBeGreaterThanOrEqual(count)
            expect(await kept(put(segment.replace(/[A-Z]{3}/, ''))), `no tag ${at}`).toBeGreaterThanOrEqual(count)
          } else {
            for (const other of ['tif', 'TXF', 'XTIF'])
              expect(await kept(put(segment.replace('TIF', other))), `${other} ${at}`).toBe(count)
          }
          expect(await kept(put(segment, segment)), `twice ${at}`).toBeGreaterThanOrEqual(count)
          const free = /^\s*(?:IFT|LTS)/.test(segment) || isPerson(segment)
          if (!free || !isPerson(segments[index + 1] ?? ''))
            expect(await kept(put(segment.slice(0, -1))), `run on ${at}`).toBeGreaterThanOrEqual(count)
          expect(await kept(put(`${segment.slice(0, -1)}\r\n`)), `broken ${at}`).toBeGreaterThanOrEqual(count)
          expect(await kept(put(`${segment.slice(0, -1)}?${end}\n`)), `released ${at}`).toBeGreaterThanOrEqual(count)
        }
      }
    },
  )

  it.skipIf(!present)('keep everyone who stands before a cut, wherever it falls', async () => {
    for (const { name, text } of records.filter((it) => it.text.length < 3_000)) {
      for (let end = 0; end <= text.length; end += 13) {
        const cut = text.slice(0, end)
        const { names } = await readRecords(cut)
        expect(names.length, `${name} ${end}`).toBeGreaterThanOrEqual(travellersInRecords(cut).length - 1)
      }
    }
  })
})
