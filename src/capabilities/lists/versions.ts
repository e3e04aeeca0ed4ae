import { createHash } from 'node:crypto'
import type { HandedIn } from '#capabilities/lists/imports'
import { canonical } from '#kernel/canonical'
import type { Identity } from '#protocol/identity'
import { signCompact } from '#protocol/jws'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

/** Versions of a list: immutable, numbered from 1, each signed by the node that imported it. */

export const versionMigration: Migration = {
  id: '004-versions',
  sql: `create table list_versions (
  list text not null,
  version int not null,
  import text,
  format text not null,
  files jsonb not null,
  entries int not null,
  names int not null,
  content_hash text not null,
  generated_at text,
  made_at timestamptz not null,
  signed text not null,
  primary key (list, version)
);
alter table lists add column version int;
alter table lists add column content_hash text;
alter table lists add column sequence bigint;
alter table lists add column changing text;
alter table list_imports add column forced text;
alter table list_imports add column version int;`,
}

export interface ListVersion {
  readonly list: string
  readonly version: number
  readonly import: string | null
  readonly format: string
  readonly files: readonly HandedIn[]
  readonly entries: number
  readonly names: number
  /** SHA-256, hexadecimal, over what the entries say: see `contentHash`. No engine and no order of a file has a part in it. */
  readonly contentHash: string
  readonly generatedAt: string | null
  readonly madeAt: string
}

interface VersionRow {
  list: string
  version: number
  import: string | null
  format: string
  files: readonly HandedIn[]
  entries: number
  names: number
  content_hash: string
  generated_at: string | null
  made_at: Date
  /** Compact JWS of the version, type `comity-list-version`. */
  signed: string
}

export type SignedVersion = ListVersion & { readonly signed: string }

/** Hash over the entries of a list by ref, each ref with the digest of its entry: `ref SP digest LF`, sorted by ref. */
export function contentHash(digests: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
  const sorted = [...digests].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [ref, digest] of sorted) hash.update(`${ref} ${digest}\n`)
  return hash.digest('hex')
}

export function signVersion(version: ListVersion, identity: Identity): string {
  return signCompact(canonical(version), { key: identity.signingKey(), type: 'comity-list-version' })
}

export function insertVersion(version: ListVersion, signed: string): RowWrite {
  const { contentHash: content_hash, generatedAt: generated_at, madeAt, files, ...same } = version
  const values = { ...same, files: files as never, content_hash, generated_at, made_at: new Date(madeAt), signed }
  return { op: 'insert', table: 'list_versions', values }
}

/** Newest first. */
export async function readVersions(
  { db }: Store,
  list: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<SignedVersion[]> {
  const rows = await db
    .withTables<{ list_versions: VersionRow }>()
    .selectFrom('list_versions')
    .selectAll()
    .where('list', '=', list)
    .$if(before !== undefined, (query) => query.where('version', '<', before as number))
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ content_hash, generated_at, made_at, ...same }) => ({
    ...same,
    contentHash: content_hash,
    generatedAt: generated_at,
    madeAt: made_at.toISOString(),
  }))
}

export async function readNewestVersion(store: Store, list: string): Promise<SignedVersion | undefined> {
  return (await readVersions(store, list, { limit: 1 }))[0]
}
