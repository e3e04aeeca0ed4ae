import type { Migration } from '#store/migrate'

export const migrations: readonly Migration[] = [
  {
    id: '001-people',
    sql: `
create table people (
  id text primary key,
  username text not null unique check (username = lower(username)),
  name text not null,
  roles jsonb not null,
  password text not null,
  password_until timestamptz,
  created_at timestamptz not null,
  signed_in_at timestamptz,
  disabled_at timestamptz
);
create table people_roster (one boolean primary key default true check (one), version int not null);
insert into people_roster (version) values (0);
create table sessions (
  id text primary key,
  digest text not null unique,
  person text not null references people (id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text
);
create index sessions_person on sessions (person);
create index sessions_expiry on sessions (expires_at);
create table api_tokens (
  id text primary key,
  digest text not null unique,
  person text not null references people (id),
  parent text references api_tokens (id),
  name text not null,
  scopes jsonb not null,
  purpose text,
  reference text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_tokens_person on api_tokens (person);
create index api_tokens_parent on api_tokens (parent) where parent is not null;`,
  },
  {
    id: '002-passkeys',
    sql: `
create table passkeys (
  id text primary key,
  credential text not null unique,
  person text not null references people (id),
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports jsonb not null,
  synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_person on passkeys (person);
create table passkey_challenges (
  challenge text primary key,
  ceremony text not null,
  person text,
  expires_at timestamptz not null
);
create index passkey_challenges_expiry on passkey_challenges (expires_at);`,
  },
  {
    id: '003-second-factors',
    sql: `
create table totp_secrets (
  person text primary key references people (id),
  secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step int not null default 0,
  last_used_at timestamptz,
  failures int not null default 0
);
create table recovery_codes (
  digest text primary key,
  person text not null references people (id),
  created_at timestamptz not null,
  used_at timestamptz
);
create index recovery_codes_person on recovery_codes (person);
create table sign_in_tickets (
  digest text primary key,
  person text not null references people (id),
  step text not null,
  password text not null,
  next_password text,
  expires_at timestamptz not null
);
create index sign_in_tickets_expiry on sign_in_tickets (expires_at);
create table sign_in_policy (
  one boolean primary key default true check (one),
  roles jsonb not null,
  version int not null,
  changed_at timestamptz
);
insert into sign_in_policy (roles, version) values ('[]', 0);
alter table sessions add column factor text not null default 'password', add column network text;
alter table api_tokens add column revoked_reason text;`,
  },
]
