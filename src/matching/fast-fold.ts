import { foldLatin } from '#matching/alphabets'
import { foldArabic, foldHebrew } from '#matching/arabic'
import { kindOf, type Script } from '#matching/script'

/** What the quick way can do with one UTF-16 unit. */
const unknown = 0
const beyond = 1
const separator = 2
const dropped = 3
const latin = 4
const arabic = 5
const hebrew = 6
const digit = 7

const kinds = new Uint8Array(65_536)
const folds: string[] = []
const foldsToLower = new Uint8Array(65_536)
const scriptOf: readonly Script[] = ['latin', 'latin', 'latin', 'latin', 'latin', 'arabic', 'hebrew', 'latin']

export interface FoldedWord {
  readonly raw: string
  readonly text: string
  readonly script: Script
}

/**
 * Folds a text whose letters fold one by one: Latin, Arabic and Hebrew, in the forms that normalisation leaves alone.
 * Undefined for any other text.
 */
export function foldSimple(text: string): FoldedWord[] | undefined {
  const words: FoldedWord[] = []
  const lower = text.toLowerCase()
  const isSameLength = lower.length === text.length
  let folded = ''
  let start = -1
  let script = unknown
  let isChanged = false
  for (let index = 0; index <= text.length; index++) {
    const code = index < text.length ? text.charCodeAt(index) : 0x20
    const kind = kinds[code] || learn(code)
    if (kind === beyond || (kind === dropped && script === hebrew && kindOf(code) === 'apostrophe')) return undefined
    const isOther = kind >= latin && kind !== digit && script !== unknown && script !== kind
    if (kind === separator || isOther) {
      if (start >= 0) {
        const word = isChanged ? folded : lower.slice(start, index)
        if (word !== '') words.push({ raw: text.slice(start, index), text: word, script: scriptOf[script]! })
      }
      folded = ''
      start = -1
      script = unknown
      isChanged = false
      if (!isOther) continue
    }
    if (start < 0) {
      start = index
      isChanged = !isSameLength
    }
    if (kind >= latin && kind !== digit) script = kind
    const isKept = kind !== dropped && foldsToLower[code] === 1
    if (!isChanged && isKept) continue
    if (!isChanged) folded = lower.slice(start, index) // what stood before needed no folding
    isChanged = true
    if (kind !== dropped) folded += folds[code]!
  }
  return words
}

function learn(code: number): number {
  const kind = classify(code)
  kinds[code] = kind
  if (folds[code] === String.fromCharCode(code).toLowerCase()) foldsToLower[code] = 1
  return kind
}

function classify(code: number): number {
  const character = String.fromCharCode(code)
  if (!character.isWellFormed() || character.normalize('NFKC') !== character) return beyond
  const kind = kindOf(code)
  const lower = character.toLowerCase()
  switch (kind) {
    case 'separator':
      return separator
    case 'mark':
      return code < 0x900 ? dropped : beyond // beyond stand vowel signs that are letters
    case 'apostrophe':
      return code === 0x5f3 ? beyond : dropped
    case 'digit':
      if (code > 0x39) return beyond
      folds[code] = character
      return digit
    case 'latin':
      folds[code] = foldLatin(lower)
      return latin
    case 'arabic':
      folds[code] = foldArabic(lower)
      return arabic
    case 'hebrew':
      folds[code] = foldHebrew(lower)
      return hebrew
    default:
      return beyond
  }
}
