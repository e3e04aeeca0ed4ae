import type { Sighting, SightingInput } from '#capabilities/sightings/record'
import type { RecordId } from '#kernel/ids'
import type { Mark } from '#protocol/handling'

/** A sighting while it is written: texts with gaps, times as the person's own clock has them. Runs in the browser. */
export interface SightingForm {
  /** Local date and time to the minute. Without an end it was an instant. */
  readonly from: string
  readonly to: string
  readonly place: string
  readonly country: string
  readonly latitude: string
  readonly longitude: string
  readonly radius: string
  readonly sure: string
  readonly source: string
  readonly what: string
  readonly objects: readonly string[]
  readonly taken: string
  readonly nextPlace: string
  readonly nextCountry: string
  readonly companions: string
  readonly description: string
  /** Fields that are for named readers alone. */
  readonly red: readonly RedField[]
  /** Members beside the owner of the record that it is about. */
  readonly also: readonly string[]
}

/** The fields that the form marks; companions are marked by the node. */
export const redFields = ['what', 'objects', 'route'] as const
export type RedField = (typeof redFields)[number]

type Marks = Readonly<Record<string, Mark>>

export const emptyForm: SightingForm = {
  from: '',
  to: '',
  place: '',
  country: '',
  latitude: '',
  longitude: '',
  radius: '',
  sure: 'possible',
  source: 'observation',
  what: '',
  objects: [],
  taken: '',
  nextPlace: '',
  nextCountry: '',
  companions: '',
  description: '',
  red: [],
  also: [],
}

/** The form of a sighting that there is; what is withheld from this person is empty in it. */
export function formOf(body: Sighting, marks: Marks = {}): SightingForm {
  const { from, to, place, country = '', point, radiusKilometres, sure, source, what = '', objects = [] } = body
  const { route, companions } = body
  const number = (value: number | undefined) => (value === undefined ? '' : String(value))
  return {
    from: localOf(from),
    to: from === to ? '' : localOf(to),
    place,
    country,
    latitude: number(point?.latitude),
    longitude: number(point?.longitude),
    radius: number(radiusKilometres),
    sure,
    source,
    what,
    objects,
    taken: route?.taken ?? '',
    nextPlace: route?.next?.place ?? '',
    nextCountry: route?.next?.country ?? '',
    companions: number(companions?.count),
    description: companions?.description ?? '',
    red: redFields.filter((it) => marks[`/body/${it}`]?.tlp === 'RED'),
    also: [],
  }
}

/** The body as it is sent: what was left empty is absent. `before` is the version that is corrected. */
export function bodyOf(form: SightingForm, about: RecordId, before?: Sighting): Partial<SightingInput> {
  const { from, to, place, sure, source, objects } = form
  const start = instantOf(from, before?.from)
  const next = given({ place: textOf(form.nextPlace), country: codeOf(form.nextCountry) })
  const route = given({ taken: textOf(form.taken), next: next.place === undefined ? undefined : next })
  const companions = given({ count: numberOf(form.companions), description: textOf(form.description) })
  const [latitude, longitude] = [numberOf(form.latitude), numberOf(form.longitude)]
  return given({
    about,
    from: start,
    to: to === '' ? start : instantOf(to, before?.to),
    place,
    country: codeOf(form.country),
    point: latitude === undefined && longitude === undefined ? undefined : { latitude, longitude },
    radiusKilometres: numberOf(form.radius),
    sure,
    source,
    what: textOf(form.what),
    objects: objects.length === 0 ? undefined : [...objects],
    route: Object.keys(route).length === 0 ? undefined : route,
    companions: Object.keys(companions).length === 0 ? undefined : companions,
  }) as Partial<SightingInput>
}

/** Marks on the fields that are there: what the form says, beside what else an earlier version keeps from somebody. */
export function marksOf({ red }: SightingForm, body: Partial<SightingInput>, before: Marks = {}): Marks {
  const marks: Record<string, Mark> = {}
  for (const name of Object.keys(body) as (keyof SightingInput)[]) {
    const pointer = `/body/${name}`
    const known = before[pointer]
    if (!(redFields as readonly string[]).includes(name)) {
      if (known !== undefined) marks[pointer] = known
      continue
    }
    const { tlp, ...rest } = known ?? {}
    const isRed = red?.includes(name as RedField) ?? false
    const mark = { ...rest, ...(isRed ? { tlp: 'RED' as const } : tlp === 'RED' || tlp === undefined ? {} : { tlp }) }
    if (Object.keys(mark).length > 0) marks[pointer] = mark
  }
  return marks
}

/** The local time of an instant, as a field for date and time holds it. */
function localOf(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The instant of a local time; the one that there was when the field, which holds minutes only, still shows it. */
function instantOf(local: string, before: string | undefined): string | undefined {
  if (local === '') return undefined
  return before !== undefined && localOf(before) === local ? before : new Date(local).toISOString()
}

const textOf = (text: string) => (text.trim() === '' ? undefined : text.trim())
const codeOf = (text: string) => textOf(text)?.toLowerCase()
const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text))

function given<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, it]) => it !== undefined)) as Partial<Fields>
}
