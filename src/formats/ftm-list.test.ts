import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import { applyFtmDelta } from '#formats/ftm-delta'
import { readFtmList } from '#formats/ftm-list'
import type { ListEntry } from '#formats/list-entry'

const text = readFileSync(new URL('./samples/ftm-list-exercise.jsonl', import.meta.url), 'utf8')
const items = await collect(readFtmList(sample('ftm-list-exercise.jsonl')))
const entry = (ref: string): ListEntry => {
  const found = items.find((it) => it.kind === 'entry' && it.entry.ref === ref)
  if (found?.kind !== 'entry') throw new Error(`no entry ${ref}`)
  return found.entry
}

describe('readFtmList', () => {
  it('gives each target, and says of what is wrong why, while the rest is kept', () => {
    expect(items.map((it) => (it.kind === 'rejected' ? [it.where, it.code] : it.kind))).toEqual([
      'header',
      'entry',
      'entry',
      'entry',
      'entry',
      ['ex-sec', 'formats/unknown-schema'],
      ['line 14', 'formats/wrong-shape'],
      ['line 15', 'formats/duplicate-ref'],
      ['line 16', 'formats/wrong-json'],
    ])
  })

  it('gathers names, documents, addresses, sanctions, relatives and posts from wherever they stand', () => {
    const found = entry('ex-1')
    expect(found.names.map((it) => [it.value, it.kind])).toEqual([
      ['Talib EXERCISE', 'name'],
      ['Nur EXERCISE', 'name'],
      ['طالب تمرين', 'name'],
      ['Talib Tamrin', 'alias'],
      ['Abu Tamrin', 'weakAlias'],
      ['Old EXERCISE', 'previousName'],
    ])
    expect(found).toMatchObject({
      reference: 'EXi.001',
      programmes: ['EX-TALIB'],
      listedOn: '2015-07-01',
      remarks: 'Invented reasons',
      linkedTo: ['Relative EXERCISE'],
      held: [
        { schema: 'Address', properties: { full: ['1 Invented Road, Exercise Town'], country: ['af'] } },
        { schema: 'Passport', properties: { number: ['EX123456'], country: ['vn'], endDate: ['2020-01-31'] } },
      ],
    })
    expect(found.properties).toEqual({
      birthDate: ['1971', '1972-03-04'],
      nationality: ['af'],
      gender: ['male'],
      topics: ['sanction'],
      position: ['Invented judge'],
      notes: [
        'education: Exercise School',
        'authority: Exercise Office; program: Exercise programme; authorityId: EXi.001',
        'Family, brother: Relative EXERCISE',
        'Occupancy, ended: Invented judge',
      ],
    })
  })

  it('tells of a wallet at its holder, and of one without a holder by itself', () => {
    expect(entry('ex-2').held).toMatchObject([
      { schema: 'CryptoWallet', properties: { publicKey: ['1ExerciseWalletAddress0000000'], currency: ['XBT'] } },
    ])
    expect(entry('ex-2').names.map((it) => [it.value, it.kind])).toEqual([
      ['Exercise Works', 'name'],
      ['EXW', 'weakAlias'],
    ])
    expect(entry('ex-lone')).toMatchObject({ schema: 'CryptoWallet', names: [{ value: '0xExercise' }] })
    expect(entry('ex-3').properties).toMatchObject({ imoNumber: ['9999993'], mmsi: ['351000001'], flag: ['pa'] })
  })

  it('drops protected characteristics', () => {
    expect(text).toContain('never to be kept')
    expect(JSON.stringify(items)).not.toContain('never to be kept')
  })

  it('depends on what the file has, not on its order or its chunks', async () => {
    const lines = text.trimEnd().split('\n').slice(0, 13)
    const expected = await collect(readFtmList(inPieces(lines.join('\n'), [])))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: 13 }), pieceLengths, async (shuffled, lengths) => {
        const bytes = new TextEncoder().encode(`${shuffled.join('\n')}\n`)
        expect(await collect(readFtmList(inPieces(bytes, lengths)))).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  it('refuses another file, and one that ends inside a line', async () => {
    const codeOf = async (it: string) => (await collectUntilFault(readFtmList(inPieces(it, [])))).code
    for (const other of ['<!doctype html><p>', '[]', 'a,b', ''])
      expect(await codeOf(other)).toBe('formats/not-ftm-json')
    expect(await codeOf(text.trimEnd().slice(0, -20))).toBe('formats/truncated')
  })
})

interface Exercise {
  readonly id: string
  readonly schema: string
  readonly target: boolean
  readonly properties: Record<string, string[]>
}

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const person = fc
  .record({ id: ids, name: fc.constantFrom('Ana', 'Boris', 'Chen', 'Dina'), year: fc.constantFrom('1970', '1980') })
  .map(
    ({ id, name, year }): Exercise => ({
      id,
      schema: 'Person',
      target: true,
      properties: { name: [`EXERCISE ${name}`], birthDate: [year] },
    }),
  )
const passport = fc.record({ id: ids, holder: ids, number: fc.constantFrom('EX1', 'EX2') }).map(
  ({ id, holder, number }): Exercise => ({
    id: `pass-${id}`,
    schema: 'Passport',
    target: false,
    properties: { holder: [holder], number: [number] },
  }),
)
const version = fc.uniqueArray(fc.oneof(person, passport), { selector: (it) => it.id, maxLength: 8 })

function deltaOf(before: readonly Exercise[], after: readonly Exercise[]): string {
  const [had, has] = [before, after].map((it) => new Map(it.map((one) => [one.id, one])))
  const steps = [
    ...[...had!.values()].filter((it) => !has!.has(it.id)).map(({ id }) => ({ op: 'DEL', entity: { id } })),
    ...[...has!.values()].flatMap((entity) => {
      const old = had!.get(entity.id)
      if (old === undefined) return [{ op: 'ADD', entity }]
      return JSON.stringify(old) === JSON.stringify(entity) ? [] : [{ op: 'MOD', entity }]
    }),
  ]
  return linesOf(steps)
}

const linesOf = (values: readonly unknown[]) => values.map((it) => `${JSON.stringify(it)}\n`).join('')

describe('applyFtmDelta', () => {
  it('gives the same list as reading the new file whole, through any number of versions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(version, { minLength: 2, maxLength: 5 }), async (versions) => {
        let file = linesOf(versions[0]!)
        for (const [at, after] of versions.slice(1).entries()) {
          const delta = deltaOf(versions[at]!, after)
          file = (await collect(applyFtmDelta(inPieces(file, []), inPieces(delta, [])))).join('')
        }
        const marker = '{"id":"always","schema":"Person","target":true,"properties":{"name":["EXERCISE"]}}\n'
        const [one, other] = [file, linesOf(versions.at(-1)!)].map((it) =>
          collect(readFtmList(inPieces(marker + it, []))),
        )
        expect(await one).toEqual(await other)
      }),
      { numRuns: 100 },
    )
  })

  it('refuses a delta of another version, a damaged one and one cut off', async () => {
    const base = linesOf([{ id: 'a', schema: 'Person', target: true, properties: { name: ['EXERCISE'] } }])
    const codeOf = async (delta: string) =>
      (await collectUntilFault(applyFtmDelta(inPieces(base, []), inPieces(delta, [])))).code
    const step = (op: string, id: string) => `${JSON.stringify({ op, entity: { id, schema: 'Person' } })}\n`
    for (const it of [step('ADD', 'a'), step('MOD', 'b'), step('DEL', 'b'), step('DEL', 'a') + step('MOD', 'a')])
      expect(await codeOf(it)).toBe('formats/wrong-delta')
    expect(await codeOf(step('DEL', 'a') + step('ADD', 'a'))).toBe(null)
    for (const it of ['<html>', step('GET', 'a'), '{"op":"ADD"}\n'])
      expect(await codeOf(it)).toBe('formats/not-ftm-json')
    expect(await codeOf(step('MOD', 'a') + step('ADD', 'c').slice(0, 20))).toBe('formats/truncated')
    expect(await codeOf('')).toBe(null)
  })
})
