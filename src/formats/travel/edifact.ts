import { fault } from '#formats/faults'
import type { Chunks } from '#formats/text'
import { byteText, decode, meaningful, shown } from '#formats/travel/edifact-bytes'
import { isApostrophe, isInSurname, patternsOf, textTags } from '#formats/travel/edifact-patterns'
import { type Quarantined, type Segment, splitElements } from '#formats/travel/edifact-segment'
import { defaultSeparators, type FoundSeparators, findSeparators } from '#formats/travel/edifact-separators'

/** Something that is wrong with the form and cost nothing. */
export interface Oddity {
  readonly kind: 'oddity'
  readonly code:
    | 'advice-damaged'
    | 'advice-contradicted'
    | 'leading-text'
    | 'terminator-missing'
    | 'unterminated-end'
    | 'dangling-release'
    | 'apostrophe'
    | 'not-utf8'
    | 'lower-case-tag'
    | 'nul-bytes'
  readonly offset: number
  readonly text: string
}

export type EdifactItem = Segment | Quarantined | Oddity

export interface EdifactLimits {
  /** Bytes of one segment. */
  readonly segment?: number
  readonly segments?: number
}

const defaultLimits = { segment: 65_536, segments: 250_000 }
/** So many bytes are looked at before the separators are settled. */
const headLength = 4_096
/** So many bytes behind a line break or a terminator are looked at for the beginning of a segment. */
const lookAhead = 64

/**
 * Reads UN/EDIFACT (ISO 9735) segment by segment, whatever is wrong with it: any separators, blanks and other text before the
 * first segment, line breaks behind, instead of or in the middle of segments, a release character that was never meant as one,
 * a cut end, several interchanges with separators of their own. What is no segment comes out as `quarantined`, what was
 * mended as `oddity`. Throws `formats/too-large` for more segments than the limit, and nothing else.
 */
export async function* readEdifact(chunks: Chunks, limits: EdifactLimits = {}): AsyncGenerator<EdifactItem> {
  for await (const items of readEdifactRuns(chunks, limits)) yield* items
}

/** As `readEdifact`, with all that one chunk gave at once: a step for each segment costs more than reading it. */
export async function* readEdifactRuns(chunks: Chunks, limits: EdifactLimits = {}): AsyncGenerator<EdifactItem[]> {
  const reading = startSegments({ ...defaultLimits, ...limits })
  for await (const text of byteText(chunks)) yield reading.feed(text)
  yield reading.end()
}

/** Works on bytes as units, so that offsets are exact; each segment is decoded when it is whole. */
function startSegments(limits: Required<EdifactLimits>) {
  let held = ''
  let heldFrom = 0
  let scanned = 0
  let marks = patternsOf(defaultSeparators)
  let settled = false
  let afterEnd = false
  let count = 0
  let ended = false
  let seenHigh = false
  let seenNul = false
  let items: EdifactItem[] = []

  const drop = (length: number) => {
    held = held.slice(length)
    heldFrom += length
    scanned = 0
  }
  const oddity = (code: Oddity['code'], offset: number, bytes: string) =>
    items.push({ kind: 'oddity', code, offset, text: shown(decode(bytes).text) })

  function settle(found: FoundSeparators, skipped: string) {
    if (meaningful(skipped) !== '') oddity('leading-text', heldFrom, meaningful(skipped))
    if (found.advice === 'damaged' || found.advice === 'contradicted')
      oddity(`advice-${found.advice}`, heldFrom + found.from, held.slice(found.from, found.start))
    marks = patternsOf(found.separators)
    drop(found.start)
    settled = true
  }

  /** At the beginning of a segment: an advice, or the header of a further interchange, may bring other separators. */
  function resettle(): boolean {
    const blank = startsPlain(held) ? 0 : /^[\s\0]*/.exec(held)![0].length
    if (!ended && held.length < blank + headLength && mayOpen(held.slice(blank))) return false
    if (blank > 0) drop(blank)
    const isAdvice = held.startsWith('UNA') && /^UNA[^A-Za-z0-9]/.test(held)
    const isHeader = afterEnd && /^UNB[^A-Za-z0-9\s]/.test(held)
    if (isAdvice || isHeader) {
      const found = findSeparators(held.slice(0, headLength))
      if (found.from === 0) settle(found, '')
    }
    afterEnd = false
    return true
  }
  /** A line that begins like a segment is one, unless a line was cut in the middle of a name that ends like a tag. */
  const opensAfter = (before: string, after: string) =>
    marks.opens.test(after) && before.trim() !== '' && !(/^(?:TIF|NAD)/.test(before) && marks.nameEnd.test(after))
  const mayOpen = (start: string) =>
    start.length < 4 || /^UNA[^A-Za-z0-9]/.test(start) || (afterEnd && start.startsWith('UNB'))

  function emit(raw: string, offset: number) {
    const lead = startsPlain(raw) ? 0 : /^[\s\0]*(?:\xEF\xBB\xBF\s*)?/.exec(raw)![0].length
    let body = lead === 0 ? raw : raw.slice(lead)
    if (marks.breaks.test(body)) body = body.replace(/[\r\n]+/g, '')
    if (body.length < 4 && meaningful(body) === '') return
    if (++count > limits.segments)
      throw fault('formats/too-large', 'The file has too many segments.', { details: { offset } })
    if (seenNul && body.includes('\0')) {
      oddity('nul-bytes', offset + lead, body)
      body = body.replaceAll('\0', '')
    }
    const from = marks.begins.test(body) ? 0 : body.search(marks.knownTag)
    if (from !== 0) quarantine('no-tag', from === -1 ? body : body.slice(0, from), offset + lead)
    if (from !== -1) emitParts(from === 0 ? body : body.slice(from), offset + lead + from)
  }

  /** In most bodies there is one segment; in one that lost its terminator, several. */
  function emitParts(body: string, offset: number) {
    if (textTags.has(body.slice(0, 3))) return segment(body, offset, false)
    let start = 0
    marks.glued.lastIndex = 4
    for (let found = marks.glued.exec(body); found !== null; found = marks.glued.exec(body)) {
      if (isInSurname(body.slice(start, found.index), body.slice(found.index, found.index + 3), marks)) continue
      segment(body.slice(start, found.index), offset + start, start > 0)
      start = found.index
    }
    segment(start === 0 ? body : body.slice(start), offset + start, start > 0)
  }

  function quarantine(reason: Quarantined['reason'], bytes: string, offset: number) {
    const text = decode(bytes).text
    items.push({
      kind: 'quarantined',
      reason,
      elements: splitElements(text, marks.separators),
      offset,
      text: shown(text),
    })
  }

  function segment(bytes: string, offset: number, wasGlued: boolean) {
    if (wasGlued) oddity('terminator-missing', offset, bytes)
    const { text, sound } = seenHigh ? decode(bytes) : { text: bytes, sound: true }
    if (!sound) oddity('not-utf8', offset, bytes)
    const tag = text.slice(0, 3).toUpperCase()
    if (!text.startsWith(tag)) oddity('lower-case-tag', offset, bytes)
    const rest = text.slice(3).trimStart()
    const elements = rest === '' ? [] : splitElements(rest.slice(1), marks.separators)
    items.push({ kind: 'segment', tag, elements, offset, text })
    if (tag === 'UNZ') afterEnd = true
  }

  function endSegment(end: number, behind: number) {
    emit(held.slice(0, end), heldFrom)
    drop(behind)
  }

  /** One segment off the front; false when more bytes are needed. */
  function step(): boolean {
    if (!resettle()) return false
    marks.stop.lastIndex = scanned
    for (let found = marks.stop.exec(held); found !== null; found = marks.stop.exec(held)) {
      const at = found.index
      const mark = found[0]
      if (at > limits.segment) break
      const isEnd = mark === marks.terminator && !marks.nameSoFar.test(held.slice(0, at))
      if (!isEnd && !ended && held.length < at + lookAhead) {
        scanned = at
        return false
      }
      if (mark === marks.terminator) {
        if (!isEnd && isApostrophe(held.slice(0, at), held.slice(at + 1, at + lookAhead), marks)) {
          oddity('apostrophe', heldFrom + at, held.slice(0, at + 1))
          marks.stop.lastIndex = at + 1
          continue
        }
        endSegment(at, at + 1)
        return true
      }
      if (mark === marks.release) {
        const next = held[at + 1]
        if (next === marks.terminator && marks.opens.test(held.slice(at + 2, at + 2 + lookAhead))) {
          oddity('dangling-release', heldFrom + at, held.slice(0, at + 2))
          // the mark stands for itself: the segment keeps it, and ends at the terminator behind it
          endSegment(at + 1, at + 2)
          return true
        }
        marks.stop.lastIndex = at + 2
        continue
      }
      if (opensAfter(held.slice(0, at), held.slice(at, at + lookAhead))) {
        oddity('terminator-missing', heldFrom, held.slice(0, at))
        endSegment(at, at + 1)
        return true
      }
      marks.stop.lastIndex = at + 1
    }
    if (held.length > limits.segment) {
      quarantine('too-long', held.slice(0, 400), heldFrom)
      drop(limits.segment)
      return true
    }
    scanned = held.length
    return false
  }

  function feed(text: string): EdifactItem[] {
    items = []
    held += text
    seenHigh ||= /[\x80-\xff]/.test(text)
    seenNul ||= text.includes('\0')
    if (!settled) {
      if (!ended && held.length < headLength) return items
      const found = findSeparators(held.slice(0, headLength))
      settle(found, held.slice(0, found.from))
    }
    while (held !== '' && step());
    return items
  }

  function end(): EdifactItem[] {
    ended = true
    const last = feed('')
    if (held.trim() !== '') {
      if (/^[A-Za-z]{3}/.test(meaningful(held))) oddity('unterminated-end', heldFrom, held)
      emit(held, heldFrom)
      held = ''
    }
    return last
  }

  return { feed, end }
}

const startsPlain = (text: string) => text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f
