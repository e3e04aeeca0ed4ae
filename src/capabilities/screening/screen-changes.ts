import { setImmediate as nextTurn } from 'node:timers/promises'
import { completing, openCompletions, readCompletions, type Tally } from '#capabilities/screening/completions'
import { type Engine, engineOf, type Indexed, sharedPurpose } from '#capabilities/screening/engine'
import { dropIndexFile } from '#capabilities/screening/index-file'
import { screenWatched, type Watched } from '#capabilities/screening/screen-watched'
import { asJson, type CandidateRow, type Explanation, readPairs } from '#capabilities/screening/store'
import type { Services } from '#http/services'
import { newId, type RecordId } from '#kernel/ids'
import { type Candidate, engineVersion } from '#matching/candidate'
import { decide } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Audited, Change, FeedItem, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'
import type { RecordRow } from '#store/tables'

/** The score from which two records are put before a person. */
export const candidateThreshold = 0.7
const candidatesPerRecord = 20
/** When one subject of ours meets a whole list at once. */
const candidatesPerList = 200

interface Found {
  readonly rows: RowWrite[]
  readonly audit: Audited[]
  readonly touched: { type: string; id: string }[]
  /** Possible matches that now wait for a person, by the record of the other side. */
  readonly noted: string[]
}

interface Screening {
  readonly services: Services
  readonly engine: Engine
  readonly found: Found
}

/** Follows the change feed: keeps the index true, and compares what is new with what the node holds of others, or of its own. */
export async function screenChanges(items: readonly FeedItem[], services: Services): Promise<Change | undefined> {
  const engine = engineOf(services)
  const newest = new Map(items.filter((it) => it.what === 'record' || it.what === 'state').map((it) => [it.id, it]))
  const screening: Screening = { services, engine, found: { rows: [], audit: [], touched: [], noted: [] } }
  const listed: RecordRow[] = []
  const changed = new Map<string, number>()
  let turn = 0
  for (const rows of readInChunks([...newest.keys()], services)) {
    const fresh: RecordRow[] = []
    for (const row of await rows()) {
      if (++turn % 20 === 0) await nextTurn()
      const list = ownListOf(row, services)
      if (list !== undefined) changed.set(list, (changed.get(list) ?? 0) + 1)
      if (row.state !== 'active') {
        if (engine.find(row.id) !== undefined) await dropIndexFile(services)
        engine.remove(row.id)
      } else if (services.kinds.get(row.type)?.matching !== undefined) {
        engine.put(row)
        if (engine.find(row.id)?.as === 'list') listed.push(row)
        else fresh.push(row)
      }
    }
    await screenEach(fresh, screening)
  }
  if (listed.length <= engine.ownSubjects.size) await screenEach(listed, screening)
  else await screenOwn(listed, screening)
  const { rows, audit, touched } = screening.found
  const open = await openCompletions(changed.keys(), services)
  const ids = listed.map((it) => it.id)
  const watched = await screenWatched(
    ids,
    services,
    async (list) =>
      open.get(list)?.row.id ?? (await readCompletions(services.store, { list, limit: 1 })).at(0)?.id ?? null,
  )
  const tallies = tally(changed, screening, watched)
  const completed = await completing({ services, open, tallies, sequence: items.at(-1)!.sequence })
  // Nothing is indexed while this turn lasts, and a version that is read whole is worth keeping.
  if (completed.audit.length > 0) await engine.keep(services)
  const change = {
    rows: [...rows, ...watched.rows, ...completed.rows],
    audit: [...audit, ...watched.audit, ...completed.audit],
    touched: [...touched, ...watched.touched, ...completed.touched],
  }
  return change.rows.length === 0 ? undefined : change
}

/** The list of an entry that this node imported itself, whether it is still on it or not. */
function ownListOf({ type, owner, body }: RecordRow, { kinds, identity }: Services): string | undefined {
  const { list } = body as { list?: unknown }
  const isEntry = kinds.get(type)?.matching?.as === 'list' && owner === identity.me
  return isEntry && typeof list === 'string' ? list : undefined
}

function tally(
  changed: ReadonlyMap<string, number>,
  screening: Screening,
  watched: Watched,
): ReadonlyMap<string, Tally> {
  const { engine, found } = screening
  if (changed.size === 0) return new Map()
  const people = countComparable(screening)
  const candidates = Map.groupBy(found.noted, (id) => engine.find(id)?.dataset)
  return new Map(
    [...changed].map(([list, entries]) => [
      list,
      {
        entries,
        people,
        watched: watched.people,
        candidates: candidates.get(list)?.length ?? 0,
        matches: watched.matches.get(list) ?? 0,
      },
    ]),
  )
}

/** Subjects of our own that may be compared at all: not expired, not suspended, of a purpose that permits it. */
function countComparable({ services, engine }: Screening): number {
  const { store, identity } = services
  const actor = { member: partyOf(identity.directory(), identity.me) }
  const now = store.clock.now()
  let count = 0
  for (const id of engine.ownSubjects) {
    const { subject } = engine.find(id)!
    if (subject.handling.purposes.some((purpose) => decide(actor, 'match', subject, { now, purpose }).permit)) count++
  }
  return count
}

function readInChunks(ids: readonly string[], { store }: Services): (() => Promise<RecordRow[]>)[] {
  return [...chunksOf(ids, 100)].map(
    (chunk) => () =>
      store.db
        .selectFrom('records')
        .selectAll()
        .where('id', 'in', chunk as RecordId[])
        .execute(),
  )
}

/** Compares each of these with all that may be compared with it. */
async function screenEach(rows: readonly RecordRow[], screening: Screening): Promise<void> {
  if (rows.length === 0) return
  const { services } = screening
  const known = await readPairs(
    services.store,
    rows.map((it) => it.id),
  )
  let turn = 0
  for (const row of rows) {
    if (++turn % 20 === 0) await nextTurn()
    const pairs = candidatesFor(row, screening, { limit: candidatesPerRecord })
    record(
      pairs,
      known.filter((it) => it.ours === row.id || it.theirs === row.id),
      screening,
    )
  }
}

/** An import brings thousands of entries: it is then the few subjects of our own that are compared, with these alone. */
async function screenOwn(listed: readonly RecordRow[], screening: Screening): Promise<void> {
  const { services, engine } = screening
  if (engine.ownSubjects.size === 0) return
  const among = new Set<string>(listed.map((it) => it.id))
  const known = await readPairs(
    services.store,
    listed.map((it) => it.id),
  )
  const pairs: Pair[] = []
  for (const rows of readInChunks([...engine.ownSubjects], services)) {
    await nextTurn()
    for (const row of await rows()) pairs.push(...candidatesFor(row, screening, { limit: candidatesPerList, among }))
  }
  record(pairs, known, screening)
}

interface Pair {
  readonly mine: Indexed
  readonly other: Indexed
  readonly candidate: Candidate
}

function candidatesFor(
  row: RecordRow,
  { services, engine }: Screening,
  { limit, among }: { limit: number; among?: ReadonlySet<string> },
): Pair[] {
  const { store, identity } = services
  const mine = engine.find(row.id)
  const entity = engine.entityOf(row)
  if (mine === undefined || entity === undefined || (mine.as === 'list' && engine.ownSubjects.size === 0)) return []
  const now = store.clock.now()
  const actor = { member: partyOf(identity.directory(), identity.me) }
  const underWhat = new Map(
    mine.subject.handling.purposes
      .map((purpose) => ({ now, purpose }))
      .filter((it) => decide(actor, 'match', mine.subject, it).permit)
      .map((it) => [it.purpose, it]),
  )
  const candidates = engine.search(entity, {
    limit,
    threshold: candidateThreshold,
    actor,
    act: 'match',
    // The first purpose that both records allow.
    circumstancesFor: (other) => {
      if (!comparable(mine, other) || among?.has(other.id) === false) return undefined
      const purpose = sharedPurpose(mine.subject, other.subject)
      return purpose && underWhat.get(purpose)
    },
  })
  return candidates.flatMap((candidate) => {
    const other = engine.find(candidate.id)
    return other === undefined ? [] : [{ mine, other, candidate }]
  })
}

/** Writes down what was found, and closes what was open of the same records and was not found again. */
function record(pairs: readonly Pair[], known: readonly CandidateRow[], { services, found }: Screening): void {
  const now = services.store.clock.now()
  const node: Caller = {
    actor: { member: partyOf(services.identity.directory(), services.identity.me) },
    via: 'system',
  }
  const before = new Map(known.flatMap((it) => [[`${it.ours} ${it.theirs}`, it] as const]))
  for (const { mine, other, candidate } of pairs) {
    const [ours, theirs] = mine.as === 'subject' && mine.ours ? [mine, other] : [other, mine]
    note(candidate, { mine, other, before: before.get(`${ours.id} ${theirs.id}`), node, found, now })
    before.delete(`${ours.id} ${theirs.id}`)
  }
  for (const lapsed of before.values()) {
    if (lapsed.state !== 'open') continue
    found.rows.push({
      op: 'update',
      table: 'candidates',
      where: { id: lapsed.id, state: 'open' },
      values: { state: 'lapsed', reason: 'A newer version no longer matches.' },
    })
    found.touched.push({ type: 'candidate', id: lapsed.id })
  }
}

/** Our own subjects meet those of others and the lists; the two of others are theirs to compare. */
function comparable(a: Indexed, b: Indexed): boolean {
  if (a.as === 'list' && b.as === 'list') return false
  if (a.as === 'list') return b.ours
  if (b.as === 'list') return a.ours
  return a.ours !== b.ours
}

interface Noting {
  readonly mine: Indexed
  readonly other: Indexed
  readonly before: CandidateRow | undefined
  readonly node: Caller
  readonly found: Found
  readonly now: Date
}

function note(candidate: Candidate, { mine, other, before, node, found, now }: Noting): void {
  const [ours, theirs] = mine.as === 'subject' && mine.ours ? [mine, other] : [other, mine]
  const id = before?.id ?? newId('can', now.getTime())
  const values = {
    id,
    ours: ours.id,
    ours_version: ours.version,
    theirs: theirs.id,
    theirs_version: theirs.version,
    score: candidate.score,
    explanation: asJson(aligned(candidate, mine === ours)),
    engine: engineVersion,
  }
  if (
    before !== undefined &&
    (before.state === 'hit' || (before.state === 'no-hit' && candidate.score <= before.score + 0.05))
  )
    return
  if (before === undefined)
    found.rows.push({ op: 'insert', table: 'candidates', values: { ...values, state: 'open' }, orIgnore: true })
  else
    found.rows.push({
      op: 'update',
      table: 'candidates',
      where: { id },
      values: { ...values, state: 'open', decided_by: null, decided_at: null, reason: null },
    })
  found.touched.push({ type: 'candidate', id })
  found.noted.push(theirs.id)
  found.audit.push(
    audited('match', node, {
      object: { type: 'candidate', id },
      details: { ours: ours.id, theirs: theirs.id, score: candidate.score },
    }),
  )
}

/** Ours on the left, theirs on the right, whichever of the two came last and asked. */
function aligned({ features, evidence }: Candidate, oursAsked: boolean): Explanation {
  if (oursAsked) return { features, evidence }
  return {
    features: features.map((it) => ({ ...it, query: it.candidate, candidate: it.query })),
    evidence: {
      ...evidence,
      queryName: evidence.candidateName,
      candidateName: evidence.queryName,
      tokens: evidence.tokens.map((it) => ({ ...it, query: it.candidate, candidate: it.query })),
      unmatchedQuery: evidence.unmatchedCandidate,
      unmatchedCandidate: evidence.unmatchedQuery,
    },
  }
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
