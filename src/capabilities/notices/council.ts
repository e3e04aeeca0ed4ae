import { movedTo, type Place } from '#capabilities/notices/lifecycle'
import { type Notice, NoticeSubject, namesOf, noticeKind, noticeSchemata } from '#capabilities/notices/record'
import { factors, lifetimeOf } from '#capabilities/notices/rule-data'
import type { Proposal } from '#capabilities/notices/standing'
import { asJson, eventRow, type NoticeRow } from '#capabilities/notices/store'
import { firstVersion, nextVersion } from '#protocol/draft'
import type { FtmEntity } from '#protocol/ftm-entity'
import type { Handling } from '#protocol/handling'
import { hasProperty } from '#protocol/vocabulary'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'
import type { RecordRow } from '#store/tables'
import measures from './council-measures.json' with { type: 'json' }

/**
 * Special notices from the list of the Security Council (RPD 95; UNSCR 1617): one for each entry, changed with it, cancelled when
 * it is delisted. The Council has decided; one person brings its decision in, another confirms it, as with every notice.
 */

export interface ListedEntry {
  /** The permanent reference of the list. */
  readonly reference: string
  readonly programmes: readonly string[]
  readonly entity: FtmEntity
}

export interface Known {
  readonly row: NoticeRow
  readonly record: RecordRow
  readonly notice: Notice
}

interface Preparing {
  readonly caller: Caller
  readonly now: Date
}

export interface Prepared {
  readonly change: Change
  readonly drafted: number
  readonly changed: number
  readonly cancelled: number
}

const kept = [
  'name',
  'alias',
  'weakAlias',
  'previousName',
  'firstName',
  'lastName',
  'gender',
  'birthDate',
  'birthPlace',
  'nationality',
  'passportNumber',
  'idNumber',
  'country',
  'imoNumber',
  'title',
  'position',
] as const
const longest = 500
const most = 40

export function subjectOfEntry({ entity }: ListedEntry): NoticeSubject | undefined {
  const schema = noticeSchemata.find((it) => it === entity.schema)
  if (schema === undefined) return undefined
  const properties: Record<string, string[]> = {}
  for (const name of kept) {
    const values = (entity.properties[name] ?? [])
      .map((it) => it.trim().slice(0, longest))
      .filter((it) => it !== '')
      .slice(0, most)
    if (values.length > 0 && hasProperty(schema, name)) properties[name] = values
  }
  const parsed = NoticeSubject.safeParse({ schema, properties })
  return parsed.success && namesOf(parsed.data).length > 0 ? parsed.data : undefined
}

function noticeOf(entry: ListedEntry, subject: NoticeSubject): Notice {
  const known = entry.programmes.flatMap(
    (it) => (measures.programmes as Readonly<Record<string, readonly string[]>>)[it] ?? [],
  )
  const stated = known.length > 0 ? [...new Set(known)] : measures.default
  return {
    type: 'unsc-special',
    channel: 'notice',
    reference: entry.reference,
    to: { members: [], groups: [], sectors: ['state', 'organisation', 'financial'] },
    subject,
    council: { reference: entry.reference, measures: stated as ['assets-freeze'] },
    asked: 'inquiry-check',
    discreet: false,
    sought: [],
    publicExtract: true,
  }
}

function headerOf({ now }: Preparing): Handling {
  return {
    audience: { members: [], groups: [], sectors: ['state', 'organisation', 'financial'] },
    tlp: 'CLEAR',
    codes: [],
    purposes: ['sanctions-implementation', 'counter-terrorism', 'border-security'],
    onward: 'audience',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'listed',
    nature: 'fact',
    basis: { instrument: 'UNSCR 1617 (2005)', provision: 'RPD 95' },
    ...lifetimeOf('unsc-special', now),
  }
}

/** What the list asks for beyond what is there, proposed by this person; a second one confirms. */
export function prepareCouncil(
  entries: readonly ListedEntry[],
  known: ReadonlyMap<string, Known>,
  work: Preparing,
): Prepared {
  const changes: Change[] = []
  let [drafted, changed, cancelled] = [0, 0, 0]
  const listed = new Set(entries.map((it) => it.reference))
  for (const entry of entries) {
    const subject = subjectOfEntry(entry)
    const before = known.get(entry.reference)
    if (subject === undefined) continue
    const notice = noticeOf(entry, subject)
    if (before === undefined) {
      changes.push(draftOf(notice, work))
      drafted++
    } else if (before.row.place === 'published' && isOther(before.notice, notice)) {
      changes.push(versionOf(before, notice, work))
      changed++
    }
  }
  for (const [reference, it] of known) {
    if (listed.has(reference) || movedTo(it.row.place, 'cancel', 'reviewer') === undefined) continue
    changes.push(cancelling(it, work))
    cancelled++
  }
  return { change: joined(changes), drafted, changed, cancelled }
}

const isOther = (a: Notice, b: Notice): boolean =>
  JSON.stringify([a.subject, a.council]) !== JSON.stringify([b.subject, b.council])

function draftOf(body: Notice, work: Preparing): Change {
  const { caller, now } = work
  const me = caller.actor.member.id
  const draft = firstVersion({ kind: noticeKind, owner: me, now, handling: headerOf(work), body })
  const values = {
    id: draft.id,
    role: 'issuer',
    type: body.type,
    channel: body.channel,
    owner: me,
    place: waysTo('draft'),
    version: 1,
    hash: '',
    proposal: proposalOf('published', body.reference, work),
    expires_at: draft.handling.expiresAt,
    updated_at: now,
  }
  return {
    records: [{ record: draft, caption: noticeKind.caption(body) }],
    rows: [{ op: 'insert', table: 'notices', values }, event(draft.id, work, body.reference)],
    touched: [{ type: 'notice', id: draft.id }],
    audit: [audited('collect', caller, { object: draft })],
  }
}

function versionOf({ row, record }: Known, body: Notice, work: Preparing): Change {
  const draft = nextVersion(record, { now: work.now, handling: headerOf(work), body })
  const values = {
    place: waysTo(movedTo(row.place, 'update', 'issuer')!),
    version: draft.version,
    proposal: proposalOf('published', body.reference, work),
    expires_at: draft.handling.expiresAt,
    updated_at: work.now,
  }
  return {
    records: [{ record: draft, caption: noticeKind.caption(body) }],
    rows: [
      { op: 'update', table: 'notices', where: { id: row.id, version: row.version }, values, expect: 1 },
      event(row.id, work, body.reference),
    ],
    touched: [{ type: 'notice', id: row.id }],
    audit: [audited('change', work.caller, { object: draft })],
  }
}

function cancelling({ row, notice }: Known, work: Preparing): Change {
  const values = { proposal: proposalOf('cancelled', notice.reference, work), updated_at: work.now }
  return {
    rows: [
      { op: 'update', table: 'notices', where: { id: row.id, version: row.version }, values, expect: 1 },
      event(row.id, work, `${notice.reference}: no longer on the list`),
    ],
    touched: [{ type: 'notice', id: row.id }],
    audit: [],
  }
}

/** Submitted and taken up in one: who brings the decision of the Council in is the first of the two reviewers. */
function waysTo(place: Place): Place {
  const submitted = movedTo(place, 'submit', 'issuer')
  return submitted === undefined ? place : movedTo(submitted, 'take', 'reviewer')!
}

function proposalOf(outcome: 'published' | 'cancelled', reference: string, { caller, now }: Preparing) {
  const because = `The Security Council has decided (${reference}); its committee and Ombudsperson examine the case.`
  const proposal: Proposal = {
    outcome,
    reason: outcome === 'cancelled' ? 'purpose-met' : null,
    note: outcome === 'cancelled' ? `Delisted: ${reference}` : `Listed: ${reference}`,
    findings: factors.map(({ factor }) => ({ factor, weighs: 'neither', because })),
    person: caller.actor.person!.id,
    at: now.toISOString(),
  }
  return asJson(proposal)
}

function event(notice: string, { caller, now }: Preparing, note: string): RowWrite {
  const { member, person } = caller.actor
  return eventRow({ notice, at: now, what: 'propose', member: member.id, person: person?.id, note })
}

/** Changes that touch different notices, as one. */
export function joined(changes: readonly Change[]): Change {
  return {
    records: changes.flatMap((it) => it.records ?? []),
    states: changes.flatMap((it) => it.states ?? []),
    held: changes.flatMap((it) => it.held ?? []),
    rows: changes.flatMap((it) => it.rows ?? []),
    send: changes.flatMap((it) => it.send ?? []),
    touched: changes.flatMap((it) => it.touched ?? []),
    audit: changes.flatMap((it) => it.audit),
  }
}
