import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { NodeConfig, readJson, writeJson } from '#node/config'
import { type ExerciseAccount, makeAccounts, peopleSeed } from '#node/exercise-accounts'
import type { ExerciseDesksFile } from '#node/exercise-desks'
import { type MemberPlan, planFederation, writeFederation } from '#node/federation'
import { ensureDatabase, startPostgres } from '#store/bundled-postgres'

export interface LaunchOptions {
  readonly root: string
  readonly name: string
  readonly members: readonly MemberPlan[]
  /** Parts of the seed file of each member beside its people, by capability. */
  readonly seeds?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A PostgreSQL server of one's own; without it the bundled one runs below the root, with a database for each node. */
  readonly databaseUrl?: string | undefined
  /** Whether the consoles offer their exercise accounts, and links to each other, to whoever is at this machine. */
  readonly offerAccounts?: boolean
  readonly onProgress?: (text: string) => void
}

export interface LaunchedNode {
  readonly member: string
  readonly name: string
  readonly url: string
  readonly pid: number
}

export interface LaunchedFederation extends AsyncDisposable {
  readonly accounts: readonly ExerciseAccount[]
  readonly nodes: ReadonlyMap<string, LaunchedNode>
  token(member: string, username: string): string
  url(member: string): string
  configFile(member: string): string
  start(member: string): Promise<void>
  stop(member: string, signal?: NodeJS.Signals): Promise<void>
}

/** Several nodes share this machine: collect garbage early rather than take what memory there is. */
const nodeFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', '--max-old-space-size=384']
/** The allocator of the C library else keeps one pool for each thread, and what was freed in it: a quarter of the process. */
const nodeEnvironment = { MALLOC_ARENA_MAX: '2' }

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const Accounts = z.array(z.custom<ExerciseAccount>())

/** A whole federation on this machine: one PostgreSQL, one database and one process for each node. */
export async function launchFederation(options: LaunchOptions): Promise<LaunchedFederation> {
  const { root, onProgress = () => {} } = options
  await using cleanup = new AsyncDisposableStack()
  mkdirSync(root, { recursive: true })
  const external = options.databaseUrl
  if (external === undefined) onProgress('starting PostgreSQL')
  const server =
    external === undefined
      ? cleanup.adopt(await startPostgres({ directory: join(root, 'postgres') }), (it) => it.stop())
      : undefined
  const databaseName = (member: string) => `comity_${member.replaceAll('-', '_')}`
  const databaseUrl = (member: string) =>
    server === undefined ? withDatabase(external!, databaseName(member)) : server.url(databaseName(member))

  const accountsFile = join(root, 'accounts.json')
  if (!existsSync(accountsFile)) await found(options, { accountsFile, databaseUrl })
  const accounts = readJson(accountsFile, Accounts)
  const serverUrl = server?.url('postgres') ?? external!
  for (const it of options.members) await ensureDatabase(serverUrl, databaseName(it.id))

  const configFile = (member: string) => join(root, member, 'node.json')
  if (options.offerAccounts) for (const it of options.members) writeDesks(configFile(it.id), accounts, options.members)
  const processes = new Map<string, ChildProcess>()
  const nodes = new Map<string, LaunchedNode>()
  cleanup.defer(async () => {
    await Promise.all([...processes.keys()].map((it) => stop(it)))
  })

  async function start(member: string): Promise<void> {
    const child = spawn(process.execPath, [...nodeFlags, main, 'serve', '--config', configFile(member), '--json'], {
      env: { ...nodeEnvironment, ...process.env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    processes.set(member, child)
    const plan = options.members.find((it) => it.id === member)
    const { publicUrl } = readJson(configFile(member), NodeConfig)
    await new Promise<void>((ready, failed) => {
      child.once('message', () => ready())
      child.once('exit', (code) => failed(new Error(`the node ${member} ended with ${code} before it was ready`)))
    })
    nodes.set(member, { member, name: plan?.name ?? member, url: publicUrl, pid: child.pid ?? 0 })
  }

  async function stop(member: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = processes.get(member)
    if (child === undefined) return
    processes.delete(member)
    nodes.delete(member)
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    child.kill(signal)
    child.kill('SIGCONT') // one that somebody paused would not notice
    await ended
  }

  onProgress(`starting ${options.members.length} nodes`)
  await Promise.all(options.members.map((it) => start(it.id)))
  const running = cleanup.move()
  return {
    accounts,
    nodes,
    configFile,
    start,
    stop,
    url: (member) => readJson(configFile(member), NodeConfig).publicUrl,
    token(member, username) {
      const account = accounts.find((it) => it.member === member && it.username === username)
      if (account === undefined) throw new Error(`the exercise has no ${username} at ${member}`)
      return account.token
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

interface Founding {
  readonly accountsFile: string
  readonly databaseUrl: (member: string) => string
}

/** The first start: keys, a signed directory, accounts and seed files. The accounts are written last and mark that all is there. */
async function found(
  { root, name, members, seeds = {}, onProgress }: LaunchOptions,
  { accountsFile, databaseUrl }: Founding,
): Promise<void> {
  onProgress?.('making keys, directory and accounts')
  const placed = await placePorts(members)
  const material = await planFederation({
    name,
    exercise: true,
    members: placed,
    groups: [
      {
        id: 'east-africa',
        name: 'East Africa (EXERCISE)',
        members: ['ke'].filter((it) => members.some((one) => one.id === it)),
      },
    ],
    now: new Date(),
  })
  const files = writeFederation(root, material, databaseUrl)
  const accounts = makeAccounts(members)
  for (const [member, file] of files) {
    writeJson(join(root, member, 'seed.json'), { ...seeds[member], people: peopleSeed(accounts, member) }, 0o600)
    writeJson(file, { ...readJson(file, z.record(z.string(), z.unknown())), seedFile: 'seed.json' }, 0o600)
  }
  writeJson(accountsFile, accounts, 0o600)
}

/** Beside the configuration that names it. Written at every start: a federation founded earlier has none. */
function writeDesks(file: string, accounts: readonly ExerciseAccount[], members: readonly MemberPlan[]): void {
  const config = readJson(file, z.looseObject({ member: z.string() }))
  const urlOf = (member: string) => readJson(join(dirname(file), '..', member, 'node.json'), NodeConfig).publicUrl
  const desks: z.infer<typeof ExerciseDesksFile> = {
    accounts: accounts
      .filter((it) => it.member === config.member)
      .map(({ username, name, roles, password }) => ({ username, name, roles: [...roles], password })),
    offices: members.map(({ id }) => ({ member: id, url: urlOf(id) })),
  }
  writeJson(join(dirname(file), 'exercise.json'), desks, 0o600)
  writeJson(file, { ...config, exerciseFile: 'exercise.json' }, 0o600)
}

async function placePorts(members: readonly MemberPlan[]): Promise<MemberPlan[]> {
  const taken = new Set<number>()
  const placed: MemberPlan[] = []
  for (const it of members) {
    let port = it.port
    while (taken.has(port) || !(await isFree(port))) port = port === 0 ? await anyPort() : port + 10
    taken.add(port)
    placed.push({ ...it, port })
  }
  return placed
}

function isFree(port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(false)
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

function anyPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function withDatabase(url: string, database: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${database}`
  return parsed.href
}
