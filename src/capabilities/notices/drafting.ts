import { fault } from '#capabilities/notices/faults'
import { checkForm } from '#capabilities/notices/form-check'
import { movedTo } from '#capabilities/notices/lifecycle'
import { answerKind, type Ended, type Notice, type NoticeAnswer, noticeKind } from '#capabilities/notices/record'
import { lifetimeOf, rulesFor, runsOut } from '#capabilities/notices/rule-data'
import { recipientsOf, reviewerOf } from '#capabilities/notices/standing'
import { eventRow, type NoticeRow } from '#capabilities/notices/store'
import type { RecordId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import { firstVersion, nextVersion } from '#protocol/draft'
import type { Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change, Dispatch, RowWrite } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

/** What the issuer does with a notice of its own. */

export interface Work {
  readonly caller: Caller
  readonly now: Date
  readonly directory: Directory
}

export interface Input {
  readonly handling: Handling
  readonly body: Notice
}

interface Drafted {
  readonly change: Change
  readonly id: RecordId
}

/** A draft may lack anything that its type asks for; it may not ask for more than its type allows, nor live longer. */
export function draftNotice(input: Input, { caller, now, directory }: Work): Drafted {
  const me = caller.actor.member.id
  const handling = handlingOf(input, { owner: me, now, directory })
  const draft = firstVersion({ kind: noticeKind, owner: me, now, handling, body: input.body })
  const caption = noticeKind.caption(input.body)
  const { type, channel } = input.body
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption, readers: [] }],
      rows: [
        {
          op: 'insert',
          table: 'notices',
          values: {
            id: draft.id,
            role: 'issuer',
            type,
            channel,
            owner: me,
            place: 'draft',
            version: 1,
            hash: '',
            expires_at: handling.expiresAt,
            updated_at: now,
          },
        },
        event(draft.id, 'draft', { caller, now }),
      ],
      touched: [{ type: 'notice', id: draft.id }],
      audit: [audited('collect', caller, { object: draft })],
    },
  }
}

/** A new version. What is in force stays in force, at those who hold it, until the new one has passed the review. */
export function amendNotice(
  current: RecordView<Notice>,
  input: Input & { readonly expected: number },
  { row, ...work }: Work & { readonly row: NoticeRow },
): Change {
  const { caller, now } = work
  checkIssuer(row)
  if (current.version !== input.expected)
    throw fault(
      'notices/stale',
      `Version ${current.version} is current; you changed version ${input.expected}. Read it again and repeat the change.`,
      { details: { current: current.version } },
    )
  if (input.body.type !== row.type || input.body.channel !== row.channel)
    throw fault('notices/not-now', 'A notice keeps its type and channel: draft another one.')
  const place = movedTo(row.place, 'amend', 'issuer') ?? movedTo(row.place, 'update', 'issuer')
  if (place === undefined) throw fault('notices/not-now', `The notice is ${row.place}: it cannot be changed now.`)
  const handling = handlingOf(input, { owner: current.owner, now, directory: work.directory })
  const draft = nextVersion(current, { now, handling, body: input.body })
  const values = { place: 'draft', version: draft.version, hash: '', expires_at: handling.expiresAt, updated_at: now }
  return {
    records: [{ record: draft, caption: noticeKind.caption(input.body) }],
    rows: [
      { op: 'update', table: 'notices', where: { id: row.id, version: row.version }, values, expect: 1 },
      event(row.id, 'amend', work),
    ],
    touched: [{ type: 'notice', id: row.id }],
    audit: [audited('change', caller, { object: draft })],
  }
}

/** To the reviewer, and to nobody else, once nothing is missing that would have it refused. */
export function submitNotice(
  current: RecordView<Notice>,
  { row, ...work }: Work & { readonly row: NoticeRow },
): Change {
  const { caller, now, directory } = work
  checkIssuer(row)
  const place = movedTo(row.place, 'submit', 'issuer')
  if (place === undefined) throw fault('notices/not-now', `The notice is ${row.place}: it cannot be submitted now.`)
  refuseGaps(current.body, now)
  const reviewer = reviewerOf(row, directory)
  if (reviewer === undefined)
    throw fault('notices/no-reviewer', 'The directory names no secretariat that could review a notice.', {
      rule: 'RPD 86',
    })
  if (recipientsOf(current.body.to, directory, [row.owner, reviewer]).length === 0)
    throw fault('notices/nobody-to-send-to', 'Nobody in the directory is among those for whom the notice is meant.')
  const send: Dispatch[] =
    reviewer === row.owner
      ? []
      : [
          {
            to: reviewer,
            purpose: purposeOf(current.handling, caller.purpose),
            content: { kind: 'record', id: row.id, version: current.version },
          },
        ]
  const values = {
    place,
    version: current.version,
    hash: current.hash,
    due_at: runsOut('notices.review', now),
    due_rule: 'notices.review',
    proposal: null,
    updated_at: now,
  }
  return {
    rows: [
      { op: 'update', table: 'notices', where: { id: row.id, place: row.place }, values, expect: 1 },
      event(row.id, 'submit', work),
    ],
    send,
    touched: [{ type: 'notice', id: row.id }],
    audit: [audited('disclose', caller, { object: current, recipient: reviewer })],
  }
}

/** What the reviewer asked, answered. A change of the notice itself is an amendment. */
export function answerReviewer(
  current: RecordView<Notice>,
  text: string,
  { row, ...work }: Work & { readonly row: NoticeRow },
): Drafted {
  const { caller, now, directory } = work
  checkIssuer(row)
  const place = movedTo(row.place, 'answer', 'issuer')
  const reviewer = reviewerOf(row, directory)
  if (place === undefined || reviewer === undefined)
    throw fault('notices/not-now', `Nothing is asked: the notice is ${row.place}.`)
  const body: NoticeAnswer = { about: row.id, version: row.version, text }
  const handling: Handling = {
    ...(current.handling as Handling),
    audience: { members: reviewer === row.owner ? [] : [reviewer], groups: [], sectors: [] },
  }
  const draft = firstVersion({ kind: answerKind, owner: row.owner, now, handling, body })
  const values = { place, due_at: runsOut('notices.review', now), due_rule: 'notices.review', updated_at: now }
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: answerKind.caption(body) }],
      rows: [
        { op: 'update', table: 'notices', where: { id: row.id, place: row.place }, values, expect: 1 },
        event(row.id, 'answer', work, text),
      ],
      send:
        reviewer === row.owner
          ? []
          : [
              {
                to: reviewer,
                purpose: purposeOf(draft.handling, caller.purpose),
                content: { kind: 'record', id: draft.id, version: 1 },
              },
            ],
      touched: [{ type: 'notice', id: row.id }],
      audit: [audited('disclose', caller, { object: draft, recipient: reviewer })],
    },
  }
}

/** The issuer takes it back, or it has done its work: every holder is told, and gives back what it has (RPD 81). */
export function endNotice(
  current: RecordView<Notice>,
  { how, reason }: Pick<Ended, 'how' | 'reason'>,
  { row, holders, ...work }: Work & { readonly row: NoticeRow; readonly holders: readonly string[] },
): Change {
  const { caller, now } = work
  checkIssuer(row)
  const place = movedTo(row.place, how === 'executed' ? 'execute' : 'withdraw', 'issuer')
  if (place === undefined) throw fault('notices/not-now', `The notice is ${row.place}: it cannot be ended as ${how}.`)
  const purpose = purposeOf(current.handling, caller.purpose)
  return {
    states: [{ id: row.id, state: 'withdrawn' }],
    rows: [
      {
        op: 'update',
        table: 'notices',
        where: { id: row.id, place: row.place },
        values: { place, due_at: null, due_rule: null, proposal: null, updated_at: now },
        expect: 1,
      },
      event(row.id, place, work, reason),
    ],
    send: holders.map((to) => ({ to, purpose, content: { kind: 'recall', id: row.id, state: 'withdrawn', reason } })),
    touched: [{ type: 'notice', id: row.id }],
    audit: [audited('change', caller, { object: current, reason, details: { how } })],
  }
}

/** Throws `notices/incomplete` with what is missing, where, and which article asks for it. */
export function refuseGaps(body: Notice, now: Date): void {
  const { gaps, passes, complete } = checkForm(body, now)
  if (passes) return
  const blocking = gaps.filter((it) => it.weight === 'blocks')
  throw fault(
    'notices/incomplete',
    `The notice would be refused: ${blocking.map((it) => `${it.requirement} (${it.at})`).join(', ')}.`,
    { rule: blocking[0]!.rule, details: { complete, gaps: gaps.map((it) => ({ ...it })) } },
  )
}

function checkIssuer(row: NoticeRow): void {
  if (row.role !== 'issuer')
    throw fault('notices/not-yours', `The notice is that of ${row.owner}.`, { rule: 'owner-only' })
}

/** The audience is that of the notice, and the reviewer; the category and the life are such as the type allows. */
function handlingOf(
  { handling, body }: Input,
  { owner, now, directory }: { owner: string; now: Date; directory: Directory },
): Handling {
  const rules = rulesFor(body.type)
  if (!rules.categories.includes(handling.category))
    throw fault('notices/category', `A ${body.type} notice is about: ${rules.categories.join(', ')}.`, {
      rule: `RPD ${rules.rpd}`,
    })
  const { expiresAt } = lifetimeOf(body.type, now)
  if (handling.expiresAt > expiresAt)
    throw fault('notices/lifetime', `A ${body.type} notice lives until ${expiresAt.slice(0, 10)} at the longest.`, {
      rule: 'RPD 49',
    })
  const reviewer = reviewerOf({ channel: body.channel, owner }, directory)
  const members = [
    ...new Set([...body.to.members, ...(reviewer === undefined || reviewer === owner ? [] : [reviewer])]),
  ]
  return { ...handling, audience: { ...body.to, members } }
}

function event(notice: string, what: string, { caller, now }: Pick<Work, 'caller' | 'now'>, note?: string): RowWrite {
  const { member, person } = caller.actor
  return eventRow({ notice, at: now, what, member: member.id, person: person?.id, note })
}
