import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { readLines } from '#formats/lines'
import type { Services } from '#http/services'
import { defineFaults } from '#kernel/fault'
import { type NameClasses, readNameClasses } from '#matching/name-classes'
import { NameClassesBuilder } from '#matching/name-classes-builder'
import { Instant } from '#protocol/handling'

/** A pack of names that are written in many ways, kept in the data directory and in memory as long as the node runs. */

export const fault = defineFaults({
  'lexicon/unreadable': 'invalid',
  'lexicon/no-pack': 'invalid',
  'lexicon/too-large': 'too-large',
})

export const PackFacts = z.object({
  importedAt: Instant,
  /** Of the file as it was handed in. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  lines: z.number().int(),
  /** Lines that were not `form, form => number` and were left out. */
  rejected: z.number().int(),
})
export type PackFacts = z.infer<typeof PackFacts>

export interface Lexicon {
  readonly table: NameClasses
  readonly facts: PackFacts
}

/** `stale`: there is a file, but it is damaged or of another version of the software, and has to be imported again. */
export type LexiconState = 'none' | 'loaded' | 'stale'

const loaded = new WeakMap<Services, Lexicon>()
const stale = new WeakSet<Services>()

export function lexiconOf(services: Services): Lexicon | undefined {
  return loaded.get(services)
}

export function lexiconState(services: Services): LexiconState {
  return loaded.has(services) ? 'loaded' : stale.has(services) ? 'stale' : 'none'
}

const tableFile = ({ settings }: Services) => join(settings.dataDirectory, 'lexicon', 'name-classes.bin')
const factsFile = ({ settings }: Services) => join(settings.dataDirectory, 'lexicon', 'name-classes.json')

/** Reads what an earlier import kept. Nothing is there on most nodes. */
export function loadLexicon(services: Services): void {
  let bytes: Buffer
  let facts: unknown
  try {
    bytes = readFileSync(tableFile(services))
    facts = JSON.parse(readFileSync(factsFile(services), 'utf8'))
  } catch {
    return
  }
  const table = readNameClasses(Uint8Array.from(bytes))
  const known = PackFacts.safeParse(facts)
  if (table !== undefined && known.success) loaded.set(services, { table, facts: known.data })
  else {
    stale.add(services)
    services.log.error({ file: tableFile(services) }, 'the lexicon cannot be read and has to be imported again')
  }
}

const linesBetweenTurns = 500
const unpackedLimit = 1_073_741_824
const membershipLimit = 20_000_000
/** A file of which more lines than this share are something else is no pack. */
const rejectedShare = 0.1

/** Reads a pack, plain or compressed with gzip, and keeps its table in place of the one before, if there is one. */
export async function importLexicon(services: Services, upload: AsyncIterable<Uint8Array>): Promise<Lexicon> {
  const hash = createHash('sha256')
  const builder = new NameClassesBuilder()
  let lines = 0
  for await (const { text } of readLines(unpacked(hashing(upload, hash)))) {
    builder.add(text ?? '')
    if (++lines % linesBetweenTurns === 0) await nextTurn()
    if (builder.memberships > membershipLimit) throw fault('lexicon/too-large', 'The pack has too many forms.')
  }
  const table = builder.build()
  const { rejected } = builder.counts
  if (table.memberships === 0 || rejected > lines * rejectedShare)
    throw fault('lexicon/no-pack', `Of ${lines} lines, ${rejected} are not of the form "form, form => number".`)
  const facts = { importedAt: services.store.clock.now().toISOString(), sha256: hash.digest('hex'), lines, rejected }
  await keep(services, table, facts)
  const lexicon = { table, facts }
  loaded.set(services, lexicon)
  stale.delete(services)
  return lexicon
}

export async function forgetLexicon(services: Services): Promise<void> {
  await rm(tableFile(services), { force: true })
  await rm(factsFile(services), { force: true })
  loaded.delete(services)
  stale.delete(services)
}

/** Facts last: without them the table is not read. */
async function keep(services: Services, table: NameClasses, facts: PackFacts): Promise<void> {
  const [file, beside] = [tableFile(services), factsFile(services)]
  mkdirSync(dirname(file), { recursive: true })
  await rm(beside, { force: true })
  await writeFile(`${file}.new`, table.write(), { mode: 0o600 })
  await rename(`${file}.new`, file)
  await writeFile(`${beside}.new`, `${JSON.stringify(facts)}\n`, { mode: 0o600 })
  await rename(`${beside}.new`, beside)
}

async function* hashing(
  chunks: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

/** RFC 1952: a gzip file begins with 1f 8b. */
async function* unpacked(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await chunks.next()
  if (first.done === true) return
  const all = async function* () {
    yield first.value
    yield* chunks
  }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all()
    return
  }
  let size = 0
  try {
    for await (const chunk of Readable.from(all()).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      size += chunk.byteLength
      if (size > unpackedLimit) throw fault('lexicon/too-large', 'Unpacked, the pack is larger than a node takes.')
      yield chunk
    }
  } catch (cause) {
    if (!String((cause as { code?: unknown }).code).startsWith('Z_')) throw cause
    throw fault('lexicon/unreadable', 'The file is a damaged gzip file.', { cause })
  }
}
