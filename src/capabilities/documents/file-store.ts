import type { Columns, RowDefaults, RowProblem } from '#capabilities/documents/file-row'
import type { Handling } from '#protocol/handling'
import type { Store } from '#store/store'

export const fileStates = ['handed-in', 'running', 'stopped', 'failed', 'done'] as const
export type FileState = (typeof fileStates)[number]

/** A file of documents that was handed in, and how far its declaration is. */
export interface FileRow {
  id: string
  name: string
  /** Of the file, hex. */
  sha256: string
  bytes: number
  /** Who began it, or handed it in. */
  person: string
  reference: string
  state: FileState
  columns: Columns
  defaults: RowDefaults | null
  handling: Handling | null
  rows: number
  /** Rows gone through. */
  done: number
  declared: number
  /** Rows that say what is declared already. */
  unchanged: number
  records: number
  /** Rows that could not be read, by reason; the first of them with their lines. */
  refused: Partial<Record<RowProblem, number>>
  problems: { line: number; problem: RowProblem }[]
  /** Why it stopped. */
  problem: string | null
  created_at: Date
  ended_at: Date | null
}

function tables(store: Store) {
  return store.db.withTables<{ document_files: FileRow }>()
}

export function readFileRow(store: Store, id: string): Promise<FileRow | undefined> {
  return tables(store).selectFrom('document_files').selectAll().where('id', '=', id).executeTakeFirst()
}

export function readFileRows(
  store: Store,
  { state, sha256, limit = 50 }: { state?: FileState; sha256?: string; limit?: number } = {},
): Promise<FileRow[]> {
  return tables(store)
    .selectFrom('document_files')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state as FileState))
    .$if(sha256 !== undefined, (query) => query.where('sha256', '=', sha256 as string))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
