import { randomUUID } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { exerciseMembers } from '#node/exercise-members'
import { exerciseSeeds } from '#node/exercise-seeds'
import { type LaunchedFederation, launchFederation } from '#node/launch'
import { startPostgres } from '#store/bundled-postgres'
import { type Bench, type BenchContext, median, timed } from './bench.ts'
import { findLists, type ListFiles } from './list-files.ts'

const starts = 3
const member = 'fr'

export const start: Bench = {
  name: 'start',
  metrics: [
    {
      name: 'start/ready_seconds',
      unit: 's',
      what: 'the five nodes of the exercise on a fresh folder, until all are ready; must be below 20',
      baseline: 'starting the bundled PostgreSQL alone',
    },
    {
      name: 'start/list_import_seconds_un',
      unit: 's',
      what: 'the UN list handed in and imported over the API; must be below 10',
    },
    { name: 'start/list_import_seconds_ofac', unit: 's', what: 'the same for the OFAC list; must be below 10' },
    {
      name: 'start/node_rss_mb',
      unit: 'MB',
      what: 'resident memory of one node after both imports, at rest; must be below 300',
    },
    { name: 'start/node_rss_peak_mb', unit: 'MB', what: 'the most that it had on the way there' },
  ],
  async run(context) {
    if (context.wants('start/ready_seconds')) await measureStarts(context)
    if (!context.wants(...start.metrics.slice(1).map((it) => it.name))) return
    const files = findLists(context.folder)
    await using federation = await launch(join(context.folder, 'lists-federation'))
    context.say(`importing ${files.real ? 'the published' : 'invented'} lists`)
    context.report('start/list_import_seconds_un', await importList(federation, 'un-sc', files))
    context.report('start/list_import_seconds_ofac', await importList(federation, 'us-ofac-sdn', files))
    const { pid } = federation.nodes.get(member)!
    await untilAtRest(pid)
    context.report('start/node_rss_mb', megabytesOf(pid, 'VmRSS'))
    context.report('start/node_rss_peak_mb', megabytesOf(pid, 'VmHWM'))
  },
}

async function measureStarts({ folder, say, report }: BenchContext): Promise<void> {
  const ours: number[] = []
  const plain: number[] = []
  for (let round = 0; round < starts; round++) {
    say(`start ${round + 1} of ${starts}`)
    const alone = await timed(() => startPostgres({ directory: join(folder, `alone-${round}`) }))
    await alone.value.stop()
    plain.push(alone.seconds)
    process.env.XDG_CACHE_HOME = join(folder, `cache-${round}`) // a first start finds no compiled code
    const federation = await timed(() => launch(join(folder, `federation-${round}`)))
    await federation.value[Symbol.asyncDispose]()
    ours.push(federation.seconds)
  }
  report('start/ready_seconds', median(ours), median(plain))
}

/** What `npm start` does, on ports that are free. */
function launch(root: string): Promise<LaunchedFederation> {
  const members = exerciseMembers.map((it) => ({ ...it, port: 0 }))
  return launchFederation({ root, name: 'Comity bench', members, seeds: exerciseSeeds(new Date()) })
}

/** Seconds from the first byte handed in to the report of the import. */
async function importList(
  federation: LaunchedFederation,
  list: keyof ListFiles['parts'],
  files: ListFiles,
): Promise<number> {
  const base = `${federation.url(member)}/api/v1/lists/${list}`
  const ask = async (path: string, method: string, body: RequestInit, type: string) => {
    const headers = {
      authorization: `Bearer ${federation.token(member, 'officer')}`,
      'content-type': type,
      'idempotency-key': randomUUID(),
    }
    const response = await fetch(`${base}/${path}`, { method, headers, ...body })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${base}/${path}: ${response.status} ${text.slice(0, 500)}`)
  }
  const { seconds } = await timed(async () => {
    for (const [part, file] of Object.entries(files.parts[list])) {
      const body = Readable.toWeb(createReadStream(file)) as ReadableStream
      await ask(`parts/${part}`, 'PUT', { body, duplex: 'half' } as RequestInit, 'application/octet-stream')
    }
    await ask('import', 'POST', { body: '{}' }, 'application/json')
  })
  return seconds
}

/** Screening follows an import at its own pace: at rest is a node whose process has used no time for two seconds. */
async function untilAtRest(pid: number): Promise<void> {
  const used = () => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  }
  for (let attempt = 0, before = -100; attempt < 30; attempt++) {
    const now = used()
    if (now - before <= 4) return // hundredths of a second: clocks and pings
    before = now
    await sleep(2_000)
  }
}

function megabytesOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1]) / 1_024
}
