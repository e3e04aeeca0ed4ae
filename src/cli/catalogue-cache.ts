import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OperationCommand } from '#cli/catalogue'
import type { Terminal } from '#cli/terminal'

/**
 * Loading every capability takes a good part of a second, describing its commands as JSON little more; so the description is
 * kept, under a name made of the size and time of every source file, and a command that asks a node starts without them.
 */
export async function loadCatalogue({ env }: Pick<Terminal, 'env'>): Promise<readonly OperationCommand[]> {
  const folder = cacheFolder(env)
  const file = join(folder, `commands-${signatureOf(fileURLToPath(new URL('..', import.meta.url)))}.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as OperationCommand[]
  } catch {} // not there yet, or damaged: made anew
  const { capabilities } = await import('#capabilities/index')
  const { describeCommands } = await import('#cli/catalogue')
  const commands = describeCommands(capabilities.flatMap((it) => it.operations ?? []))
  keep(folder, file, JSON.stringify(commands))
  return commands
}

export function cacheFolder(env: Terminal['env']): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'comity')
}

function keep(folder: string, file: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const old of readdirSync(folder))
      if (/^commands-.*\.json$/.test(old)) rmSync(join(folder, old), { force: true })
    writeFileSync(`${file}.${process.pid}`, text, { mode: 0o600 })
    renameSync(`${file}.${process.pid}`, file)
  } catch {} // without a cache folder it only takes longer
}

/** Web pages and tests cannot change a command. */
const unrelated = new Set(['web', 'node_modules'])

export function signatureOf(root: string): string {
  const hash = createHash('sha256').update(process.version)
  const visit = (folder: string) => {
    for (const it of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, it.name)
      if (it.isDirectory()) {
        if (!unrelated.has(it.name)) visit(path)
      } else if (/\.(?:ts|js|json)$/.test(it.name) && !/\.test\.ts$/.test(it.name)) {
        const { size, mtimeMs } = statSync(path)
        hash.update(`${path} ${size} ${mtimeMs}\n`)
      }
    }
  }
  visit(root)
  return hash.digest('hex').slice(0, 16)
}
