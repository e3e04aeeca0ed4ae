import { sql } from 'kysely'
import { canonical, type Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import { take } from '#protocol/pointer'
import { type Disclosure, withhold } from '#protocol/record'
import type { Change, RowWrite } from '#store/change'
import type { Store } from '#store/store'
import { storedVersion } from '#store/stored-version'
import type { RecordRow } from '#store/tables'

const batchLimit = 100

/** A field that is kept for a shorter time than its record: until the `expiresAt` of the mark on it. */
export interface ShortLived {
  readonly type: string
  /** `/body/companions`: no part of another field. */
  readonly pointer: string
  /** For the trail: what says how long it is kept. */
  readonly rule: string
}

interface OverdueVersion {
  readonly record_id: string
  readonly version: number
  readonly signed: string
  readonly disclosures: string
}

/**
 * Erases a field wherever its time has run out: in the newest version, in the earlier ones, and in copies of the envelopes in
 * which it came and went. The owner's signature stays good, since a marked field is signed as a digest. Returns the number of
 * records, of a batch at most.
 */
export async function eraseExpired(store: Store, field: ShortLived): Promise<number> {
  const overdue = await readOverdue(store, field)
  if (overdue.length === 0) return 0
  const ids = [...new Set(overdue.map((it) => it.record_id))]
  const rows = await store.db
    .selectFrom('records')
    .selectAll()
    .where('id', 'in', ids as RecordId[])
    .execute()
  await store.commit(erased(rows, overdue, { ...field, me: store.me }))
  return ids.length
}

/** The text is narrowed by the database, and then read. */
async function readOverdue(store: Store, { type, pointer }: ShortLived): Promise<OverdueVersion[]> {
  const { rows } = await sql<OverdueVersion>`
    select it.record_id, it.version, it.signed, it.disclosures
    from record_versions as it join records on records.id = it.record_id
    where records.type = ${type} and records.state <> 'erased' and position(${pointer} in it.disclosures) > 0
      and exists (
        select from jsonb_array_elements(it.disclosures::jsonb) as one
        where one ->> 'pointer' = ${pointer}
          and one -> 'mark' ->> 'expiresAt' <= ${store.clock.now().toISOString()}
      )
    order by it.record_id, it.version limit ${batchLimit}`.execute(store.db)
  return rows
}

function erased(
  rows: readonly RecordRow[],
  overdue: readonly OverdueVersion[],
  { pointer, rule, me }: ShortLived & { readonly me: string },
): Change {
  const inBody = pointer.slice('/body'.length)
  const writes: RowWrite[] = overdue.map((it) => ({
    op: 'update',
    table: 'record_versions',
    where: { record_id: it.record_id, version: it.version },
    values: { disclosures: canonical(keptOf(it, pointer) as unknown as Json) },
  }))
  for (const row of rows) {
    if (overdue.some((it) => it.record_id === row.id && it.version === row.version)) {
      const { [pointer]: _, ...marks } = row.marks
      const body = take(row.body, inBody)?.rest ?? row.body
      writes.push({
        op: 'update',
        table: 'records',
        where: { id: row.id, version: row.version },
        values: { body, marks: marks as unknown as Json },
        expect: 1,
      })
    }
    writes.push(
      { op: 'delete', table: 'inbox_tips', where: { record_id: row.id } },
      { op: 'update', table: 'quarantine', where: { record_id: row.id }, values: { evidence: '' } },
      { op: 'update', table: 'outbox', where: { record_id: row.id, state: 'delivered' }, values: { signed: null } },
    )
  }
  return {
    rows: writes,
    audit: rows.map(({ id, type, version, owner }) => ({
      act: 'erase',
      outcome: 'permitted',
      actor: { member: me, via: 'clock' },
      purpose: null,
      reference: null,
      object: { type, id, version },
      owner,
      recipient: null,
      rule,
      reason: null,
      details: { field: inBody.slice(1) },
    })),
    touched: rows.map(({ id, type }) => ({ type, id })),
  }
}

function keptOf(version: OverdueVersion, pointer: string): readonly Disclosure[] {
  return withhold(storedVersion(version), (it) => it.pointer !== pointer).disclosures
}
