import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The bundled fonts, in the order in which a character is looked for in them. */
const fonts = [
  ['ibm-plex-sans', 'latin'],
  ['ibm-plex-sans', 'latin-ext'],
  ['ibm-plex-sans', 'cyrillic'],
  ['ibm-plex-sans', 'cyrillic-ext'],
  ['ibm-plex-sans', 'greek'],
  ['ibm-plex-sans', 'vietnamese'],
  ['ibm-plex-sans-arabic', 'arabic'],
] as const

export interface FontFile {
  readonly family: string
  readonly src: string
  readonly weight: 400 | 600
}

export const families: string[] = fonts.map(([name, subset]) => `${name} ${subset}`)

export function fontFiles(): FontFile[] {
  return fonts.flatMap(([name, subset]) =>
    ([400, 600] as const).map((weight) => ({
      family: `${name} ${subset}`,
      src: require.resolve(`@fontsource/${name}/files/${name}-${subset}-${weight}-normal.woff`),
      weight,
    })),
  )
}

/** Code points that the bundled fonts can print, as ranges. */
function readRanges(): (readonly [from: number, to: number])[] {
  return fonts.flatMap(([name, subset]) => {
    const ranges = JSON.parse(readFileSync(require.resolve(`@fontsource/${name}/unicode.json`), 'utf8'))
    return String(ranges[subset])
      .split(',')
      .map((it) =>
        it
          .slice(2)
          .split('-')
          .map((hex) => Number.parseInt(hex, 16)),
      )
      .map(([from, to]) => [from!, to ?? from!] as const)
  })
}

let ranges: ReturnType<typeof readRanges> | undefined

/** Marks that turn the order of what follows: on paper a number could read backwards. */
const turning = /[\u202a-\u202e\u2066-\u2069]/

/**
 * A text as it can be printed: what no bundled font has, and what would turn the order of letters, stands there as its code point,
 * so that nothing vanishes or misleads unseen.
 */
export function printable(text: string): string {
  ranges ??= readRanges()
  const all = ranges
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0)!
    if (letter === '\n') return letter
    const known = code >= 32 && code !== 127 && !turning.test(letter) && all.some(([a, b]) => code >= a && code <= b)
    return known ? letter : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  }).join('')
}

const strong = /[\p{L}]/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/** By its first letter, as browsers do for `dir="auto"`. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const first = Array.from(text).find((it) => strong.test(it))
  return first !== undefined && rightToLeft.test(first) ? 'rtl' : 'ltr'
}

const longestWord = 28
const piece = 8

/** Pieces of a text with a word that fits into no line: set side by side they wrap without a hyphen, which would falsify a number. */
export function piecesOf(text: string): string[] | undefined {
  const words = text.split(/(?<=\s)/)
  if (words.every((it) => it.length <= longestWord)) return undefined
  return words.flatMap((word) =>
    word.length <= longestWord ? [word] : (word.match(new RegExp(`.{1,${piece}}`, 'gsu')) ?? []),
  )
}
