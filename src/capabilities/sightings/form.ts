import type { SightingInput } from '#capabilities/sightings/record'
import type { RecordId } from '#kernel/ids'

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
  /** Members beside the owner of the record that it is about. */
  readonly also: readonly string[]
}

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
  also: [],
}

/** The body as it is sent: what was left empty is absent. */
export function bodyOf(form: SightingForm, about: RecordId): Partial<SightingInput> {
  const { from, to, place, sure, source, objects } = form
  const start = instantOf(from)
  const next = given({ place: textOf(form.nextPlace), country: codeOf(form.nextCountry) })
  const route = given({ taken: textOf(form.taken), next: next.place === undefined ? undefined : next })
  const companions = given({ count: numberOf(form.companions), description: textOf(form.description) })
  const [latitude, longitude] = [numberOf(form.latitude), numberOf(form.longitude)]
  return given({
    about,
    from: start,
    to: to === '' ? start : instantOf(to),
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

const instantOf = (local: string) => (local === '' ? undefined : new Date(local).toISOString())
const textOf = (text: string) => (text.trim() === '' ? undefined : text.trim())
const codeOf = (text: string) => textOf(text)?.toLowerCase()
const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text))

function given<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, it]) => it !== undefined)) as Partial<Fields>
}
