import type { StatedSex } from '#formats/travel/traveller'

/** Reads M, F, X, U and the filler, the marks of an infant (MI, FI) and the words; null for anything else. */
export function sexOf(raw: string): StatedSex['value'] {
  const letter = raw.trim().toUpperCase()
  if (/^(M|MI|MALE)$/.test(letter)) return 'male'
  if (/^(F|FI|FEMALE)$/.test(letter)) return 'female'
  return /^(X|U|<)$/.test(letter) ? 'unspecified' : null
}
