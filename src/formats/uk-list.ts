import type { ListItem } from '#formats/list-entry'
import { type Chunks, decodeChunks } from '#formats/text'
import { readUkCsv } from '#formats/uk-csv'
import { readUkList } from '#formats/uk-xml'

/** Reads the UK Sanctions List in either form that it is published in: XML begins with '<'. */
export async function* readUk(chunks: Chunks): AsyncGenerator<ListItem> {
  const pieces = decodeChunks(chunks)
  let start = ''
  while (start.trim() === '') {
    const next = await pieces.next()
    if (next.done === true) break
    start += next.value
  }
  async function* whole() {
    yield start
    yield* pieces
  }
  yield* start.trimStart().startsWith('<') ? readUkList(whole()) : readUkCsv(whole())
}
