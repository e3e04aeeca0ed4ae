import type { EvidenceLine } from '#capabilities/screening/evidence-lines'
import { regionNames } from '#kernel/language-formats'

/** Gives the text of a key in the words of this capability, filled with values. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** What stands on the left of a comparison: a record of ours, what a person typed, a row of a file. */
export type Side = 'ours' | 'typed' | 'row'

/** The attribute that a feature of the matching speaks of: both `birth_date` and `birth_year_near` of the birth date. */
export function attributeOf(feature: string): string {
  if (feature.startsWith('name_')) return 'name'
  if (feature.startsWith('birth_place')) return 'birthPlace'
  if (feature.startsWith('birth_country')) return 'birthCountry'
  if (feature.startsWith('birth_')) return 'birthDate'
  if (feature.startsWith('founding_')) return 'incorporationDate'
  return feature.replace(/_(?:contradicts|near)$/, '')
}

/** Why a line speaks for or against, in sentences of the language that `say` speaks. */
export function reasonOf(line: EvidenceLine, say: Say, side: Side): string {
  if (line.attribute === 'name') return nameReason(line, say, side)
  if (line.verdict === 'missing')
    return say(line.ours === '' ? `screening.why.missing.${side}` : 'screening.why.missing.theirs')
  const { years } = line
  if (line.finding === 'birth_year_near' && years !== null)
    return say('screening.why.birth_year_near', { years: years + 1 })
  if (years !== null && line.verdict === 'contradicts') return say('screening.why.yearsApart', { years })
  return say(`screening.why.${known.has(line.finding) ? line.finding : 'number'}`)
}

const known: ReadonlySet<string> = new Set([
  'birth_date',
  'birth_date_overlap',
  'birth_date_swapped',
  'birth_date_typo',
  'birth_year_near',
  'birth_place',
  'birth_place_contradicts',
  'birth_country',
  'birth_country_contradicts',
  'founding_date',
  'country',
  'country_contradicts',
  'address',
  'address_contradicts',
  'gender_contradicts',
  'identifier_near',
  'same',
  'other',
])

function nameReason({ finding, tokens, oursOnly, theirsOnly }: EvidenceLine, say: Say, side: Side): string {
  const all = tokens.length + oursOnly.length
  const sentences = [say('screening.why.words', { agree: tokens.length, all })]
  // Words that are the same are seen beside each other; it is the others that want a reason.
  for (const it of tokens.filter((one) => one.rule !== 'exact')) {
    const rule = say(`screening.rules.${it.rule}`)
    sentences.push(`${isolated(it.ours)} = ${isolated(it.theirs)} (${rule}).`)
  }
  if (oursOnly.length > 0)
    sentences.push(say(`screening.why.only.${side}`, { words: oursOnly.map(isolated).join(' ') }))
  if (theirsOnly.length > 0)
    sentences.push(say('screening.why.only.theirs', { words: theirsOnly.map(isolated).join(' ') }))
  if (finding === 'name_weak') sentences.push(say('screening.why.name_weak'))
  return sentences.join(' ')
}

/** First strong isolate: words of two scripts in one sentence keep their own direction each (Unicode UAX 9). */
function isolated(text: string): string {
  return `\u2068${text}\u2069`
}

/** A value as people read it: countries and genders by their names, all else as it was written. */
export function shownValue(
  attribute: string,
  value: string,
  { say, language }: { say: Say; language: string },
): string {
  if (value === '') return ''
  const each = (read: (it: string) => string) => value.split(', ').map(read).join(', ')
  if (attribute === 'country' || attribute === 'birthCountry') return each((it) => countrySaid(it, { say, language }))
  if (attribute === 'gender')
    return each((it) => (it === 'male' || it === 'female' ? say(`screening.genders.${it}`) : it))
  return value
}

/** States that are no more have four letters (ISO 3166-3), which the platform has no names for. */
function countrySaid(code: string, { say, language }: { say: Say; language: string }): string {
  return /^[a-z]{4}$/.test(code) ? say(`screening.formerStates.${code}`) : countryIn(language, code)
}

export function countryIn(language: string, code: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code
  return regionNames(language).of(code.toUpperCase()) ?? code
}
