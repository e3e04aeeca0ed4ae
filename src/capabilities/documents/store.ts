import type { Migration } from '#store/migrate'

export const migrations: readonly Migration[] = [
  {
    id: '001-documents',
    sql: `create table document_questions (
  id text primary key,
  role text not null,
  other text not null,
  number text not null,
  issuer text not null,
  kind text not null,
  state text not null,
  asked_at timestamptz not null,
  due_at timestamptz,
  due_rule text,
  outcome text,
  note text,
  answer text,
  answered_at timestamptz,
  late boolean not null default false,
  done text
);
create index document_questions_state on document_questions (state, id);
create index document_questions_answer on document_questions (answer) where answer is not null;
create table document_files (
  id text primary key,
  name text not null,
  sha256 text not null,
  bytes bigint not null,
  person text not null,
  reference text not null,
  state text not null,
  columns jsonb not null,
  defaults jsonb,
  handling jsonb,
  rows int not null default 0,
  done int not null default 0,
  declared int not null default 0,
  unchanged int not null default 0,
  records int not null default 0,
  refused jsonb not null default '{}',
  problems jsonb not null default '[]',
  problem text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index document_files_sha256 on document_files (sha256);`,
  },
]
