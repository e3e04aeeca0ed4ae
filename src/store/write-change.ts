import pg from 'pg'
import { canonical } from '#kernel/canonical'
import { canonicalText, type HeldRecord, openRecord, recordHash, type SignedRecord } from '#protocol/record'
import type { Verified } from '#protocol/verified'
import type { Audited, Change, FeedItem, RecordPut, RowWrite, StatePut } from '#store/change'
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

/** A change with the answer that is written beside it. */
export interface Writing {
  readonly change: SignedChange
  readonly reply: Reply | undefined
}

type FeedLine = Omit<FeedItem, 'sequence' | 'at'>

/**
 * Writes changes that touch no record in common inside an open transaction, what is alike of all of them in one statement, and
 * returns the lines of the feed of each. Throws `store/*` when any of them is refused, and says not which.
 */
export async function writeChanges(client: Client, writings: readonly Writing[]): Promise<FeedItem[][]> {
  const changes = writings.map((it) => it.change)
  const puts = changes.flatMap((it) => it.records)
  const recorded = puts.length > 0 ? await writeRecords(client, puts) : []
  const feeds: FeedLine[][] = changes.map((it) => recorded.splice(0, it.records.length))
  for (const [at, change] of changes.entries())
    for (const put of change.states ?? []) feeds[at]!.push(await writeState(client, put))
  for (const [at, change] of changes.entries())
    for (const put of change.held ?? []) feeds[at]!.push(...(await writeHeld(client, put)))
  for (const rows of alikeRuns(changes.flatMap((it) => it.rows ?? []))) await writeRows(client, rows)
  const sends = changes.flatMap((it) => it.send ?? [])
  if (sends.length > 0) await writeOutbox(client, sends)
  const received = changes.flatMap((it) => it.received ?? [])
  if (received.length > 0) await writeReceived(client, received)
  for (const [at, change] of changes.entries()) feeds[at]!.push(...(await writeRest(client, change)))
  const replies = writings.flatMap((it) => it.reply ?? [])
  if (replies.length > 0) await writeReplies(client, replies)
  const lines = feeds.flat()
  const items = lines.length === 0 ? [] : await writeFeed(client, lines)
  return feeds.map((it) => items.splice(0, it.length))
}

/** What few changes have, one after the other. */
async function writeRest(client: Client, change: SignedChange): Promise<FeedLine[]> {
  const feed: FeedLine[] = []
  if (change.receipts !== undefined && change.receipts.length > 0)
    feed.push(...(await writeReceipts(client, change.receipts)))
  for (const put of change.holdings ?? []) feed.push(await writeHolding(client, put))
  for (const read of change.reads ?? []) await writeRead(client, read)
  if (change.cursor !== undefined) await writeCursor(client, change.cursor)
  for (const { type, id } of change.touched ?? []) feed.push({ what: 'work', type, id, version: null })
  for (const it of change.audit) feed.push(...administered(it))
  return feed
}

/** A refusal to an administrator changes nothing; what a peer sent and was refused is there to be looked at. */
function administered({ act, outcome, object, actor }: Audited): FeedLine[] {
  const line = { what: 'administration', version: null } as const
  if (act === 'quarantine') return [{ ...line, type: 'quarantine', id: actor.member }]
  if (act !== 'administer' || outcome !== 'permitted' || object === null) return []
  return [{ ...line, type: object.type, id: object.id }]
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
       (excluded.schema, excluded.version, case when records.version = excluded.version then records.state else 'active' end, excluded.hash, excluded.caption, excluded.handling, excluded.body, excluded.marks,
        case when excluded.readers = '[]' then records.readers else excluded.readers end, excluded.previous, excluded.issued_at, excluded.expires_at)
     where records.owner = excluded.owner and records.type = excluded.type
       and (records.state in ('active', 'suspended') or records.state = 'erased' and excluded.received_from = excluded.owner)
       and (records.version + 1 < excluded.version
         or records.version + 1 = excluded.version and records.hash = excluded.previous
         or records.version = excluded.version and records.hash = excluded.hash and records.state <> 'erased')`,
    [batch],
  )
  if (rowCount !== rows.length)
    throw fault(
      'store/conflict',
      'Another version of this record came first. Read it again and repeat the change on it.',
    )
  await client.query(
    `insert into record_versions (record_id, version, hash, signed, disclosures)
     select id, version, hash, signed, disclosures from jsonb_to_recordset($1::jsonb) as it (id text, version int, hash text, signed text, disclosures text)
     on conflict (record_id, version) do update set disclosures = excluded.disclosures where record_versions.hash = excluded.hash`,
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
    // Each of these would keep a copy. What is sealed and unanswered goes out first, since sequences have no holes.
    await client.query('delete from inbox_tips where record_id = $1', [id])
    await client.query(`update quarantine set evidence = '' where record_id = $1`, [id])
    await client.query(`update outbox set signed = null where record_id = $1 and state = 'delivered'`, [id])
  }
  return { what: 'state' as const, type: row.type, id, version: row.version }
}

/** What was erased meanwhile waits for nothing. */
async function writeHeld(client: Client, { id, held }: NonNullable<Change['held']>[number]): Promise<FeedLine[]> {
  const { rows } = await client.query<{ type: string; version: number }>(
    "update records set held = $2 where id = $1 and state <> 'erased' returning type, version",
    [id, held],
  )
  return rows.map(({ type, version }) => ({ what: 'state', type, id, version }))
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

async function writeReplies(client: Client, replies: readonly Reply[]): Promise<void> {
  const { rowCount } = await client.query(
    `insert into replies (caller, key, request, status, body)
     select caller, key, request, status, body
     from jsonb_to_recordset($1::jsonb) as it (caller text, key text, request text, status int, body text)
     on conflict do nothing`,
    [JSON.stringify(replies)],
  )
  if (rowCount !== replies.length)
    throw fault(
      'store/exists',
      'A request with this idempotency key was answered while this one ran. Send it again to get that answer.',
    )
}

async function writeFeed(client: Client, feed: readonly FeedLine[]): Promise<FeedItem[]> {
  const { rows } = await client.query<FeedItem>(
    `insert into changes (what, type, id, version)
     select what, type, id, version from jsonb_to_recordset($1::jsonb) as it (what text, type text, id text, version int)
     returning sequence, what, type, id, version, at`,
    [JSON.stringify(feed)],
  )
  return rows.sort((a, b) => a.sequence - b.sequence)
}
