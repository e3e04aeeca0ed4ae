import { defaultSeparators, type Separators } from '#formats/travel/edifact-separators'

export interface Segment {
  readonly kind: 'segment'
  /** Three letters or digits, upper case. */
  readonly tag: string
  /** The data elements after the tag, each with its components, escapes resolved, untrimmed. */
  readonly elements: readonly (readonly string[])[]
  /** Byte offset in the file of the first character of the tag. */
  readonly offset: number
  /** The segment as it stands in the file, without its terminator and line breaks. */
  readonly text: string
}

/** What of a file is no segment. It is kept with its place, and the reading goes on behind it. */
export interface Quarantined {
  readonly kind: 'quarantined'
  readonly reason: 'no-tag' | 'too-long'
  /** The text cut at the separators, for those who can still make something of it. */
  readonly elements: readonly (readonly string[])[]
  readonly offset: number
  readonly text: string
}

/** A component, trimmed; the empty text when the segment has no such place. Places count from 0, behind the tag. */
export function valueAt(segment: Segment, element: number, component = 0): string {
  return segment.elements[element]?.[component]?.trim() ?? ''
}

/** The components of one element, trimmed. */
export function valuesAt(segment: Segment, element: number): string[] {
  return (segment.elements[element] ?? []).map((it) => it.trim())
}

/** The elements of a segment behind its tag. A release character at the very end stands for itself. */
export function splitElements(text: string, separators: Separators): string[][] {
  const { component, element, release } = separators
  if (release === null || !text.includes(release)) return text.split(element).map((it) => it.split(component))
  const elements: string[][] = []
  let components: string[] = []
  let value = ''
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!
    if (mark === release && at + 1 < text.length) value += text[++at]
    else if (mark === component || mark === element) {
      components.push(value)
      value = ''
      if (mark === element) {
        elements.push(components)
        components = []
      }
    } else value += mark
  }
  components.push(value)
  elements.push(components)
  return elements
}

/** Elements as text or as components. Empty ones at the end are left out, as ISO 9735 does. */
export type ElementInput = string | readonly string[]

/** One segment with its terminator. Separators inside values are escaped; line breaks become blanks, which no segment may hold. */
export function writeSegment(
  tag: string,
  elements: readonly ElementInput[],
  separators: Separators = defaultSeparators,
): string {
  const { component, element, release, terminator } = separators
  const special = new Set([component, element, release, terminator])
  const escaped = (text: string) =>
    Array.from(text.replace(/[\r\n\0]+/g, ' '), (it) => (special.has(it) ? `${release ?? ''}${it}` : it)).join('')
  const parts = elements.map((it) =>
    withoutTail(typeof it === 'string' ? [it] : it)
      .map(escaped)
      .join(component),
  )
  return [tag, ...withoutTail(parts)].join(element) + terminator
}

function withoutTail(values: readonly string[]): readonly string[] {
  return values.slice(0, values.findLastIndex((it) => it !== '') + 1)
}
