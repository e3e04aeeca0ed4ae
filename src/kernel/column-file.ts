import { createHash } from 'node:crypto'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { defineFaults, isFault } from '#kernel/fault'

const fault = defineFaults({ 'column-file/damaged': 'invalid', 'column-file/format': 'conflict' })

const magic = Buffer.from('COMITYX3', 'latin1')
const align = 8
const digestLength = 32
const tailLength = align + digestLength

/**
 * Columns of bytes as a file: `COMITYX3`, the columns, the head as JSON, its length, SHA-256 of all before; each part padded
 * to eight bytes. What an index holds in memory lies in it as it is, so that it is read and not made again.
 */
export interface ColumnFile {
  /** What wrote it, and how: a file of another format is refused. */
  readonly format: string
  /** Taken one after the other while the file is written; each is copied when it is taken. */
  readonly columns: Iterable<readonly [name: string, bytes: Uint8Array]>
  /** What the writer says of them, as JSON; asked when the columns are written. */
  about(): unknown
}

interface Head {
  readonly format: string
  readonly columns: readonly (readonly [name: string, bytes: number])[]
  readonly about: unknown
}

/** Replaces the file at once or not at all. Returns its digest, hex. */
export async function writeColumns(path: string, { format, columns, about }: ColumnFile): Promise<string> {
  const digest = createHash('sha256')
  const lengths: [string, number][] = []
  const file = await open(`${path}.new`, 'w', 0o600)
  const put = async (part: Uint8Array) => {
    const whole = Buffer.alloc(padded(part.length))
    whole.set(part)
    digest.update(whole)
    await file.write(whole)
  }
  try {
    await put(magic)
    for (const [name, bytes] of columns) {
      lengths.push([name, bytes.length])
      await put(bytes)
    }
    const head = Buffer.from(JSON.stringify({ format, columns: lengths, about: about() } satisfies Head))
    await put(head)
    const length = Buffer.alloc(align)
    length.writeBigUInt64LE(BigInt(head.length))
    await put(length)
    await file.write(digest.copy().digest())
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  return digest.digest('hex')
}

export interface ReadColumns {
  /** Each in a buffer of its own, so that one can go while the others stay. */
  readonly columns: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly about: unknown
  /** SHA-256 of all but itself, hex. */
  readonly digest: string
}

/** Throws `column-file/damaged` for what is damaged or no such file, and `column-file/format` for one of another format. */
export async function readColumns(path: string, format: string): Promise<ReadColumns> {
  const file = await open(path, 'r')
  try {
    return await read(file, format)
  } catch (cause) {
    if (isFault(cause) || (cause as NodeJS.ErrnoException).errno !== undefined) throw cause
    throw damaged(cause)
  } finally {
    await file.close()
  }
}

async function read(file: FileHandle, format: string): Promise<ReadColumns> {
  const { size } = await file.stat()
  if (size < magic.length + tailLength || size % align !== 0) throw damaged()
  const tail = await part(file, size - tailLength, tailLength)
  const headLength = Number(Buffer.from(tail.buffer).readBigUInt64LE())
  const headStart = size - tailLength - padded(headLength)
  if (headStart < magic.length) throw damaged()
  const headBytes = await part(file, headStart, headLength)
  const head = JSON.parse(Buffer.from(headBytes).toString('utf8')) as Head
  const lengths = head.columns.map(([, length]) => padded(length))
  if (magic.length + lengths.reduce((sum, it) => sum + it, 0) !== headStart) throw damaged()

  const digest = createHash('sha256')
  const start = await part(file, 0, magic.length)
  if (!magic.equals(start)) throw damaged()
  digest.update(start)
  const columns = new Map<string, Uint8Array<ArrayBuffer>>()
  let at = magic.length
  for (const [name, length] of head.columns) {
    const bytes = await part(file, at, length)
    digest.update(new Uint8Array(bytes.buffer))
    columns.set(name, bytes)
    at += padded(length)
  }
  digest.update(new Uint8Array(headBytes.buffer)).update(tail.subarray(0, align))
  const found = digest.digest()
  if (!found.equals(tail.subarray(align))) throw damaged()
  if (head.format !== format)
    throw fault('column-file/format', `The file is of ${head.format}, and ${format} is what can be read.`)
  return { columns, about: head.about, digest: found.toString('hex') }
}

async function part(file: FileHandle, at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new ArrayBuffer(padded(length))
  const whole = new Uint8Array(buffer)
  for (let done = 0; done < whole.length; ) {
    const { bytesRead } = await file.read(whole, done, whole.length - done, at + done)
    if (bytesRead === 0) throw damaged()
    done += bytesRead
  }
  return whole.subarray(0, length)
}

const damaged = (cause?: unknown) =>
  fault('column-file/damaged', 'The file is damaged, or none that this program wrote.', { cause })

function padded(length: number): number {
  return Math.ceil(length / align) * align
}
