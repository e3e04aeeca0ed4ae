import { sql } from 'kysely'
import { companionsPointer, sightingKind } from '#capabilities/sightings/record'
import type { Services } from '#http/services'
import type { Json } from '#kernel/canonical'
import { canonical } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import { take } from '#protocol/pointer'
import { type Disclosure, withhold } from '#protocol/record'
import type { Change, RowWrite } from '#store/change'
import type { Store } from '#store/store'
import { storedVersion } from '#store/stored-version'
import type { RecordRow } from '#store/tables'

const everyMilliseconds = 600_000
const batchLimit = 100

interface OverdueVersion {
  readonly record_id: string
  readonly version: number
  readonly signed: string
  readonly disclosures: string
}

/**
 * Companions leave every node that has them when their clock runs out: the newest version, the earlier ones, and copies of
 * the envelopes in which they came and went. The owner's signature stays good, since a marked field is signed as a digest.
 */
export async function purgeCompanions({ store }: Pick<Services, 'store'>): Promise<number> {
  const overdue = await readOverdue(store)
  if (overdue.length === 0) return 0
  const ids = [...new Set(overdue.map((it) => it.record_id))]
  const rows = await store.db
    .selectFrom('records')
    .selectAll()
    .where('id', 'in', ids as RecordId[])
    .execute()
  await store.commit(purged(rows, overdue, store))
  return ids.length
}

/** Versions of sightings with companions whose mark has run out. The text is narrowed by the database, and then read. */
async function readOverdue(store: Store): Promise<OverdueVersion[]> {
  const { rows } = await sql<OverdueVersion>`
    select it.record_id, it.version, it.signed, it.disclosures
    from record_versions as it join records on records.id = it.record_id
    where records.type = ${sightingKind.type} and records.state <> 'erased' and position(${companionsPointer} in it.disclosures) > 0
      and exists (
        select from jsonb_array_elements(it.disclosures::jsonb) as one
        where one ->> 'pointer' = ${companionsPointer}
          and one -> 'mark' ->> 'expiresAt' <= ${store.clock.now().toISOString()}
      )
    order by it.record_id, it.version limit ${batchLimit}`.execute(store.db)
  return rows
}

function purged(rows: readonly RecordRow[], overdue: readonly OverdueVersion[], { me }: Pick<Store, 'me'>): Change {
  const writes: RowWrite[] = overdue.map((it) => ({
    op: 'update',
    table: 'record_versions',
    where: { record_id: it.record_id, version: it.version },
    values: { disclosures: canonical(keptOf(it) as unknown as Json) },
  }))
  for (const row of rows) {
    if (overdue.some((it) => it.record_id === row.id && it.version === row.version)) {
      const { [companionsPointer]: _, ...marks } = row.marks
      const body = take(row.body, companionsPointer.slice('/body'.length))?.rest ?? row.body
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
      rule: 'sightings limits: companions.purgeDays',
      reason: null,
      details: { field: 'companions' },
    })),
    touched: rows.map(({ id }) => ({ type: sightingKind.type, id })),
  }
}

function keptOf(version: OverdueVersion): readonly Disclosure[] {
  return withhold(storedVersion(version), (it) => it.pointer !== companionsPointer).disclosures
}

export function startPurge(services: Services): AsyncDisposable {
  let running: Promise<unknown> = Promise.resolve()
  const round = () => {
    running = purgeCompanions(services).catch((cause: unknown) =>
      services.log.error({ err: cause }, 'companions whose time is over could not be removed'),
    )
  }
  round()
  const timer = setInterval(round, everyMilliseconds).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await running
    },
  }
}
