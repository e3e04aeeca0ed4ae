import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { writeMrz } from '#formats/travel/mrz-write'
import { createApp } from '#http/app'
import type { Alert, Alerts, TravelDocuments } from '#http/travellers'
import type { RecordId } from '#kernel/ids'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex } from '#matching/name-index'
import { readConfig } from '#node/config'
import { exerciseMembers } from '#node/exercise-members'
import { planFederation, writeFederation } from '#node/federation'
import { openNode, operations, type RunningNode } from '#node/open-node'
import { partyOf } from '#protocol/directory'
import { ensureDatabase, startPostgres } from '#store/bundled-postgres'
import { type Bench, type BenchContext, percentile, timed } from './bench.ts'
import { inventPerson, type Person, pick, seeded } from './invented.ts'
import { openScan } from './matching/other-searches.ts'
import { headerAt } from './pair.ts'

const alertCount = 100_000
const documentCount = 10_000_000
const travellers = 600
const warmUp = 100
const passengers = 400
const turns = 5
/** One traveller in twenty is the subject of an alert: far more than at any border, so that the dear ones count. */
const subjects = 0.05

/** What the desk asks: measured with a stand-in for the documents unless the real ones are given. */
export interface Ports {
  readonly alerts: Alerts
  readonly documents: TravelDocuments
}

export const border: Bench = {
  name: 'border',
  metrics: [
    {
      name: 'border/check_p95_ms',
      unit: 'ms',
      what: 'the time within which 95 of 100 travellers are answered for at a desk, from the zone to the reply, against 100,000 alerts and 10 million documents, with database and audit',
      baseline: 'a Jaro-Winkler scan of the same alerts by name alone',
    },
    {
      name: 'border/paxlst_400_ms',
      unit: 'ms',
      what: 'a PAXLST of 400 passengers, all of them looked up, stored and reported on',
      baseline: 'the same passengers checked one by one',
    },
  ],
  async run(context) {
    const random = seeded(31)
    const people = Array.from({ length: alertCount }, () => inventPerson(random))
    context.say('indexing alerts and documents')
    await using node = await openOne(context.folder)
    await measure(node, context, { people, ports: { alerts: alertsOf(people), documents: standIn(documentCount) } })
  },
}

interface Measuring {
  readonly people: readonly Person[]
  readonly ports: Ports
}

export async function measure(node: RunningNode, context: BenchContext, { people, ports }: Measuring): Promise<void> {
  Object.defineProperty(node.services, 'alerts', { value: ports.alerts })
  Object.defineProperty(node.services, 'documents', { value: ports.documents })
  await recordAlerts(node, people.length)
  const random = seeded(32)
  const someone = () => (random() < subjects ? pick(random, people) : inventPerson(random))
  const ask = sit(node)
  if (context.wants('border/check_p95_ms')) {
    context.say(`${travellers} travellers at a desk`)
    const milliseconds: number[] = []
    const scans: number[] = []
    const scan = openScan(people.map(entityOf))
    for (let turn = 0; turn < warmUp + travellers; turn++) {
      const person = someone()
      const check = () => ask('/border/checks', JSON.stringify({ desk: 'fr-cdg-2e', mrz: zoneOf(person) }))
      const { seconds } = await timed(check)
      if (turn < warmUp) continue
      milliseconds.push(seconds * 1_000)
      if (turn % 20 === 0) scans.push((await timed(() => scan.search(entityOf(person, 0)))).seconds * 1_000)
    }
    await scan.close()
    context.report('border/check_p95_ms', percentile(milliseconds, 0.95), percentile(scans, 0.95))
  }
  if (!context.wants('border/paxlst_400_ms')) return
  context.say(`a message of ${passengers} passengers, ${turns} times`)
  const whole: number[] = []
  const single: number[] = []
  for (let turn = 0; turn <= turns; turn++) {
    const flight = Array.from({ length: passengers }, someone)
    const message = await timed(() => ask('/border/messages?desk=fr-cdg-2e', paxlstOf(flight)))
    const apart = await timed(async () => {
      for (const it of flight) await ask('/border/checks', JSON.stringify({ desk: 'fr-cdg-2e', mrz: zoneOf(it) }))
    })
    if (turn === 0) continue // the first one compiles
    whole.push(message.seconds * 1_000)
    single.push(apart.seconds * 1_000)
  }
  context.report('border/paxlst_400_ms', percentile(whole, 0.5), percentile(single, 0.5))
}

async function openOne(folder: string): Promise<RunningNode & AsyncDisposable> {
  await using cleanup = new AsyncDisposableStack()
  const server = cleanup.adopt(await startPostgres({ directory: join(folder, 'postgres') }), (it) => it.stop())
  await ensureDatabase(server.url('postgres'), 'comity_fr')
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const members = exerciseMembers.filter((it) => it.id === 'fr').map((it) => ({ ...it, port }))
  const material = await planFederation({ name: 'Comity bench', exercise: true, members, groups: [], now: new Date() })
  const files = writeFederation(folder, material, () => server.url('comity_fr'))
  const node = cleanup.use(await openNode(readConfig(files.get('fr')!)))
  const running = cleanup.move()
  return { ...node, services: node.services, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** The API of the node for an officer, who sees all that there is to see. Throws when it does not answer as asked. */
function sit({ services }: RunningNode) {
  const actor = {
    member: partyOf(services.directories.current(), services.identity.me),
    person: { id: 'per_bench', roles: ['officer'] as const },
  }
  const person = { id: 'per_bench', name: 'Bench', roles: ['officer'] as const }
  const signedIn = { caller: { actor, via: 'session' as const }, person, scopes: ['screen'] as const, session: null }
  const app = createApp({ services, operations, authenticate: async () => signedIn, version: 'bench' })
  return async (path: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> => {
    const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream'
    const response = await app.request(`/api/v1${path}`, { method: 'POST', headers: { 'content-type': type }, body })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  }
}

const idOf = (at: number): RecordId => `rec_${String(at).padStart(32, '0')}`

function entityOf({ given, second, family, born, country, passport }: Person, at: number): MatchEntity {
  const name = [`${given} ${second} ${family}`]
  const properties = { name, birthDate: [born], nationality: [country], passportNumber: [passport.slice(0, 9)] }
  return { id: idOf(at), schema: 'Person', properties }
}

/** The engine of the product over these people, as the capability that has the alerts would ask it. */
export function alertsOf(people: readonly Person[]): Alerts {
  const index = createMatchingIndex()
  for (const [at, it] of people.entries()) index.put(entityOf(it, at))
  index.tighten()
  const alert = (id: string): Alert => ({
    id: id as RecordId,
    version: 1,
    owner: 'fr',
    type: 'red',
    caption: 'EXERCISE',
    asked: 'arrest',
    permitted: 'ask',
    loweredBy: 'exercise parameter',
    discreet: false,
    sought: ['place', 'route'],
    purposes: ['border-security'],
    expiresAt: '2099-01-01T00:00:00.000Z',
  })
  return {
    search: ({ properties }) => {
      const query: MatchEntity = { id: 'traveller', schema: 'Person', properties }
      return index.search(query, { limit: 10, threshold: 0.7 }).map((match) => ({ ...alert(match.id), match }))
    },
    find: alert,
    version: 1,
  }
}

/** Numbers of documents as sorted digests: what an index of so many needs at least. */
export function standIn(count: number): TravelDocuments {
  const random = seeded(33)
  const digests = new BigUint64Array(count)
  const words = new Uint32Array(digests.buffer)
  for (let at = 0; at < words.length; at++) words[at] = Math.floor(random() * 2 ** 32)
  digests.sort()
  const has = (digest: bigint) => {
    let [from, to] = [0, count]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (digests[middle]! < digest) from = middle + 1
      else to = middle
    }
    return digests[from] === digest
  }
  return {
    size: count,
    lookUp: ({ number, issuer = '' }) => {
      const digest = createHash('sha256').update(`${issuer} ${number}`).digest().readBigUInt64LE()
      if (!has(digest)) return []
      return [{ issuer, number, kind: 'passport', status: 'stolen', owner: 'fr', declaredAt: '2026-01-01' }]
    },
  }
}

/** A record behind each alert: a reply shows of an alert what its record lets the caller see. */
async function recordAlerts({ services: { store } }: RunningNode, count: number): Promise<void> {
  const handling = { ...headerAt(new Date()), purposes: ['border-security'] }
  const ids = Array.from({ length: count }, (_, at) => idOf(at))
  await sql`insert into records (id, type, schema, owner, version, state, hash, caption, handling, body, marks, readers, issued_at, expires_at)
    select id, 'subject', 1, 'fr', 1, 'active', 'bench', 'EXERCISE', ${JSON.stringify(handling)}::jsonb, '{}', '{}', '[]', '2026-01-01', ${handling.expiresAt}
    from unnest(${ids}::text[]) as id`.execute(store.db)
  await sql`analyze records`.execute(store.db)
}

const alpha3: Readonly<Record<string, string>> = {
  ke: 'KEN',
  fr: 'FRA',
  id: 'IDN',
  ma: 'MAR',
  ng: 'NGA',
  ph: 'PHL',
  lb: 'LBN',
  kz: 'KAZ',
  br: 'BRA',
  in: 'IND',
  de: 'DEU',
  mx: 'MEX',
}

function zoneOf({ given, second, family, born, country, passport }: Person): string {
  return writeMrz('TD3', {
    documentCode: 'P',
    issuer: alpha3[country]!,
    documentNumber: passport.slice(0, 9),
    nationality: alpha3[country]!,
    birthDate: born.slice(2).replaceAll('-', ''),
    sex: '<',
    expiryDate: '300101',
    primary: family,
    secondary: `${given} ${second}`,
  }).join('\n')
}

function paxlstOf(people: readonly Person[]): Uint8Array<ArrayBuffer> {
  const segments = [
    'BGM+745',
    'NAD+MS+++EXERCISE AIR',
    'TDT+20+EX101+++EX',
    'LOC+125+NBO',
    'DTM+189:2611271000:201',
    'LOC+87+CDG',
    'DTM+232:2611271800:201',
    ...people.flatMap(({ given, second, family, born, country, passport }, at) => [
      `NAD+FL+++${family.toUpperCase()}:${given.toUpperCase()} ${second.toUpperCase()}`,
      'ATT+2++M',
      `DTM+329:${born.slice(2).replaceAll('-', '')}`,
      `NAT+2+${alpha3[country]}`,
      `RFF+AVF:L${at}`,
      `RFF+ABO:P${at}`,
      `DOC+P:110:111+${passport.slice(0, 9)}`,
      'DTM+36:300101',
      `LOC+91+${alpha3[country]}`,
    ]),
    `CNT+42:${people.length}`,
  ]
  const head = ['UNA:+.? ', 'UNB+UNOA:4+EXAIR+EXGOV+261127:0900+1', 'UNH+1+PAXLST:D:05B:UN:IATA']
  const tail = [`UNT+${segments.length + 2}+1`, 'UNZ+1+1']
  return Buffer.from(`${[...head, ...segments, ...tail].join("'\n")}'\n`) as Uint8Array<ArrayBuffer>
}
