import { type ComparedNames, naming } from '#matching/compared-names'
import type { AlignedPair } from '#matching/name-parts'

/**
 * Letters of the field of names of a machine readable zone (ICAO Doc 9303, parts 4 to 6: TD3, TD2, TD1), which a longer name fills
 * and is cut at.
 */
const fields = [39, 31, 30] as const
/** A field that is full holds so many letters less: two fillers between the names become one blank, the last may be a filler. */
const fewer = 2
const fewestLetters = 2
const cutSimilarity = 0.9

/** Whether a name of a person may have been cut by the zone that it was read from: nothing but capitals, and as long as the field. */
export function mayBeCut(text: string): boolean {
  return fields.some((it) => text.length <= it && text.length >= it - fewer) && /^[A-Z ]+$/.test(text)
}

/** The last word of such a name, left over, with a word that begins with it. */
export function pairCut(sides: ComparedNames): readonly AlignedPair[] {
  const { query, queryKinds, kinds, ids, columns, vocabulary } = sides
  const last = query.weighed.length - 1
  if (!query.mayBeCut || (sides.usedQuery & (1 << last)) !== 0 || !naming[queryKinds[last]!]) return none
  const { text } = query.weighed[last]!.term
  if (text.length < fewestLetters) return none // an initial is one anyway
  for (let j = 0; j < columns; j++) {
    if ((sides.usedCandidate & (1 << j)) !== 0 || !naming[kinds[j]!]) continue
    const whole = vocabulary.text(ids[j]!)
    if (whole.length > text.length && whole.startsWith(text))
      return [{ query: [last], candidate: [j], similarity: cutSimilarity, isGlued: true, isCut: true }]
  }
  return none
}

const none: readonly AlignedPair[] = []
