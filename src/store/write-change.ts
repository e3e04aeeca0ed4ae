import pg from 'pg'
import { canonical } from '#kernel/canonical'
import { canonicalText, type HeldRecord, openRecord, recordHash, type SignedRecord } from '#protocol/record'
import type { Verified } from '#protocol/verified'
import type { Change, FeedItem, RecordPut, RowWrite, StatePut } from '#store/change'
import { fault } from '#store/faults'
import { writeCursor, writeHolding, writeOutbox, writeRead, writeReceipts, writeReceived } from '#store/write-exchange'

/** A change whose own drafts are signed: ready to be written. */
export interface SignedChange extends Omit<Change, 'records'> {
  readonly records: readonly (Omit<RecordPut, 'record'> & { readonly record: Verified<SignedRecord> })[]
}

/** An answer to an idempotent request, written in the same transaction as what it answers. */
export interface Reply {
  readonly caller: string
  readonly key: string
  readonly request: string
  readonly status: number
  readonly body: string
}

type Client = pg.ClientBase

/** Writes one change inside an open transaction and returns its lines of the feed. Throws `store/conflict`. */
export async function writeChange(client: Client, change: SignedChange, reply?: Reply): Promise<FeedItem[]> {
  const feed: Omit<FeedItem, 'sequence' | 'at'>[] = []
  if (change.records.length > 0) feed.push(...(await writeRecords(client, change.records)))
  for (const put of change.states ?? []) feed.push(await writeState(client, put))
  for (const rows of alikeRuns(change.rows ?? [])) await writeRows(client, rows)
  if (change.send !== undefined && change.send.length > 0) await writeOutbox(client, change.send)
  if (change.received !== undefined)
    await writeReceived(client, change.received, change.records[0]?.record.text.id ?? null)
  if (change.receipts !== undefined && change.receipts.length > 0)
    feed.push(...(await writeReceipts(client, change.receipts)))
  for (const put of change.holdings ?? []) feed.push(await writeHolding(client, put))
  for (const read of change.reads ?? []) await writeRead(client, read)
  if (change.cursor !== undefined) await writeCursor(client, change.cursor)
  if (reply !== undefined) await writeReply(client, reply)
  for (const { type, id } of change.touched ?? []) feed.push({ what: 'work', type, id, version: null })
  return feed.length === 0 ? [] : writeFeed(client, feed)
}

async function writeRecords(client: Client, puts: SignedChange['records']) {
  const rows = puts.map(({ record, caption, from, readers }) => {
    const held: HeldRecord = openRecord(record)
    return {
      id: held.id,
      type: held.type,
      schema: held.schema,
      owner: held.owner,
      version: held.version,
      hash: recordHash(record),
      caption,
      handling: held.handling,
      body: held.body,
      marks: held.marks,
      readers: readers ?? [],
      previous: held.previous,
      issued_at: held.issuedAt,
      expires_at: held.handling.expiresAt,
      received_from: from ?? null,
      signed: `{"signature":${canonical(record.signature)},"text":${canonicalText(record)}}`,
      disclosures: canonical(record.disclosures),
    }
  })
  const batch = JSON.stringify(rows)
  const { rowCount } = await client.query(
    `insert into records (id, type, schema, owner, version, state, hash, caption, handling, body, marks, readers, previous, issued_at, expires_at, received_from)
     select id, type, schema, owner, version, 'active', hash, caption, handling, body, marks, readers, previous, issued_at, expires_at, received_from
     from jsonb_to_recordset($1::jsonb) as it (id text, type text, schema int, owner text, version int, hash text, caption text, handling jsonb, body jsonb,
       marks jsonb, readers jsonb, previous text, issued_at text, expires_at text, received_from text)
     on conflict (id) do update set (schema, version, state, hash, caption, handling, body, marks, readers, previous, issued_at, expires_at) =
       (excluded.schema, excluded.version, 'active', excluded.hash, excluded.caption, excluded.handling, excluded.body, excluded.marks,
        case when excluded.readers = '[]' then records.readers else excluded.readers end, excluded.previous, excluded.issued_at, excluded.expires_at)
     where records.version < excluded.version and records.owner = excluded.owner and records.type = excluded.type
       and (records.state in ('active', 'suspended') or records.state = 'erased' and excluded.received_from = excluded.owner)
       and (records.version + 1 < excluded.version or records.hash = excluded.previous)`,
    [batch],
  )
  if (rowCount !== rows.length)
    throw fault(
      'store/conflict',
      'Another version of this record came first. Read it again and repeat the change on it.',
    )
  await client.query(
    `insert into record_versions (record_id, version, hash, signed, disclosures)
     select id, version, hash, signed, disclosures from jsonb_to_recordset($1::jsonb) as it (id text, version int, hash text, signed text, disclosures text)`,
    [batch],
  )
  return rows.map((it) => ({ what: 'record' as const, type: it.type, id: it.id, version: it.version }))
}

async function writeState(client: Client, { id, state, readers }: StatePut) {
  const gone = state === 'erased'
  const { rows } = await client.query<{ type: string; version: number }>(
    `update records set state = $2, readers = coalesce($3::jsonb, readers),
       body = case when $4 then '{}' else body end, marks = case when $4 then '{}' else marks end, caption = case when $4 then '' else caption end
     where id = $1 and state <> 'erased' returning type, version`,
    [id, state, readers === undefined ? null : JSON.stringify(readers), gone],
  )
  const [row] = rows
  if (row === undefined) throw fault('store/conflict', 'The record is no longer there to be changed.')
  if (gone) {
    await client.query('delete from record_versions where record_id = $1', [id])
    await client.query('delete from inbox_tips where record_id = $1', [id]) // it would keep a copy
  }
  return { what: 'state' as const, type: row.type, id, version: row.version }
}

const rowsPerStatement = 500

/** Neighbours that put the same columns into the same table go in one statement: an import has thousands of them. */
function* alikeRuns(rows: readonly RowWrite[]): Generator<RowWrite[]> {
  let run: RowWrite[] = []
  for (const row of rows) {
    const [first] = run
    if (
      first !== undefined &&
      (run.length === rowsPerStatement || formOf(first) !== formOf(row) || row.op !== first.op)
    ) {
      yield run
      run = []
    }
    run.push(row)
    if (row.op === 'update' || row.op === 'delete') {
      yield run
      run = []
    }
  }
  if (run.length > 0) yield run
}

function formOf(row: RowWrite): string {
  return row.op === 'insert' || row.op === 'upsert'
    ? `${row.op} ${row.table} ${Object.keys(row.values).join()} ${row.op === 'insert' && row.orIgnore}`
    : ''
}

async function writeRows(client: Client, rows: readonly RowWrite[]): Promise<void> {
  const { rowCount } = await client.query(...statementOf(rows))
  const [first] = rows
  const expected = first?.op === 'update' || first?.op === 'delete' ? first.expect : undefined
  if (expected !== undefined && rowCount !== expected) {
    throw fault('store/conflict', 'Somebody else changed this first. Read it again and repeat.')
  }
}

function statementOf(rows: readonly RowWrite[]): [string, unknown[]] {
  const row = rows[0]!
  const table = pg.escapeIdentifier(row.table)
  const parameters: unknown[] = []
  const bind = (value: unknown) => `$${parameters.push(cell(value))}`
  const list = (cells: Readonly<Record<string, unknown>>, joint: string) =>
    Object.entries(cells)
      .map(
        ([name, value]) =>
          `${pg.escapeIdentifier(name)} ${value === null && joint === ' and ' ? 'is null' : `= ${bind(value)}`}`,
      )
      .join(joint)
  switch (row.op) {
    case 'insert':
    case 'upsert': {
      const names = Object.keys(row.values)
      const columns = names.map(pg.escapeIdentifier)
      const puts = rows.flatMap((it) => (it.op === row.op ? [it] : []))
      const values = puts.map((it) => `(${names.map((name) => bind(it.values[name])).join(', ')})`).join(', ')
      const target = `insert into ${table} (${columns.join(', ')}) values ${values}`
      if (row.op === 'insert') return [row.orIgnore ? `${target} on conflict do nothing` : target, parameters]
      const set = columns.map((it) => `${it} = excluded.${it}`).join(', ')
      return [`${target} on conflict (${row.key.map(pg.escapeIdentifier).join(', ')}) do update set ${set}`, parameters]
    }
    case 'update':
      return [`update ${table} set ${list(row.values, ', ')} where ${list(row.where, ' and ')}`, parameters]
    case 'delete':
      return [`delete from ${table} where ${list(row.where, ' and ')}`, parameters]
  }
}

/** Lists and objects go into jsonb columns. */
function cell(value: unknown): unknown {
  const plain =
    typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)
  return plain ? JSON.stringify(value) : value
}

async function writeReply(client: Client, { caller, key, request, status, body }: Reply): Promise<void> {
  const { rowCount } = await client.query(
    'insert into replies (caller, key, request, status, body) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [caller, key, request, status, body],
  )
  if (rowCount === 0)
    throw fault(
      'store/exists',
      'A request with this idempotency key was answered while this one ran. Send it again to get that answer.',
    )
}

async function writeFeed(client: Client, feed: readonly Omit<FeedItem, 'sequence' | 'at'>[]): Promise<FeedItem[]> {
  const { rows } = await client.query<FeedItem>(
    `insert into changes (what, type, id, version)
     select what, type, id, version from jsonb_to_recordset($1::jsonb) as it (what text, type text, id text, version int)
     returning sequence, what, type, id, version, at`,
    [JSON.stringify(feed)],
  )
  return rows.sort((a, b) => a.sequence - b.sequence)
}
