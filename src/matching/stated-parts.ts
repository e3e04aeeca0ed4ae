import { type FoldedWord, foldWords } from '#matching/fold'
import { honorifics } from '#matching/lexicon'

/** Between the names in the machine readable zone of a passport. */
const machineFiller = '<<'

/** `AL-MANSOURI, Yusuf` and `AL<MANSOURI<<YUSUF` (ICAO 9303) state their parts; a name with more or emptier commas does not. */
export function statedParts(name: string): { family: FoldedWord[]; given: FoldedWord[] } | undefined {
  const filler = name.indexOf(machineFiller)
  const at = filler > 0 ? filler : commaAt(name, 0)
  if (at < 0 || (filler <= 0 && commaAt(name, at + 1) >= 0)) return undefined
  const family = foldWords(name.slice(0, at))
  if (family.length === 0) return undefined
  const given = foldWords(name.slice(at + 1))
  if (given.every((word) => honorifics.has(word.text))) return undefined
  return { family, given }
}

function commaAt(name: string, from: number): number {
  const [latin, arabic] = [name.indexOf(',', from), name.indexOf('،', from)]
  if (latin < 0 || arabic < 0) return Math.max(latin, arabic)
  return Math.min(latin, arabic)
}
