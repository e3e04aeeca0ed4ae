import { countryByCode } from '#kernel/countries'
import digits from './digits.json' with { type: 'json' }
import issuers from './issuers.json' with { type: 'json' }
import limits from './limits.json' with { type: 'json' }

/** How the number of a document is read, so that two offices that write it in their own way mean the same document. */

/** What a machine-readable zone fills gaps and signs with, what people set between groups, and marks that show nothing. */
const between = /[\p{Z}\p{P}\p{Cf}\p{Cc}<\u2212]/gu
/** It would be read as the letters N and O. */
const numeroSign = '\u2116'
const otherDigit = /\p{Nd}/gu
const readable = /^[A-Z0-9]+$/

const zeroOf = digits.zeros

/**
 * Capital letters A to Z and digits, without spaces, hyphens and fillers; digits of any script are read as they count, full
 * width too. Null for what has another letter in it, nothing, or more than 24 characters: a letter of another script that looks
 * alike is another letter. O and 0, I and 1 stay what they are.
 */
export function normaliseNumber(text: string): string | null {
  if (text.length > 16 * limits.numberLength) return null
  const plain = text.replaceAll(numeroSign, '').normalize('NFKC').replace(between, '').replace(otherDigit, digitOf)
  const number = plain.replace(/[a-z]/g, (it) => it.toUpperCase())
  return readable.test(number) && number.length <= limits.numberLength ? number : null
}

function digitOf(letter: string): string {
  const point = letter.codePointAt(0)!
  if (point < 0x80) return letter
  const zero = zeroOf.find((it) => point >= it && point < it + 10)
  return zero === undefined ? letter : String(point - zero)
}

/**
 * The state that a code names, ISO 3166-1 alpha-2 in lower case: from its two letters, its three, or those that passports have
 * of their own (`D`, `RKS`), fillers and all. Null when it names none: an organisation, stateless persons, nothing.
 */
export function issuerOf(text: string): string | null {
  const code = text.normalize('NFKC').replace(/[\s<]/g, '').toUpperCase()
  if (!/^[A-Z]{1,3}$/.test(code)) return null
  return Object.hasOwn(issuers.codes, code) ? issuers.codes[code as keyof typeof issuers.codes] : countryByCode(code)
}

const alike: Readonly<Record<string, string>> = { O: '0', '0': 'O', I: '1', '1': 'I' }

/**
 * Numbers that an eye or a reader can take this one for, O with 0 and I with 1, those with the fewest swaps first, without the
 * number itself. Where there are very many, only the nearest. They are other documents, to be looked at and never taken for it.
 */
export function lookAlikes(number: string): string[] {
  const places = [...number].flatMap((it, at) => (alike[it] === undefined ? [] : [at]))
  let front = [{ text: number, from: 0 }]
  const found: string[] = []
  while (front.length > 0 && found.length < limits.variants) {
    front = front.flatMap(({ text, from }) =>
      places.slice(from).map((place, index) => ({
        text: text.slice(0, place) + alike[text[place]!] + text.slice(place + 1),
        from: from + index + 1,
      })),
    )
    found.push(...front.map((it) => it.text))
  }
  return found.slice(0, limits.variants)
}
