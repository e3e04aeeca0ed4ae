import type { Migration } from '#store/migrate'

export const migrations: readonly Migration[] = [
  {
    id: '001-border',
    sql: `create table border_checks (
  id text primary key,
  person text not null,
  desk text not null,
  place jsonb not null,
  presented jsonb not null,
  matches jsonb not null,
  outcome jsonb,
  at timestamptz not null,
  expires_at timestamptz not null
);
create index border_checks_expiry on border_checks (expires_at);

create table border_messages (
  id text primary key,
  name text not null,
  kind text not null,
  desk text not null,
  by text not null,
  summary jsonb not null,
  report jsonb not null,
  passengers jsonb not null,
  matches jsonb not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  purged_at timestamptz
);
create index border_messages_expiry on border_messages (expires_at) where purged_at is null;

create table border_candidates (
  id text primary key,
  source text not null,
  source_id text not null,
  passenger int not null,
  alert text not null,
  alert_version int not null,
  owner text not null,
  type text not null,
  caption text not null,
  strength text not null,
  discreet boolean not null,
  action jsonb not null,
  sought jsonb not null,
  features jsonb not null,
  presented jsonb not null,
  place jsonb not null,
  state text not null,
  decided_by text,
  decided_at timestamptz,
  note text,
  hit text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  unique (source_id, passenger, alert)
);
create index border_candidates_open on border_candidates (id) where state = 'open';
create index border_candidates_alert on border_candidates (alert);
create index border_candidates_expiry on border_candidates (expires_at);

create table border_hits (
  id text primary key,
  role text not null,
  about text not null,
  other text not null,
  state text not null,
  discreet boolean not null,
  due_at timestamptz,
  due_rule text,
  reported_at timestamptz not null,
  answered_at timestamptz,
  late boolean not null default false,
  note text,
  keys jsonb not null,
  redress text,
  extended boolean not null default false
);
create index border_hits_about on border_hits (about);

create table border_tasks (
  hit text not null,
  task text not null,
  since timestamptz not null,
  due_at timestamptz not null,
  rule text not null,
  done_at timestamptz,
  primary key (hit, task)
);

create table border_exceptions (
  alert text not null,
  key text not null,
  number text not null,
  declared_by text not null,
  expires_at timestamptz not null,
  primary key (alert, key)
);
create index border_exceptions_expiry on border_exceptions (expires_at);`,
  },
  {
    id: '002-carrier-answers',
    sql: `alter table border_messages add column lists jsonb not null default '[]';
create table border_carrier_answers (
  hit text primary key,
  alert text not null,
  message text not null,
  passenger int not null,
  answer text not null,
  note text not null,
  by text,
  at timestamptz not null
);
create index border_carrier_answers_message on border_carrier_answers (message);`,
  },
]
