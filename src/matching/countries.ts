import { fold } from '#matching/fold'
import data from './countries.json' with { type: 'json' }

const languages = ['en', 'fr', 'es', 'ar'] as const
const alpha3 = data.alpha3.split(' ')
const codes: ReadonlySet<string> = new Set(alpha3.filter((_, index) => index % 2 === 0))
let byName: Map<string, string> | undefined
const answers = new Map<string, string | undefined>()

/**
 * A country as ISO 3166-1 alpha-2 in lower case, from a code of two or three letters, an English, French, Spanish or Arabic
 * name, a common variant or an English nationality. Undefined for what is none.
 */
export function countryCode(text: string): string | undefined {
  if (text.length === 2) {
    const code = text.toLowerCase()
    if (codes.has(code)) return code
    return code === 'uk' ? 'gb' : undefined
  }
  if (answers.has(text)) return answers.get(text)
  const code = names().get(fold(text))
  if (answers.size < 4_096) answers.set(text, code)
  return code
}

/** The English name of an ISO 3166-1 alpha-2 code, for a sentence. */
export function countryName(code: string): string {
  return english.of(code.toUpperCase()) ?? code
}

const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })

function names(): ReadonlyMap<string, string> {
  if (byName !== undefined) return byName
  byName = new Map()
  for (let index = 0; index + 1 < alpha3.length; index += 2) byName.set(alpha3[index + 1]!, alpha3[index]!)
  for (const [code, variants] of Object.entries(data.variants)) {
    for (const variant of variants.split('|')) byName.set(fold(variant), code)
  }
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = display.of(code.toUpperCase())
      if (name !== undefined && !byName.has(fold(name))) byName.set(fold(name), code)
    }
  }
  return byName
}
