import { sql } from 'kysely'
import { canonical, type Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import { openRecord } from '#protocol/record'
import { type AnyRecordKind, captionFor } from '#protocol/record-kind'
import { type Reader, type RecordView, viewOf } from '#store/reader'
import type { Store } from '#store/store'
import { storedVersion } from '#store/stored-version'
import type { RecordRow } from '#store/tables'

export interface VersionLine {
  readonly version: number
  readonly hash: string
  readonly issuedAt: string
  readonly storedAt: string
}

/** The versions of a record that this node holds, newest first, at most 500. */
export async function readVersionLines(store: Store, record: RecordId): Promise<VersionLine[]> {
  const rows = await store.db
    .selectFrom('record_versions')
    .select(['version', 'hash', 'stored_at', sql<string>`signed::jsonb -> 'text' ->> 'issuedAt'`.as('issued_at')])
    .where('record_id', '=', record)
    .orderBy('version', 'desc')
    .limit(500)
    .execute()
  return rows.map((it) => ({
    version: it.version,
    hash: it.hash,
    issuedAt: it.issued_at,
    storedAt: it.stored_at.toISOString(),
  }))
}

/**
 * An older version as this caller may see it: policy applies to it as it does to the newest, under the header that it had and
 * under the one of today, and what is withheld today is withheld in it, wherever it stood.
 */
export async function readOldVersion(
  reader: Reader,
  current: RecordView,
  { version, kind }: { version: number; kind: AnyRecordKind | undefined },
): Promise<RecordView | undefined> {
  const { store, caller } = reader
  const [stored, row] = await Promise.all([
    store.db
      .selectFrom('record_versions')
      .selectAll()
      .where('record_id', '=', current.id)
      .where('version', '=', version)
      .executeTakeFirst(),
    store.reads.record.load(current.id),
  ])
  if (stored === undefined || row === undefined) return undefined
  const held = openRecord(storedVersion(stored))
  const viewing = { caller, act: 'view' as const, now: store.clock.now(), grants: await reader.grants(current.id) }
  const old: RecordRow = {
    ...row,
    version: held.version,
    schema: held.schema,
    hash: stored.hash,
    handling: { ...held.handling, expiresAt: row.expires_at }, // until when it is kept is said by the newest
    body: held.body,
    marks: held.marks,
    previous: held.previous,
    issued_at: held.issuedAt,
  }
  const asThen = viewOf<Record<string, Json>>(old, viewing)
  const asNow =
    asThen &&
    viewOf<Record<string, Json>>({ ...old, body: asThen.body, marks: row.marks, handling: row.handling }, viewing)
  if (asThen === undefined || asNow === undefined) return undefined
  const body = withoutHidden(asNow.body, hiddenIn(row, current))
  const marks = Object.fromEntries(Object.entries(asThen.marks).filter(([it]) => Object.hasOwn(held.marks, it)))
  return {
    ...asThen,
    handling: held.handling,
    body,
    marks,
    caption: kind === undefined ? current.caption : captionFor(kind, body, { ...row.marks, ...held.marks }),
  }
}

/** What the caller may not see of the newest version. */
function hiddenIn(row: RecordRow, seen: RecordView): Json[] {
  return Object.keys(row.marks)
    .filter((it) => !Object.hasOwn(seen.marks, it))
    .flatMap((pointer) => {
      const value = pointer
        .slice('/body/'.length)
        .split('/')
        .reduce<Json | undefined>((at, key) => (isTree(at) ? at[key] : undefined), row.body)
      return value === undefined ? [] : [value]
    })
}

function isTree(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A statement that is withheld says the same under another key, or with another source. */
const sayingOf = (value: Json): string =>
  isTree(value) && typeof value.property === 'string'
    ? canonical([value.property, value.value ?? null])
    : canonical(value)

function sayingsIn(value: Json): string[] {
  if (!isTree(value)) return [sayingOf(value)]
  if (typeof value.property === 'string') return [sayingOf(value)]
  return [sayingOf(value), ...Object.values(value).filter(isTree).flatMap(sayingsIn)]
}

function withoutHidden(body: Record<string, Json>, hidden: readonly Json[]): Record<string, Json> {
  if (hidden.length === 0) return body
  const said = new Set(hidden.flatMap(sayingsIn))
  const clean = (value: Record<string, Json>): Record<string, Json> => {
    const kept: Record<string, Json> = {}
    for (const [key, it] of Object.entries(value)) {
      if (!isTree(it)) kept[key] = it
      else if (Object.keys(it).length === 0 || !said.has(sayingOf(it))) kept[key] = clean(it)
    }
    return kept
  }
  return clean(body)
}
