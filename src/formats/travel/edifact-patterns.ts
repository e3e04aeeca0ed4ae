import { escapeForPattern, knownTags, type Separators } from '#formats/travel/edifact-separators'

export type Patterns = ReturnType<typeof makePatterns>

const made = new Map<string, Patterns>()
/** So many sets of separators are remembered; whoever sends more of them only makes their own reading slower. */
const mostMade = 100

/** What a reading looks for under a set of separators. Those with a position are set before each use, and may be shared. */
export function patternsOf(separators: Separators): Patterns {
  const key = JSON.stringify(separators)
  const found = made.get(key) ?? makePatterns(separators)
  if (made.size >= mostMade) made.clear()
  made.set(key, found)
  return found
}

/** Of bytes: those of other alphabets are above 7F. */
const letters = `[A-Za-z\\x80-\\xff .-]`

function makePatterns(separators: Separators) {
  const { element, release, terminator } = separators
  const [e, c, t] = [element, separators.component, terminator].map(escapeForPattern)
  const stops = [terminator, ...(release === null ? [] : [release]), '\r', '\n'].map(escapeForPattern).join('')
  const known = [...knownTags].filter((it) => it !== 'UNA').join('|')
  const opening = `UNA[^A-Za-z0-9\\s]|UNB[^A-Za-z0-9\\s]|(?:${known})${e}|SRC(?:${t}|[\\r\\n])`
  return {
    separators,
    element,
    release,
    terminator,
    stop: new RegExp(`[${stops}]`, 'g'),
    breaks: /[\r\n]/,
    opens: new RegExp(`^[\\s\\0]*(?:${opening})`),
    /** A segment: any tag at the start. */
    begins: new RegExp(`^[A-Za-z][A-Za-z0-9]{2}\\s*(?:${e}|$)`),
    /** Or a known one behind something that does not belong there. */
    knownTag: new RegExp(`(?:${known})${e}`),
    /**
     * Where a second segment begins inside of one: a tag with what must follow it. Names end like tags do (LATIF, HUNT, SWIFT,
     * PRATT), so no tag counts on its own.
     */
    glued: new RegExp(
      `(?=${[
        `NAD${e}(?:FL|FM|DDT|DDU|MS)${e}`,
        `DTM${e}\\d{2,3}${c}`,
        `LOC${e}(?:22|87|91|92|125|17[489]|180)${e}`,
        `ATT${e}2${e}${e}`,
        `NAT${e}2${e}[A-Z]`,
        `RFF${e}[A-Z]{2,3}${c}`,
        `DOC${e}[A-Z]{1,2}[${e}${c}]`,
        `TIF${e}[A-Z][^${e}]*${e}`,
        `SSR${e}[A-Z]{4}(?:${c}|${e}|$)`,
        `FOP${e}[A-Z]{2}${c}`,
        `IFT${e}4${c}`,
        `LTS${e}\\d`,
        `UNT${e}\\d{1,7}${e}`,
        `UNH${e}[^${e}]*${e}[A-Z]{6}${c}`,
      ].join('|')})[A-Z]{3}`,
      'g',
    ),
    /** A person's segment that stops in the family name, or at the first letters of a given name: 'NAD+FL+++O', 'TIF+D'. */
    nameSoFar: new RegExp(
      `^[\\s\\0]*(?:NAD${e}[A-Z]{2,3}${e}[^${e}]*${e}[^${e}]*${e}|TIF${e})(?:${letters}+|${letters}+[${e}${c}]${letters}{1,2})$`,
      'i',
    ),
    /** Letters that a separator of names follows, as no segment begins, not even one with a damaged separator. */
    nameGoesOn: new RegExp(`^(?!(?:${known})[^A-Za-z])${letters}+[${e}${c}]`),
    /** Behind a line break these are a name's end more often than a segment, unless what must follow them does. */
    nameEnd: new RegExp(`^[\\s\\0]*(?:TIF${e}(?![^${e}${t}]*${e})|UNT${e}(?!\\d{1,7}${e}))`),
  }
}

/**
 * Whether a terminator stands for an apostrophe that its sender did not release, as in NAD+FL+++O'BRIEN:PAT. What follows it then is
 * no segment and goes on as a name does.
 */
export function isApostrophe(before: string, after: string, { terminator, ...marks }: Patterns): boolean {
  return terminator === "'" && marks.nameSoFar.test(before) && !marks.begins.test(after) && marks.nameGoesOn.test(after)
}

/** In these a text may hold anything, so that nothing in it is taken for a segment. */
export const textTags = new Set(['FTX', 'IFT', 'LTS', 'COM'])

/** Whether a further TIF inside of a traveller's segment is the end of the family name: 'TIF+LATIF+…'. */
export function isInSurname(before: string, after: string, { element }: Patterns): boolean {
  return before.startsWith('TIF') && after.startsWith('TIF') && before.split(element).length <= 2
}
