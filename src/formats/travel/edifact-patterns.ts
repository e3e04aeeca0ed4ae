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
    /** Where a second segment begins inside of one: a tag with a qualifier that it can have. */
    glued: new RegExp(
      `(?=${[
        `NAD${e}[A-Z]{2,3}${e}`,
        `DTM${e}\\d{2,3}${c}`,
        `LOC${e}\\d{2,3}${e}`,
        `(?:ATT|NAT)${e}2${e}`,
        `RFF${e}[A-Z]{2,3}${c}`,
        `(?:TIF|DOC)${e}[A-Z]`,
        `SSR${e}[A-Z]{4}`,
        `FOP${e}[A-Z]{2}`,
        `(?:IFT|LTS|UNT)${e}\\d`,
        `UNH${e}`,
      ].join('|')})[A-Z]{3}`,
      'g',
    ),
  }
}

/** In these a text may hold anything, so that nothing in it is taken for a segment. */
export const textTags = new Set(['FTX', 'IFT', 'LTS', 'COM'])
