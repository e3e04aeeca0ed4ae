import { createReadStream, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import type { Client } from '#cli/client'
import { type Given, one, type Session } from '#cli/command'
import { fault, usage } from '#cli/failure'
import { printJson, printValue } from '#cli/print'
import { grouped, startProgress } from '#cli/progress'

interface KnownList {
  readonly id: string
  /** Parts with the names under which they are published; the first is the list itself. */
  readonly parts: Readonly<Record<string, RegExp>>
}

/** The lists by the short names that people use. */
const known: Readonly<Record<string, KnownList>> = {
  un: { id: 'un-sc', parts: { xml: /\.xml(?:\.gz)?$/i } },
  ofac: {
    id: 'us-ofac-sdn',
    parts: {
      sdn: /^sdn\.csv(?:\.gz)?$/i,
      alt: /^(?:sdn_)?alt\.csv(?:\.gz)?$/i,
      add: /^(?:sdn_)?add\.csv(?:\.gz)?$/i,
      comments: /^(?:sdn_)?comments\.csv(?:\.gz)?$/i,
    },
  },
  'ofac-advanced': { id: 'us-ofac-sdn-advanced', parts: { xml: /advanced\.xml(?:\.gz)?$/i } },
  us: { id: 'us-consolidated', parts: { csv: /consolidated.*\.csv(?:\.gz)?$/i } },
  eu: { id: 'eu-fsf', parts: { xml: /\.xml(?:\.gz)?$/i } },
  uk: { id: 'uk-sanctions', parts: { list: /\.(?:xml|csv)(?:\.gz)?$/i } },
  opensanctions: {
    id: 'opensanctions',
    parts: { entities: /ftm\.jsonl?(?:\.gz)?$/i, delta: /delta\.jsonl?(?:\.gz)?$/i },
  },
}

/** The id of a list by its short name; an id stays what it is. */
export function listIdOf(name: string): string {
  return known[name]?.id ?? name
}

export interface ImportRequest {
  /** A short name such as `un`, or the id that `comity lists list` shows. */
  readonly list: string
  /** A file, or a folder that holds the files of the list. */
  readonly path: string | undefined
  /** Files by part, for a list of several files. */
  readonly files: Readonly<Record<string, string>>
  readonly force: boolean
  /** Why it is imported against the checks. */
  readonly reason: string | undefined
  readonly headers: Readonly<Record<string, string>>
}

/** Hands in the files of a list, each as a stream, and has the node import them. */
export async function importList(request: ImportRequest, session: Session): Promise<undefined> {
  const { terminal, json } = session
  const client = session.client()
  const { id } = known[request.list] ?? { id: request.list }
  const parts = partsOf(request, known[request.list] === undefined ? await mainPart(client, id) : undefined)
  for (const [part, file] of parts) await upload(client, { id, part, file, session, headers: request.headers })
  const { force, reason, headers } = request
  const watching = json ? undefined : watchImport(client, { id, headers, session })
  const { text } = await client
    .call({
      method: 'POST',
      path: `/api/v1/lists/${encodeURIComponent(id)}/import`,
      headers,
      body: { force, ...(reason === undefined ? {} : { reason }) },
      // A first import writes every entry of the list.
      timeoutSeconds: 3_600,
    })
    .finally(() => watching?.end())
  if (json) printJson(text, terminal)
  else printReport(JSON.parse(text), terminal)
  return undefined
}

interface Running {
  readonly state: string
  readonly progress: { readonly stage: string; readonly done: number; readonly total: number } | null
}

const stages: Readonly<Record<string, readonly [unit: string, words: string]>> = {
  reading: ['bytes', 'the node reads the list'],
  writing: ['entries', 'it writes what changed'],
  withdrawing: ['entries', 'it takes back what left the list'],
}
const lookMilliseconds = 700

/** Shows how far the node is while it imports. What cannot be seen, for want of a right to read, is not shown. */
function watchImport(
  client: Client,
  { id, headers, session }: { id: string; headers: ImportRequest['headers']; session: Session },
): { end(): void } {
  const { terminal } = session
  let shown: { stage: string; bar: ReturnType<typeof startProgress> } | undefined
  const look = async () => {
    const path = `/api/v1/lists/${encodeURIComponent(id)}/imports?limit=1`
    const { items } = await client.json<{ items: readonly Running[] }>({ path, headers })
    const progress = items[0]?.state === 'running' ? items[0].progress : null
    if (progress === null) return
    const [unit, words] = stages[progress.stage] ?? ['entries', progress.stage]
    if (shown?.stage !== progress.stage) {
      shown?.bar.end()
      shown = { stage: progress.stage, bar: startProgress({ terminal, total: progress.total, unit }) }
    }
    shown.bar.at(progress.done, words)
  }
  const timer = setInterval(() => void look().catch(() => clearInterval(timer)), lookMilliseconds)
  return {
    end() {
      clearInterval(timer)
      shown?.bar.end()
    },
  }
}

/** The first part of a list that has no short name here. */
async function mainPart(client: Client, id: string): Promise<string | undefined> {
  const { items } = await client.json<{ items: readonly { id: string; parts: readonly string[] }[] }>({
    path: '/api/v1/lists',
  })
  return items.find((it) => it.id === id)?.parts[0]
}

/** The report with the counts of what the file holds, to be compared with the file's own. */
function printReport(
  { counts = {}, ...report }: Readonly<Record<string, unknown>>,
  terminal: Session['terminal'],
): void {
  printValue({ ...report, ...(counts as object) }, { terminal, columns: ['where', 'code', 'reason'] })
}

interface Upload {
  readonly id: string
  readonly part: string
  readonly file: string
  readonly session: Session
  readonly headers: Readonly<Record<string, string>>
}

async function upload(client: Client, { id, part, file, session, headers }: Upload): Promise<void> {
  const { terminal, json } = session
  const { size } = statSync(file)
  const progress = json ? undefined : startProgress({ terminal, total: size, unit: 'bytes' })
  let sent = 0
  const counted = async function* () {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      sent += chunk.byteLength
      progress?.at(sent, basename(file))
      yield chunk
    }
  }
  const response = await client.open(
    { method: 'PUT', path: `/api/v1/lists/${encodeURIComponent(id)}/parts/${encodeURIComponent(part)}`, headers },
    {
      body: Readable.toWeb(Readable.from(counted())) as ReadableStream,
      headers: { 'content-type': 'application/octet-stream' },
      duplex: 'half',
    } as RequestInit,
  )
  progress?.end()
  const { bytes } = (await response.json()) as { bytes: number }
  if (bytes !== size)
    throw fault('cli/failed', `${file} has ${grouped(size)} bytes, and ${grouped(bytes)} arrived. Repeat it.`)
}

function partsOf({ list, path, files }: ImportRequest, main: string | undefined): Map<string, string> {
  const parts = new Map(Object.entries(files))
  const source = known[list]
  if (path !== undefined) {
    const about = statSync(path, { throwIfNoEntry: false })
    if (about === undefined) throw usage(`There is no ${path}.`)
    if (about.isDirectory()) for (const [part, file] of inFolder(path, list)) parts.set(part, parts.get(part) ?? file)
    else parts.set(main ?? partNamed(source, path), path)
  }
  if (parts.size === 0) throw usage('Name the file, or the folder that holds the files of the list.')
  for (const file of parts.values())
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw usage(`There is no file ${file}.`)
  return parts
}

/** The part that the name of the file tells, else the first: a delta is no whole list. */
function partNamed(source: KnownList | undefined, path: string): string {
  const parts = Object.entries(source?.parts ?? { xml: /./ })
  return (parts.find(([, pattern]) => pattern.test(basename(path))) ?? parts[0]!)[0]
}

function inFolder(folder: string, list: string): [string, string][] {
  const source = known[list]
  if (source === undefined) throw usage(`Name the files of ${list} one by one: --part name=file`)
  const names = readdirSync(folder)
  const found = Object.entries(source.parts).flatMap(([part, pattern]): [string, string][] => {
    const [name, ...others] = names.filter((it) => pattern.test(it))
    if (others.length > 0)
      throw usage(`${folder} has several files that could be ${part}: ${[name, ...others].join(', ')}. Name it.`)
    return name === undefined ? [] : [[part, join(folder, name)]]
  })
  if (found.length === 0) throw usage(`${folder} has no files of the list ${list}.`)
  return found
}

/** Files by part, from the flags. */
export function partFiles(given: Given): Record<string, string> {
  const named = ['sdn', 'alt', 'add', 'comments', 'mapping', 'delta'].flatMap((part): [string, string][] => {
    const file = one(given, part)
    return file === undefined ? [] : [[part, file]]
  })
  const others = (given.get('part') ?? []).map((text): [string, string] => {
    const at = text.indexOf('=')
    if (at < 1) throw usage(`--part takes name=file. Not: ${text}`)
    return [text.slice(0, at), text.slice(at + 1)]
  })
  return Object.fromEntries([...named, ...others])
}
