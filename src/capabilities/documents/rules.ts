import { createCollector, type DeclaredEntry } from '#capabilities/documents/collect'
import { fault } from '#capabilities/documents/faults'
import { checkIssuer } from '#capabilities/documents/issuer'
import { rangeOf, tailOf } from '#capabilities/documents/range'
import {
  countsOf,
  type Declaration,
  type DeclaredRange,
  declarationKind,
  numbersOf,
} from '#capabilities/documents/record'
import type { RecordId } from '#kernel/ids'
import { decide } from '#policy/decide'
import { rulesAsking } from '#policy/four-eyes'
import { type Directory, partyOf } from '#protocol/directory'
import { firstVersion } from '#protocol/draft'
import { effective, type Handling, inAudience, type Purpose } from '#protocol/handling'
import type { RecordDraft } from '#protocol/record'
import { audited } from '#store/audited'
import type { Change, Dispatch } from '#store/change'
import type { Caller } from '#store/reader'
import type { RecordRow } from '#store/tables'
import { distribute } from '#wire/distribute'

export interface Work {
  readonly caller: Caller
  readonly now: Date
  readonly directory: Directory
}

/** For what declarations are looked up: a header that does not allow it would make them useless. */
export const lookUpPurpose: Purpose = 'border-security'

export const today = (now: Date) => now.toISOString().slice(0, 10)

/** Throws a fault when declarations may not be made under this header, or may not go where it says. */
export function checkHeader(handling: Handling, { now }: Pick<Work, 'now'>): void {
  if (handling.category !== 'none')
    throw fault(
      'documents/personal',
      'A declaration is about a document and says nothing of its holder: category none.',
    )
  if (!handling.purposes.includes(lookUpPurpose))
    throw fault('documents/purpose', `Documents are looked up for ${lookUpPurpose}: the header has to allow it.`, {
      rule: 'purpose',
    })
  if (handling.expiresAt <= now.toISOString() || handling.reviewAt > handling.expiresAt)
    throw fault('documents/dates', 'A declaration expires in the future, and is reviewed before it expires.', {
      rule: 'protocol point 3: review and expiry',
    })
}

/** One record of what was declared, sent at once to those whom its header names. */
export function declareDocuments(
  body: Declaration,
  handling: Handling,
  { caller, now, directory }: Work,
): { readonly change: Change; readonly id: RecordId; readonly recipients: readonly string[] } {
  const owner = caller.actor.member.id
  checkIssuer(directory, owner, body.issuer)
  checkHeader(handling, { now })
  const draft = firstVersion({ kind: declarationKind, owner, now, handling, body })
  const recipients = membersIn(handling, directory, owner)
  checkSecondPerson(draft, { recipients, now, directory })
  const sent = sendTo(draft, recipients, { now, directory })
  return {
    id: draft.id,
    recipients,
    change: {
      records: [{ record: draft, caption: declarationKind.caption(body) }],
      send: sent,
      audit: [
        audited('collect', caller, { object: draft, details: { ...countsOf(body) } }),
        ...recipients.map((recipient) => audited('disclose', caller, { object: draft, recipient })),
      ],
    },
  }
}

function membersIn({ audience }: Handling, directory: Directory, owner: string): string[] {
  return directory.members
    .filter((it) => it.id !== owner && !it.suspended && inAudience(audience, partyOf(directory, it.id)) !== false)
    .map((it) => it.id)
}

/** Where a second person has to look first, the declarations wait at home, and are shared like any record. */
function checkSecondPerson(
  draft: RecordDraft,
  { recipients, now, directory }: Pick<Work, 'now' | 'directory'> & { readonly recipients: readonly string[] },
): void {
  if (recipients.length === 0) return
  const { handling, body, owner } = draft
  const [rule] = rulesAsking({
    act: 'share',
    handling,
    body,
    audience: handling.audience,
    marks: {},
    since: [],
    directory,
    owner,
    now,
  })
  if (rule !== undefined)
    throw fault('documents/second-person', `${rule.text} Declare for this office alone, then share the record.`, {
      rule: `four-eyes: ${rule.id}`,
    })
}

function sendTo(draft: RecordDraft, members: readonly string[], { now, directory }: Pick<Work, 'now' | 'directory'>) {
  const { send, refused } = distribute(draft, { members, purpose: lookUpPurpose, directory, now })
  const [first] = refused
  if (first !== undefined)
    throw fault('documents/refused', `${first.member}: ${first.because[0]?.text}`, {
      rule: first.because[0]?.rule ?? '',
    })
  return send
}

export interface Ended {
  readonly number: string
  readonly kind: string
  readonly status: 'recovered' | 'removed'
  readonly declaredAt: string
}

/** A declaration of our own in which documents stand, and who holds it. */
export interface Declared {
  readonly row: Pick<RecordRow, 'id' | 'owner' | 'state' | 'handling' | 'held' | 'readers'>
  readonly holders: readonly string[]
  readonly documents: readonly Ended[]
}

/**
 * Documents that were found again, or declared in error: a further declaration beside each one in which they stand, under its
 * header and to all who hold it, so that nobody goes on with the one without the other.
 */
export function endDeclarations(
  declared: readonly Declared[],
  issuer: string,
  { caller, now, directory }: Work,
): {
  readonly change: Change
  readonly records: readonly { readonly id: RecordId; readonly members: readonly string[] }[]
} {
  const owner = caller.actor.member.id
  checkIssuer(directory, owner, issuer)
  const made = declared.map(({ row, holders, documents }) => {
    const subject = { owner: row.owner, handling: effective(row.handling), state: row.state, readers: row.readers }
    const may = decide(caller.actor, 'change', subject, { now })
    if (!may.permit) throw fault('documents/refused', may.because[0]!.text, { rule: may.because[0]!.rule })
    const collector = createCollector()
    for (const it of documents) collector.add(it)
    const handling = row.handling as Handling
    const draft = firstVersion({ kind: declarationKind, owner, now, handling, body: collector.take(issuer) })
    const { send } = distribute(draft, { members: holders, purpose: lookUpPurpose, directory, now })
    return { draft, send }
  })
  return {
    records: made.map(({ draft, send }) => ({ id: draft.id, members: send.map((it) => it.to) })),
    change: {
      records: made.map(({ draft }) => ({ record: draft, caption: declarationKind.caption(bodyOf(draft)) })),
      send: made.flatMap((it): Dispatch[] => it.send),
      audit: made.map(({ draft }) =>
        audited('collect', caller, { object: draft, details: { ...countsOf(bodyOf(draft)) } }),
      ),
    },
  }
}

const bodyOf = ({ body }: RecordDraft) => body as unknown as Declaration

interface Said {
  readonly number: string
  readonly kind: string
  readonly status: string
}

/** Whether a declaration says this of a document. */
export function saysOf(
  { groups, ranges }: Pick<Declaration, 'groups' | 'ranges'>,
  { number, kind, status }: Said,
): boolean {
  return (
    groups.some((it) => it.kind === kind && it.status === status && numbersOf(it).includes(number)) ||
    ranges.some((it) => it.kind === kind && it.status === status && isIn(it, number))
  )
}

function isIn({ from, to }: DeclaredRange, number: string): boolean {
  const [range, at] = [rangeOf(from, to), tailOf(number)]
  if (range === null || at === null || number.length !== range.length || at.prefix !== range.prefix) return false
  return range.low <= at.tail && at.tail <= range.high
}

/** Every document once: of two statements on one day neither would be the later. Throws `documents/twice`. */
export function checkOnce(entries: readonly DeclaredEntry[]): void {
  const seen = new Set<string>()
  for (const { kind, number } of entries) {
    const name = `${kind} ${number}`
    if (seen.has(name)) throw fault('documents/twice', 'A document stands in it twice. Name it once.')
    seen.add(name)
  }
}

/** At both ends: a date that lies ahead would outlive every later word on the document. Throws `documents/dates`. */
export function checkDates(
  { groups, ranges }: Pick<Declaration, 'groups' | 'ranges'>,
  now: Date,
  toleranceDays = 0,
): void {
  const last = today(new Date(now.getTime() + toleranceDays * 86_400_000))
  const ahead = [...groups, ...ranges].find((it) => it.declaredAt > last)
  if (ahead !== undefined)
    throw fault('documents/dates', `${ahead.declaredAt} lies ahead: a declaration is dated when it was made.`)
}
