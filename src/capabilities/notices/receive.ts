import { answerOf, decided, decisionMove } from '#capabilities/notices/arriving'
import { followUp, reachesHolders } from '#capabilities/notices/deciding'
import { refuseGaps } from '#capabilities/notices/drafting'
import { fault } from '#capabilities/notices/faults'
import { movedTo } from '#capabilities/notices/lifecycle'
import { localAction } from '#capabilities/notices/local-action'
import { flagsFor } from '#capabilities/notices/local-gate'
import { lawOf } from '#capabilities/notices/local-law'
import {
  Notice,
  NoticeAnswer,
  NoticeDecision,
  NoticeReport,
  NoticeResponse,
  RefusalMark,
} from '#capabilities/notices/record'
import { clock, runsOut } from '#capabilities/notices/rule-data'
import { recipientsOf, reviewerOf } from '#capabilities/notices/standing'
import {
  asFlags,
  asJson,
  eventRow,
  type NoticeRow,
  readNoticeRow,
  readRefusals,
  readShields,
} from '#capabilities/notices/store'
import { addTime, type TimeUnit } from '#kernel/clock'
import { findMember, partyOf } from '#protocol/directory'
import { inAudience } from '#protocol/handling'
import type { HeldRecord } from '#protocol/record'
import type { Change } from '#store/change'
import type { Store } from '#store/store'
import type { ReceivingRecord, RecordReceiver } from '#wire/receiver'

/**
 * A notice arrives: at the secretariat to be reviewed, at any other node to be acted on once the decision about this very
 * version is here too and the node's own gate is passed. Until then it is held: nobody but the reviewers of this node sees it.
 */
export const receiveNotice: RecordReceiver = async (record, receiving) => {
  const { store, identity, hash } = receiving
  const notice = Notice.parse(record.body)
  const now = store.clock.now()
  refuseGaps(notice, now)
  const reviewer = reviewerOf({ channel: notice.channel, owner: record.owner }, identity.directory())
  return reviewer === identity.me
    ? arriveForReview(record, notice, { store, hash, now })
    : arriveAtHolder(record, notice, receiving)
}

interface Arriving {
  readonly store: Store
  readonly hash: string
  readonly now: Date
}

async function arriveForReview(
  record: HeldRecord,
  notice: Notice,
  { store, hash, now }: Arriving,
): Promise<Partial<Change>> {
  const before = await readNoticeRow(store, record.id)
  const values = {
    ...headOf(record, notice, hash, now),
    role: 'reviewer',
    place: 'submitted',
    due_at: runsOut('notices.review', now),
    due_rule: 'notices.review',
    proposal: null,
    flags: [],
  }
  return {
    rows: [
      { op: 'upsert', table: 'notices', key: ['id'], values },
      eventRow({ notice: record.id, at: now, what: before === undefined ? 'submit' : 'update', member: record.owner }),
    ],
    held: [{ id: record.id, held: true }],
    touched: [{ type: 'notice', id: record.id }],
  }
}

async function arriveAtHolder(
  record: HeldRecord,
  notice: Notice,
  { store, identity, hash }: ReceivingRecord,
): Promise<Partial<Change>> {
  const now = store.clock.now()
  const directory = identity.directory()
  const { amount, unit } = clock('notices.refusals-remembered')
  const since = new Date(addTime(now, -amount, unit as TimeUnit))
  const [shields, refusals] = await Promise.all([
    readShields(store),
    readRefusals(store, { member: record.owner, since }),
  ])
  const sender = findMember(directory, record.owner)
  const here = { law: lawOf(store), country: findMember(directory, identity.me).country }
  const flags = flagsFor(notice, { shields, refusals: refusals.length, senderCountry: sender.country, now })
  const waits = flags.length > 0
  const values = {
    ...headOf(record, notice, hash, now),
    role: 'holder',
    place: 'in-review',
    local: waits ? 'review' : 'accepted',
    bound: null,
    flags: asFlags(flags),
    due_at: waits ? runsOut('notices.local-review', now) : null,
    due_rule: waits ? 'notices.local-review' : null,
  }
  return {
    rows: [
      { op: 'upsert', table: 'notices', key: ['id'], values },
      eventRow({
        notice: record.id,
        at: now,
        what: 'arrive',
        member: record.owner,
        details: { flags: asFlags(flags), ...localAction(notice.asked, here) },
      }),
    ],
    held: [{ id: record.id, held: true }],
    touched: [{ type: 'notice', id: record.id }],
  }
}

function headOf(record: HeldRecord, { type, channel }: Notice, hash: string, now: Date) {
  const { id, owner, version, handling } = record
  return { id, type, channel, owner, version, hash, expires_at: handling.expiresAt, updated_at: now }
}

/**
 * The reviewer has decided. Only the one whose review the notice needs can, and only about the version that it saw. What follows
 * at a holder is settled once it and the notice are both written (`settle.ts`): they come by two ways, in any order.
 */
export const receiveDecision: RecordReceiver = async (record, { store, identity }) => {
  const decision = NoticeDecision.parse(record.body)
  const now = store.clock.now()
  const row = await readNoticeRow(store, decision.about)
  const directory = identity.directory()
  if (row === undefined) {
    if (findMember(directory, record.owner).kind === 'secretariat' || record.owner === decision.originator) return {}
    throw fault('notices/not-reviewer', 'A decision on a notice comes from its reviewer.', { rule: 'RPD 86' })
  }
  if (record.owner !== reviewerOf(row, directory) || row.owner !== decision.originator)
    throw fault('notices/not-reviewer', 'A decision on a notice comes from its reviewer.', { rule: 'RPD 86' })
  if (row.role === 'holder') return {}
  const place = decisionMove(row, decision)
  const asked = decision.outcome === 'information-asked'
  const values = {
    ...(place === undefined ? {} : { place }),
    decision: asJson(answerOf(record)),
    due_at: asked ? runsOut('notices.answer', now) : null,
    due_rule: asked ? 'notices.answer' : null,
    updated_at: now,
  }
  return {
    rows: [{ op: 'update', table: 'notices', where: { id: row.id }, values }, decided(record, now)],
    send: row.role === 'issuer' && place !== undefined ? await sendOn(decision, { store, identity }) : [],
    touched: [{ type: 'notice', id: row.id }],
  }
}

async function sendOn(
  { outcome, about, version }: NoticeDecision,
  { store, identity }: Pick<ReceivingRecord, 'store' | 'identity'>,
): Promise<NonNullable<Change['send']>> {
  if (!reachesHolders(outcome)) return []
  const row = await store.db.selectFrom('records').selectAll().where('id', '=', about).executeTakeFirst()
  if (row === undefined || row.owner !== identity.me) return []
  const directory = identity.directory()
  const { to, channel } = Notice.parse(row.body)
  const recipients = recipientsOf(to, directory, [row.owner, reviewerOf({ channel, owner: row.owner }, directory)])
  return followUp({ id: about, version }, { outcome, recipients, purpose: row.handling.purposes[0]! })
}

/** The notice, if it is meant for that member; one answer for all others, who learn nothing of notices that are not theirs. */
async function readSentTo(
  about: string,
  member: string,
  { store, identity }: Pick<ReceivingRecord, 'store' | 'identity'>,
): Promise<NoticeRow> {
  const [row, record] = await Promise.all([readNoticeRow(store, about), store.reads.record.load(about)])
  const to = Notice.safeParse(record?.body).data?.to
  const meant = to !== undefined && inAudience(to, partyOf(identity.directory(), member)) !== false
  if (row === undefined || row.role === 'holder' || row.decision === null || !meant)
    throw fault('notices/unknown', 'This node sent no such notice to that member.')
  return row
}

/** What a holder does with it under its own law. */
export const receiveResponse: RecordReceiver = async (record, { store, identity }) => {
  const { about, answer, note, ground, action } = NoticeResponse.parse(record.body)
  await readSentTo(about, record.owner, { store, identity })
  return {
    rows: [
      eventRow({
        notice: about,
        at: store.clock.now(),
        what: `answer-${answer}`,
        member: record.owner,
        note,
        details: { ground: ground ?? null, action: action ?? null },
      }),
    ],
    touched: [{ type: 'notice', id: about }],
  }
}

export const receiveAnswer: RecordReceiver = async (record, { store }) => {
  const { about, text } = NoticeAnswer.parse(record.body)
  const row = await readNoticeRow(store, about)
  if (row === undefined || row.role !== 'reviewer' || row.owner !== record.owner)
    throw fault('notices/unknown', 'This node asked that member nothing about such a notice.')
  const now = store.clock.now()
  const place = movedTo(row.place, 'answer', 'issuer') ?? row.place
  const values = { place, due_at: runsOut('notices.review', now), due_rule: 'notices.review', updated_at: now }
  return {
    rows: [
      { op: 'update', table: 'notices', where: { id: about }, values },
      eventRow({ notice: about, at: now, what: 'answer', member: record.owner, note: text }),
    ],
    touched: [{ type: 'notice', id: about }],
  }
}

/** Located, or held: the issuer's clock for the extradition papers starts (RPD 87). */
export const receiveReport: RecordReceiver = async (record, { store, identity }) => {
  const { about, what, place, measures, at } = NoticeReport.parse(record.body)
  const row = await readSentTo(about, record.owner, { store, identity })
  const now = store.clock.now()
  const extradition = row.role === 'issuer' && row.type === 'red'
  const values = { due_at: runsOut('notices.wanted-extradition', now), due_rule: 'notices.wanted-extradition' }
  return {
    rows: [
      ...(extradition ? [{ op: 'update', table: 'notices', where: { id: about }, values } as const] : []),
      eventRow({ notice: about, at: now, what, member: record.owner, note: measures, details: { place, at } }),
    ],
    touched: [{ type: 'notice', id: about }],
  }
}

export const receiveRefusal: RecordReceiver = async (record, { identity }) => {
  const { member, type, channel, reason, at } = RefusalMark.parse(record.body)
  if (findMember(identity.directory(), record.owner).kind !== 'secretariat')
    throw fault('notices/not-reviewer', 'What is remembered of a sender comes from the secretariat.')
  const values = { id: record.id, member, type, channel, reason, at }
  return { rows: [{ op: 'insert', table: 'notice_refusals', values, orIgnore: true }] }
}
