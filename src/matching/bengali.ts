const glide = '\u09df'
const virama = '\u09cd'
const sign = '[\u09be-\u09cc]'

/** Signs of private use for what Bengali writes with several letters, each read as the Latin letters beside it. */
export const bengaliSounds: ReadonlyMap<string, string> = new Map([
  ['\ue020', 'ŵ'],
  ['\ue021', 'ị'],
  ['\ue022', 'y'],
  ['\ue023', 'bh'],
])
/** A vowel that may be no more than the w after it. */
export const faintO = '\ue024'
const [w, faintY, y, bh] = [...bengaliSounds.keys()] as [string, string, string, string]

/**
 * Letters and the sounds they stand for differ where Bengali has no letter for a sound: w is ওয় or োয়, y at the beginning ইয়;
 * between other vowels য় is hardly heard; under another consonant য colours what follows.
 */
const rules: readonly (readonly [pattern: RegExp, spelling: string])[] = [
  [/\u09af\u09bc/gu, glide],
  [new RegExp(`ঁই${glide}া$`, 'u'), `ই${glide}াঁ`],
  [new RegExp(`^ই${glide}(?=${sign})`, 'u'), y],
  [/^ইউ/u, `${y}\u09c1`],
  [new RegExp(`ও${glide}(?=${sign})`, 'gu'), w],
  [new RegExp(`ো${glide}(?=${sign})`, 'gu'), faintO + w],
  [new RegExp(`(?<=[ু\u09c2উঊ])${glide}(?=${sign})`, 'gu'), w],
  [new RegExp(glide, 'gu'), faintY],
  [new RegExp(`^(.)${virama}য`, 'u'), '$1'],
  [new RegExp(`${virama}য`, 'gu'), virama + faintY],
  [/^ভ/u, bh],
  [new RegExp(`^রা${faintY}$`, 'u'), `র${faintY}`],
  [/ং$/u, 'ঙ'],
]

/** A Bengali word spelt as it sounds, for the table of abugidas. */
export function respellBengali(word: string): string {
  let out = word
  for (const [pattern, spelling] of rules) out = out.replace(pattern, spelling)
  return out
}

export function isBengali(word: string): boolean {
  return word >= '\u0980' && word < '\u0a00'
}
