import { setTimeout as sleep } from 'node:timers/promises'
import { shareRecord } from '#capabilities/records/rules'
import { recordSubject } from '#capabilities/subjects/rules'
import type { RecordId } from '#kernel/ids'
import type { RunningNode } from '#node/open-node'
import type { Change } from '#store/change'
import { readHoldings } from '#store/holdings'
import { openReader } from '#store/reader'
import type { Bench, BenchContext } from './bench.ts'
import { percentile } from './bench.ts'
import { inventPerson, type Person, seeded, subjectOf, twinOf } from './invented.ts'
import { farMember, headerAt, officerOf, openPair, type Pair } from './pair.ts'
import { plainExchange } from './plain-exchange.ts'

const inFlight = 64
const warmUp = 500
const records = 3_000
const farSubjects = 200
const candidates = 60

export const exchange: Bench = {
  name: 'exchange',
  metrics: [
    {
      name: 'exchange/records_per_second',
      unit: 'records/s',
      what: 'records recorded, shared and held at another node with a verified receipt; must be 300 or more',
      baseline: 'the same records as plain rows and unsigned JSON',
    },
    {
      name: 'exchange/candidate_p50_ms',
      unit: 'ms',
      what: 'from the commit of a share to the open candidate at the recipient, when idle: median',
    },
    { name: 'exchange/candidate_p95_ms', unit: 'ms', what: 'the same, 95th percentile; must be below 500' },
  ],
  async run(context) {
    const random = seeded(1)
    const people = (count: number) => Array.from({ length: count }, () => inventPerson(random))
    context.say('starting PostgreSQL and two nodes')
    await using pair = await openPair(context.folder)
    await pair.far.record(people(farSubjects).map(subjectOf))
    if (context.wants('exchange/records_per_second')) {
      context.say(`${warmUp} records to warm up, then ${records}`)
      await exchangeAll(pair.near, people(warmUp))
      const drawn = people(records)
      const ours = records / (await exchangeAll(pair.near, drawn))
      context.say('the same as plain rows and plain JSON')
      const databases = [await pair.database('plain_near'), await pair.database('plain_far')] as const
      await plainExchange(databases, people(warmUp).map(subjectOf), inFlight)
      const plain = records / (await plainExchange(databases, drawn.map(subjectOf), inFlight))
      context.report('exchange/records_per_second', ours, plain)
    }
    if (context.wants('exchange/candidate_p50_ms', 'exchange/candidate_p95_ms')) {
      context.say(`${candidates} candidates`)
      const waits = await awaitCandidates(pair, people(candidates + 10), context)
      context.report('exchange/candidate_p50_ms', percentile(waits, 0.5))
      context.report('exchange/candidate_p95_ms', percentile(waits, 0.95))
    }
  },
}

/** Seconds from the first record until the last one is held by the far node and its receipt is written here. */
async function exchangeAll(node: RunningNode, people: readonly Person[]): Promise<number> {
  const { store } = node.services
  let open = people.length
  const held = Promise.withResolvers<void>()
  const unlisten = store.onCommit(({ feed }) => {
    for (const it of feed) if (it.what === 'delivery') open--
    if (open === 0) held.resolve()
  })
  const started = performance.now()
  const rest = people[Symbol.iterator]()
  const ids: RecordId[] = []
  const work = async () => {
    for (const person of rest) {
      const id = await recordPerson(node, person)
      ids.push(id)
      await store.commit(await shareOf(node, id))
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  await Promise.race([held.promise, sleep(120_000, undefined, { ref: false })])
  const seconds = (performance.now() - started) / 1_000
  unlisten()
  await checkHeld(node, ids)
  return seconds
}

const farAudience = { members: [farMember], groups: [], sectors: [] }

/** As the route `subjects.record` does, with whom it is for named from the first. */
async function recordPerson(node: RunningNode, person: Person): Promise<RecordId> {
  const { store } = node.services
  const now = store.clock.now()
  const input = { handling: { ...headerAt(now), audience: farAudience }, body: subjectOf(person), marks: {} }
  const { change, id } = recordSubject(input, { caller: officerOf(node), now })
  await store.commit(change)
  return id
}

/** As the route `records.share` does. */
async function shareOf(node: RunningNode, id: RecordId): Promise<Change> {
  const { store, directories } = node.services
  const caller = officerOf(node)
  const reader = openReader(store, caller)
  const record = await reader.record(id)
  const whole = await reader.whole(id, 'disclose')
  if (record === undefined || whole === undefined) throw new Error(`${id} is not there to be shared`)
  const holdings = await readHoldings(store, id)
  const grants = await reader.grants(id)
  const input = { with: farAudience, marks: {} }
  const work = { caller, now: store.clock.now(), directory: directories.current(), holdings, grants, whole }
  return shareRecord(record, input, work).change
}

async function checkHeld({ services }: RunningNode, ids: readonly RecordId[]): Promise<void> {
  const { held } = await services.store.db
    .selectFrom('holdings')
    .select((eb) => eb.fn.countAll<number>().as('held'))
    .where('record_id', 'in', ids)
    .where('state', '=', 'held')
    .executeTakeFirstOrThrow()
  if (held !== ids.length) throw new Error(`only ${held} of ${ids.length} records are held`)
}

/** Milliseconds from each share to its candidate at the far node, one after the other with rest between. */
async function awaitCandidates(
  { near, far }: Pair,
  people: readonly Person[],
  context: BenchContext,
): Promise<number[]> {
  await far.record(people.map((it) => subjectOf(twinOf(it))))
  const waits: number[] = []
  for (const person of people) {
    const id = await recordPerson(near, person)
    const change = await shareOf(near, id)
    await near.delivery.idle()
    await sleep(20 + waits.length)
    const seen = Promise.withResolvers<bigint>()
    const unlisten = far.onCandidate(({ theirs, at }) => theirs === id && seen.resolve(BigInt(at)))
    const overdue = setTimeout(() => seen.reject(new Error('no candidate within 20 s')), 20_000)
    const started = process.hrtime.bigint()
    await near.services.store.commit(change)
    waits.push(Number((await seen.promise) - started) / 1e6)
    clearTimeout(overdue)
    unlisten()
  }
  const warm = waits.slice(-candidates)
  context.say(`candidates took ${Math.min(...warm).toFixed(1)} to ${Math.max(...warm).toFixed(1)} ms`)
  return warm
}
