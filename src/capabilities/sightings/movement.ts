import type { MovementLimits } from '#capabilities/sightings/limits'
import type { Sureness } from '#capabilities/sightings/record'
import type { RecordId } from '#kernel/ids'
import type { Seen } from '#protocol/record-kind'

/**
 * The way of one subject, from the sightings of it: what lies between each two of them, and what about it calls for a question.
 * Every doubt is for the traveller: a journey is impossible only when no choice of instants and points within what is known
 * would make it possible. It speaks of journeys and of reports, never of the person.
 */

export interface Sighted extends Omit<Seen, 'about'> {
  readonly id: RecordId
  /** Of the record that holds it. */
  readonly type: string
  readonly owner: string
  /** As the officer judged it; other reports do not say. */
  readonly sure: Sureness | null
}

export const marks = ['impossible', 'same-time', 'gap'] as const
export type LegMark = (typeof marks)[number]

interface Range {
  readonly least: number
  readonly most: number
}

export interface Leg {
  readonly from: Sighted
  readonly to: Sighted
  /** Sightings in between of which no point is known: the leg goes past them. */
  readonly over: readonly RecordId[]
  readonly hours: Range
  /** Since anything before the leg was reported at the latest; null for a leg past others. */
  readonly unseenHours: number | null
  /** Along the great circle; null unless both places have a point: a country is none. */
  readonly kilometres: Range | null
  /** The least speed, km/h, that would do, with the allowances for clocks and places; null where none can be said. */
  readonly leastSpeed: number | null
  readonly marks: readonly LegMark[]
}

export interface Stay {
  readonly country: string
  readonly from: string
  readonly to: string
  readonly sightings: number
}

export interface Movement {
  readonly sightings: readonly Sighted[]
  readonly legs: readonly Leg[]
  /** Countries in the order in which somebody was met there. */
  readonly countries: readonly Stay[]
}

/** The order of what is given does not matter. */
export function movementOf(given: readonly Sighted[], limits: MovementLimits): Movement {
  const sightings = [...given].sort(inTime)
  const legs: Leg[] = []
  let reached = Number.NEGATIVE_INFINITY
  let lastPoint = -1
  for (const [at, to] of sightings.entries()) {
    const before = sightings[at - 1]
    if (before !== undefined) legs.push(legOf(before, to, { limits, reached }))
    if (lastPoint !== -1 && lastPoint < at - 1 && to.point !== undefined) {
      const over = sightings.slice(lastPoint + 1, at).map((it) => it.id)
      const leg = legOf(sightings[lastPoint]!, to, { limits, over })
      if (leg.marks.length > 0) legs.push(leg)
    }
    if (to.point !== undefined) lastPoint = at
    reached = Math.max(reached, Date.parse(to.to))
  }
  return { sightings, legs, countries: countriesOf(sightings) }
}

function inTime(a: Sighted, b: Sighted): number {
  return (
    Date.parse(a.from) - Date.parse(b.from) ||
    Date.parse(a.to) - Date.parse(b.to) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

interface Between {
  readonly limits: MovementLimits
  /** The latest instant at which an earlier sighting may have been; absent where gaps are not asked about. */
  readonly reached?: number
  readonly over?: readonly RecordId[]
}

function legOf(from: Sighted, to: Sighted, { limits, reached, over = [] }: Between): Leg {
  const hours = hoursBetween(from, to)
  const kilometres = kilometresBetween(from, to)
  const leastSpeed = kilometres === null ? null : speedOf(kilometres.least, hours.most, limits)
  const impossible = leastSpeed !== null && leastSpeed > limits.fastestKilometresPerHour
  const elsewhere = from.country !== null && to.country !== null && from.country !== to.country
  const found: LegMark[] = []
  if (impossible) found.push('impossible')
  // Of two countries without points only one and the same instant says that both cannot be.
  if (impossible ? hours.least === 0 : kilometres === null && elsewhere && hours.most === 0) found.push('same-time')
  const unseenHours = reached === undefined ? null : Math.max(0, inHours(Date.parse(to.from) - reached))
  if (unseenHours !== null && elsewhere && unseenHours > limits.gapDays * 24) found.push('gap')
  return { from, to, over, hours, unseenHours, kilometres, leastSpeed: finite(leastSpeed), marks: found }
}

/** When two spans of time overlap, either may have come first. */
function hoursBetween(a: Sighted, b: Sighted): Range {
  const forth = inHours(Date.parse(b.to) - Date.parse(a.from))
  const back = inHours(Date.parse(a.to) - Date.parse(b.from))
  return { least: Math.max(0, -back), most: Math.max(0, forth, back) }
}

/** Half of a great circle is the farthest that two places are apart. */
function kilometresBetween(a: Sighted, b: Sighted): Range | null {
  if (a.point === undefined || b.point === undefined) return null
  const centres = greatCircle(a.point, b.point)
  const around = (a.radiusKilometres ?? 0) + (b.radiusKilometres ?? 0)
  return { least: Math.max(0, centres - around), most: Math.min(Math.PI * earthKilometres, centres + around) }
}

function speedOf(kilometres: number, hours: number, { clockMinutes, placeKilometres }: MovementLimits): number {
  const way = Math.max(0, kilometres - placeKilometres)
  return way === 0 ? 0 : way / (hours + clockMinutes / 60)
}

const inHours = (milliseconds: number) => milliseconds / 3_600_000
const finite = (speed: number | null) => (speed !== null && Number.isFinite(speed) ? speed : null)

/** Mean radius of the Earth (IUGG R1). */
const earthKilometres = 6_371.0088

type Point = NonNullable<Seen['point']>

/** Kilometres along the great circle on a sphere, by the haversine: within about 0.6 % of the way on the ellipsoid. */
export function greatCircle(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const [north, south] = [radians(a.latitude), radians(b.latitude)]
  const across = Math.sin((south - north) / 2) ** 2
  const along = Math.cos(north) * Math.cos(south) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * earthKilometres * Math.asin(Math.min(1, Math.sqrt(across + along)))
}

function countriesOf(sightings: readonly Sighted[]): Stay[] {
  const stays: Stay[] = []
  for (const { country, from, to } of sightings) {
    if (country === null) continue
    const last = stays.at(-1)
    if (last?.country !== country) stays.push({ country, from, to, sightings: 1 })
    else stays[stays.length - 1] = { ...last, to: to > last.to ? to : last.to, sightings: last.sightings + 1 }
  }
  return stays
}
