import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { answersTo, forTheBorder, indexOf, ourselves } from '#capabilities/documents/engine'
import { loadIndex } from '#capabilities/documents/follow'
import { keepIndex, loadKept } from '#capabilities/documents/index-file'
import { declarationKind } from '#capabilities/documents/record'
import type { Services } from '#http/services'
import { addTime, systemClock } from '#kernel/clock'
import { newId } from '#kernel/ids'
import { startPostgres } from '#store/bundled-postgres'
import { openStore } from '#store/store'
import { type Bench, type BenchContext, percentile, timed } from './bench.ts'
import { type Random, seeded } from './invented.ts'
import { heldMemory } from './screening.ts'

const records = 1_000
const perRecord = 10_000
/** The baselines are of a tenth: strings of ten million would not fit beside what is measured. */
const scaledRecords = records / 10
const lookUps = 50_000
const warmUp = 20_000
const tableLookUps = 5_000
const issuers = ['fr', 'ke', 'id']
const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ'

export const documents: Bench = {
  name: 'documents',
  metrics: [
    {
      name: 'documents/load_seconds',
      unit: 's',
      what: 'ten million documents read from the records in the store into the index, until it answers',
      baseline: 'the same into a Map of strings, from a tenth',
    },
    {
      name: 'documents/load_file_seconds',
      unit: 's',
      what: 'ten million documents read from the file of an earlier run, with its digest, until the index answers; must be below 2',
      baseline: 'the same from the records in the store',
    },
    {
      name: 'documents/keep_file_seconds',
      unit: 's',
      what: 'ten million documents written to that file, beside which requests go on',
    },
    {
      name: 'documents/ten_million_mb',
      unit: 'MB',
      what: 'memory of the process beyond that of an empty one, with ten million documents in the index; must be below 1,500',
      baseline: 'what a Map of strings holds of a tenth, times ten',
    },
    {
      name: 'documents/index_mb',
      unit: 'MB',
      what: 'of these, what the index itself holds; must be below 400',
    },
    {
      name: 'documents/look_up_us',
      unit: 'µs',
      what: 'the time within which 95 of 100 look-ups among them end, half of them hits, with the decision on each',
      baseline: 'a look-up by the primary key of a table of a million in PostgreSQL',
    },
  ],
  async run(context) {
    await using postgres = await openTable(context)
    const { url } = postgres
    const me = 'fr'
    await using store = await openStore({ url, me, clock: systemClock, signingKey: unused, slices: [] })
    const services = servicesOn(store, { me, dataDirectory: context.folder })
    await fill(url, context)
    const [rows, sample] = [records * perRecord, await sampleOf(url)]

    const before = await resident()
    const { seconds } = await timed(() => loadIndex(services))
    const size = indexOf(services).size
    if (size < rows * 0.999) throw new Error(`only ${size} of ${rows} documents are there`)
    const megabytes = (await resident()) - before
    const plain = await weighPlain(url, context)
    context.report('documents/load_seconds', seconds, plain.seconds)
    if (context.wants('documents/load_file_seconds') || context.wants('documents/keep_file_seconds')) {
      const { seconds: keeping } = await timed(() => keepIndex(services, 1))
      context.report('documents/keep_file_seconds', keeping)
      const { seconds: loading } = await timed(() => loadKept(services))
      context.report('documents/load_file_seconds', loading, seconds)
      if (indexOf(services).size !== size) throw new Error('the file has not all documents')
    }
    const index = indexOf(services)
    context.report('documents/ten_million_mb', megabytes, plain.megabytes)
    context.report('documents/index_mb', index.bytes / 2 ** 20)
    if (context.wants('documents/look_up_us')) {
      const random = seeded(5)
      const asked = Array.from({ length: warmUp + lookUps }, (_, at) => {
        const known = sample[at % sample.length]!
        return at % 2 === 0 ? known : { ...known, number: inventNumber(random) }
      })
      const answers = answersTo(ourselves(services), forTheBorder(services))
      const times = asked.map((it) => microseconds(() => index.find(it, answers)))
      context.report(
        'documents/look_up_us',
        percentile(times.slice(warmUp), 0.95),
        await askTable(url, sample, context),
      )
    }
  },
}

async function openTable({ folder }: BenchContext) {
  const server = await startPostgres({ directory: join(folder, 'postgres') })
  return { url: server.url('postgres'), [Symbol.asyncDispose]: () => server.stop() }
}

function servicesOn(
  store: Awaited<ReturnType<typeof openStore>>,
  { me, dataDirectory }: { readonly me: string; readonly dataDirectory: string },
): Services {
  const directory = {
    version: 1,
    members: issuers.map((id) => ({ id, kind: 'state', country: id, suspended: false })),
    groups: [],
  }
  const directories = { current: () => directory }
  const log = { warn: console.error, info: () => undefined }
  return { store, identity: { me }, directories, settings: { dataDirectory }, log } as unknown as Services
}

/** Nothing is signed here. */
function unused(): never {
  throw new Error('the bench signs nothing')
}

/** Records as they lie in the store; signatures and versions, which loading does not read, are left out. */
async function fill(url: string, { say }: BenchContext): Promise<void> {
  const random = seeded(3)
  await using client = await connect(url)
  const now = new Date()
  await client.query(`insert into changes (what, type, id) values ('work', 'bench', 'filled')`)
  const handling = JSON.stringify({
    audience: { members: issuers, groups: [], sectors: [] },
    tlp: 'GREEN',
    codes: [],
    purposes: ['border-security'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'none',
    nature: 'fact',
    basis: { instrument: 'bench', provision: 'bench' },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 1, 'years'),
  })
  for (let at = 0; at < records; at++) {
    const issuer = issuers[at % issuers.length]!
    const numbers = Array.from({ length: perRecord }, () => inventNumber(random)).join(' ')
    const group = { kind: 'passport', status: 'lost', declaredAt: '2026-01-02', numbers }
    await client.query(
      `insert into records (id, type, schema, owner, version, state, hash, caption, handling, body, marks, readers, issued_at, expires_at)
       values ($1, $2, 1, $3, 1, 'active', '', '', $4, $5, '{}', '[]', $6, $7)`,
      [
        newId('rec'),
        declarationKind.type,
        issuer,
        handling,
        JSON.stringify({ issuer, groups: [group], ranges: [] }),
        now.toISOString(),
        addTime(now, 1, 'years'),
      ],
    )
    if ((at + 1) % 250 === 0) say(`${(at + 1) * perRecord} documents declared`)
  }
}

/** A number as passports have them: two digits, two letters, five digits. */
function inventNumber(random: Random): string {
  const digits = (count: number) => String(Math.floor(random() * 10 ** count)).padStart(count, '0')
  const letter = () => letters[Math.floor(random() * letters.length)]
  return `${digits(2)}${letter()}${letter()}${digits(5)}`
}

async function* bodies(url: string, limit: number): AsyncGenerator<{ issuer: string; numbers: string[] }> {
  await using client = await connect(url)
  let after = ''
  for (let read = 0; read < limit; ) {
    const { rows } = await client.query(
      'select id, body from records where type = $1 and id > $2 order by id limit 10',
      [declarationKind.type, after],
    )
    if (rows.length === 0) break
    for (const { id, body } of rows) {
      after = id
      read++
      yield { issuer: body.issuer, numbers: body.groups[0].numbers.split(' ') }
    }
  }
}

interface Document {
  readonly issuer: string
  readonly number: string
}

async function sampleOf(url: string): Promise<Document[]> {
  const sample: Document[] = []
  for await (const { issuer, numbers } of bodies(url, 60))
    sample.push(...numbers.slice(0, 500).map((number) => ({ issuer, number })))
  return sample
}

/** What is simplest: a Map from issuer and number to what is declared. */
async function weighPlain(url: string, { say }: BenchContext): Promise<{ seconds: number; megabytes: number }> {
  say('the same into a Map of strings')
  const before = await heldMemory()
  const { seconds, value } = await timed(async () => {
    const map = new Map<string, { record: number; status: string; kind: string; declaredAt: string }>()
    let record = 0
    for await (const { issuer, numbers } of bodies(url, scaledRecords)) {
      record++
      for (const it of numbers)
        map.set(`${issuer} ${it}`, { record, status: 'lost', kind: 'passport', declaredAt: '2026-01-02' })
    }
    return map
  })
  const megabytes = ((await heldMemory()) - before) / 2 ** 20
  const scale = records / scaledRecords
  say(`${value.size} in it`)
  value.clear()
  return { seconds: seconds * scale, megabytes: megabytes * scale }
}

async function askTable(url: string, sample: readonly Document[], { say }: BenchContext): Promise<number> {
  say('the same from a table')
  await using client = await connect(url)
  await client.query(`create table documents as
    select distinct on (issuer, number) body ->> 'issuer' as issuer, number
    from (select body from records where type = '${declarationKind.type}' order by id limit ${scaledRecords}) as tenth,
      regexp_split_to_table(body -> 'groups' -> 0 ->> 'numbers', ' ') as number`)
  await client.query('alter table documents add primary key (issuer, number)')
  await client.query('analyze documents')
  const times: number[] = []
  for (let at = 0; at < tableLookUps; at++) {
    const { issuer, number } = sample[at % sample.length]!
    const started = process.hrtime.bigint()
    await client.query({
      name: 'look-up',
      text: 'select * from documents where issuer = $1 and number = $2',
      values: [issuer, number],
    })
    times.push(Number(process.hrtime.bigint() - started) / 1_000)
  }
  return percentile(times, 0.95)
}

async function connect(url: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

function microseconds(work: () => unknown): number {
  const started = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - started) / 1_000
}

/** Megabytes of this process that are in memory, once everything that can go has gone. */
async function resident(): Promise<number> {
  for (let sweep = 0; sweep < 5; sweep++) {
    globalThis.gc?.()
    await sleep(50)
  }
  return process.memoryUsage.rss() / 2 ** 20
}
