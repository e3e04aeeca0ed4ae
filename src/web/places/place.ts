import { regionNames } from '#kernel/language-formats'
import countries from './countries.json'

export interface Point {
  /** Degrees north and east, WGS 84. */
  readonly latitude: number
  readonly longitude: number
}

export interface Place {
  readonly id: string
  readonly label: string
  /** A point, or only a country (ISO 3166-1 alpha-2): which is shown as its area, never as a point within it. */
  readonly at: Point | { readonly country: string }
  readonly text?: string
  /** ISO 8601. */
  readonly time?: string
  readonly href?: string
}

export interface PlaceAt extends Place {
  readonly at: Point
}

const numeric: Readonly<Record<string, string>> = countries.numeric

/** The numeric code of a country, by which boundaries name it. `undefined` for a code that ISO 3166-1 does not have. */
export function numericOf(alpha2: string): string | undefined {
  const code = alpha2.toUpperCase()
  return Object.hasOwn(numeric, code) ? numeric[code] : undefined
}

/** The name of a country in a language; the code itself when there is none. */
export function countryName(alpha2: string, language: string): string {
  const code = alpha2.toUpperCase()
  if (!/^[A-Z]{2}$/.test(code)) return alpha2
  return regionNames(language).of(code) ?? code
}

export interface Gathered {
  readonly points: readonly PlaceAt[]
  /** Places of which only the country is known, by its alpha-2 code. */
  readonly areas: ReadonlyMap<string, readonly Place[]>
  /** Neither a place on earth nor a country. */
  readonly nowhere: readonly Place[]
}

export function gather(places: readonly Place[]): Gathered {
  const points: PlaceAt[] = []
  const areas = new Map<string, Place[]>()
  const nowhere: Place[] = []
  for (const place of places) {
    const { at } = place
    if ('country' in at) {
      const code = at.country.toUpperCase()
      if (numericOf(code) === undefined) nowhere.push(place)
      else areas.set(code, [...(areas.get(code) ?? []), place])
    } else if (Math.abs(at.latitude) <= 90 && Math.abs(at.longitude) <= 180) points.push({ ...place, at })
    else nowhere.push(place)
  }
  return { points, areas, nowhere }
}
