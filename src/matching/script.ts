/** A writing system as far as folding cares; digits belong to none and join whatever stands beside them. */
export type Script =
  | 'latin'
  | 'cyrillic'
  | 'greek'
  | 'armenian'
  | 'georgian'
  | 'arabic'
  | 'hebrew'
  | 'hangul'
  | 'kana'
  | 'han'
  | 'other'

export const scripts: readonly Script[] = [
  'latin',
  'cyrillic',
  'greek',
  'armenian',
  'georgian',
  'arabic',
  'hebrew',
  'hangul',
  'kana',
  'han',
  'other',
]

/** What one character is to the folder. */
export type CharacterKind = Script | 'digit' | 'mark' | 'apostrophe' | 'separator'

const ranges: readonly (readonly [number, number, Script])[] = [
  [0x370, 0x3ff, 'greek'],
  [0x400, 0x52f, 'cyrillic'],
  [0x531, 0x58f, 'armenian'],
  [0x591, 0x5f4, 'hebrew'],
  [0x600, 0x6ff, 'arabic'],
  [0x750, 0x77f, 'arabic'],
  [0x8a0, 0x8ff, 'arabic'],
  [0x10a0, 0x10ff, 'georgian'],
  [0x1c80, 0x1c8f, 'cyrillic'],
  [0x1c90, 0x1cbf, 'georgian'],
  [0x1d00, 0x1dbf, 'latin'],
  [0x1e00, 0x1eff, 'latin'],
  [0x1f00, 0x1fff, 'greek'],
  [0x2d00, 0x2d2f, 'georgian'],
  [0x2c60, 0x2c7f, 'latin'],
  [0x2de0, 0x2dff, 'cyrillic'],
  [0x3005, 0x3007, 'han'],
  [0x3041, 0x30ff, 'kana'],
  [0x3400, 0x4dbf, 'han'],
  [0x4e00, 0x9fff, 'han'],
  [0xa640, 0xa69f, 'cyrillic'],
  [0xa720, 0xa7ff, 'latin'],
  [0xab30, 0xab6f, 'latin'],
  [0xac00, 0xd7a3, 'hangul'],
  [0xf900, 0xfaff, 'han'],
  [0x20000, 0x323af, 'han'],
]

const apostrophes = new Set([
  0x27, 0x60, 0xb4, 0x2b9, 0x2bb, 0x2bc, 0x2bd, 0x2be, 0x2bf, 0x2018, 0x2019, 0x201b, 0x2032, 0x5f3, 0x5f4,
])
const letter = /^\p{L}$/u
const mark = /^\p{M}$/u
const digit = /^\p{Nd}$/u
const cache = new Map<number, CharacterKind>()

/** The kind of one code point. Lone surrogates are separators. */
export function kindOf(code: number): CharacterKind {
  if (code < 0x80) {
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return 'latin'
    if (code >= 0x30 && code <= 0x39) return 'digit'
    return apostrophes.has(code) ? 'apostrophe' : 'separator'
  }
  const known = cache.get(code)
  if (known !== undefined) return known
  const kind = classify(code)
  if (cache.size < 65_536) cache.set(code, kind)
  return kind
}

function classify(code: number): CharacterKind {
  if (apostrophes.has(code)) return 'apostrophe'
  const character = String.fromCodePoint(code)
  if (digit.test(character)) return 'digit'
  if (mark.test(character)) return 'mark'
  if (code === 0x640 || code === 0x200c || code === 0x200d) return 'mark' // tatweel stretches a line, joiners shape it
  if (code === 0x30fb) return 'separator' // the middle dot between foreign names in kana
  if (!letter.test(character)) return 'separator'
  if (code < 0x250) return 'latin'
  for (const [from, to, script] of ranges) if (code >= from && code <= to) return script
  return code < 0x2b0 ? 'latin' : 'other'
}

/** Scripts that write (nearly) no short vowels. */
export function isAbjad(script: Script): boolean {
  return script === 'arabic' || script === 'hebrew'
}
