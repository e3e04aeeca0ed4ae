import type pg from 'pg'
import type { ProvenReceipt } from '#protocol/receipt'
import type { Verified } from '#protocol/verified'
import type { Change, Dispatch, HoldingPut, Received } from '#store/change'
import { fault } from '#store/faults'

/** The rows of the exchange with peers that a change writes: outbox, inbox, receipts and the delivery ledger. */

type Client = pg.ClientBase

export async function writeOutbox(client: Client, sends: readonly Dispatch[]): Promise<void> {
  const batch = JSON.stringify(
    sends.map(({ to, purpose, content }) => ({
      recipient: to,
      purpose,
      content,
      record_id: 'id' in content ? content.id : null,
      version: 'version' in content ? content.version : null,
    })),
  )
  await client.query(
    `insert into outbox (recipient, purpose, content, record_id, version)
     select recipient, purpose, content, record_id, version
     from jsonb_to_recordset($1::jsonb) as it (recipient text, purpose text, content jsonb, record_id text, version int)`,
    [batch],
  )
  await client.query(
    `insert into holdings (record_id, member, version, state)
     select distinct on (record_id, recipient) record_id, recipient, version, 'sent'
     from jsonb_to_recordset($1::jsonb) as it (recipient text, content jsonb, record_id text, version int)
     where content ->> 'kind' = 'record' order by record_id, recipient, version desc
     on conflict (record_id, member) do update set state = case when holdings.state = 'held' then 'held' else 'sent' end`,
    [batch],
  )
  await client.query(
    `update holdings set state = 'recalling', since = now()
     from jsonb_to_recordset($1::jsonb) as it (recipient text, content jsonb, record_id text)
     where it.content ->> 'kind' = 'recall' and it.content ->> 'state' = 'withdrawn'
       and holdings.record_id = it.record_id and holdings.member = it.recipient and holdings.state <> 'erased'`,
    [batch],
  )
}

/** Moves each sender's sequence on by what came, in order; anything else means that another envelope came in between. */
export async function writeReceived(client: Client, received: readonly Received[]): Promise<void> {
  for (const [sender, envelopes] of Map.groupBy(received, (it) => it.sender)) {
    const [first, last] = [envelopes[0]!, envelopes.at(-1)!]
    const inLine = envelopes.every((it, at) => it.sequence === first.sequence + at)
    const { rowCount } = await client.query(
      `insert into peers (member, in_sequence, in_hash, seen_at) values ($1, $2, $3, now())
       on conflict (member) do update set in_sequence = $2, in_hash = $3, seen_at = now() where peers.in_sequence = $4 - 1`,
      [sender, last.sequence, last.hash, first.sequence],
    )
    if (!inLine || rowCount !== 1) throw fault('store/out-of-turn', 'The envelope before this one is not written yet.')
    await client.query(
      `with tip as (
         insert into inbox_tips (sender, sequence, signed, record_id) values ($1, $2, $3, $4)
         on conflict (sender) do update set (sequence, signed, record_id) = (excluded.sequence, excluded.signed, excluded.record_id)
       )
       insert into inbox (sender, sequence, hash, receipt)
       select $1, sequence, hash, receipt
       from jsonb_to_recordset($5::jsonb) as it (sequence bigint, hash text, receipt text)`,
      [
        sender,
        last.sequence,
        last.signed,
        last.record,
        JSON.stringify(envelopes.map(({ sequence, hash, receipt }) => ({ sequence, hash, receipt }))),
      ],
    )
  }
}

export async function writeReceipts(client: Client, receipts: readonly Verified<ProvenReceipt>[]) {
  const { rows } = await client.query<{ id: string; version: number | null }>(
    `with it as (select * from jsonb_to_recordset($1::jsonb) as it (envelope text, status text, code text, rule text, signed text, at timestamptz, issuer text)),
     done as (
       update outbox set state = 'delivered', answered_at = it.at, receipt_status = it.status, receipt_code = it.code, receipt_rule = it.rule, receipt = it.signed,
         signed = case when exists (select from records where id = outbox.record_id and records.state = 'erased') then null else outbox.signed end
       from it where outbox.hash = it.envelope and outbox.recipient = it.issuer and outbox.state = 'sealed'
       returning outbox.record_id, outbox.version, outbox.recipient, outbox.content ->> 'kind' as kind, it.status
     ),
     held as (
       update holdings set
         state = case when done.status = 'erased' then 'erased' when done.status = 'rejected' and holdings.state = 'held' then 'held'
           when done.status = 'rejected' then 'rejected' when holdings.state = 'recalling' then 'recalling' else 'held' end,
         version = case when done.kind = 'record' and done.status = 'accepted' then greatest(holdings.version, done.version) else holdings.version end,
         since = now()
       from (select distinct on (record_id, recipient) * from done where kind = 'record' or status = 'erased'
             order by record_id, recipient, (status = 'erased') desc, (status = 'accepted') desc, version desc nulls last) as done
       where holdings.record_id = done.record_id and holdings.member = done.recipient
     )
     select distinct record_id as id, version from done where record_id is not null`,
    [JSON.stringify(receipts)],
  )
  return rows.map(({ id, version }) => ({ what: 'delivery' as const, type: 'holding', id, version }))
}

export async function writeHolding(client: Client, { record, member, version, state, via }: HoldingPut) {
  await client.query(
    `insert into holdings (record_id, member, version, state, via, read_version) values ($1, $2, $3, 'held', $4, $5)
     on conflict (record_id, member) do update set
       read_version = greatest(holdings.read_version, excluded.read_version),
       version = greatest(holdings.version, excluded.version), via = coalesce(holdings.via, excluded.via)`,
    [record, member, version, via, state === 'read' ? version : null],
  )
  return { what: 'delivery' as const, type: 'holding', id: record, version }
}

export async function writeRead(
  client: Client,
  { id, version, owner, purpose }: NonNullable<Change['reads']>[number],
): Promise<void> {
  const { rowCount } = await client.query('update records set read_version = $2 where id = $1 and read_version < $2', [
    id,
    version,
  ])
  if (rowCount === 1) await writeOutbox(client, [{ to: owner, purpose, content: { kind: 'read', id, version } }])
}

export async function writeCursor(client: Client, { name, sequence }: NonNullable<Change['cursor']>): Promise<void> {
  await client.query(
    'insert into cursors (name, sequence) values ($1, $2) on conflict (name) do update set sequence = excluded.sequence',
    [name, sequence],
  )
}
