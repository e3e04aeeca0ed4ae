import { countryByCode } from '#kernel/countries'
import codes from './icao-codes.json' with { type: 'json' }

export type CountryKind =
  | 'state'
  | 'british'
  | 'organisation'
  | 'administration'
  | 'stateless'
  | 'refugee'
  | 'unspecified'
  | 'specimen'
  | 'unknown'

export interface TravelCountry {
  /** As it stands, without fillers. */
  readonly code: string
  readonly kind: CountryKind
  /** ISO 3166-1 alpha-2, lower case (`xk` for Kosovo); null where there is no state behind the code or it is not known. */
  readonly iso: string | null
  /** What a special code says, in English; null for states. */
  readonly label: string | null
}

const special = new Map(Object.entries(codes.codes) as [string, Omit<TravelCountry, 'code'>][])

/** A code of ISO 3166-1 (two or three letters) or of ICAO Doc 9303 as documents and messages write it. Null for an empty one. */
export function travelCountry(text: string): TravelCountry | null {
  const code = text.replace(/[<\s]/g, '').toUpperCase()
  if (code === '') return null
  const found = special.get(code)
  if (found !== undefined) return { code, kind: found.kind, iso: found.iso, label: found.label }
  const iso = /^[A-Z]{2,3}$/.test(code) ? countryByCode(code) : null
  return { code, kind: iso === null ? 'unknown' : 'state', iso, label: null }
}
