import type { Generated } from 'kysely'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { AuditEntry } from '#ledger/entry'
import type { FrontierJson } from '#ledger/frontier'
import type { LifeState } from '#policy/decide'
import type { SignedDirectory } from '#protocol/directory'
import type { HeldHandling, Mark } from '#protocol/handling'
import type { DispatchContent } from '#store/change'
import type { Slice } from '#store/migrate'

/** The tables that every node has, whatever its capabilities. */
export const coreSlice: Slice = {
  name: 'store',
  migrations: [
    {
      id: '001-core',
      sql: `
create table records (
  id text primary key,
  type text not null,
  schema int not null,
  owner text not null,
  version int not null,
  state text not null,
  hash text not null,
  caption text not null,
  handling jsonb not null,
  body jsonb not null,
  marks jsonb not null,
  readers jsonb not null,
  previous text,
  issued_at text not null,
  expires_at text not null,
  received_from text,
  read_version int not null default 0
);
create index records_type on records (type, id);
create index records_about on records ((body ->> 'about')) where body ? 'about';
create index records_expiry on records (expires_at) where state in ('active', 'suspended');

create table record_versions (
  record_id text not null,
  version int not null,
  hash text not null,
  signed text not null,
  disclosures text not null,
  stored_at timestamptz not null default now(),
  primary key (record_id, version)
);

create table changes (
  sequence bigint generated always as identity primary key,
  what text not null,
  type text not null,
  id text not null,
  version int,
  at timestamptz not null default now()
);

create table cursors (name text primary key, sequence bigint not null);

create table peers (
  member text primary key,
  out_sequence bigint not null default 0,
  out_hash text,
  in_sequence bigint not null default 0,
  in_hash text,
  suspended text,
  seen_at timestamptz,
  failing_since timestamptz,
  problem text
);

create table outbox (
  id bigint generated always as identity primary key,
  recipient text not null,
  purpose text not null,
  content jsonb not null,
  record_id text,
  version int,
  state text not null default 'waiting',
  created_at timestamptz not null default now(),
  sequence bigint,
  hash text,
  signed text,
  attempts int not null default 0,
  answered_at timestamptz,
  receipt_status text,
  receipt_code text,
  receipt_rule text,
  receipt text
);
create index outbox_due on outbox (recipient, id) where state in ('waiting', 'sealed');
create unique index outbox_hash on outbox (hash) where hash is not null;
create index outbox_record on outbox (record_id) where record_id is not null;

create table inbox (
  sender text not null,
  sequence bigint not null,
  hash text not null unique,
  receipt text not null,
  received_at timestamptz not null default now(),
  primary key (sender, sequence)
);

create table quarantine (
  id bigint generated always as identity primary key,
  sender text not null,
  code text not null,
  reason text not null,
  evidence text not null,
  at timestamptz not null default now()
);

create table holdings (
  record_id text not null,
  member text not null,
  version int not null,
  state text not null,
  via text,
  read_version int,
  since timestamptz not null default now(),
  primary key (record_id, member)
);

create table ledger_head (one boolean primary key default true check (one), frontier jsonb not null);
insert into ledger_head (frontier) values ('{"size":0,"peaks":[]}');
create table ledger_leaves (index bigint primary key, commitment bytea not null, salt bytea, entry jsonb);
create index ledger_leaves_object on ledger_leaves ((entry -> 'object' ->> 'id'));
create table ledger_nodes (level int not null, index bigint not null, hash bytea not null, primary key (level, index));

create table directories (version int primary key, signed jsonb not null, adopted_at timestamptz not null default now());

create table replies (
  caller text not null,
  key text not null,
  request text not null,
  status int not null,
  body text not null,
  at timestamptz not null default now(),
  primary key (caller, key)
);`,
    },
    {
      id: '002-evidence',
      sql: `
create table inbox_tips (sender text primary key, sequence bigint not null, signed text not null);
alter table quarantine add column hash text;
create unique index quarantine_once on quarantine (sender, code, hash);`,
    },
    {
      id: '003-tips-by-record',
      sql: 'alter table inbox_tips add column record_id text;',
    },
    {
      id: '004-bounded-quarantine',
      sql: `
alter table quarantine add column proven boolean not null default true, add column record_id text;
create index quarantine_unproven on quarantine (at) where not proven;
create index quarantine_record on quarantine (record_id) where record_id is not null;
create table unkept (day date not null, code text not null, count bigint not null, primary key (day, code));
create index replies_at on replies (at);`,
    },
    {
      id: '005-held',
      sql: 'alter table records add column held boolean not null default false;',
    },
  ],
}

export interface RecordRow {
  id: RecordId
  type: string
  schema: number
  owner: string
  version: number
  state: LifeState
  hash: string
  caption: string
  handling: HeldHandling
  body: Record<string, Json>
  marks: Record<string, Mark>
  readers: string[]
  previous: string | null
  issued_at: string
  expires_at: string
  received_from: string | null
  read_version: number
  held: boolean
}

export type HoldingState = 'sent' | 'held' | 'rejected' | 'recalling' | 'erased'
export type OutboxState = 'waiting' | 'sealed' | 'delivered' | 'refused'

export interface Tables {
  records: RecordRow
  record_versions: {
    record_id: string
    version: number
    hash: string
    signed: string
    disclosures: string
    stored_at: Generated<Date>
  }
  changes: {
    sequence: Generated<number>
    what: string
    type: string
    id: string
    version: number | null
    at: Generated<Date>
  }
  cursors: { name: string; sequence: number }
  peers: {
    member: string
    out_sequence: number
    out_hash: string | null
    in_sequence: number
    in_hash: string | null
    suspended: string | null
    seen_at: Date | null
    failing_since: Date | null
    problem: string | null
  }
  outbox: {
    id: Generated<number>
    recipient: string
    purpose: string
    content: DispatchContent
    record_id: string | null
    version: number | null
    state: OutboxState
    created_at: Generated<Date>
    sequence: number | null
    hash: string | null
    signed: string | null
    attempts: number
    answered_at: Date | null
    receipt_status: string | null
    receipt_code: string | null
    receipt_rule: string | null
    receipt: string | null
  }
  inbox: { sender: string; sequence: number; hash: string; receipt: string; received_at: Generated<Date> }
  /** The signed text of the last envelope of each sender: one half of the evidence when it forks. */
  inbox_tips: { sender: string; sequence: number; signed: string; record_id: string | null }
  quarantine: {
    id: Generated<number>
    sender: string
    code: string
    reason: string
    evidence: string
    /** The envelope's; null for what had none. One refused for one reason is kept once, however often it comes. */
    hash: string | null
    /** Whether the sender is known by its signature; what anybody could have sent is kept up to a number a day. */
    proven: boolean
    record_id: string | null
    at: Generated<Date>
  }
  /** What was refused without being kept: how often in a day, by reason. */
  unkept: { day: Date; code: string; count: number }
  holdings: {
    record_id: string
    member: string
    version: number
    state: HoldingState
    via: string | null
    read_version: number | null
    since: Generated<Date>
  }
  ledger_head: { one: boolean; frontier: FrontierJson }
  ledger_leaves: { index: number; commitment: Buffer; salt: Buffer | null; entry: AuditEntry | null }
  ledger_nodes: { level: number; index: number; hash: Buffer }
  directories: { version: number; signed: SignedDirectory; adopted_at: Generated<Date> }
  replies: { caller: string; key: string; request: string; status: number; body: string; at: Generated<Date> }
}
