import type { Validators } from '#capabilities/lists/download-part'
import type { ImportProblem } from '#capabilities/lists/imports'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

/** How the sources stand: when each was asked, what came of it, when it is asked again. */

export const downloadMigration: Migration = {
  id: '005-downloads',
  sql: `create table list_downloads (
  list text primary key,
  asked_at timestamptz,
  changed_at timestamptz,
  next_at timestamptz not null,
  failures int not null default 0,
  outcome text,
  problem jsonb,
  validators jsonb not null default '{}',
  import text
);`,
}

/** `same`: nothing new. `imported`. `refused`: what came was no list, or failed a check. `failed`: nothing usable came. `waiting`: files of a person wait to be imported. */
export type DownloadOutcome = 'same' | 'imported' | 'refused' | 'failed' | 'waiting'

export interface DownloadRow {
  list: string
  asked_at: Date | null
  /** When something new was imported. */
  changed_at: Date | null
  next_at: Date
  failures: number
  outcome: DownloadOutcome | null
  /** Of the last time that something was refused or failed; empty after a good answer. */
  problem: ImportProblem | null
  /** By part, of the files that were imported. */
  validators: Readonly<Record<string, Validators>>
  import: string | null
}

export async function readDownloads({ db }: Store): Promise<Map<string, DownloadRow>> {
  const rows = await db.withTables<{ list_downloads: DownloadRow }>().selectFrom('list_downloads').selectAll().execute()
  return new Map(rows.map((it) => [it.list, it]))
}

export function putDownload(row: DownloadRow): RowWrite {
  return { op: 'upsert', table: 'list_downloads', key: ['list'], values: { ...row } as never }
}
