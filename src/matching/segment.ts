import { readColumns, writeColumns } from '#kernel/column-file'
import { engineVersion } from '#matching/candidate'
import { type IndexSettings, indexFrom, type MatchingIndex } from '#matching/name-index'

/** Raised whenever the columns or what stands in them change. */
const layout = 2
const format = `matching ${engineVersion} in layout ${layout}`

/** What a segment file says of itself. */
export interface SegmentInfo {
  /** SHA-256 of all but the digest itself, hex. To be signed by who vouches for it. */
  readonly digest: string
  /** What the writer says of it, such as versions of lists. */
  readonly about: unknown
}

/**
 * Writes an index to a file of columns that loads without reading any entity again. Replaces the file at once or not at all.
 */
export async function writeSegment(index: MatchingIndex, path: string, about: unknown = null): Promise<SegmentInfo> {
  const digest = await writeColumns(path, { format, columns: index.contents, about: () => about })
  return { digest, about }
}

/**
 * Loads an index from a file. Throws `column-file/damaged` for a file that is damaged or no segment, and `column-file/format` for
 * one that another version of the engine wrote: it is then to be built anew. The pack of names must be the one that it was
 * built with.
 */
export async function readSegment(
  path: string,
  settings: IndexSettings = {},
): Promise<{ readonly index: MatchingIndex; readonly info: SegmentInfo }> {
  const { columns, about, digest } = await readColumns(path, format)
  return { index: indexFrom(columns, settings), info: { digest, about } }
}
