import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Subject, subjectKind } from '#capabilities/subjects/record'
import { readSuggestionsOf, type SuggestionRow } from '#capabilities/subjects/store'
import type { Services } from '#http/services'
import type { Json } from '#kernel/canonical'
import { newId, type RecordId } from '#kernel/ids'
import { type Candidate, engineVersion } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { decide } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import { effective, type HeldHandling } from '#protocol/handling'
import { commonPart } from '#protocol/record-kind'
import { audited } from '#store/audited'
import type { Audited, Change, FeedItem, RowWrite } from '#store/change'
import { type Follower, followFeed } from '#store/follow'
import type { Caller } from '#store/reader'
import type { RecordRow } from '#store/tables'

/** The score from which two subjects of our own are put before a person as perhaps the same. */
export const alikeThreshold = 0.75
const suggestionsPerSubject = 10
/** Beyond this many subjects of our own only the newest are compared. */
const comparedLimit = 50_000
const batch = 500

interface Own {
  readonly version: number
  readonly handling: HeldHandling
}

interface Alike {
  readonly index: MatchingIndex
  readonly own: Map<string, Own>
}

/** As for every comparison, what not everybody here may see is not compared. Protected characteristics have no property. */
function entityOf(row: Pick<RecordRow, 'id' | 'body' | 'marks'>): MatchEntity {
  const { id, schema, properties } = subjectKind.matching!.entity(
    commonPart(row.body, row.marks) as unknown as Subject,
    row.id,
  )
  return { id, schema, properties }
}

function put({ index, own }: Alike, row: RecordRow): void {
  if (!own.has(row.id) && own.size >= comparedLimit) {
    const oldest = own.keys().next().value as string
    own.delete(oldest)
    index.remove(oldest)
  }
  own.set(row.id, { version: row.version, handling: row.handling })
  index.put(entityOf(row))
}

/** Follows the change feed beside the requests: what is new or changed of our own is compared with the rest of our own. */
export async function followAlike(services: Services): Promise<Follower> {
  const alike: Alike = { index: createMatchingIndex(), own: new Map() }
  await load(alike, services)
  return followFeed(services.store, {
    name: 'subjects',
    handle: (items) => compareChanged(items, { alike, services }),
    onError: (err) => services.log.error({ err }, 'comparing our own subjects stopped and will try again'),
  })
}

async function load(alike: Alike, { store }: Services): Promise<void> {
  let after = ''
  for (;;) {
    const rows = await store.db
      .selectFrom('records')
      .selectAll()
      .where('type', '=', subjectKind.type)
      .where('owner', '=', store.me)
      .where('state', '=', 'active')
      .where('id', '>', after as RecordId)
      .orderBy('id')
      .limit(batch)
      .execute()
    for (const row of rows) put(alike, row)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
    await nextTurn()
  }
}

async function compareChanged(
  items: readonly FeedItem[],
  { alike, services }: { alike: Alike; services: Services },
): Promise<Change | undefined> {
  const changed = items.filter((it) => it.type === subjectKind.type && (it.what === 'record' || it.what === 'state'))
  const ids = [...new Set(changed.map((it) => it.id))] as RecordId[]
  if (ids.length === 0) return undefined
  const { store } = services
  const rows = await store.db
    .selectFrom('records')
    .selectAll()
    .where('id', 'in', ids)
    .where('owner', '=', store.me)
    .execute()
  const active = rows.filter((it) => it.state === 'active')
  for (const row of rows) {
    if (row.state === 'active') put(alike, row)
    else if (alike.own.delete(row.id)) alike.index.remove(row.id)
  }
  if (active.length === 0) return undefined
  const known = await readSuggestionsOf(
    store,
    active.map((it) => it.id),
  )
  const found: Found = { rows: [], audit: [], touched: [] }
  const actor = { member: partyOf(services.identity.directory(), services.identity.me) }
  const noting = { known, found, node: { actor, via: 'system' } as const, now: store.clock.now() }
  for (const [at, row] of active.entries()) {
    if (at % 20 === 19) await nextTurn()
    noteAlike(row, alikeTo(row, { alike, actor, now: noting.now }), { ...noting, own: alike.own })
  }
  return found.rows.length === 0 ? undefined : found
}

function alikeTo(
  row: RecordRow,
  { alike, actor, now }: { alike: Alike; actor: Caller['actor']; now: Date },
): readonly Candidate[] {
  const mine = { owner: row.owner, state: row.state, handling: effective(row.handling) }
  const may = (handling: HeldHandling) =>
    row.handling.purposes.some(
      (purpose) =>
        decide(actor, 'match', mine, { now, purpose }).permit &&
        decide(actor, 'match', { ...mine, handling: effective(handling) }, { now, purpose }).permit,
    )
  const entity = entityOf(row)
  return alike.index.search(entity, {
    schemas: [entity.schema], // only two of one kind can be merged
    limit: suggestionsPerSubject,
    threshold: alikeThreshold,
    exclude: (id) => id === row.id || !may(alike.own.get(id)!.handling),
  })
}

interface Found {
  readonly rows: RowWrite[]
  readonly audit: Audited[]
  readonly touched: { type: string; id: string }[]
}

interface Noting {
  readonly known: readonly SuggestionRow[]
  readonly own: ReadonlyMap<string, Pick<Own, 'version'>>
  readonly found: Found
  readonly node: Caller
  readonly now: Date
}

/**
 * What is written of one subject: a new pair is open, a dismissed one stays dismissed until one of the two changes, and an open one
 * that is no longer alike lapses.
 */
export function noteAlike(
  row: Pick<RecordRow, 'id' | 'version'>,
  candidates: readonly Candidate[],
  { known, own, found, node, now }: Noting,
): void {
  const still = new Set<string>()
  for (const candidate of candidates) {
    const [a, b] = [row.id, candidate.id].sort() as [RecordId, RecordId]
    const before = known.find((it) => it.a === a && it.b === b)
    const [aVersion, bVersion] = [own.get(a)!.version, own.get(b)!.version]
    if (before !== undefined) still.add(before.id)
    if (before?.a_version === aVersion && before.b_version === bVersion) continue
    const id = before?.id ?? newId('sug', now.getTime())
    const values = {
      a_version: aVersion,
      b_version: bVersion,
      score: candidate.score,
      features: aligned(candidate.features, row.id === a) as unknown as Json,
      engine: engineVersion,
      state: 'open',
      reason: null,
      decided_by: null,
      decided_at: null,
    }
    // The other of two that came together finds the same pair.
    if (before === undefined)
      found.rows.push({ op: 'insert', table: 'merge_suggestions', values: { id, a, b, ...values }, orIgnore: true })
    else found.rows.push({ op: 'update', table: 'merge_suggestions', where: { id }, values })
    found.touched.push({ type: 'merge-suggestion', id })
    found.audit.push(
      audited('match', node, {
        object: { type: 'merge-suggestion', id },
        details: { a, b, score: candidate.score },
      }),
    )
  }
  for (const gone of known) {
    if (gone.state !== 'open' || still.has(gone.id) || (gone.a !== row.id && gone.b !== row.id)) continue
    found.rows.push({
      op: 'update',
      table: 'merge_suggestions',
      where: { id: gone.id, state: 'open' },
      values: { state: 'lapsed' },
    })
    found.touched.push({ type: 'merge-suggestion', id: gone.id })
  }
}

/** The older of the two on the left, whichever of them changed and asked. */
function aligned(features: Candidate['features'], olderAsked: boolean): Candidate['features'] {
  return olderAsked ? features : features.map((it) => ({ ...it, query: it.candidate, candidate: it.query }))
}
