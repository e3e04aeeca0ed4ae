import { runsOut } from '#capabilities/border/clocks'
import type { About, Work } from '#capabilities/border/conversation-rules'
import { fault } from '#capabilities/border/faults'
import { type Redress, redressKind } from '#capabilities/border/record'
import { state } from '#capabilities/border/statements'
import type { HitRow } from '#capabilities/border/store'
import { newKey, type RecordId } from '#kernel/ids'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'

/** The traveller was somebody else: the hit is false wherever it is known, and the document raises no further alarm. Pure. */

/** What else of this node the exceptions concern: the same document against the same alert, met at another time. */
export interface Affected {
  readonly candidates: readonly string[]
  readonly hits: readonly RecordId[]
}

interface Declaring extends Work {
  readonly reason: string
  /** Members that hold the alert: the owner tells them all. */
  readonly holders: readonly string[]
  readonly affected: Affected
}

/**
 * The finder tells the owner; the owner tells all who hold the alert, also under the number that the finder has given. Throws
 * `border/closed`.
 */
export function declareRedress(
  row: HitRow,
  { source, hit }: About,
  { reason, holders, affected, caller, now }: Declaring,
) {
  const me = caller.actor.member.id
  const ownsAlert = row.role === 'owner' || row.other === me
  if (row.state === 'withdrawn' || (row.state === 'false' && (!ownsAlert || row.extended)))
    throw fault('border/closed', `The hit is ${row.state}: everybody concerned has been told.`)
  const number = row.redress ?? redressNumber(now)
  const expiresAt = [runsOut('desk.exception', now), source.handling.expiresAt].sort()[0]!
  const body: Redress = { about: row.about, hit: hit.id, number, reason, exceptions: row.keys, expiresAt }
  const to = ownsAlert ? [...new Set([row.other, ...holders])] : [row.other]
  const { draft, put, send } = state(source, { kind: redressKind, owner: me, to, body, now, expiresAt })
  const change: Change = {
    records: [put],
    rows: redressRows(body, { declaredBy: me, affected, extended: ownsAlert }),
    send,
    touched: touchedBy(body, affected),
    audit: [audited('adjudicate', caller, { object: hit, reason, details: { redress: number, told: to.length } })],
  }
  return { id: draft.id, number, change }
}

/** What redress changes at a node: at those that declared it, and at those that it reaches. */
export function redressRows(
  { about, hit, number, exceptions, expiresAt }: Redress,
  { declaredBy, affected, extended }: { declaredBy: string; affected: Affected; extended: boolean },
): RowWrite[] {
  const falseHits = [...new Set([hit, ...affected.hits])]
  return [
    ...falseHits.map(
      (id): RowWrite => ({
        op: 'update',
        table: 'border_hits',
        where: { id },
        values: { state: 'false', redress: number, due_at: null, ...(extended ? { extended: true } : {}) },
      }),
    ),
    ...falseHits.map((id): RowWrite => ({ op: 'delete', table: 'border_tasks', where: { hit: id } })),
    { op: 'update', table: 'border_candidates', where: { hit }, values: { state: 'different' } },
    ...affected.candidates.map(
      (id): RowWrite => ({
        op: 'update',
        table: 'border_candidates',
        where: { id },
        values: { state: 'different', note: number },
      }),
    ),
    ...exceptions.map(
      (key): RowWrite => ({
        op: 'upsert',
        table: 'border_exceptions',
        key: ['alert', 'key'],
        values: { alert: about, key, number, declared_by: declaredBy, expires_at: expiresAt },
      }),
    ),
  ]
}

export function touchedBy({ hit }: Pick<Redress, 'hit'>, { candidates, hits }: Affected) {
  return [
    ...[...new Set([hit, ...hits])].map((id) => ({ type: 'border-hit', id })),
    ...candidates.map((id) => ({ type: 'border-candidate', id })),
  ]
}

/** Told to the traveller, so it says nothing: the year, and twelve digits that nobody guesses. */
function redressNumber(now: Date): string {
  return `RDR-${now.toISOString().slice(0, 4)}-${newKey().toUpperCase()}`
}
