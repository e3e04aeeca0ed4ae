import type { Work } from '#capabilities/notices/drafting'
import { fault } from '#capabilities/notices/faults'
import { isInForce } from '#capabilities/notices/lifecycle'
import {
  type Notice,
  type NoticeReport,
  type NoticeResponse,
  reportKind,
  responseKind,
} from '#capabilities/notices/record'
import { isActedOn, reviewerOf } from '#capabilities/notices/standing'
import { eventRow, type NoticeRow } from '#capabilities/notices/store'
import type { RecordId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import type { Handling, Mark } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change, Dispatch } from '#store/change'
import type { RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

/** What a receiving state does: its own legal gate, and the report when the person was met. */

interface Holding extends Work {
  readonly row: NoticeRow
}

export interface ResponseInput extends Omit<NoticeResponse, 'about' | 'version'> {}

/**
 * A person of this node takes the notice, limits it, notes a caveat or refuses it, before any officer sees it or later. The
 * ground goes to the secretariat alone: the issuer learns what national law does, not why, still less who protects whom.
 */
export function respond(
  notice: RecordView<Notice>,
  input: ResponseInput,
  { row, ...work }: Holding,
): { change: Change; id: RecordId } {
  const { caller, now, directory } = work
  if (row.role !== 'holder') throw fault('notices/not-now', 'Only who received a notice answers it under its own law.')
  const me = caller.actor.member.id
  const reviewer = reviewerOf(row, directory)
  const members = [...new Set([row.owner, ...(reviewer === undefined || reviewer === me ? [] : [reviewer])])]
  const { ground, ...open } = input
  const body: NoticeResponse = {
    about: row.id,
    version: row.version,
    ...open,
    ...(ground === undefined ? {} : { ground }),
  }
  const confidential: Record<string, Mark> =
    ground === undefined
      ? {}
      : { '/body/ground': { audience: { members: members.filter((it) => it !== row.owner), groups: [], sectors: [] } } }
  const handling: Handling = { ...notice.handling, onward: 'no', audience: { members, groups: [], sectors: [] } }
  const draft = firstVersion({ kind: responseKind, owner: me, now, handling, body, marks: confidential })
  const purpose = purposeOf(handling, caller.purpose)
  const refused = input.answer === 'refused'
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: responseKind.caption(body) }],
      rows: [
        {
          op: 'update',
          table: 'notices',
          where: { id: row.id, version: row.version, place: row.place },
          values: {
            local: input.answer,
            bound: input.answer === 'limited' ? (input.action ?? 'none') : null,
            due_at: null,
            due_rule: null,
            updated_at: now,
          },
          expect: 1,
        },
        eventRow({
          notice: row.id,
          at: now,
          what: `answer-${input.answer}`,
          member: me,
          person: caller.actor.person?.id,
          note: input.note,
          details: { ground: ground ?? null, action: input.action ?? null },
        }),
      ],
      held: [{ id: row.id, held: refused || !isInForce(row.place) }],
      send: members.map((to): Dispatch => ({ to, purpose, content: { kind: 'record', id: draft.id, version: 1 } })),
      touched: [{ type: 'notice', id: row.id }],
      audit: [audited('adjudicate', caller, { object: notice, reason: input.note, details: { answer: input.answer } })],
    },
  }
}

/** The locating state tells the requester, and the secretariat, at once (RPD 87). */
export function reportFound(
  notice: RecordView<Notice>,
  input: Omit<NoticeReport, 'about'>,
  { row, ...work }: Holding,
): { change: Change; id: RecordId } {
  const { caller, now, directory } = work
  if (row.role !== 'holder' || !isActedOn(row))
    throw fault('notices/not-now', 'Nothing is reported on a notice that is not in force here.', { rule: 'RPD 87' })
  const me = caller.actor.member.id
  const reviewer = reviewerOf(row, directory)
  const members = [...new Set([row.owner, ...(reviewer === undefined || reviewer === me ? [] : [reviewer])])]
  const body: NoticeReport = { about: row.id, ...input }
  const handling: Handling = { ...notice.handling, onward: 'no', audience: { members, groups: [], sectors: [] } }
  const draft = firstVersion({ kind: reportKind, owner: me, now, handling, body })
  const purpose = purposeOf(handling, caller.purpose)
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: reportKind.caption(body) }],
      rows: [
        eventRow({
          notice: row.id,
          at: now,
          what: input.what,
          member: me,
          person: caller.actor.person?.id,
          note: input.measures,
          details: { place: input.place, at: input.at },
        }),
      ],
      send: members.map((to): Dispatch => ({ to, purpose, content: { kind: 'record', id: draft.id, version: 1 } })),
      touched: [{ type: 'notice', id: row.id }],
      audit: [audited('disclose', caller, { object: notice, recipient: row.owner, details: { what: input.what } })],
    },
  }
}
