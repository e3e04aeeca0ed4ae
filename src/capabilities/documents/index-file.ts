import { endianness } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { indexOf, type Known, takeKept } from '#capabilities/documents/engine'
import type { IndexAbout } from '#capabilities/documents/index-shape'
import { vocabulary } from '#capabilities/documents/said'
import type { Services } from '#http/services'
import { readColumns, writeColumns } from '#kernel/column-file'
import type { RecordId } from '#kernel/ids'
import type { LifeState, Subject } from '#policy/decide'
import { keptFile } from '#store/kept-file'

/**
 * The index as a file in the data directory, so that a start reads it instead of ten million numbers from the store. With it
 * stands the line of the change feed up to which it has everything: what came later is indexed again. It holds the secret of the
 * hash, and is for the node's own user alone.
 */

/** Another layout of the tables, or other words in them, is another format. */
const format = `documents 1 ${endianness()}, ${vocabulary}`

const fileOf = ({ settings, log }: Services) =>
  keptFile(join(settings.dataDirectory, 'documents', 'index.columns'), { log, what: 'index of documents' })

/** A line of the change feed. A store that has another line in its place, or none, is another store, or an older state of it. */
const Mark = z.object({ sequence: z.number(), id: z.string(), at: z.string() })
type Mark = z.infer<typeof Mark>

/** A record without what is alike for thousands: its place in a list of headers stands for that. */
type KeptRecord = readonly [
  RecordId,
  version: number,
  owner: string,
  LifeState,
  readers: string[],
  held: 0 | 1,
  header: number,
]

const About = z.object({
  me: z.string(),
  mark: Mark,
  directory: z.number(),
  headers: z.array(z.unknown()),
  index: z.object({ seed: z.number(), places: z.number(), slots: z.array(z.unknown()), rows: z.array(z.unknown()) }),
})

export interface KeptState {
  /** Up to which line of the change feed the index has everything. */
  readonly sequence: number
  /** The version of the directory by which it was decided who may declare. */
  readonly directory: number
}

/** Loads what an earlier run kept of this store; undefined when there is nothing that can be used. */
export function loadKept(services: Services): Promise<KeptState | undefined> {
  return fileOf(services).read(async (path) => {
    const { columns, about } = await readColumns(path, format)
    const { me, mark, directory, headers, index } = About.parse(about)
    if (me !== services.identity.me || !(await isOurs(mark, services))) {
      services.log.warn({ file: path }, 'the kept index of documents is of another store; it is made anew')
      return undefined
    }
    takeKept(services, { columns, about: open(index as never, headers as Subject['handling'][]) })
    return { sequence: mark.sequence, directory }
  })
}

async function isOurs(mark: Mark, services: Services): Promise<boolean> {
  const now = await markAt(mark.sequence, services)
  return now?.id === mark.id && now.at === mark.at
}

async function markAt(sequence: number, { store }: Services): Promise<Mark | undefined> {
  const row = await store.db
    .selectFrom('changes')
    .select(['id', 'at'])
    .where('sequence', '=', sequence)
    .executeTakeFirst()
  return row && { sequence, id: row.id, at: row.at.toISOString() }
}

/**
 * Keeps the index as it is now, with all changes up to that line of the feed. Requests and changes go on meanwhile: the file may
 * have a part of what comes later, which is indexed again when it is read. Whether there is a file now.
 */
export async function keepIndex(services: Services, sequence: number): Promise<boolean> {
  const mark = await markAt(sequence, services)
  if (mark === undefined || indexOf(services).size === 0) {
    await dropIndexFile(services)
    return false
  }
  const { columns, about } = indexOf(services).contents()
  const me = services.identity.me
  const directory = services.directories.current().version
  return fileOf(services).write((path) =>
    writeColumns(path, { format, columns, about: () => ({ me, mark, directory, ...close(about()) }) }),
  )
}

export const dropIndexFile = (services: Services) => fileOf(services).drop()

function close({ slots, ...about }: IndexAbout<Known>) {
  const headers = new Map<Subject['handling'], number>()
  const kept = slots.map(({ record, ...slot }) => {
    const { id, version, owner, subject } = record
    const header = headers.get(subject.handling) ?? headers.size
    headers.set(subject.handling, header)
    const known: KeptRecord = [
      id,
      version,
      owner,
      subject.state,
      [...(subject.readers ?? [])],
      subject.held ? 1 : 0,
      header,
    ]
    return { ...slot, record: known }
  })
  return { headers: [...headers.keys()], index: { ...about, slots: kept } }
}

function open(kept: IndexAbout<KeptRecord>, headers: readonly Subject['handling'][]): IndexAbout<Known> {
  const slots = kept.slots.map(({ record: [id, version, owner, state, readers, held, header], ...slot }) => ({
    ...slot,
    record: { id, version, owner, subject: { owner, state, readers, held: held === 1, handling: headers[header]! } },
  }))
  return { ...kept, slots }
}
