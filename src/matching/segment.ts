import { createHash } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { defineFaults } from '#kernel/fault'
import { engineVersion } from '#matching/candidate'
import { type IndexSettings, indexFrom, type MatchingIndex } from '#matching/name-index'

const fault = defineFaults({ 'matching/segment': 'invalid', 'matching/segment-version': 'conflict' })

const magic = 'COMITYX2'
const align = 8
const digestLength = 32

interface Head {
  readonly engine: string
  readonly columns: readonly (readonly [name: string, bytes: number])[]
  /** What the writer says of it, such as versions of lists. */
  readonly about: unknown
}

/** What a segment file says of itself. */
export interface SegmentInfo {
  /** SHA-256 of all but the digest itself, hex. To be signed by who vouches for it. */
  readonly digest: string
  readonly about: unknown
}

/**
 * Writes an index to a file that loads without reading any entity again: `COMITYX2`, the length of the head, the head as
 * JSON, the columns, SHA-256 of all before. Replaces the file at once or not at all.
 */
export async function writeSegment(index: MatchingIndex, path: string, about: unknown = null): Promise<SegmentInfo> {
  const columns = [...index.contents]
  const head = Buffer.from(
    JSON.stringify({ engine: engineVersion, columns: columns.map(([name, bytes]) => [name, bytes.length]), about }),
  )
  const start = Buffer.alloc(padded(magic.length + 4 + head.length))
  start.write(magic, 'latin1')
  start.writeUInt32LE(head.length, magic.length)
  head.copy(start, magic.length + 4)
  const digest = createHash('sha256')
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    for (const part of [start, ...columns.map(([, bytes]) => bytes)]) {
      const whole = Buffer.alloc(padded(part.length))
      whole.set(part)
      digest.update(whole)
      await file.write(whole)
    }
    await file.write(digest.copy().digest())
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  return { digest: digest.digest('hex'), about }
}

/**
 * Loads an index from a file. Throws `matching/segment` for a file that is damaged or no segment, and
 * `matching/segment-version` for one that another version of the engine wrote: it is then to be built anew. The pack of names
 * must be the one that it was built with.
 */
export async function readSegment(
  path: string,
  settings: IndexSettings = {},
): Promise<{ readonly index: MatchingIndex; readonly info: SegmentInfo }> {
  const file = await readFile(path)
  if (file.length < magic.length + 4 + digestLength || file.toString('latin1', 0, magic.length) !== magic) {
    throw fault('matching/segment', 'The file is no segment of a matching index.')
  }
  const body = file.subarray(0, -digestLength)
  const digest = createHash('sha256').update(body).digest()
  if (!digest.equals(file.subarray(-digestLength))) throw fault('matching/segment', 'The segment is damaged.')
  const headLength = file.readUInt32LE(magic.length)
  const head = JSON.parse(file.toString('utf8', magic.length + 4, magic.length + 4 + headLength)) as Head
  if (head.engine !== engineVersion) {
    throw fault('matching/segment-version', `The segment is of ${head.engine}, the engine is ${engineVersion}.`)
  }
  const contents = new Map<string, Uint8Array>()
  let at = padded(magic.length + 4 + headLength)
  for (const [name, length] of head.columns) {
    contents.set(name, body.subarray(at, at + length))
    at += padded(length)
  }
  return { index: indexFrom(contents, settings), info: { digest: digest.toString('hex'), about: head.about } }
}

function padded(length: number): number {
  return Math.ceil(length / align) * align
}
