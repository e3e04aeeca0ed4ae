import { createReadStream, existsSync, statSync } from 'node:fs'
import { type Given, isOn, one, purposeHeaders, type Session } from '#cli/command'
import { type Asking, askInOrder, type Row } from '#cli/commands/screen-ask'
import { openOutput } from '#cli/commands/screen-file'
import { count, noRows, type OutputFormat, type Tally } from '#cli/commands/screen-output'
import { fingerprintOf, forgetState, readState, writeState } from '#cli/commands/screen-state'
import { exitCodes, fault, usage } from '#cli/failure'
import { printJson } from '#cli/print'
import { printable } from '#cli/printable'
import { grouped, startProgress } from '#cli/progress'
import type { PersonCsvOptions } from '#formats/person-csv'

interface Plan {
  readonly file: string
  readonly out: string | undefined
  readonly format: OutputFormat
  readonly batch: number
  readonly parallel: number
  readonly path: string
  readonly reading: PersonCsvOptions
}

/** Screens every row of a file against what the node holds. Cut short, it goes on with `--resume` where it stopped. */
export async function screen(given: Given, session: Session): Promise<number> {
  const { terminal, json } = session
  const plan = await planOf(given, session)
  const { file, out, batch, parallel, ...rest } = plan
  const fingerprint = fingerprintOf(file, rest)
  const before = isOn(given, 'resume') ? readState(needOut(out), fingerprint) : undefined
  if (before === undefined && out !== undefined && existsSync(out))
    throw usage(`${out} is there already. Go on with --resume, or name another file.`)
  const { rows, total, columns } = await openRows(plan)
  if (columns !== '') terminal.err(`${printable(columns)}\n`)
  const asking: Asking = {
    client: session.client(),
    path: plan.path,
    headers: purposeHeaders(given),
    onPause: (text) => terminal.err(`${terminal.errorColumns === undefined ? '' : '\n'}${text}\n`),
    stop: terminal.interrupted,
  }
  const output = openOutput({ out, format: plan.format, from: before?.bytes, terminal })
  let tally: Tally = before?.tally ?? noRows
  const progress = startProgress({ terminal, total, unit: 'rows', from: tally.rows })
  const started = performance.now()
  try {
    for await (const outcomes of askInOrder(skip(rows(), tally.rows), { batch, parallel, asking })) {
      const bytes = output.write(outcomes)
      for (const it of outcomes) tally = count(tally, it)
      if (out !== undefined) writeState(out, { input: file, fingerprint, tally, bytes })
      progress.at(tally.rows, `${grouped(tally.match)} match${tally.match === 1 ? '' : 'es'}`)
    }
    if (tally.rows === 0) output.write([])
  } catch (cause) {
    if (!terminal.interrupted.aborted) {
      if (out !== undefined && tally.rows > 0)
        terminal.err(`\n${grouped(tally.rows)} rows are in ${out}. Go on with --resume.\n`)
      throw cause
    }
  } finally {
    output.close()
    if (tally.rows > 0) progress.end()
  }
  if (terminal.interrupted.aborted)
    throw fault(
      'cli/failed',
      `Stopped after ${grouped(tally.rows)} rows.${out === undefined ? '' : ' Go on with --resume.'}`,
    )
  if (out !== undefined) forgetState(out)
  const seconds = Math.round((performance.now() - started) / 100) / 10
  const summary = { ...tally, seconds, out: out ?? null }
  if (json && out !== undefined) printJson(JSON.stringify(summary), terminal)
  else terminal.err(`${summaryText(tally)} ${seconds} s.${out === undefined ? '' : ` Results: ${out}`}\n`)
  return exitCodes.ok
}

async function planOf(given: Given, { json }: Session): Promise<Plan> {
  const file = one(given, 'file')!
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw usage(`There is no file ${file}.`)
  const out = one(given, 'out')
  const wanted =
    one(given, 'format') ??
    (/\.(?:jsonl|ndjson|json)$/i.test(out ?? '') || (json && out === undefined) ? 'jsonl' : 'csv')
  if (wanted !== 'csv' && wanted !== 'jsonl') throw usage('--format is csv or jsonl.')
  const query = new URLSearchParams()
  for (const name of ['limit', 'threshold', 'cutoff']) {
    const value = one(given, name)
    if (value !== undefined) query.set(name, value)
  }
  const dataset = encodeURIComponent(one(given, 'dataset') ?? 'default')
  const { readingOptions } = await import('#cli/commands/screen-columns')
  return {
    file,
    out,
    format: wanted,
    batch: wholeNumber(given, 'batch', { usual: 100, most: 1_000 }),
    parallel: wholeNumber(given, 'parallel', { usual: 2, most: 16 }),
    path: `/match/${dataset}${query.size === 0 ? '' : `?${query}`}`,
    reading: await readingOptions(given),
  }
}

function wholeNumber(given: Given, name: string, { usual, most }: { usual: number; most: number }): number {
  const number = Number(one(given, name) ?? usual)
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw usage(`--${name} is a whole number from 1 to ${most}.`)
  return number
}

function needOut(out: string | undefined): string {
  if (out === undefined) throw usage('--resume needs the --out of the run that was cut short.')
  return out
}

interface Opened {
  readonly rows: () => AsyncGenerator<Row>
  /** Rows of the file: near enough for a bar. */
  readonly total: number
  /** How its columns are read; empty where nothing is to be read into them. */
  readonly columns: string
}

async function openRows({ file, reading }: Plan): Promise<Opened> {
  const { csvReading, readingOf } = await import('#cli/commands/screen-columns')
  const { holdsObjects, openObjectLines } = await import('#cli/commands/screen-lines')
  if (await holdsObjects(file)) {
    const { survey, rows, columns } = await openObjectLines(file, reading)
    const said = survey.format === 'entities' ? '' : readingOf(survey.headers, (it) => columns[it])
    return { rows, total: survey.rows, columns: said }
  }
  const { readPersonCsv } = await import('#formats/person-csv')
  return {
    rows: () => readPersonCsv(createReadStream(file), reading),
    total: await countRows(file),
    columns: await csvReading(file, reading),
  }
}

async function* skip(rows: AsyncIterable<Row>, number: number): AsyncGenerator<Row> {
  let at = 0
  for await (const it of rows) if (at++ >= number) yield it
}

/** Rows are counted by line breaks: near enough for a bar, and quick. */
async function countRows(file: string): Promise<number> {
  let breaks = 0
  let last = 0x0a
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) breaks++
    last = chunk.at(-1) ?? last
  }
  return Math.max(0, breaks - (last === 0x0a ? 1 : 0))
}

function summaryText({ rows, match, possible, clear, unread }: Tally): string {
  return `${grouped(rows)} rows: ${grouped(match)} with a match, ${grouped(possible)} possible, ${grouped(clear)} clear, ${grouped(unread)} not screened.`
}
