import type { NamePart } from '#matching/compounds'
import { foldWords } from '#matching/fold'
import { legalForms } from '#matching/lexicon'

const mostLetters = 12
const dotted = /(?<![\p{L}\p{N}.])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?/gu

/** S.M.G. as one word, unless it is a legal form: S.A. */
export function joinDotted(name: string): string {
  if (!name.includes('.')) return name
  return name.replace(dotted, (letters) => {
    const spelt = foldWords(letters).map(({ text }) => text)
    return legalForms.has(spelt.join(' ')) || legalForms.has(spelt.join('')) ? letters : letters.replaceAll('.', '')
  })
}

/** Letters that stand apart (B R C S.A.) as one word, but for a legal form that they end with. */
export function joinLetters(parts: readonly NamePart[]): readonly NamePart[] {
  let joined: NamePart[] | undefined
  for (let index = 0; index < parts.length; ) {
    const end = endOfLetters(parts, index)
    const letters = end - index < 2 ? 0 : end - index - formAtEnd(parts, index, end)
    if (letters < 2) {
      const next = Math.max(end, index + 1)
      joined?.push(...parts.slice(index, next))
      index = next
      continue
    }
    joined ??= parts.slice(0, index)
    const run = parts.slice(index, index + letters)
    joined.push({
      ...run[0]!,
      raw: run.map(({ raw }) => `${raw}.`).join(''),
      text: run.map(({ text }) => text).join(''),
    })
    index += letters
  }
  return joined ?? parts
}

function endOfLetters(parts: readonly NamePart[], from: number): number {
  let end = from
  while (end < parts.length && end - from < mostLetters && isLetter(parts[end]!.text)) end++
  return end
}

function isLetter(text: string): boolean {
  return text.length === 1 && text >= 'a' && text <= 'z'
}

/** How many of the letters are the legal form at the end: two of B R C S.A., all of J.S.C. */
function formAtEnd(parts: readonly NamePart[], from: number, end: number): number {
  for (let start = from; end - start >= 2; start++) {
    const spelt = parts.slice(start, end).map(({ text }) => text)
    if (legalForms.has(spelt.join(' ')) || (start === from && legalForms.has(spelt.join('')))) return end - start
  }
  return 0
}
