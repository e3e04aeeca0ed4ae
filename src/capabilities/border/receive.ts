import { readAffected } from '#capabilities/border/affected'
import { tasksOf } from '#capabilities/border/conversation-rules'
import { fault } from '#capabilities/border/faults'
import { exceptionKey } from '#capabilities/border/presented'
import { AlertAnswer, AlertHit, AlertInformation, Redress } from '#capabilities/border/record'
import { redressRows, touchedBy } from '#capabilities/border/redress-rules'
import { asJson, type HitRow, readHit } from '#capabilities/border/store'
import type { RecordId } from '#kernel/ids'
import type { HeldRecord } from '#protocol/record'
import { readHoldings } from '#store/holdings'
import type { Store } from '#store/store'
import type { RecordReceiver } from '#wire/receiver'

/** An alert of ours was met: the hit waits here for an answer, against the clock that the finder started. */
export const receiveAlertHit: RecordReceiver = async (record, { store, identity }) => {
  const hit = AlertHit.parse(record.body)
  const owner = await ownerOf(store, hit.about)
  const holders = await readHoldings(store, hit.about)
  // One answer for both: a member learns nothing of records that it was not given.
  if (owner !== identity.me || !holders.some((it) => it.member === record.owner))
    throw fault('border/unknown-hit', 'This node gave that member no such alert of its own.')
  const key = hit.document === null ? null : exceptionKey(hit.about, hit.document.number, hit.presented.birthDate)
  const values = {
    id: record.id,
    role: 'owner',
    about: hit.about,
    other: record.owner,
    state: 'reported',
    discreet: hit.discreet,
    due_at: hit.dueAt,
    due_rule: hit.dueRule,
    reported_at: record.issuedAt,
    keys: asJson(key === null ? [] : [key]),
  }
  return {
    rows: [{ op: 'insert', table: 'border_hits', values, orIgnore: true }],
    touched: [{ type: 'border-hit', id: record.id }],
  }
}

/** The owner's answer reaches the finder: with a confirmation begins what it owes. */
export const receiveAlertAnswer: RecordReceiver = async (record, { store }) => {
  const { hit, outcome, late, note } = AlertAnswer.parse(record.body)
  const row = await readFrom(store, hit, { role: 'finder', record })
  const touched = [{ type: 'border-hit', id: hit }]
  if (row.state === 'false' || row.state === 'withdrawn') return { touched }
  const values = { state: outcome, answered_at: record.issuedAt, late, note }
  return {
    rows: [
      { op: 'update', table: 'border_hits', where: { id: hit }, values, expect: 1 },
      ...(outcome === 'confirmed' ? tasksOf(row.id, store.clock.now()) : []),
    ],
    touched,
  }
}

/** What the owner asked for has come: it has the hit before it again, against a new clock. */
export const receiveAlertInformation: RecordReceiver = async (record, { store }) => {
  const { hit, dueAt, dueRule } = AlertInformation.parse(record.body)
  const row = await readFrom(store, hit, { role: 'owner', record })
  const touched = [{ type: 'border-hit', id: hit }]
  if (row.state !== 'more-information' && row.state !== 'corrected') return { touched }
  const values = { state: 'reported', due_at: dueAt, due_rule: dueRule, answered_at: null, late: false }
  return { rows: [{ op: 'update', table: 'border_hits', where: { id: hit }, values, expect: 1 }], touched }
}

/** Returns, and who came along, are read on the page of the hit. */
export const receiveReturn: RecordReceiver = async (record, { store }) => {
  const { hit } = record.body as { hit?: unknown }
  const row = await readFrom(store, String(hit), { role: 'owner', record })
  return { touched: [{ type: 'border-hit', id: row.id }] }
}

/** From the finder to the owner of the alert, or from the owner to whoever holds it. */
export const receiveRedress: RecordReceiver = async (record, { store }) => {
  const redress = Redress.parse(record.body)
  const row = await readHit(store, redress.hit)
  const fromOwner = (await ownerOf(store, redress.about)) === record.owner
  const fromFinder = row?.role === 'owner' && row.other === record.owner && row.about === redress.about
  if (!fromOwner && !fromFinder)
    throw fault('border/unknown-hit', 'That member has nothing to say about such an alert here.')
  const affected = await readAffected(store, redress.about, redress.exceptions)
  return {
    rows: redressRows(redress, { declaredBy: record.owner, affected, extended: fromOwner }),
    touched: touchedBy(redress, affected),
  }
}

async function ownerOf(store: Store, id: RecordId): Promise<string | undefined> {
  return (await store.db.selectFrom('records').select('owner').where('id', '=', id).executeTakeFirst())?.owner
}

async function readFrom(
  store: Store,
  hit: string,
  { role, record }: { role: HitRow['role']; record: HeldRecord },
): Promise<HitRow> {
  const row = await readHit(store, hit)
  const { about } = record.body as { about?: unknown }
  if (row === undefined || row.role !== role || row.other !== record.owner || row.about !== about)
    throw fault('border/unknown-hit', 'This node knows no such hit between us.')
  return row
}
