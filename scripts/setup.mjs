// Makes a fresh clone ready: installs the pinned packages when they are missing or no longer those of the lockfile, and builds
// the console when what it is made of has changed.
// Runs on the host's Node (>= 20), before the project's own Node 24 is there.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = `${root}node_modules/.comity-lock`
const lock = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex')
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''

if (installed !== lock) {
  console.log('Comity: installing the pinned packages (once, about a minute) …')
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
  if (run.status !== 0) {
    console.error('Comity: npm ci failed. Is the npm registry reachable? Run it by hand to see more: npm ci')
    process.exit(run.status ?? 1)
  }
  writeFileSync(stamp, lock)
}

const built = `${root}dist/console/.comity-source`
const source = createHash('sha256').update(lock)
for (const name of ['src/web', 'src/capabilities', 'src/protocol', 'src/kernel', 'scripts'].flatMap(filesBelow).sort())
  source.update(name).update(readFileSync(root + name))
const wanted = source.update(readFileSync(`${root}vite.config.ts`)).digest('hex')

if (!existsSync(built) || readFileSync(built, 'utf8') !== wanted) {
  console.log('Comity: building the console …')
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }
  const run = spawnSync(
    'node_modules/.bin/node',
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel=error'],
    options,
  )
  if (run.status !== 0) process.exit(run.status ?? 1)
  writeFileSync(built, wanted)
}

/** What the console may be made of: its own sources, words, and the pages of capabilities with what they import. */
function filesBelow(folder) {
  return readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter(
      (it) => it.isFile() && /\.(?:tsx?|css|html|json)$/.test(it.name) && !/\.(?:test|fixture)\.ts$/.test(it.name),
    )
    .map((it) => `${it.parentPath ?? it.path}/${it.name}`.slice(root.length))
}
