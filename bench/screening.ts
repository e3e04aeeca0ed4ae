import { setTimeout as sleep } from 'node:timers/promises'
import { flattenListing, type Listing } from '#capabilities/lists/record'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { type Bench, type BenchContext, percentile, timed } from './bench.ts'
import { inventPerson, pick, type Random, seeded } from './invented.ts'
import { scanNames } from './jaro-winkler.ts'
import { findLists, readListings } from './list-files.ts'

const screens = 3_000
const warmUp = 500
const scans = 40
const limit = 5
const threshold = 0.7

export const screening: Bench = {
  name: 'screening',
  metrics: [
    {
      name: 'screening/screens_per_second',
      unit: 'screens/s',
      what: 'people screened against all names of the UN and OFAC lists, in one thread, with explained candidates',
      baseline: 'a Jaro-Winkler scan over the same names',
    },
    { name: 'screening/p99_ms', unit: 'ms', what: 'the time within which 99 of 100 screens end' },
    {
      name: 'screening/index_mb',
      unit: 'MB',
      what: 'memory that the index of both lists holds, typed arrays and all else',
      baseline: 'the same names as strings in an array',
    },
  ],
  async run(context) {
    const { say, report } = context
    const files = findLists(context.folder)
    await readListings(files) // what the readers keep for later is no part of the index
    const { value: index, megabytes } = await weighed(async () => indexOf(await readListings(files)))
    const { value: names, megabytes: plain } = await weighed(async () => namesOf(await readListings(files)))
    say(`${files.real ? 'the published' : 'invented'} lists: ${index.size} entries, ${names.length} names`)
    report('screening/index_mb', megabytes, plain)
    if (!context.wants('screening/screens_per_second', 'screening/p99_ms')) return
    const people = inventPeople(await readListings(files))
    const { perSecond, p99 } = await screenAll(index, people, context)
    report('screening/p99_ms', p99)
    if (!context.wants('screening/screens_per_second')) return
    say(`${scans} scans`)
    const queries = people.slice(0, scans).map((it) => folded(it.properties.name![0]!))
    scanNames(queries[0]!, names, limit)
    const scanned = await timed(() => queries.reduce((found, it) => found + scanNames(it, names, limit).length, 0))
    report('screening/screens_per_second', perSecond, scans / scanned.seconds)
  },
}

function indexOf(listings: readonly Listing[]): MatchingIndex {
  const index = createMatchingIndex()
  for (const it of listings) index.put(flattenListing(it, `${it.list}-${it.ref}`))
  return index
}

function namesOf(listings: readonly Listing[]): string[] {
  return listings.flatMap((it) => it.names.map((one) => folded(one.value)))
}

/** A copy with no tie to the text that it was cut from, as a baseline would keep it. */
function folded(name: string): string {
  return Buffer.from(name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()).toString()
}

async function weighed<Value>(make: () => Promise<Value>): Promise<{ value: Value; megabytes: number }> {
  const before = await heldMemory()
  const value = await make()
  return { value, megabytes: ((await heldMemory()) - before) / 2 ** 20 }
}

/** Bytes in use once everything that can go has gone: buffers of files go only some turns after the sweep. */
async function heldMemory(): Promise<number> {
  for (let sweep = 0; sweep < 5; sweep++) {
    globalThis.gc?.()
    await sleep(20)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Customers as an office meets them: nine of ten are on no list, one has a listed name, spelt a little otherwise. */
function inventPeople(listings: readonly Listing[]): MatchEntity[] {
  const random = seeded(11)
  const listed = listings.filter(
    (it) => it.schema === 'Person' && /^[\p{Script=Latin}\s,.'-]+$/u.test(it.names[0]!.value),
  )
  return Array.from({ length: warmUp + screens }, (_, at) => {
    const { given, second, family, born, country } = inventPerson(random)
    const known = random() < 0.5
    if (random() < 0.1) {
      const { names, properties } = pick(random, listed)
      const { birthDate = [], nationality = [] } = known ? properties : {}
      return customer(at, misspelt(names[0]!.value, random), { birthDate, nationality })
    }
    return customer(at, `${given} ${second} ${family}`, known ? { birthDate: [born], nationality: [country] } : {})
  })
}

function customer(at: number, name: string, known: Record<string, readonly string[]>): MatchEntity {
  return { id: `customer-${at}`, schema: 'Person', properties: { name: [name], ...known } }
}

function misspelt(name: string, random: Random): string {
  const at = 1 + Math.floor(random() * (name.length - 1))
  return random() < 0.5 ? name.slice(0, at) + name.slice(at + 1) : name.slice(0, at) + name[at - 1] + name.slice(at)
}

async function screenAll(index: MatchingIndex, people: readonly MatchEntity[], { say }: BenchContext) {
  say(`${screens} screens`)
  for (const it of people.slice(0, warmUp)) index.search(it, { limit, threshold })
  const milliseconds: number[] = []
  let found = 0
  for (const it of people.slice(warmUp)) {
    const started = performance.now()
    found += index.search(it, { limit, threshold }).length
    milliseconds.push(performance.now() - started)
  }
  const sum = milliseconds.reduce((total, it) => total + it, 0)
  say(`${found} candidates, median ${percentile(milliseconds, 0.5).toFixed(2)} ms`)
  return { perSecond: (screens / sum) * 1_000, p99: percentile(milliseconds, 0.99) }
}
