import { parseArgs } from 'node:util'
import type { Bench, Metric } from './bench.ts'
import { border } from './border.ts'
import { consoleBench } from './console.ts'
import { documents } from './documents.ts'
import { exchange } from './exchange.ts'
import { ledger } from './ledger.ts'
import { describeMachine } from './machine.ts'
import { notices } from './notices.ts'
import { runApart, runWithin, wantedFromParent } from './run-apart.ts'
import { screening } from './screening.ts'
import { screeningMillion } from './screening-million.ts'
import { screeningQuality } from './screening-quality.ts'
import { start } from './start.ts'
import { openTable } from './table.ts'

/** `npm run bench [-- NAME … [--json]]`: NAME is a bench or a metric. `--list` lists the metrics. */

const benches: readonly Bench[] = [
  exchange,
  screening,
  screeningQuality,
  screeningMillion,
  ledger,
  start,
  notices,
  documents,
  border,
  consoleBench,
]

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } },
  })
  if (values.list) {
    for (const { metrics } of benches) for (const it of metrics) console.log(`${it.name.padEnd(34)}${it.what}`)
    return 0
  }
  const unknown = positionals.filter(
    (name) => !benches.some((it) => it.metrics.some((one) => isNamed(one, it, [name]))),
  )
  if (unknown.length > 0) {
    console.error(`There is no bench or metric ${unknown.join(', ')}. --list lists them.`)
    return 2
  }
  const table = openTable()
  if (values.json) console.error(describeMachine())
  else table.head(describeMachine())
  let failed = 0
  for (const bench of benches) {
    const wanted = bench.metrics.filter((it) => positionals.length === 0 || isNamed(it, bench, positionals))
    if (wanted.length === 0) continue
    const held = await runApart(bench, wanted, (measured) => {
      if (values.json) console.log(JSON.stringify(measured))
      else table.row(measured, wanted.find((it) => it.name === measured.metric)?.baseline)
    })
    if (!held) failed++
  }
  return failed === 0 ? 0 : 1
}

/** A name may stop before a stroke or an underscore: `start/list_import_seconds` is that of every list. */
function isNamed(metric: Metric, bench: Bench, names: readonly string[]): boolean {
  return names.some(
    (it) =>
      it === bench.name || it === metric.name || [`${it}/`, `${it}_`].some((start) => metric.name.startsWith(start)),
  )
}

const within = wantedFromParent()
if (within === undefined) process.exitCode = await main()
else await runWithin(benches.find((it) => it.name === within.bench)!, within)
