import { Buffer } from 'node:buffer'
import { fault } from '#formats/faults'
import type { Chunks } from '#formats/text'
import { type Quarantined, type Segment, splitElements } from '#formats/travel/edifact-segment'
import {
  defaultSeparators,
  escapeForPattern,
  type FoundSeparators,
  findSeparators,
  knownTags,
  type Separators,
} from '#formats/travel/edifact-separators'

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

const defaultLimits = { segment: 65_536, segments: 2_000_000 }
/** So many bytes are looked at before the separators are settled. */
const headLength = 4_096
const pieceLength = 65_536
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
  let marks = marksOf(defaultSeparators)
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
    marks = marksOf(found.separators)
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
      if (!ended && held.length < at + lookAhead) {
        if (mark === marks.terminator) {
          endSegment(at, at + 1)
          return true
        }
        scanned = at
        return false
      }
      if (mark === marks.terminator) {
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
      if (held.slice(0, at).trim() !== '' && marks.opens.test(held.slice(at, at + lookAhead))) {
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

/** Patterns that depend on the separators alone, made once for each set. */
function marksOf(separators: Separators) {
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
const textTags = new Set(['FTX', 'IFT', 'LTS', 'COM'])

const startsPlain = (text: string) => text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const western = new TextDecoder('windows-1252')

/** UTF-8 when the bytes are that; otherwise windows-1252, which gives every byte a letter, and never a lost one. */
function decode(bytes: string): { text: string; sound: boolean } {
  if (!/[\x80-\xff]/.test(bytes)) return { text: bytes, sound: true }
  const raw = Buffer.from(bytes, 'latin1')
  try {
    return { text: utf8.decode(raw), sound: true }
  } catch {
    return { text: western.decode(raw), sound: false }
  }
}

/** Chunks as text with one unit for each byte. A file in UTF-16 that says so by its mark becomes UTF-8 first. */
async function* byteText(chunks: Chunks): AsyncGenerator<string> {
  let start: Buffer | null = Buffer.alloc(0)
  let wide: InstanceType<typeof TextDecoder> | null = null
  const convert = (bytes: Uint8Array) =>
    wide === null
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
      : Buffer.from(wide.decode(bytes, { stream: true }), 'utf8').toString('latin1')
  for await (const chunk of chunks) {
    let bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk
    if (start !== null) {
      start = Buffer.concat([start, bytes])
      if (start.length < 2) continue
      const mark = start.readUInt16BE()
      if (mark === 0xfffe || mark === 0xfeff) wide = new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be')
      bytes = start
      start = null
    }
    for (let at = 0; at < bytes.length; at += pieceLength) yield convert(bytes.subarray(at, at + pieceLength))
  }
  if (start !== null) yield convert(start)
}

/** Text as a report shows it: one line, at most 200 units. */
function shown(text: string): string {
  const line = text.replace(/[\s\0]+/g, ' ').trim()
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}

function meaningful(text: string): string {
  return text
    .replace(/^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF|\uFEFF)/, '')
    .replace(/[\s\0]+/g, ' ')
    .trim()
}
