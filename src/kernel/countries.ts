import variants from './country-variants.json' with { type: 'json' }

/** ISO 3166-1 alpha-2 codes in lower case, and `xk` for Kosovo, which has none assigned. */
const alpha3 = new Map(Object.entries(variants.alpha3))
const assigned = new Set(alpha3.values())
/** Every code there is, in the order of the codes of three letters. */
export const countryCodes: readonly string[] = [...assigned]
const longestName = 120
let names: Map<string, string> | undefined

/**
 * The ISO 3166-1 alpha-2 code, lower case, of a country's English name as the Unicode CLDR spells it or as lists do:
 * 'Viet Nam', 'Korea, North', 'Congo, Democratic Republic of the'. Letter case, accents, punctuation and 'the' do not
 * count. Null when the name is not of a country of today ('former Soviet Union').
 */
export function countryByName(name: string): string | null {
  if (name.length > longestName) return null
  names ??= readNames()
  return names.get(foldName(name)) ?? null
}

/** The same for an ISO 3166-1 code of two or three letters in any case. Null when it is not assigned. */
export function countryByCode(code: string): string | null {
  const text = code.trim()
  if (text.length === 2) return assigned.has(text.toLowerCase()) ? text.toLowerCase() : null
  return text.length === 3 ? (alpha3.get(text.toUpperCase()) ?? null) : null
}

/** A name, or a code written in capitals: 'na' is how lists say nothing, 'NA' is Namibia. */
export function countryOf(text: string): string | null {
  return countryByName(text) ?? (text === text.toUpperCase() ? countryByCode(text) : null)
}

function readNames(): Map<string, string> {
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const found = new Map<string, string>()
  for (const code of assigned) {
    const name = english.of(code.toUpperCase())
    if (name !== undefined) found.set(foldName(name), code)
  }
  for (const [code, spellings] of Object.entries(variants.names)) {
    for (const spelling of spellings) found.set(foldName(spelling), code)
  }
  return found
}

function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll('&', ' and ')
    .replace(/[\p{M}.'’‘`]/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'the')
    .map((word) => (word === 'st' ? 'saint' : word))
    .join(' ')
}
