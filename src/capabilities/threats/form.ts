import type { Place, Threat } from '#capabilities/threats/record'

/** A warning while it is written: texts with gaps, times as the person's own clock has them. Runs in the browser. */
export interface WarningForm {
  readonly title: string
  readonly what: string
  readonly method: string
  readonly basisForAssessment: string
  readonly advice: string
  readonly imminence: string
  /** Local date and time to the minute, or empty. */
  readonly from: string
  readonly to: string
  readonly validUntil: string
  readonly linked: readonly string[]
  readonly places: readonly PlaceRow[]
}

/** A place as the form holds it: texts, of which all but the name may be empty. */
export interface PlaceRow {
  readonly key: number
  readonly place: string
  readonly country: string
  readonly latitude: string
  readonly longitude: string
  readonly radius: string
}

type Given = Partial<Threat>

/** The local time of an instant, as a field for date and time holds it. */
export function localOf(instant: string | Date): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function localIn(days: number, now: Date): string {
  return localOf(new Date(now.getTime() + days * 86_400_000))
}

/** The instant of a local time; the one that there was when the field, which holds minutes only, still shows it. */
export function instantOf(local: string, before?: string | undefined): string {
  return before !== undefined && localOf(before) === local ? before : new Date(local).toISOString()
}

export function emptyForm(validUntil: string, linked: readonly string[] = []): WarningForm {
  const texts = { title: '', what: '', method: '', basisForAssessment: '', advice: '', from: '', to: '' }
  return { ...texts, imminence: 'days', validUntil, linked, places: [] }
}

/** The form of a warning that there is; what is withheld from this person is empty in it. */
export function formOf(body: Threat): WarningForm {
  const { title, what, method = '', basisForAssessment = '', advice = '', imminence, when, validUntil } = body
  return {
    title,
    what,
    method,
    basisForAssessment,
    advice,
    imminence,
    from: when === null ? '' : localOf(when.from),
    to: when === null ? '' : localOf(when.to),
    validUntil: localOf(validUntil),
    linked: body.linked ?? [],
    places: (body.where ?? []).map(rowOf),
  }
}

/**
 * The body as it is sent. A field that was left empty is absent, and so is one that the person may not see: the node keeps it
 * as it is. `before` is the version that is changed.
 */
export function bodyOf(form: WarningForm, before: Given = {}): Given {
  const { title, what, imminence, from, to, validUntil, linked, places } = form
  const text = (name: 'method' | 'basisForAssessment' | 'advice') =>
    form[name].trim() === '' ? {} : { [name]: form[name] }
  const { when } = before
  return {
    title,
    what,
    imminence: imminence as Threat['imminence'],
    validUntil: instantOf(validUntil, before.validUntil),
    when: from === '' || to === '' ? null : { from: instantOf(from, when?.from), to: instantOf(to, when?.to) },
    ...text('method'),
    ...text('basisForAssessment'),
    ...text('advice'),
    ...(linked.length > 0 || before.linked !== undefined ? { linked: linked as Threat['linked'] } : {}),
    ...(places.length > 0 || before.where !== undefined ? { where: places.map(placeOf) } : {}),
  }
}

/** Marks on fields that are still there. */
export function marksFor<Mark>(body: Given, marks: Readonly<Record<string, Mark>>): Record<string, Mark> {
  const names = new Set(Object.keys(body).map((it) => `/body/${it}`))
  return Object.fromEntries(Object.entries(marks).filter(([pointer]) => names.has(pointer)))
}

const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text))
const textOf = (value: number | undefined) => (value === undefined ? '' : String(value))

function placeOf({ place, country, latitude, longitude, radius }: PlaceRow): Place {
  const found = {
    country: country.trim() === '' ? undefined : country.trim().toLowerCase(),
    latitude: numberOf(latitude),
    longitude: numberOf(longitude),
    radiusKilometres: numberOf(radius),
  }
  return { place, ...Object.fromEntries(Object.entries(found).filter(([, it]) => it !== undefined)) }
}

function rowOf({ place, country = '', latitude, longitude, radiusKilometres }: Place, key: number): PlaceRow {
  const [north, east, radius] = [latitude, longitude, radiusKilometres].map(textOf) as [string, string, string]
  return { key, place, country, latitude: north, longitude: east, radius }
}
