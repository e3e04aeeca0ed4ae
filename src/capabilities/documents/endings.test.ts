import { describe, expect, it } from 'vitest'
import { doesEnd } from '#capabilities/documents/endings'
import { header, office } from '#capabilities/documents/office.fixture'
import type { Declaration } from '#capabilities/documents/record'
import { fixedClock } from '#kernel/clock'
import { readHoldings } from '#store/holdings'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')

const group = (numbers: string, status: string, declaredAt: string) => ({
  kind: 'passport',
  status,
  declaredAt,
  numbers,
})
const saying = (...groups: object[]) => ({ issuer: 'fr', groups, ranges: [] }) as unknown as Declaration

describe('a declaration that is shared after what ended it', () => {
  it('takes that along, to new holders and to those of a later version, and nothing that it does not concern', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke', 'id'], { clock })
    const [fr, ke, id] = ['fr', 'ke', 'id'].map((it) => office(scene.node(it))) as ReturnType<typeof office>[]
    const passport = (number: string) => ({ number, kind: 'passport', status: 'stolen' })
    const declare = async (documents: object[], more: object = {}) =>
      (await fr!.call('POST', '/documents', { handling: header(start), documents, ...more })).body.id
    const first = await declare([passport('A1'), passport('A2')])
    const row = await declare([], { ranges: [{ from: 'BL100', to: 'BL199', kind: 'passport' }] })
    const other = await declare([passport('C1')])
    clock.advance(1_000)
    const end = async (number: string) =>
      (await fr!.call('POST', '/documents/recovered', { documents: [{ number, kind: 'passport' }] })).body.records[0]
    const endings = [await end('A1'), await end('BL150'), await end('C1')]
    const share = (record: string, member: string) =>
      fr!.call('POST', `/records/${record}/share`, { with: { members: [member], groups: [], sectors: [] } })
    const found = (at: typeof fr, number: string) => async () =>
      (await at!.call('POST', '/documents/look-up', { number })).body.found.map((it: { status: string }) => it.status)

    expect((await share(first, 'ke')).status).toBe(202)
    expect(await until(found(ke, 'A1'), (it) => it[0] === 'recovered')).toEqual(['recovered'])
    expect(await found(ke, 'A2')()).toEqual(['stolen'])
    await share(row, 'ke')
    expect(await until(found(ke, 'BL150'), (it) => it[0] === 'recovered')).toEqual(['recovered'])
    expect(await found(ke, 'BL151')()).toEqual(['blank-stolen'])

    await share(first, 'id')
    expect(await until(found(id, 'A1'), (it) => it[0] === 'recovered')).toEqual(['recovered'])
    const { store } = scene.node('fr').services
    const holdersOf = async (record: string) =>
      (await readHoldings(store, record as never)).map((it) => [it.member, it.state, it.version])
    expect(
      await until(
        () => holdersOf(endings[0]),
        (all) => all.every(([, state, version]) => state === 'held' && version === 3),
      ),
    ).toEqual([
      ['id', 'held', 3],
      ['ke', 'held', 3],
    ])
    expect((await holdersOf(endings[1])).map(([member]) => member)).toEqual(['ke'])
    expect(await holdersOf(endings[2])).toEqual([])
    expect(await holdersOf(other)).toEqual([])
    const trail = await readTrail(store)
    const disclosed = trail.filter((it) => it.act === 'disclose' && it.actor.via === 'system')
    expect(disclosed.map((it) => [it.object?.id, it.recipient])).toEqual([
      [endings[0], 'ke'],
      [endings[1], 'ke'],
      [endings[0], 'id'],
    ])
  })
})

describe('doesEnd', () => {
  it.each([
    ['what was said before', saying(group('A1 A2', 'stolen', '2026-01-01')), true],
    ['what was said on the same day', saying(group('A1', 'lost', '2026-02-01')), true],
    ['nothing that was said later', saying(group('A1', 'stolen', '2026-02-02')), false],
    ['nothing of other documents', saying(group('A3', 'stolen', '2026-01-01')), false],
    ['no other ending', saying(group('A1', 'removed', '2026-01-01')), false],
    [
      'what was said of a row',
      {
        issuer: 'fr',
        groups: [],
        ranges: [{ kind: 'passport', status: 'blank-stolen', declaredAt: '2026-01-01', from: 'A0', to: 'A2' }],
      } as Declaration,
      true,
    ],
  ])('ends %s', (_, declared, expected) => {
    expect(doesEnd(saying(group('A1', 'recovered', '2026-02-01')), declared)).toBe(expected)
  })
})
