import { fork } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Bench, type Measured, type Metric, measuredOf } from './bench.ts'

/**
 * Each bench runs in a process of its own, so that the memory and the compiled code of one do not colour the next, and so that
 * this process can clean up after it however it ends: all that a bench starts ends with it, and its folder is removed then.
 */

interface Wanted {
  readonly bench: string
  readonly metrics: readonly string[]
  readonly folder: string
}

const variable = 'COMITY_BENCH'
const longestSeconds = 540

/** Whether every wanted metric came out. */
export async function runApart(
  bench: Bench,
  metrics: readonly Metric[],
  onMeasured: (measured: Measured) => void,
): Promise<boolean> {
  // PostgreSQL started by root runs as another user, which has to reach its folder below this one.
  const folder = mkdtempSync(join(tmpdir(), 'comity-bench-'))
  chmodSync(folder, 0o711)
  const wanted: Wanted = { bench: bench.name, metrics: metrics.map((it) => it.name), folder }
  const { XDG_RUNTIME_DIR: _, ...inherited } = process.env
  const env = {
    ...inherited,
    [variable]: JSON.stringify(wanted),
    TMPDIR: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
  }
  const child = fork(fileURLToPath(new URL('run.ts', import.meta.url)), {
    env,
    execArgv: [...process.execArgv, '--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  let interrupted = false
  const interrupt = () => {
    if (interrupted) child.kill('SIGKILL')
    interrupted = true
    child.kill('SIGTERM')
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  const seen = new Set<string>()
  child.on('message', (measured: Measured) => {
    seen.add(measured.metric)
    onMeasured(measured)
  })
  const code = await ended
  await untilPostgresEnded(folder)
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  if (interrupted) process.exit(130)
  const missing = wanted.metrics.filter((it) => !seen.has(it))
  if (code !== 0 || missing.length > 0)
    console.error(`${bench.name} failed; not measured: ${missing.join(', ') || 'none'}`)
  return code === 0 && missing.length === 0
}

/** Without its starter PostgreSQL shuts down by itself, and takes away this file as the last thing. */
async function untilPostgresEnded(folder: string): Promise<void> {
  const running = () =>
    readdirSync(folder, { withFileTypes: true }).some(
      (it) =>
        it.isDirectory() &&
        (existsSync(join(folder, it.name, 'postmaster.pid')) ||
          existsSync(join(folder, it.name, 'postgres', 'postmaster.pid'))),
    )
  for (let attempt = 0; attempt < 150 && running(); attempt++) await sleep(100)
}

/** What the parent process asks of this one; `undefined` when this is the parent. */
export function wantedFromParent(): Wanted | undefined {
  const text = process.env[variable]
  if (text === undefined || process.send === undefined) return undefined
  delete process.env[variable]
  return JSON.parse(text) as Wanted
}

export async function runWithin(bench: Bench, { metrics, folder }: Wanted): Promise<void> {
  const give = (code: number) => process.exit(code)
  process.once('SIGTERM', () => give(143))
  process.once('SIGINT', () => give(130))
  process.once('disconnect', () => give(1))
  const overdue = setTimeout(() => {
    console.error(`${bench.name} did not end within ${longestSeconds} s`)
    give(1)
  }, longestSeconds * 1_000)
  try {
    await bench.run({
      folder,
      wants: (...names) => names.some((it) => metrics.includes(it)),
      report(name, value, baseline) {
        const metric = bench.metrics.find((it) => it.name === name)
        if (metric === undefined) throw new Error(`${bench.name} has no metric ${name}`)
        if (metrics.includes(name)) process.send?.(measuredOf(bench.name, metric, value, baseline))
      },
      say: (text) => console.error(`  ${bench.name}: ${text}`),
    })
  } catch (cause) {
    console.error(cause)
    process.exitCode = 1
  } finally {
    clearTimeout(overdue)
    process.removeAllListeners('disconnect')
    if (process.connected) process.disconnect()
  }
}
