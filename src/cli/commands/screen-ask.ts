import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '#cli/client'
import type { MatchResult, RowOutcome } from '#cli/commands/screen-output'
import { NodeProblem } from '#cli/failure'
import type { Rejection } from '#formats/faults'
import type { ScreeningQuery } from '#formats/person-csv'
import { isFault } from '#kernel/fault'

export type Row = ScreeningQuery | Rejection

export interface Asking {
  readonly client: Client
  /** With the dataset and the options of the search. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Told when the node cannot be asked for a while. */
  readonly onPause: (text: string) => void
  readonly stop: AbortSignal
}

/** Pauses before a batch is sent again while the node is away or busy: two minutes together, then the run ends and can resume. */
const pausesMilliseconds = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000]

interface MatchReply {
  readonly responses: Readonly<Record<string, { readonly results: readonly MatchResult[] }>>
  /** The versions of the lists that were searched; a service that is only like this one has none. */
  readonly datasets?: readonly { readonly name: string; readonly version: number }[]
}

/** Screens a batch of rows. A row that the node refuses is told so alone: the batch is halved until it is found. */
export async function askBatch(rows: readonly Row[], asking: Asking): Promise<RowOutcome[]> {
  const queries = rows.flatMap((it) => (it.kind === 'query' ? [it] : []))
  const answers = new Map((await askQueries(queries, asking)).map((it) => ['row' in it ? it.row : undefined, it]))
  return rows.map((it) => (it.kind === 'rejected' ? { rejected: it } : answers.get(it)!))
}

async function askQueries(rows: readonly ScreeningQuery[], asking: Asking): Promise<RowOutcome[]> {
  if (rows.length === 0) return []
  try {
    const { responses, datasets = [] } = await askPatiently(rows, asking)
    const versions = new Map(datasets.map((it) => [it.name, it.version]))
    const withVersions = (it: MatchResult): MatchResult => ({
      ...it,
      listVersions: (it.datasets ?? []).flatMap((name) => versions.get(name) ?? []),
    })
    return rows.map((row, at) => ({ row, results: (responses[`q${at}`]?.results ?? []).map(withVersions) }))
  } catch (cause) {
    if (!(cause instanceof NodeProblem) || ![413, 422].includes(cause.problem.status)) throw cause
    const [only, ...others] = rows
    if (others.length === 0 && only !== undefined) return [{ row: only, refused: cause.problem.title }]
    const half = Math.ceil(rows.length / 2)
    return [...(await askQueries(rows.slice(0, half), asking)), ...(await askQueries(rows.slice(half), asking))]
  }
}

async function askPatiently(rows: readonly ScreeningQuery[], asking: Asking): Promise<MatchReply> {
  const { client, path, headers, onPause, stop } = asking
  const queries = Object.fromEntries(rows.map(({ schema, properties }, at) => [`q${at}`, { schema, properties }]))
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.json<MatchReply>({ method: 'POST', path, headers, body: { queries } })
    } catch (cause) {
      const pause = pausesMilliseconds[attempt]
      if (pause === undefined || stop.aborted || !passes(cause)) throw cause
      onPause(`${(cause as Error).message} Again in ${pause / 1000} s`)
      await sleep(pause, undefined, { signal: stop })
    }
  }
}

/** Whether waiting may help. */
function passes(cause: unknown): boolean {
  if (cause instanceof NodeProblem) return [429, 502, 503, 504].includes(cause.problem.status)
  return isFault(cause, 'cli/unreachable')
}

/** Asks several batches at once and gives their outcomes in the order of the file. */
export async function* askInOrder(
  rows: AsyncIterable<Row>,
  { batch, parallel, asking }: { batch: number; parallel: number; asking: Asking },
): AsyncGenerator<RowOutcome[]> {
  const underWay: Promise<RowOutcome[]>[] = []
  const ask = (some: Row[]) => {
    const asked = askBatch(some, asking)
    asked.catch(() => undefined) // one that fails later than the first is not awaited any more
    underWay.push(asked)
  }
  let held: Row[] = []
  for await (const row of rows) {
    if (asking.stop.aborted) break
    held.push(row)
    if (held.length < batch) continue
    ask(held)
    held = []
    if (underWay.length >= parallel) yield await underWay.shift()!
  }
  if (held.length > 0 && !asking.stop.aborted) ask(held)
  for (const it of underWay) yield await it
}
