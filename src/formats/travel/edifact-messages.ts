import type { Chunks } from '#formats/text'
import { type EdifactItem, type EdifactLimits, readEdifactRuns } from '#formats/travel/edifact'
import { type Quarantined, type Segment, valueAt, valuesAt } from '#formats/travel/edifact-segment'
import { type Finding, type FindingPlace, finding } from '#formats/travel/findings'

export interface Interchange {
  readonly sender: string
  readonly recipient: string
  /** 'YYMMDD' and 'HHMM' as the header gives them. */
  readonly prepared: string
  readonly reference: string
  readonly applicationReference: string
}

export interface EdifactMessage {
  readonly kind: 'message'
  /** Null when the header of the interchange is missing. */
  readonly interchange: Interchange | null
  /** 'PAXLST'; empty when the header of the message is missing. */
  readonly type: string
  /** 'D:05B:UN:IATA'; empty as the type. */
  readonly version: string
  readonly reference: string
  readonly commonAccessReference: string
  /** Where this message stands among several about one thing: '1' or '01:C', as the header gives it. */
  readonly sequence: string
  /** Between the header and the trailer of the message, in the order of the file. */
  readonly parts: readonly (Segment | Quarantined)[]
  /** Of the form alone. */
  readonly findings: readonly Finding[]
}

/** What was found outside of any message. Comes last, once. */
export interface EdifactEnd {
  readonly kind: 'end'
  readonly interchanges: number
  readonly findings: readonly Finding[]
}

/**
 * Reads the messages of a file one after the other; a message is held whole. Missing headers, trailers and wrong counts are
 * found and do not matter. Segments outside of any message make a message of their own, so that nobody in them is lost.
 */
export async function* readMessages(
  chunks: Chunks,
  limits: EdifactLimits = {},
): AsyncGenerator<EdifactMessage | EdifactEnd> {
  const gathering = startMessages()
  for await (const items of readEdifactRuns(chunks, limits)) {
    for (const item of items) for (const message of gathering.take(item)) yield message
  }
  yield* gathering.end()
}

interface Open {
  readonly header: Segment | null
  readonly parts: (Segment | Quarantined)[]
  readonly findings: Finding[]
  /** Segments with header and trailer, and what was set aside among them: a sender counted that too. */
  count: number
}

function startMessages() {
  let interchange: { header: Segment | null; messages: number; groups: number } | null = null
  let group: { messages: number } | null = null
  let open: Open | null = null
  let interchanges = 0
  const loose: Finding[] = []

  const find = (...parts: Parameters<typeof finding>) => (open?.findings ?? loose).push(finding(...parts))

  function begin(header: Segment | null, at: FindingPlace): Open {
    if (interchange === null) {
      interchange = { header: null, messages: 0, groups: 0 }
      interchanges++
      loose.push(finding('missing-interchange-header', at))
    }
    interchange.messages++
    if (group !== null) group.messages++
    open = { header, parts: [], findings: [], count: header === null ? 0 : 1 }
    if (header === null) find('missing-message-header', at)
    return open
  }

  function close(): EdifactMessage[] {
    if (open === null) return []
    const { header, parts, findings } = open
    open = null
    const type = header === null ? [] : valuesAt(header, 1)
    return [
      {
        kind: 'message',
        interchange: interchange?.header ? readInterchange(interchange.header) : null,
        type: (type[0] ?? '').toUpperCase(),
        version: type.slice(1).join(':'),
        reference: header === null ? '' : valueAt(header, 0),
        commonAccessReference: header === null ? '' : valueAt(header, 2),
        sequence: header === null ? '' : valuesAt(header, 3).join(':'),
        parts,
        findings,
      },
    ]
  }

  function closeOpen(at: FindingPlace): EdifactMessage[] {
    if (open !== null) find('missing-message-end', at)
    return close()
  }

  function endMessage(trailer: Segment): EdifactMessage[] {
    if (open === null) {
      loose.push(finding('misplaced-segment', trailer))
      return []
    }
    open.count++
    const stated = valueAt(trailer, 0)
    if (open.header !== null && Number(stated) !== open.count)
      find('wrong-segment-count', { ...trailer, values: { counted: open.count, stated } })
    const [header, reference] = [open.header === null ? '' : valueAt(open.header, 0), valueAt(trailer, 1)]
    if (open.header !== null && reference !== header)
      find('wrong-message-reference', { ...trailer, values: { header, trailer: reference } })
    return close()
  }

  function endInterchange(trailer: Segment | null) {
    if (interchange === null) {
      if (trailer !== null) loose.push(finding('misplaced-segment', trailer))
      return
    }
    const { header, messages, groups } = interchange
    if (trailer === null) loose.push(finding('missing-interchange-end'))
    else {
      const [stated, counted] = [valueAt(trailer, 0), groups > 0 ? groups : messages]
      if (Number(stated) !== counted)
        loose.push(finding('wrong-interchange-count', { ...trailer, values: { counted, stated } }))
      const [from, to] = [header === null ? '' : valueAt(header, 4), valueAt(trailer, 1)]
      if (header !== null && from !== to)
        loose.push(finding('wrong-interchange-reference', { ...trailer, values: { header: from, trailer: to } }))
    }
    interchange = null
    group = null
  }

  function takeService(segment: Segment): EdifactMessage[] {
    const done = segment.tag === 'UNT' ? [] : closeOpen(segment)
    if (segment.tag === 'UNB') {
      if (interchange !== null) endInterchange(null)
      interchange = { header: segment, messages: 0, groups: 0 }
      interchanges++
    } else if (segment.tag === 'UNG') {
      if (interchange !== null) interchange.groups++
      group = { messages: 0 }
    } else if (segment.tag === 'UNH') begin(segment, segment)
    else if (segment.tag === 'UNT') return endMessage(segment)
    else if (segment.tag === 'UNE') {
      const [stated, counted] = [valueAt(segment, 0), group?.messages ?? 0]
      if (Number(stated) !== counted)
        loose.push(finding('wrong-group-count', { ...segment, values: { counted, stated } }))
      group = null
    } else endInterchange(segment)
    return done
  }

  function take(item: EdifactItem): EdifactMessage[] {
    if (item.kind === 'oddity') {
      find(item.code, item)
      return []
    }
    if (item.kind === 'quarantined') {
      find(item.reason, item)
      open?.parts.push(item)
      if (open !== null) open.count++
      // outside of any message it may still be a person, whom the header before it does not make less of one
      else if (item.elements.length > 2) begin(null, item).parts.push(item)
      return []
    }
    if (/^UN[BGHTEZ]$/.test(item.tag)) return takeService(item)
    const message = open ?? begin(null, item)
    message.parts.push(item)
    message.count++
    return []
  }

  function end(): (EdifactMessage | EdifactEnd)[] {
    const done = closeOpen({})
    if (interchange !== null) endInterchange(null)
    return [...done, { kind: 'end', interchanges, findings: loose }]
  }

  return { take, end }
}

function readInterchange(header: Segment): Interchange {
  return {
    sender: valueAt(header, 1),
    recipient: valueAt(header, 2),
    prepared: valuesAt(header, 3).join(':'),
    reference: valueAt(header, 4),
    applicationReference: valueAt(header, 6),
  }
}
