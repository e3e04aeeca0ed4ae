import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movementLimits } from '#capabilities/sightings/limits'
import { greatCircle, type Leg, movementOf, type Sighted } from '#capabilities/sightings/movement'
import { whyOf } from '#capabilities/sightings/movement-words'
import type { RecordId } from '#kernel/ids'

const paris = { latitude: 48.857, longitude: 2.352 }
const nairobi = { latitude: -1.286, longitude: 36.817 }
const lyon = { latitude: 45.764, longitude: 4.836 }
const start = Date.parse('2026-11-01T00:00:00.000Z')
const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString()

let serial = 0
function sighted(hours: number | readonly [number, number], change: Partial<Sighted> = {}): Sighted {
  const [from, to] = typeof hours === 'number' ? [hours, hours] : hours
  const id = `rec_${String(++serial).padStart(32, '0')}` as RecordId
  return {
    id,
    type: 'sighting',
    owner: 'fr',
    from: at(from),
    to: at(to),
    place: 'P',
    country: null,
    sure: null,
    ...change,
  }
}

const legsOf = (given: readonly Sighted[], limits = movementLimits) => movementOf(given, limits).legs
const marksOf = (given: readonly Sighted[]) => legsOf(given).map((it) => it.marks)

const country = fc.constantFrom('fr', 'ke', 'id', null)
const point = fc.record({
  latitude: fc.double({ min: -80, max: 80, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})
const anySighted = fc
  .record({
    hours: fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 6 })),
    country,
    point: fc.option(point, { nil: undefined }),
    radius: fc.option(fc.double({ min: 1, max: 800, noNaN: true }), { nil: undefined }),
  })
  .map(({ hours: [from, length], point: centre, radius, ...rest }) =>
    sighted([from, from + length], {
      ...rest,
      ...(centre === undefined ? {} : { point: centre, ...(radius === undefined ? {} : { radiusKilometres: radius }) }),
    }),
  )
const some = fc.array(anySighted, { maxLength: 12 })
/** Points all over the Earth within hours: most journeys between them are impossible, and some are not. */
const crowded = fc.array(
  fc
    .record({
      hours: fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 4 })),
      point,
      radius: fc.double({ min: 1, max: 800, noNaN: true }),
    })
    .map(({ hours: [from, length], point: centre, radius }) =>
      sighted([from, from + length], { point: centre, radiusKilometres: radius }),
    ),
  { minLength: 8, maxLength: 12 },
)

/** The place so many kilometres away in a direction, in radians from north. */
function away(from: { latitude: number; longitude: number }, kilometres: number, direction: number) {
  const [north, east, angle] = [
    (from.latitude * Math.PI) / 180,
    (from.longitude * Math.PI) / 180,
    kilometres / 6_371.0088,
  ]
  const latitude = Math.asin(
    Math.sin(north) * Math.cos(angle) + Math.cos(north) * Math.sin(angle) * Math.cos(direction),
  )
  const longitude =
    east +
    Math.atan2(
      Math.sin(direction) * Math.sin(angle) * Math.cos(north),
      Math.cos(angle) - Math.sin(north) * Math.sin(latitude),
    )
  return { latitude: (latitude * 180) / Math.PI, longitude: (longitude * 180) / Math.PI }
}

describe('movement', () => {
  it('is the same whatever the order of what is given', () => {
    fc.assert(
      fc.property(
        some.chain((it) => fc.tuple(fc.constant(it), fc.shuffledSubarray(it, { minLength: it.length }))),
        ([one, other]) => {
          expect(movementOf(other, movementLimits)).toEqual(movementOf(one, movementLimits))
        },
      ),
    )
  })

  it('calls a journey impossible only if every choice of instants and points within what is known is too fast', () => {
    const choice = fc.record({
      times: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      reach: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      ways: fc.tuple(fc.double({ min: 0, max: 6.28, noNaN: true }), fc.double({ min: 0, max: 6.28, noNaN: true })),
    })
    const exact = { ...movementLimits, clockMinutes: 0, placeKilometres: 0 }
    let impossible = 0
    fc.assert(
      fc.property(crowded, fc.array(choice, { minLength: 20, maxLength: 20 }), (given, choices) => {
        for (const leg of legsOf(given, exact).filter((it) => it.marks.includes('impossible'))) {
          impossible++
          for (const { times, reach, ways } of choices) {
            const [one, other] = ([leg.from, leg.to] as const).map((end, side) => ({
              time: Date.parse(end.from) + times[side]! * (Date.parse(end.to) - Date.parse(end.from)),
              place: away(end.point!, reach[side]! * (end.radiusKilometres ?? 0), ways[side]!),
            }))
            const hours = Math.abs(other!.time - one!.time) / 3_600_000
            const kilometres = greatCircle(one!.place, other!.place)
            expect(kilometres).toBeGreaterThan(hours * exact.fastestKilometresPerHour - 0.01)
          }
        }
      }),
    )
    expect(impossible).toBeGreaterThan(10)
  })

  it('says that a journey is possible when the longest time and the nearest places allow it', () => {
    const exact = { ...movementLimits, clockMinutes: 0, placeKilometres: 0 }
    fc.assert(
      fc.property(crowded, (given) => {
        for (const leg of legsOf(given, exact)) {
          if (leg.from.point === undefined || leg.to.point === undefined) continue
          const ends = [leg.from, leg.to].map((it) => [Date.parse(it.from), Date.parse(it.to)])
          const longest = Math.max(...ends[0]!.flatMap((a) => ends[1]!.map((b) => Math.abs(b - a)))) / 3_600_000
          const around = (leg.from.radiusKilometres ?? 0) + (leg.to.radiusKilometres ?? 0)
          const nearest = Math.max(0, greatCircle(leg.from.point, leg.to.point) - around)
          expect(leg.marks.includes('impossible')).toBe(nearest > longest * exact.fastestKilometresPerHour)
        }
      }),
    )
  })

  it('gives no distance and no speed where only a country is known', () => {
    fc.assert(
      fc.property(some, (given) => {
        for (const leg of legsOf(given)) {
          const both = leg.from.point !== undefined && leg.to.point !== undefined
          expect({ kilometres: leg.kilometres !== null, both }).toEqual({ kilometres: both, both })
          if (both) continue
          expect(leg.leastSpeed).toBeNull()
          expect(leg.marks).not.toContain('impossible')
        }
      }),
    )
  })

  it('asks how a border was crossed after a long time without a sighting', () => {
    const days = 24 * (movementLimits.gapDays + 1)
    expect(marksOf([sighted(0, { country: 'fr' }), sighted(days, { country: 'ke' })])).toEqual([['gap']])
    expect(marksOf([sighted(0, { country: 'fr' }), sighted(days, { country: 'fr' })])).toEqual([[]])
    expect(marksOf([sighted(0, { country: 'fr' }), sighted(days)])).toEqual([[]])
    expect(marksOf([sighted(0, { country: 'fr' }), sighted(24, { country: 'ke' })])).toEqual([[]])
  })

  it('asks about no gap while an earlier report may still hold', () => {
    const days = 24 * (movementLimits.gapDays + 1)
    const long = sighted([0, days - 1], { country: 'fr' })
    expect(marksOf([long, sighted(1, { country: 'fr' }), sighted(days, { country: 'ke' })])).toEqual([[], []])
  })

  it('finds a journey that no airliner makes, also past a place of which only the country is known', () => {
    const [one, between, other] = [
      sighted(0, { point: paris, country: 'fr' }),
      sighted(1, { country: 'it' }),
      sighted(2, { point: nairobi, country: 'ke' }),
    ]
    expect(marksOf([one, other])).toEqual([['impossible']])
    const legs = legsOf([other, one, between])
    expect(legs.map((it) => [it.marks, it.over])).toEqual([
      [[], []],
      [[], []],
      [['impossible'], [between.id]],
    ])
    expect(whyOf(legs[2]!, movementLimits)[0]).toMatch(/At least 64\d\d km in at most 2\.0 hours needs 28\d\d km\/h/)
    expect(marksOf([one, sighted(9, { point: nairobi })])).toEqual([[]])
  })

  it('says when two reports put somebody at two places at one time', () => {
    expect(marksOf([sighted([0, 2], { point: paris }), sighted([1, 2], { point: nairobi })])).toEqual([
      ['impossible', 'same-time'],
    ])
    expect(marksOf([sighted([0, 4], { point: paris }), sighted([1, 2], { point: lyon })])).toEqual([[]])
    expect(marksOf([sighted(0, { country: 'fr' }), sighted(0, { country: 'ke' })])).toEqual([['same-time']])
    expect(marksOf([sighted([0, 1], { country: 'fr' }), sighted(0, { country: 'ke' })])).toEqual([[]])
  })

  it('allows for clocks that differ and places that are no points', () => {
    const near = { latitude: paris.latitude + 0.05, longitude: paris.longitude }
    expect(marksOf([sighted(0, { point: paris }), sighted(0, { point: near })])).toEqual([[]])
  })

  it('names the countries in the order of the sightings', () => {
    const given = [0, 1, 2, 3, 4].map((it) => sighted(it, { country: ['fr', 'fr', null, 'it', 'fr'][it]! }))
    expect(movementOf(given, movementLimits).countries).toEqual([
      { country: 'fr', from: at(0), to: at(1), sightings: 2 },
      { country: 'it', from: at(3), to: at(3), sightings: 1 },
      { country: 'fr', from: at(4), to: at(4), sightings: 1 },
    ])
  })

  it('has a reason for every mark and none without', () => {
    fc.assert(
      fc.property(some, (given) => {
        for (const leg of legsOf(given) as Leg[]) expect(whyOf(leg, movementLimits)).toHaveLength(leg.marks.length)
      }),
    )
  })
})
