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

/**
 * The parts of a word in Han script. A person's name of up to four characters is surname and given name; anything else
 * (a foreign name by sound, an organisation) is read character by character in runs of two.
 */
export function splitHan(word: string, isPerson: boolean): readonly string[] {
  const characters = Array.from(word)
  const read = (part: readonly string[]) => part.map(readHan).join('')
  if (characters.length === 1) return [read(characters)]
  if (isPerson && characters.length <= nameLength) {
    const cut = characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join('')) ? 2 : 1
    return [read(characters.slice(0, cut)), read(characters.slice(cut))]
  }
  if (isPerson) return [read(characters)]
  const parts: string[] = []
  for (let index = 0; index < characters.length; index += 2) parts.push(read(characters.slice(index, index + 2)))
  return parts
}
