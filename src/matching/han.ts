import data from './han.json' with { type: 'json' }

const readings = new Map<string, string>()
for (const [reading, characters] of Object.entries(data.pinyin)) {
  for (const character of characters) readings.set(character, reading)
}
const compoundSurnames = new Set(data.surnames.split(' '))
const nameLength = 4

/** Pinyin without tones, one reading a character, as in names; a character outside the table stands for itself. */
export function readHan(character: string): string {
  return readings.get(character) ?? character
}

export interface HanPart {
  readonly raw: string
  readonly text: string
}

/**
 * The parts of a word in Han script. A person's whole name of up to four characters is surname and given name, a longer or
 * a spaced one (foreign, written by sound) one word; of anything else every two characters make a part.
 */
export function splitHan(
  word: string,
  { isPerson, isWhole }: { readonly isPerson: boolean; readonly isWhole: boolean },
): readonly HanPart[] {
  const characters = Array.from(word)
  const partOf = (from: number, to?: number): HanPart => {
    const part = characters.slice(from, to)
    return { raw: part.join(''), text: part.map(readHan).join('') }
  }
  if (isPerson && isWhole && characters.length > 1 && characters.length <= nameLength) {
    const cut = characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join('')) ? 2 : 1
    return [partOf(0, cut), partOf(cut)]
  }
  if (isPerson) return [partOf(0)]
  const parts: HanPart[] = []
  for (let index = 0; index < characters.length; index += 2) parts.push(partOf(index, index + 2))
  return parts
}
