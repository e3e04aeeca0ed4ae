import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { HandedIn } from '#capabilities/lists/imports'
import { readPartBytes } from '#capabilities/lists/part-bytes'
import { fault, type ListSource } from '#capabilities/lists/rules'
import { readNewestVersion } from '#capabilities/lists/versions'
import { applyFtmDelta } from '#formats/ftm-delta'
import type { Services } from '#http/services'
import { writeFrom } from '#kernel/written-file'

/** Where the uploaded parts of a list lie until they are imported. */
export function partFile({ settings }: Pick<Services, 'settings'>, list: string, part: string): string {
  return join(settings.dataDirectory, 'uploads', `${list}.${part}`)
}

/** The file of the version in force, kept only where a delta may be laid over it. */
function baseFile({ settings }: Pick<Services, 'settings'>, list: string): string {
  return join(settings.dataDirectory, 'lists', `${list}.entities`)
}

/** Beside a file that the node fetched itself: the moment at which it came, so that one that a person put in its place is told apart. */
const markOf = (file: string) => `${file}.fetched`

const momentOf = (file: string) => String(statSync(file).mtimeMs)

/** Says of a part that the node fetched it. */
export function markFetched(file: string): void {
  writeFileSync(markOf(file), momentOf(file), { mode: 0o600 })
}

/** Whether a part lies there that a person handed in. */
export function isHandedIn(file: string): boolean {
  if (!existsSync(file)) return false
  return !existsSync(markOf(file)) || readFileSync(markOf(file), 'utf8') !== momentOf(file)
}

export async function describeFile(file: string, part: string): Promise<HandedIn> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.byteLength
  }
  return { part, bytes, sha256: hash.digest('hex') }
}

/**
 * Makes the whole file out of a delta that was handed in and the file of the version in force. Throws `lists/no-base` when the
 * node does not have that file as it was, `formats/wrong-delta` when the delta is of another version.
 */
export async function layDelta(source: ListSource, services: Services): Promise<HandedIn> {
  const base = baseFile(services, source.id)
  const newest = await readNewestVersion(services.store, source.id)
  const known = newest?.files.find((it) => it.part === 'entities')
  const isSame =
    known !== undefined && existsSync(base) && (await describeFile(base, 'entities')).sha256 === known.sha256
  if (!isSame)
    throw fault(
      'lists/no-base',
      'The node does not have the whole list that a delta is laid over. Import the whole list.',
    )
  const whole = partFile(services, source.id, 'entities')
  const read = (file: string, part: string) => readPartBytes(file, { part, format: source.format })
  const lines = applyFtmDelta(read(base, 'entities'), read(partFile(services, source.id, 'delta'), 'delta'))
  await writeFrom(lines, whole)
  return describeFile(whole, 'entities')
}

/** Removes what was imported, or keeps it as the base of the next delta. */
export function clearParts(source: ListSource, services: Services): void {
  if (source.format === 'ftm') {
    const base = baseFile(services, source.id)
    mkdirSync(join(services.settings.dataDirectory, 'lists'), { recursive: true })
    renameSync(partFile(services, source.id, 'entities'), base)
  }
  for (const part of source.parts) {
    const file = partFile(services, source.id, part)
    rmSync(file, { force: true })
    rmSync(markOf(file), { force: true })
  }
}
