import { permittedAction } from '#capabilities/screening/action'
import { Confirmation, type Feedback, Hit, HitAnswer } from '#capabilities/screening/record'
import { fault } from '#capabilities/screening/rules'
import { asJson, readHit } from '#capabilities/screening/store'
import { findMember } from '#protocol/directory'
import { readHoldings } from '#store/holdings'
import type { RecordReceiver } from '#wire/receiver'

/** A hit report reaches the owner of the record: it waits there for a confirmation, against the finder's clock. */
export const receiveHit: RecordReceiver = async (record, { store, identity }) => {
  const hit = Hit.parse(record.body)
  const row = await store.db.selectFrom('records').select('owner').where('id', '=', hit.about).executeTakeFirst()
  const holders = await readHoldings(store, hit.about)
  // One answer for both: a member learns nothing of records that it was not given.
  if (row?.owner !== identity.me || !holders.some((it) => it.member === record.owner))
    throw fault('hits/unknown', 'This node gave that member no such record of its own.')
  const values = {
    id: record.id,
    role: 'owner',
    about: hit.about,
    other: record.owner,
    state: 'reported',
    due_at: hit.dueAt,
    due_rule: hit.dueRule,
    reported_at: record.issuedAt,
    action: asJson(hit.action),
  }
  return { rows: [{ op: 'insert', table: 'hits', values, orIgnore: true }], touched: [{ type: 'hit', id: record.id }] }
}

/** The owner's answer reaches the finder, with the action that the law here allows: the requested one is an upper bound. */
export const receiveConfirmation: RecordReceiver = async (record, { store, identity }) => {
  const body = Confirmation.parse(record.body)
  const row = await readHit(store, body.hit)
  if (row === undefined || row.role !== 'finder' || row.other !== record.owner)
    throw fault('hits/unknown', 'This node reported no such hit to that member.')
  const me = findMember(identity.directory(), identity.me)
  const action = permittedAction(body.action, me, { confirmed: body.outcome === 'confirmed', discreet: body.discreet })
  const values = {
    state: body.outcome,
    answered_at: record.issuedAt,
    late: body.late,
    action: asJson(action),
    confirmation: record.id,
    note: body.note,
  }
  return {
    rows: [{ op: 'update', table: 'hits', where: { id: body.hit }, values, expect: 1 }],
    touched: [{ type: 'hit', id: body.hit }],
  }
}

export const receiveFeedback: RecordReceiver = async (record, { store }) => {
  const { hit } = record.body as unknown as Feedback
  const row = await readHit(store, hit)
  if (row === undefined || row.role !== 'owner' || row.other !== record.owner)
    throw fault('hits/unknown', 'That member reported no such hit here.')
  return { touched: [{ type: 'hit', id: hit }] }
}

/** What the owner asked for has come: it has the hit before it again, against a new clock. */
export const receiveHitAnswer: RecordReceiver = async (record, { store }) => {
  const { hit, dueAt, dueRule } = HitAnswer.parse(record.body)
  const row = await readHit(store, hit)
  if (row === undefined || row.role !== 'owner' || row.other !== record.owner)
    throw fault('hits/unknown', 'That member reported no such hit here.')
  if (row.state !== 'more-information') return { touched: [{ type: 'hit', id: hit }] }
  const values = { state: 'reported', due_at: dueAt, due_rule: dueRule, answered_at: null, late: false }
  return {
    rows: [{ op: 'update', table: 'hits', where: { id: hit }, values, expect: 1 }],
    touched: [{ type: 'hit', id: hit }],
  }
}
