import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noneLooked } from '#capabilities/border/alerts.fixture'
import { readManifest } from '#capabilities/border/manifest'
import { paxlst, pnrgov } from '#capabilities/border/messages.fixture'
import { answersFor, keepPassengers, summarise } from '#capabilities/border/take-message'
import { isFault } from '#kernel/fault'
import answers from './carrier-answers.json' with { type: 'json' }

const today = '2026-11-27'
const where = {
  country: 'fr',
  desk: 'EXERCISE',
  code: '',
  direction: 'entry',
  transport: null,
  at: '2026-11-27T10:00:00.000Z',
} as const
const okello = { name: 'OKELLO:IDRIS', birth: '840703', number: 'AK0123456', reference: 'P1' }

const arbitraryPassenger = fc.record({
  name: fc.option(fc.constantFrom('OKELLO:IDRIS', 'EXEMPEL:INGRID', 'MWANGI:AMINAMRS'), { nil: undefined }),
  birth: fc.option(fc.constantFrom('840703', '000101', '999999'), { nil: undefined }),
  number: fc.option(fc.constantFrom('AK0123456', 'X1'), { nil: undefined }),
})

describe('readManifest', () => {
  it('has everybody of the message, named or not, with what they show', async () => {
    const { kind, passengers, flights, carrier } = await readManifest(paxlst([okello, { number: 'ZZ1' }]), today)
    expect([kind, carrier, flights]).toEqual([
      'paxlst',
      'EXERCISE AIR',
      ['EX101 NBO–CDG 2026-11-27T10:00 to 2026-11-27T18:00'],
    ])
    expect(passengers.map((it) => [it.place, it.presented.names[0], it.presented.documents[0]?.number])).toEqual([
      [1, 'IDRIS OKELLO', 'AK0123456'],
      [2, undefined, 'ZZ1'],
    ])
    expect(passengers[0]!.presented).toMatchObject({ birthDate: '1984-07-03', nationalities: ['ke'] })
  })

  it('counts as many out as came in, whatever a carrier leaves out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryPassenger, { maxLength: 12 }), async (said) => {
        const manifest = await readManifest(paxlst(said), today)
        expect(manifest.passengers).toHaveLength(said.length)
        const looked = manifest.passengers.map((it) => noneLooked(it.presented))
        const kept = keepPassengers(manifest.passengers, looked)
        const { counts } = summarise(manifest, kept, { where, met: 0 })
        expect(counts.read).toBe(said.length)
        expect(counts.kept + counts.incomplete).toBe(counts.read)
        expect(kept.map((it) => it.place)).toEqual(said.map((_, at) => at + 1))
      }),
      { numRuns: 60 },
    )
  })

  it('tells the carrier of a count that is wrong', async () => {
    const { report } = await readManifest(paxlst([okello], { stated: 3 }), today)
    expect(report.messages[0]!.findings.map((it) => it.code)).toContain('wrong-count')
  })

  it('keeps nothing of a name record that tells of faith or health', async () => {
    const manifest = await readManifest(pnrgov, today)
    expect(manifest.passengers).toMatchObject([
      { bookingLocator: 'ABC123', presented: { birthDate: '1984-07-03', documents: [{ number: 'AK0123456' }] } },
    ])
    expect(JSON.stringify([manifest.passengers, manifest.report])).not.toMatch(/VGML|WCHR/)
    expect(manifest.report.messages[0]!.leftOut.reduce((sum, it) => sum + it.count, 0)).toBeGreaterThanOrEqual(2)
  })

  it('refuses what is no message', async () => {
    const refused = await readManifest(Buffer.from('name,birthDate\nA,B\n'), today).catch((cause: unknown) => cause)
    expect(isFault(refused, 'border/not-a-message')).toBe(true)
  })
})

describe('keepPassengers', () => {
  it('refuses to lose anybody', async () => {
    const { passengers } = await readManifest(paxlst([okello]), today)
    expect(() => keepPassengers(passengers, [])).toThrow('1 passengers came in, 0 were looked up')
  })
})

describe('answersFor', () => {
  it('answers by the document and by what is missing, and by no alert', () => {
    const answer = (change: object, told?: ReadonlyMap<number, string>) => {
      const presented = { names: ['Idris Okello'], birthDate: null, birthDates: [], nationalities: [], documents: [] }
      const passenger = {
        missing: [],
        declared: [],
        bookingLocator: 'L',
        passengerReference: 'P1',
        place: 7,
        presented,
      }
      return answersFor([{ ...passenger, ...change }], told)[0]
    }
    const of = (change: object, told?: ReadonlyMap<number, string>) => answer(change, told)?.codes
    expect(of({})).toEqual([answers.fit])
    expect(of({ missing: ['document'] })).toEqual([answers.incomplete])
    expect(of({ missing: ['name'], declared: [{ number: 'X', status: 'stolen', owner: 'ke' }] })).toEqual([
      answers.declaredDocument,
    ])
    expect(of({ passengerReference: null, bookingLocator: null })).toEqual([answers.fit])
    expect(answer({ passengerReference: null, bookingLocator: null })?.place).toEqual({
      number: 1,
      name: 'Idris Okello',
    })
    expect(of({}, new Map([[7, '1Z']]))).toEqual(['1Z'])
    expect(of({}, new Map([[8, '1Z']]))).toEqual([answers.fit])
    expect(of({ missing: ['document'] }, new Map([[7, '1Z']]))).toEqual(['1Z', answers.incomplete])
  })
})
