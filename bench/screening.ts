import { setTimeout as sleep } from 'node:timers/promises'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { createSearchPool } from '#matching/search-pool'
import { readSegment, writeSegment } from '#matching/segment'
import { type Bench, type BenchContext, median, percentile, timed } from './bench.ts'
import { pick, type Random, seeded } from './invented.ts'
import { inventPeople } from './matching/inventions.ts'
import { readListed } from './matching/listed.ts'
import { openMiniSearch, openScan, openTrigrams } from './matching/other-searches.ts'
import type { Search } from './matching/quality.ts'

export const screens = 20_000
/** Screens before the measure begins: the machine compiles, and the commonest words are met. */
const warmUp = 12_000
const asked = 60
const limit = 5
const threshold = 0.7
const threads = 2
const changes = 1_700

export const screening: Bench = {
  name: 'screening',
  metrics: [
    {
      name: 'screening/screens_per_second',
      unit: 'screens/s',
      what: 'people screened by name against the UN and US lists, in two threads, with explained candidates',
      baseline: 'a Jaro-Winkler scan',
    },
    {
      name: 'screening/screens_per_second_minisearch',
      unit: 'screens/s',
      what: 'the same',
      baseline: 'minisearch',
    },
    { name: 'screening/screens_per_second_trigrams', unit: 'screens/s', what: 'the same', baseline: 'pg_trgm' },
    { name: 'screening/p99_ms', unit: 'ms', what: 'the time within which 99 of 100 screens end, in one thread' },
    {
      name: 'screening/index_mb',
      unit: 'MB',
      what: 'memory that the index of both lists holds, typed columns and all else',
      baseline: 'the same names as strings in an array',
    },
    {
      name: 'screening/load_ms',
      unit: 'ms',
      what: 'loading the index from a segment file until it answers',
      baseline: 'indexing the same entities',
    },
    {
      name: 'screening/delta_ms',
      unit: 'ms',
      what: `putting ${changes} changed entities into an index that two threads search`,
      baseline: 'indexing all entities',
    },
  ],
  async run(context) {
    const { say, report, folder } = context
    const { what, entities } = await readListed(folder)
    const { value: index, megabytes } = await weighed(async () => indexOf((await readListed(folder)).entities))
    const { value: names, megabytes: plain } = await weighed(async () => namesOf((await readListed(folder)).entities))
    say(`${what}, ${names.length} names`)
    report('screening/index_mb', megabytes + index.bytes / 2 ** 20, plain)
    const { seconds: building } = await timed(() => indexOf(entities))
    const people = queriesOf(entities, warmUp + screens)
    if (context.wants('screening/p99_ms')) report('screening/p99_ms', slowest(index, people))
    if (context.wants('screening/load_ms')) {
      await writeSegment(index, `${folder}/lists.segment`)
      const loads: number[] = []
      for (let turn = 0; turn < 5; turn++) loads.push((await timed(() => loadOnce(folder, people[0]!))).seconds)
      report('screening/load_ms', median(loads) * 1_000, building * 1_000)
    }
    await measurePool(index, people, context)
    if (context.wants('screening/delta_ms')) {
      report('screening/delta_ms', (await changeWhileSearched(index, entities, people)) * 1_000, building * 1_000)
    }
  },
}

export function indexOf(entities: readonly MatchEntity[]): MatchingIndex {
  const index = createMatchingIndex()
  for (const it of entities) index.put(it)
  return index
}

function namesOf(entities: readonly MatchEntity[]): string[] {
  // A copy with no tie to the text that it was cut from, as a baseline would keep it.
  return entities.flatMap((it) =>
    ['name', 'alias', 'weakAlias', 'previousName'].flatMap((property) =>
      (it.properties[property] ?? []).map((name) => Buffer.from(name).toString()),
    ),
  )
}

async function weighed<Value>(make: () => Promise<Value>): Promise<{ value: Value; megabytes: number }> {
  await make() // what is kept for later by code that runs first is no part of it
  const before = await heldMemory()
  const value = await make()
  return { value, megabytes: ((await heldMemory()) - before) / 2 ** 20 }
}

/** Bytes in use on the heap, shared columns apart, once everything that can go has gone. */
export async function heldMemory(): Promise<number> {
  for (let sweep = 0; sweep < 5; sweep++) {
    globalThis.gc?.()
    await sleep(20) // buffers of files go only some turns after the sweep
  }
  return process.memoryUsage().heapUsed
}

/** Customers as an office meets them: nine of ten are on no list, one has a listed name, spelt a little otherwise. */
export function queriesOf(listed: readonly MatchEntity[], count: number): readonly MatchEntity[] {
  const random = seeded(11)
  const people = listed.filter(
    (it) => it.schema === 'Person' && /^[\p{Script=Latin}\s,.'-]+$/u.test(it.properties.name?.[0] ?? ''),
  )
  return inventPeople(count, 12).map(({ name }, at) => {
    const text = random() < 0.1 ? misspelt(pick(random, people).properties.name![0]!, random) : name
    return { id: `customer-${at}`, schema: 'Person', properties: { name: [text] } }
  })
}

function misspelt(name: string, random: Random): string {
  const at = 1 + Math.floor(random() * (name.length - 1))
  return random() < 0.5 ? name.slice(0, at) + name.slice(at + 1) : name.slice(0, at) + name[at - 1] + name.slice(at)
}

/** Milliseconds within which 99 of 100 end. */
export function slowest(index: MatchingIndex, people: readonly MatchEntity[]): number {
  for (const it of people.slice(0, warmUp)) index.search(it, { limit, threshold })
  const milliseconds: number[] = []
  for (const it of people.slice(warmUp)) {
    const started = performance.now()
    index.search(it, { limit, threshold })
    milliseconds.push(performance.now() - started)
  }
  return percentile(milliseconds, 0.99)
}

async function loadOnce(folder: string, query: MatchEntity): Promise<void> {
  const { index } = await readSegment(`${folder}/lists.segment`)
  index.search(query, { limit, threshold })
}

/** Screens a second in two threads, warm. */
export async function poolRate(index: MatchingIndex, people: readonly MatchEntity[]): Promise<number> {
  const pool = createSearchPool(index, { threads })
  await pool.search(people.slice(0, warmUp), { limit, threshold })
  const { seconds } = await timed(() => pool.search(people.slice(warmUp), { limit, threshold }))
  await pool.close()
  return (people.length - warmUp) / seconds
}

async function measurePool(index: MatchingIndex, people: readonly MatchEntity[], context: BenchContext): Promise<void> {
  const own = ['', '_minisearch', '_trigrams'].map((it) => `screening/screens_per_second${it}`)
  if (!context.wants(...own)) return
  const rate = await poolRate(index, people)
  const { entities } = await readListed(context.folder)
  const others = [
    () => openScan(entities),
    () => openMiniSearch(entities),
    () => openTrigrams(entities, context.folder),
  ]
  for (const [at, open] of others.entries()) {
    if (!context.wants(own[at]!)) continue
    const other = await open()
    context.say(`${asked} screens by ${other.name}`)
    context.report(own[at]!, rate, await rateOf(other.search, people.slice(0, asked)))
    await other.close()
  }
}

async function rateOf(search: Search, people: readonly MatchEntity[]): Promise<number> {
  await search(people[0]!)
  const { seconds } = await timed(async () => {
    for (const it of people) await search(it)
  })
  return people.length / seconds
}

/** Seconds that the changes take while two threads go on searching. */
async function changeWhileSearched(
  index: MatchingIndex,
  entities: readonly MatchEntity[],
  people: readonly MatchEntity[],
): Promise<number> {
  const pool = createSearchPool(index, { threads })
  await pool.search(people.slice(0, warmUp), { limit, threshold })
  const searching = pool.search(people.slice(0, warmUp), { limit, threshold })
  const changed = entities.slice(0, changes).map((it) => ({
    ...it,
    properties: { ...it.properties, alias: [...(it.properties.alias ?? []), `Exercise ${it.id}`] },
  }))
  const { seconds } = await timed(() => {
    index.putAll(changed)
  })
  await searching
  await pool.close()
  return seconds
}
