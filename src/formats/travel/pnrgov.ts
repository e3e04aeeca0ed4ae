import type { Chunks } from '#formats/text'
import type { EdifactLimits } from '#formats/travel/edifact'
import { type EdifactEnd, type EdifactMessage, type Interchange, readMessages } from '#formats/travel/edifact-messages'
import { type Quarantined, type Segment, valueAt } from '#formats/travel/edifact-segment'
import { knownTags } from '#formats/travel/edifact-separators'
import { type Finding, type FindingCode, type FindingPlace, finding } from '#formats/travel/findings'
import { type PnrLeg, readLeg } from '#formats/travel/pnr-legs'
import { type PnrRecord, startRecord } from '#formats/travel/pnr-record'
import { sensitiveVersion } from '#formats/travel/pnr-sensitive'

export interface PnrgovMessage {
  readonly kind: 'message'
  readonly interchange: Interchange | null
  readonly type: string
  readonly version: string
  readonly reference: string
  readonly sequence: string
  /** The flight that the message is about. */
  readonly flight: PnrLeg | null
  /** Who sent it: ORG before the first record. */
  readonly originator: string
  readonly records: readonly PnrRecord[]
  /** EQN as it stands; null when missing. */
  readonly statedCount: number | null
  /** How much was left out because it can reveal what must not be processed, by class. */
  readonly leftOut: readonly { readonly what: string; readonly count: number }[]
  /** Version of the table that said so. */
  readonly sensitiveVersion: string
  readonly findings: readonly Finding[]
}

export interface PnrgovOptions extends EdifactLimits {
  /** ISO date against which centuries are resolved. */
  readonly today: string
}

/**
 * Reads passenger name records (PNRGOV 10.1 to 15.1). Every traveller of every record is kept, with or without documents. Meals,
 * services that tell of health, other services that no table keeps, and free text other than contacts are left out while
 * reading and only counted; of a card the last four digits stay. Findings show no text that could hold any of them.
 */
export async function* readPnrgov(chunks: Chunks, options: PnrgovOptions): AsyncGenerator<PnrgovMessage | EdifactEnd> {
  for await (const item of readMessages(chunks, options)) {
    if (item.kind === 'message') yield readRecords(item, options.today)
    else yield { ...item, findings: item.findings.map(withoutText) }
  }
}

function readRecords(message: EdifactMessage, today: string): PnrgovMessage {
  const findings: Finding[] = [...message.findings]
  const leftOut = new Map<string, number>()
  const records: PnrRecord[] = []
  let flight: PnrLeg | null = null
  let originator = ''
  let stated: { count: number; segment: Segment } | null = null
  let open: { record: ReturnType<typeof startRecord>; offset: number } | null = null
  const find = (code: FindingCode, place?: FindingPlace) => findings.push(finding(code, place))
  const leaveOut = (what: string) => leftOut.set(what, (leftOut.get(what) ?? 0) + 1)

  if (message.type !== '' && message.type !== 'PNRGOV')
    find('wrong-message-type', { values: { wanted: 'PNRGOV', found: message.type } })

  function begin(offset: number, isExplicit: boolean) {
    close()
    if (!isExplicit) find('missing-record', { offset })
    open = { record: startRecord({ today, find, leaveOut }), offset }
    return open.record
  }

  function close() {
    if (open === null) return
    const done = open.record.end(open.offset)
    findings.push(...done.findings)
    records.push(done.record)
    open = null
  }

  function takeHeader(segment: Segment) {
    if (segment.tag === 'TVL') flight ??= readLeg(segment, today, false)
    else if (segment.tag === 'ORG') originator ||= valueAt(segment, 0)
    else if (segment.tag === 'EQN') {
      const count = valueAt(segment, 0)
      if (/^\d{1,6}$/.test(count)) stated ??= { count: Number(count), segment }
    } else if (opensRecord.has(segment.tag)) begin(segment.offset, false).take(segment)
  }

  function take(part: Segment | Quarantined) {
    if (part.kind === 'quarantined') {
      ;(open?.record ?? startRecordFor(part))?.rescue(part)
      return
    }
    if (part.tag === 'SRC') begin(part.offset, true)
    else if (!knownTags.has(part.tag)) {
      if (!(open?.record.rescue(part) ?? false)) find('unknown-segment', part)
    } else if (open === null) takeHeader(part)
    else open.record.take(part)
  }

  /** A damaged piece before any record opens one only when there is a traveller in it. */
  function startRecordFor(part: Quarantined) {
    const isTraveller = startRecord({ today, find: () => {}, leaveOut: () => {} }).rescue(part)
    return isTraveller ? begin(part.offset, false) : null
  }

  for (const part of message.parts) take(part)
  close()

  if (stated !== null) checkCount(stated, records, find)
  return {
    kind: 'message',
    interchange: message.interchange,
    type: message.type,
    version: message.version,
    reference: message.reference,
    sequence: message.sequence,
    flight,
    originator,
    records,
    statedCount: (stated as { count: number } | null)?.count ?? null,
    leftOut: [...leftOut].map(([what, count]) => ({ what, count })),
    sensitiveVersion,
    findings: findings.map(withoutText),
  }
}

const opensRecord = new Set(['RCI', 'TIF', 'SSR', 'ADD', 'IFT', 'LTS', 'FOP', 'TRI', 'TBD', 'SSD', 'DAT', 'ABI', 'SAC'])

/** Senders give the records or the travellers there: either is right. */
function checkCount(
  { count, segment }: { count: number; segment: Segment },
  records: readonly PnrRecord[],
  find: (code: FindingCode, place?: FindingPlace) => void,
) {
  const travellers = records.reduce((sum, it) => sum + it.travellers.length, 0)
  if (count !== records.length && count !== travellers)
    find('wrong-record-count', { ...segment, values: { counted: records.length, stated: count } })
}

const shownTags = new Set([
  'UNA',
  'UNB',
  'UNG',
  'UNH',
  'UNT',
  'UNE',
  'UNZ',
  'MSG',
  'ORG',
  'TVL',
  'EQN',
  'SRC',
  'RCI',
  'DAT',
  'TIF',
])

/** The text of a finding stays only where no free text, service, document or card can stand. */
function withoutText(it: Finding): Finding {
  if (it.text === '') return it
  const tag = /^([A-Z]{3})(?![A-Z0-9])/.exec(it.text)?.[1]
  const isPlain = tag !== undefined && shownTags.has(tag) && !/SSR|IFT|LTS|FOP|OSI|SPML|\d{13}/.test(it.text)
  if (isPlain) return it
  const text = tag !== undefined && knownTags.has(tag) ? `${tag} (text withheld)` : ''
  return { ...it, text }
}
