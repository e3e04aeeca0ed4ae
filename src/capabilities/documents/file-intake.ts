import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fault } from '#capabilities/documents/faults'
import { type Columns, columnsOf } from '#capabilities/documents/file-row'
import { readCsv } from '#formats/csv'
import { writeFrom } from '#kernel/written-file'
import limits from './limits.json' with { type: 'json' }

/** Writes what comes to a file that only the node's own user reads. `sha256` is hex. */
export async function keepFile(
  upload: AsyncIterable<Uint8Array>,
  path: string,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const counted = async function* () {
    for await (const chunk of upload) {
      hash.update(chunk)
      bytes += chunk.byteLength
      yield chunk
    }
  }
  await writeFrom(counted(), path)
  return { sha256: hash.digest('hex'), bytes }
}

/** Goes through a file once. Throws `documents/file-too-long`, `-columns`, `-unreadable`. */
export async function surveyFile(path: string): Promise<{ columns: Columns; rows: number }> {
  let columns: Columns | undefined
  let rows = 0
  for await (const { fields } of readCsv(createReadStream(path), { delimiter: 'auto' })) {
    if (columns === undefined) columns = columnsOf(fields)
    else if (++rows > limits.fileRows)
      throw fault('documents/file-too-long', `The file has more than ${limits.fileRows} rows. Divide it.`)
    if (rows % 5_000 === 0) await nextTurn()
  }
  if (columns?.number === undefined)
    throw fault(
      'documents/file-columns',
      'No column is called "number". The first row names the columns: number, kind, status, date.',
    )
  if (rows === 0) throw fault('documents/file-unreadable', 'The file has no rows beneath its headers.')
  return { columns, rows }
}
