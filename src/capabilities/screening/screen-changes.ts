import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Engine, engineOf, type Indexed, sharedPurpose } from '#capabilities/screening/engine'
import { asJson, type CandidateRow, readPairs } from '#capabilities/screening/store'
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

interface Found {
  readonly rows: RowWrite[]
  readonly audit: Audited[]
  readonly touched: { type: string; id: string }[]
}

/** Follows the change feed: keeps the index true, and compares what is new with what the node holds of others, or of its own. */
export async function screenChanges(items: readonly FeedItem[], services: Services): Promise<Change | undefined> {
  const engine = engineOf(services)
  const newest = new Map(items.filter((it) => it.what === 'record' || it.what === 'state').map((it) => [it.id, it]))
  const found: Found = { rows: [], audit: [], touched: [] }
  let turn = 0
  for (const chunk of chunksOf([...newest.keys()], 100)) {
    const rows = await services.store.db
      .selectFrom('records')
      .selectAll()
      .where('id', 'in', chunk as RecordId[])
      .execute()
    for (const row of rows) {
      if (++turn % 20 === 0) await nextTurn()
      if (row.state !== 'active') engine.remove(row.id)
      else if (services.kinds.get(row.type)?.matching !== undefined) {
        engine.put(row)
        await screenRecord(row, { services, engine, found })
      }
    }
  }
  return found.rows.length === 0 ? undefined : found
}

async function screenRecord(
  row: RecordRow,
  { services, engine, found }: { services: Services; engine: Engine; found: Found },
): Promise<void> {
  const { store, identity } = services
  const mine = engine.find(row.id)
  const entity = engine.entityOf(row)
  if (mine === undefined || entity === undefined || (mine.as === 'list' && engine.ownSubjects === 0)) return
  const now = store.clock.now()
  const actor = { member: partyOf(identity.directory(), identity.me) }
  const candidates = mine.subject.handling.purposes.flatMap((purpose) => {
    if (!decide(actor, 'match', mine.subject, { now, purpose }).permit) return []
    return engine.search(entity, {
      limit: candidatesPerRecord,
      threshold: candidateThreshold,
      actor,
      act: 'match',
      circumstances: { now, purpose },
      // Once for each pair: under the first purpose that both records allow.
      only: (other) => comparable(mine, other) && sharedPurpose(mine.subject, other.subject) === purpose,
    })
  })
  const known = new Map((await readPairs(store, row.id)).map((it) => [it.ours === row.id ? it.theirs : it.ours, it]))
  const node: Caller = { actor, via: 'system' }
  for (const candidate of candidates) {
    const other = engine.find(candidate.id)
    if (other === undefined) continue
    note(candidate, { mine, other, before: known.get(other.id), node, found, now })
    known.delete(other.id)
  }
  for (const lapsed of known.values()) {
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
    explanation: asJson({ features: candidate.features, evidence: candidate.evidence }),
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
  found.audit.push(
    audited('match', node, {
      object: { type: 'candidate', id },
      details: { ours: ours.id, theirs: theirs.id, score: candidate.score },
    }),
  )
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
