import { setImmediate as nextTurn } from 'node:timers/promises'
import { entityDigest, type KeptIndex, keepIndex, readKeptIndex } from '#capabilities/screening/index-file'
import { lexiconOf } from '#capabilities/screening/lexicon'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import type { Candidate } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type IndexSettings } from '#matching/name-index'
import { isSchemaName } from '#matching/schemas'
import type { Selection } from '#matching/search'
import { createSearchPool, type SearchPool } from '#matching/search-pool'
import { type Actor, type Circumstances, decide, type Subject } from '#policy/decide'
import { effective, type HeldHandling, type Purpose } from '#protocol/handling'
import { type AnyRecordKind, commonPart } from '#protocol/record-kind'
import type { SchemaName } from '#protocol/vocabulary'
import type { RecordRow } from '#store/tables'

/** What is known of an indexed record without reading it again: enough to decide before anything is compared. */
export interface Indexed {
  readonly id: RecordId
  readonly version: number
  readonly as: 'subject' | 'list'
  readonly ours: boolean
  /** For an entry of a list, which list. */
  readonly dataset: string
  readonly schema: SchemaName
  /** Of FollowTheMoney: `sanction`, `crime.terror`. Entries of a list that says nothing have `sanction`. */
  readonly topics: readonly string[]
  /** When this version was issued, ISO 8601. */
  readonly changedAt: string
  readonly subject: Subject
  /** Of what matching was given of it. */
  readonly digest: number
}

export interface EngineSearch {
  readonly limit: number
  readonly threshold: number
  /** Who asks; every record is decided on before it can be compared. */
  readonly actor: Actor
  readonly act: 'search' | 'match'
  /** Under what a record may be compared; what has nothing of the kind is not. */
  readonly circumstancesFor: (indexed: Indexed) => Circumstances | undefined
}

export type EngineSelection = Pick<EngineSearch, 'actor' | 'act' | 'circumstancesFor'>

/** The matching index of a node: everything that it lawfully holds and that can be matched. */
export interface Engine {
  put(row: RecordRow): void
  remove(id: string): void
  /** Writes the index to a file for the next start. Nothing may be put or removed until it resolves. */
  keep(services: Services): Promise<void>
  search(query: MatchEntity, options: EngineSearch): readonly Candidate[]
  /** What this actor may compare now, chosen once for many searches; to be chosen again when `version` has changed. */
  select(choice: EngineSelection): Selection
  /** Threads that search the same index. There is one pool of an index at a time. */
  openPool(): SearchPool
  /** Grows with every record that is put or removed. */
  readonly version: number
  find(id: string): Indexed | undefined
  /** All that is indexed, to be decided on one by one. */
  all(): Iterable<Indexed>
  entityOf(row: Pick<RecordRow, 'id' | 'type' | 'body' | 'marks'>): MatchEntity | undefined
  readonly size: number
  /** Ids of the subjects of our own: without any, a list has nobody to be compared with. */
  readonly ownSubjects: ReadonlySet<string>
}

/** Headers of subjects differ by their dates: what is shared by many comes back soon after a clearing. */
const handlingsKept = 1_000

interface EngineSettings extends IndexSettings {
  /** What an earlier run kept. */
  readonly kept?: KeptIndex | undefined
}

export function createEngine(
  kinds: ReadonlyMap<string, AnyRecordKind>,
  me: string,
  { kept, ...settings }: EngineSettings = {},
): Engine {
  const index = kept?.index ?? createMatchingIndex(settings)
  /** What a file brought and no record was yet put in place of. */
  const brought = new Map(kept?.digests)
  const known = new Map<string, Indexed>()
  const ownSubjects = new Set<string>()
  const handlings = new Map<string, Subject['handling']>()
  let version = 0

  /** Thousands of list entries share one header: keep it once. */
  function intern(handling: HeldHandling): Subject['handling'] {
    const key = JSON.stringify(handling)
    let found = handlings.get(key)
    if (found === undefined) {
      found = effective(handling)
      if (handlings.size === handlingsKept) handlings.clear()
      handlings.set(key, found)
    }
    return found
  }

  function entityOf(row: Pick<RecordRow, 'id' | 'type' | 'body' | 'marks'>): MatchEntity | undefined {
    const matching = kinds.get(row.type)?.matching
    if (matching === undefined) return undefined
    const { id, schema, properties } = matching.entity(commonPart(row.body, row.marks), row.id)
    return { id, schema, properties }
  }

  /** Whether one may be compared at all: asked before anything of it is. */
  function mayCompare(id: string, { actor, act, circumstancesFor }: EngineSelection): boolean {
    const indexed = known.get(id)
    const circumstances = indexed && circumstancesFor(indexed)
    return circumstances !== undefined && decide(actor, act, indexed!.subject, circumstances).permit
  }

  function forget(id: string): boolean {
    version++
    ownSubjects.delete(id)
    return known.delete(id)
  }

  function drop(id: string): void {
    const wasBrought = brought.delete(id)
    if (forget(id) || wasBrought) index.remove(id)
  }

  return {
    entityOf,
    put(row) {
      const entity = entityOf(row)
      // A record of a kind that this node does not know must not keep it from starting.
      if (entity === undefined || !isSchemaName(entity.schema)) return drop(row.id)
      const before = known.get(row.id)
      forget(row.id)
      const digest = entityDigest(entity)
      const same = brought.get(row.id) ?? before?.digest
      brought.delete(row.id)
      if (same !== digest) index.put(entity)
      const { list } = row.body as { list?: unknown }
      const as = kinds.get(row.type)!.matching!.as
      const ours = row.owner === me
      if (ours && as === 'subject') ownSubjects.add(row.id)
      known.set(row.id, {
        id: row.id,
        version: row.version,
        as,
        ours,
        dataset: typeof list === 'string' ? list : 'subjects',
        schema: entity.schema,
        topics: topicsOf(entity, as),
        changedAt: row.issued_at,
        subject: {
          owner: row.owner,
          state: row.state,
          readers: row.readers,
          held: row.held,
          handling: intern(row.handling),
        },
        digest,
      })
    },
    remove: drop,
    keep: (services) => keepIndex(services, { index, digests: digestsOf(known.values()) }),
    search(query, { limit, threshold, ...choice }) {
      const exclude = (id: string) => id === query.id || !mayCompare(id, choice)
      return index.search(query, { limit, threshold, exclude })
    },
    select: (choice) => index.select((id) => mayCompare(id, choice)),
    openPool: () => createSearchPool(index),
    get version() {
      return version
    },
    find: (id) => known.get(id),
    all: () => known.values(),
    get size() {
      return index.size
    },
    ownSubjects,
  }
}

function* digestsOf(all: Iterable<Indexed>): Generator<[string, number]> {
  for (const { id, digest } of all) yield [id, digest]
}

const sanctioned: readonly string[] = ['sanction']
const none: readonly string[] = []

function topicsOf({ properties }: MatchEntity, as: Indexed['as']): readonly string[] {
  const stated = properties.topics ?? none
  if (stated.length > 0) return stated
  return as === 'list' ? sanctioned : none
}

function packOf(services: Services): IndexSettings {
  const pack = lexiconOf(services)?.table
  return pack === undefined ? {} : { pack }
}

const engines = new WeakMap<Services, Engine>()

export function engineOf(services: Services): Engine {
  let engine = engines.get(services)
  if (engine === undefined) {
    engine = createEngine(services.kinds, services.identity.me, packOf(services))
    engines.set(services, engine)
  }
  return engine
}

const loadedEngines = new WeakSet<Engine>()

/** Whether everything that the store holds is in the index. */
export function isLoaded(engine: Engine): boolean {
  return loadedEngines.has(engine)
}

const loadBatch = 500

/** Fills the index from the store, a batch at a time, leaving turns for requests. */
export async function loadEngine(services: Services): Promise<Engine> {
  const settings = packOf(services)
  const kept = await readKeptIndex(services, settings)
  if (kept !== undefined) {
    engines.set(services, createEngine(services.kinds, services.identity.me, { ...settings, kept }))
  }
  const engine = engineOf(services)
  const types = [...services.kinds.values()].filter((it) => it.matching !== undefined).map((it) => it.type)
  let after = ''
  for (;;) {
    const rows = await services.store.db
      .selectFrom('records')
      .selectAll()
      .where('type', 'in', types)
      .where('state', '=', 'active')
      .where('id', '>', after as RecordId)
      .orderBy('id')
      .limit(loadBatch)
      .execute()
    for (const row of rows) engine.put(row)
    const last = rows.at(-1)
    if (last === undefined) {
      for (const id of kept?.digests.keys() ?? []) if (engine.find(id) === undefined) engine.remove(id)
      loadedEngines.add(engine)
      return engine
    }
    after = last.id
    await nextTurn()
  }
}

/** The purpose under which two records may be compared: one that both allow. */
export function sharedPurpose(a: Subject, b: Subject): Purpose | undefined {
  return a.handling.purposes.find((it) => b.handling.purposes.includes(it))
}
