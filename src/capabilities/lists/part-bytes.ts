import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { isNeeded } from '#capabilities/lists/parts'
import { fault } from '#capabilities/lists/rules'
import { wrongStart } from '#formats/first-bytes'
import { type ListFormatName, listFormats } from '#formats/list-formats'
import limits from './download-limits.json' with { type: 'json' }

const startLength = 512

interface Reading {
  readonly part: string
  readonly format: ListFormatName
  /** Told of each run of bytes that was read from the file, packed as it is. */
  readonly onRead?: (bytes: number) => void
}

/**
 * The bytes of a file that was handed in, unpacked where it is compressed with gzip, as several lists are published. Throws
 * `lists/empty-file`, `lists/web-page` and `lists/packed-file` before anything is read of what cannot be a list, and
 * `lists/damaged-file` where a compressed file is.
 */
export async function* readPartBytes(file: string, { part, format, onRead }: Reading): AsyncGenerator<Uint8Array> {
  const start = await startOf(file)
  const isGzip = start[0] === 0x1f && start[1] === 0x8b
  if (!isGzip) checkStart(start, { part, format })
  const chunks = counted(file, onRead)
  if (isGzip) yield* unpacked(chunks, { part, format })
  else yield* chunks
}

async function* counted(file: string, onRead: Reading['onRead']): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    onRead?.(chunk.byteLength)
    yield chunk
  }
}

async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  about: Pick<Reading, 'part' | 'format'>,
): AsyncGenerator<Uint8Array> {
  const gunzip = pipeline(chunks, createGunzip(), () => undefined) // its end is seen below
  let bytes = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      if (bytes === 0) checkStart(chunk.subarray(0, startLength), about)
      bytes += chunk.byteLength
      if (bytes > limits.bytes)
        throw fault('lists/packed-file', `Unpacked, the file of ${about.part} is larger than ${limits.bytes} bytes.`)
      yield chunk
    }
  } catch (cause) {
    if (!isDamaged(cause)) throw cause
    throw fault('lists/damaged-file', `The compressed file of ${about.part} is damaged or cut off.`, { cause })
  }
  if (bytes === 0) checkStart(new Uint8Array(), about)
}

function isDamaged(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')
}

async function startOf(file: string): Promise<Uint8Array> {
  await using handle = await open(file)
  const { buffer, bytesRead } = await handle.read(new Uint8Array(startLength), 0, startLength, 0)
  return buffer.subarray(0, bytesRead)
}

/** What begins otherwise than a list of the format is left to the reader, which says what it misses. */
function checkStart(start: Uint8Array, { part, format }: Pick<Reading, 'part' | 'format'>): void {
  const wrong = wrongStart(format, start)
  if (wrong === 'empty' && isNeeded(listFormats[format].parts, part))
    throw fault('lists/empty-file', `The file of ${part} is empty.`)
  if (wrong === 'html')
    throw fault('lists/web-page', `The file of ${part} is a web page and no list: look at what the address sends.`)
  if (wrong === 'packed')
    throw fault(
      'lists/packed-file',
      `The file of ${part} is an archive or a document. Unpack it, and hand in the list that is in it.`,
    )
}
