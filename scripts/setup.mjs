// Makes a fresh clone ready: installs the pinned packages when they are missing or no longer those of the lockfile.
// Runs on the host's Node (>= 20), before the project's own Node 24 is there.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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
