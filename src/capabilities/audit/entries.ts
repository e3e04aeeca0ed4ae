import { sql } from 'kysely'
import { toHex } from '#kernel/bytes'
import type { AuditEntry } from '#ledger/entry'
import type { Store } from '#store/store'

export interface EntryFilter {
  readonly object?: string | undefined
  readonly person?: string | undefined
  readonly member?: string | undefined
  readonly owner?: string | undefined
  readonly recipient?: string | undefined
  readonly purpose?: string | undefined
  /** A part of it, in either case. */
  readonly reference?: string | undefined
  readonly act?: AuditEntry['act'] | undefined
  readonly outcome?: AuditEntry['outcome'] | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly order: 'newest' | 'oldest'
  /** The index of the last leaf of the page before. */
  readonly after?: number | undefined
  readonly limit: number
}

/** Entries that were not erased, one flat row each. */
export async function readEntries(store: Store, filter: EntryFilter) {
  const { object, person, member, owner, recipient, purpose, reference, act, outcome, from, to } = filter
  const { order, after, limit } = filter
  const exactly = { 'actor,person': person, 'actor,member': member, owner, recipient, purpose, act, outcome }
  const text = (path: string) => sql<string>`entry #>> ${sql.lit(`{${path}}`)}`
  const rows = await store.db
    .selectFrom('ledger_leaves')
    .select(['index', 'entry'])
    .where('entry', 'is not', null)
    // Spelled as the index on it is.
    .$if(object !== undefined, (query) => query.where(sql<string>`(entry -> 'object' ->> 'id')`, '=', object as string))
    .where((eb) =>
      eb.and(
        Object.entries(exactly).flatMap(([path, value]) => (value === undefined ? [] : [eb(text(path), '=', value)])),
      ),
    )
    .$if(reference !== undefined, (query) => query.where(text('reference'), 'ilike', partOf(reference as string)))
    .$if(from !== undefined, (query) => query.where(sql<boolean>`${text('at')} collate "C" >= ${from}`))
    .$if(to !== undefined, (query) => query.where(sql<boolean>`${text('at')} collate "C" < ${to}`))
    .$if(after !== undefined, (query) => query.where('index', order === 'newest' ? '<' : '>', after as number))
    .orderBy('index', order === 'newest' ? 'desc' : 'asc')
    .limit(limit)
    .execute()
  return rows.map(({ index, entry }) => flat(index, entry as AuditEntry))
}

/** A pattern for whatever holds these very signs. */
function partOf(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (it) => `\\${it}`)}%`
}

export type FlatEntry = ReturnType<typeof flat>

function flat(index: number, { actor, object, ...entry }: AuditEntry) {
  return {
    index,
    ...entry,
    member: actor.member,
    person: actor.person ?? null,
    role: actor.role ?? null,
    via: actor.via,
    objectType: object?.type ?? null,
    objectId: object?.id ?? null,
    objectVersion: object?.version ?? null,
  }
}

/**
 * The leaves of the `limit` indices from one on as they are stored, with the hash that the tree keeps of each, for a whole
 * trail to be checked elsewhere. By index and not by count, so that a page costs the same anywhere in the ledger.
 */
export async function readLeaves(store: Store, from: number, limit: number) {
  const until = from + limit
  const [leaves, nodes, last] = await Promise.all([
    store.db
      .selectFrom('ledger_leaves')
      .selectAll()
      .where('index', '>=', from)
      .where('index', '<', until)
      .orderBy('index')
      .execute(),
    store.db
      .selectFrom('ledger_nodes')
      .select(['index', 'hash'])
      .where('level', '=', 0)
      .where('index', '>=', from)
      .where('index', '<', until)
      .execute(),
    store.db.selectFrom('ledger_leaves').select('index').orderBy('index', 'desc').limit(1).executeTakeFirst(),
  ])
  const hashOf = new Map(nodes.map((it) => [it.index, toHex(it.hash)]))
  return {
    next: last === undefined || last.index < until ? null : until,
    leaves: leaves.map(({ index, commitment, salt, entry }) => ({
      index,
      commitment: toHex(commitment),
      leafHash: hashOf.get(index) ?? null,
      salt: salt === null ? null : toHex(salt),
      entry,
    })),
  }
}

/** Whether a record of ours exists, for those who oversee its use without seeing it. */
export async function isOurs(store: Store, id: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('records')
    .select('owner')
    .where('id', '=', id as `rec_${string}`)
    .executeTakeFirst()
  return row?.owner === store.me
}
