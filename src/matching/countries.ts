import { fold } from '#matching/fold'
import data from './countries.json' with { type: 'json' }

const languages = ['en', 'fr', 'es', 'ar', 'ru', 'zh'] as const
const alpha3 = data.alpha3.split(' ')
const codes: ReadonlySet<string> = new Set(alpha3.filter((_, index) => index % 2 === 0))
interface FormerState {
  readonly english: string
  readonly names: string
  readonly successors: string
}

const former: Readonly<Record<string, FormerState>> = data.former
let byName: Map<string, string> | undefined
const answers = new Map<string, string | undefined>()
const answersKept = 4_096

/**
 * A country as ISO 3166-1 alpha-2 in lower case, from a code of two or three letters, a name in English, French, Spanish,
 * Arabic, Russian, Chinese or the country's own language, a common variant or a nationality. A state that is no more has its
 * four letters of ISO 3166-3 (`suhh`, `yucs`). Undefined for what is none.
 */
export function countryCode(text: string): string | undefined {
  if (text.length === 2) {
    const code = text.toLowerCase()
    if (codes.has(code)) return code
    if (code === 'uk') return 'gb'
  }
  if (answers.has(text)) return answers.get(text)
  const code = names().get(fold(text))
  if (answers.size < answersKept) answers.set(text, code)
  return code
}

/** The states that followed one that is no more, as ISO 3166-1 alpha-2; none for a state of today. */
export function successorsOf(code: string): readonly string[] {
  return former[code]?.successors.split(' ') ?? []
}

/** The English name of a code of `countryCode`, for a sentence. */
export function countryName(code: string): string {
  return former[code]?.english ?? english.of(code.toUpperCase()) ?? code
}

const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })

function names(): ReadonlyMap<string, string> {
  if (byName !== undefined) return byName
  byName = new Map()
  for (let index = 0; index + 1 < alpha3.length; index += 2) byName.set(alpha3[index + 1]!, alpha3[index]!)
  for (const [code, variants] of Object.entries(data.variants)) {
    for (const variant of variants.split('|')) addName(variant, code)
  }
  for (const [code, { names: variants }] of Object.entries(former)) {
    addName(code, code)
    for (const variant of variants.split('|')) addName(variant, code)
  }
  for (const language of languages) addDisplayed(language, codes)
  for (const [language, spoken] of Map.groupBy(codes, languageOf)) addDisplayed(language, spoken)
  return byName
}

function addName(name: string, code: string): void {
  const key = fold(name)
  if (key !== '' && !byName!.has(key)) byName!.set(key, code)
}

function addDisplayed(language: string, spoken: Iterable<string>): void {
  const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  for (const code of spoken) {
    const name = display.of(code.toUpperCase())
    if (name !== undefined) addName(name, code)
  }
}

/** The likeliest language of a country, by Unicode's likely subtags. */
function languageOf(code: string): string {
  return new Intl.Locale(`und-${code}`).maximize().language
}
