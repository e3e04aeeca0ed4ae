import { sql } from 'kysely'
import { indexOf } from '#capabilities/documents/engine'
import { fault } from '#capabilities/documents/faults'
import { caughtUp } from '#capabilities/documents/follow'
import { declarationKind } from '#capabilities/documents/record'
import type { Declared, Ended } from '#capabilities/documents/rules'
import type { Services } from '#http/services'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import { readHolders, readHoldings } from '#store/holdings'
import { type Reader, viewOf } from '#store/reader'
import { headColumns } from '#store/record-heads'
import type { Store } from '#store/store'

const noBody = sql<Record<string, Json>>`'{}'::jsonb`

/** Rows without their bodies, which are large. */
function selectHeads(store: Store) {
  return store.db
    .selectFrom('records')
    .select([...headColumns, noBody.as('body')])
    .where('type', '=', declarationKind.type)
}

interface OwnDeclaration {
  readonly id: RecordId
  readonly version: number
  readonly issuedAt: string
  readonly expiresAt: string
  readonly state: string
  readonly tlp: string
  readonly holders: { readonly member: string; readonly state: string }[]
}

/** Declarations of our own, newest first, as far as this caller may see them. */
export async function readOwn(
  reader: Reader,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ items: OwnDeclaration[]; next: string | null }> {
  const { store, caller } = reader
  const rows = await selectHeads(store)
    .where('owner', '=', store.me)
    .where('state', 'in', ['active', 'suspended', 'withdrawn'])
    .$if(after !== undefined, (query) => query.where('id', '<', after as RecordId))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const now = store.clock.now()
  const seen = rows.filter((it) => viewOf(it, { caller, act: 'view', now, grants: [] }) !== undefined)
  const holdings = await Promise.all(seen.map((it) => readHoldings(store, it.id)))
  const items = seen.map(({ id, version, issued_at, expires_at, state, handling }, at) => ({
    id,
    version,
    issuedAt: issued_at,
    expiresAt: expires_at,
    state,
    tlp: handling.tlp,
    holders: holdings[at]!.map((it) => ({ member: it.member, state: it.state })),
  }))
  return { items, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) }
}

/**
 * Our own declarations in force in which these documents stand, with who holds them. Throws `documents/not-declared` for one of
 * which nothing is declared, and `documents/dates` for one that was declared later than it is said to have ended.
 */
export async function readDeclared(
  documents: readonly Ended[],
  issuer: string,
  services: Services,
): Promise<Declared[]> {
  await caughtUp(services)
  const { store } = services
  const index = indexOf(services)
  const now = store.clock.now().toISOString()
  const byRecord = new Map<RecordId, Ended[]>()
  for (const it of documents) {
    const mine = index
      .mentions({ number: it.number, kind: it.kind, issuer })
      .filter(({ owner, subject }) => owner === store.me && subject.handling.expiresAt > now)
    const [latest] = index.find({ number: it.number, kind: it.kind, issuer }, (known) => mine.includes(known))
    if (latest === undefined || latest.status === 'recovered' || latest.status === 'removed')
      throw fault('documents/not-declared', 'This office has nothing declared of one of these documents.', {
        details: { at: documents.indexOf(it) },
      })
    if (latest.declaredAt > it.declaredAt)
      throw fault('documents/dates', `A document was declared on ${latest.declaredAt}, and cannot have ended before.`)
    for (const { id } of mine) byRecord.set(id, [...(byRecord.get(id) ?? []), it])
  }
  const rows = await selectHeads(store)
    .where('id', 'in', [...byRecord.keys()])
    .execute()
  return Promise.all(
    rows.map(async (row) => ({ row, holders: await readHolders(store, row.id), documents: byRecord.get(row.id)! })),
  )
}
