import tags from './edifact-tags.json' with { type: 'json' }

export interface Separators {
  readonly component: string
  readonly element: string
  /** The character that takes the meaning of the next one away; null when the file has none. */
  readonly release: string | null
  readonly terminator: string
}

/** ISO 9735: what holds when a file says nothing else. */
export const defaultSeparators: Separators = { component: ':', element: '+', release: '?', terminator: "'" }

export const knownTags: ReadonlySet<string> = new Set([...tags.service, ...tags.paxlst, ...tags.cusres, ...tags.pnrgov])
/** A tag of three letters at its place, with the element separator after it: what a segment begins with. */
const tagPattern = [...knownTags].filter((it) => it !== 'UNA').join('|')

const advicePattern = new RegExp(`UNA([^\\r\\nA-Za-z0-9][\\s\\S]{0,11}?)[\\s\\0]*(?=(?:${tagPattern})[^A-Za-z0-9\\s])`)

export interface FoundSeparators {
  readonly separators: Separators
  /** Where the first segment after a service string advice begins, or where the text has the first thing to read. */
  readonly start: number
  /** Where the service string advice or first segment begins: what stands before it belongs to nothing. */
  readonly from: number
  readonly advice: 'absent' | 'sound' | 'damaged' | 'contradicted'
}

/**
 * Finds the separators of an interchange from its first bytes. A service string advice (UNA) is believed as far as the
 * segments after it bear it out: where it lacks a character or says others than the header uses, the header wins, because the
 * people are in the segments and not in the advice.
 */
export function findSeparators(head: string): FoundSeparators {
  const element = elementSeparator(head)
  const first = openingSegment(head, element)
  const said = advicePattern.exec(head)
  const advice = said !== null && (first === null || said.index < first.index) ? said : null
  const opening = advice ?? first
  if (opening === null) return { separators: defaultSeparators, start: 0, from: 0, advice: 'absent' }
  const from = opening.index
  const start = advice === null ? from : from + advice[0].length
  const seen = readHeader(head.slice(start), element)
  if (advice === null) return { separators: seen.separators, start, from, advice: 'absent' }
  return { ...fromAdvice(advice[1]!.replace(/[\r\n\0]/g, ''), seen), start, from }
}

/**
 * What stands most often behind a known tag, up to the end of the first interchange; among equals what stands behind its header.
 * One header with a damaged separator does not count against all segments.
 */
function elementSeparator(head: string): string {
  const end = head.search(/UNZ[^A-Za-z0-9\s]/)
  const region = end === -1 ? head : head.slice(0, end)
  const header = /UN[BGH]([^A-Za-z0-9\s])/.exec(region)?.[1]
  const counts = new Map<string, number>(header === undefined ? [] : [[header, 0]])
  for (const found of region.matchAll(new RegExp(`(?<![A-Za-z0-9])(?:${tagPattern})([^A-Za-z0-9\\s])`, 'g')))
    counts.set(found[1]!, (counts.get(found[1]!) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most?.[0] ?? defaultSeparators.element
}

function openingSegment(head: string, element: string): RegExpExecArray | null {
  const mark = escapeForPattern(element)
  const service = pattern(`UN[BGH]${mark}`).exec(head)
  const first = pattern(`(?:^|[^A-Za-z0-9])(?=(?:${tagPattern})${mark})`).exec(head)
  if (first === null) return service
  const at = first.index + first[0].length
  return service !== null && service.index <= at ? service : Object.assign(first, { index: at })
}

interface Header {
  readonly separators: Separators
  /** The terminator was seen before a segment that follows, and not only assumed. */
  readonly proven: boolean
}

function readHeader(text: string, element: string): Header {
  const component = componentOf(text, element)
  const next = pattern(`([^\\s])[\\s\\0]*(?:${tagPattern})${escapeForPattern(element)}`).exec(text.slice(4))
  const before = next?.[1]
  const proven = before !== undefined && !/[A-Za-z0-9]/.test(before) && before !== element && before !== component
  const terminator = proven ? before : defaultSeparators.terminator
  const taken = [element, component, terminator]
  const release = taken.includes(defaultSeparators.release!) ? null : defaultSeparators.release
  return { separators: { component, element, release, terminator }, proven }
}

/** The syntax identifier and its version, the message type and its version, a date and its use are one composite each. */
function componentOf(text: string, element: string): string {
  const mark = escapeForPattern(element)
  const found =
    new RegExp(`^UNB${mark}[A-Z]{3}[A-Z0-9]([^A-Za-z0-9\\s])\\d`).exec(text) ??
    new RegExp(`UNH${mark}[^${mark}]{0,40}${mark}\\s*[A-Z]{6}([^A-Za-z0-9\\s])`).exec(text.slice(0, 2_000)) ??
    new RegExp(`(?:DTM|RFF|CNT)${mark}[A-Z0-9]{2,3}([^A-Za-z0-9\\s])[A-Z0-9]`).exec(text.slice(0, 2_000))
  return found === null || found[1] === element ? defaultSeparators.component : found[1]!
}

type Said = Pick<FoundSeparators, 'separators' | 'advice'>

function fromAdvice(text: string, seen: Header): Said {
  const marks = text.padEnd(5, ' ')
  if (text.length < 6) return { separators: fromShortAdvice(text, seen), advice: 'damaged' }
  const [component, element, , release, , terminator] = marks
  const said: Separators = {
    component: component!,
    element: element!,
    release: release === ' ' ? null : release!,
    terminator: terminator!,
  }
  const agrees =
    said.element === seen.separators.element &&
    (!seen.proven || said.terminator === seen.separators.terminator) &&
    said.component !== said.element &&
    !/\s/.test(said.terminator)
  if (agrees) return { separators: said, advice: 'sound' }
  const kept = usable(said.release, seen.separators) ? said.release : seen.separators.release
  return { separators: { ...seen.separators, release: kept }, advice: 'contradicted' }
}

/** An advice that lost a character: only its first two and last places still mean what they should. */
function fromShortAdvice(text: string, seen: Header): Separators {
  const release = ['?', '\\'].find((it) => text.includes(it) && usable(it, seen.separators)) ?? null
  const last = text.trimEnd().at(-1)
  const terminator = seen.proven || last === undefined ? seen.separators.terminator : last
  return { ...seen.separators, terminator, release: release ?? seen.separators.release }
}

function usable(release: string | null, used: Separators): boolean {
  return release !== null && ![used.component, used.element, used.terminator].includes(release)
}

const patterns = new Map<string, RegExp>()

function pattern(source: string): RegExp {
  const found = patterns.get(source) ?? new RegExp(source)
  if (patterns.size > 100) patterns.clear()
  patterns.set(source, found)
  return found
}

export function escapeForPattern(mark: string): string {
  return mark.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
