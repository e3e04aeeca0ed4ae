import { type Kysely, sql } from 'kysely'
import type { Scope } from '#http/operation'
import type { Role } from '#policy/roles'
import type { Purpose } from '#protocol/handling'
import type { Store } from '#store/store'
import type { Tables } from '#store/tables'

export interface PersonRow {
  id: string
  username: string
  name: string
  roles: Role[]
  password: string
  /** When a one-time password ends; null for a password of the person's own. */
  password_until: Date | null
  created_at: Date
  signed_in_at: Date | null
  disabled_at: Date | null
}

export interface SessionRow {
  id: string
  digest: string
  person: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  user_agent: string | null
  factor: Factors
  network: Network | null
}

/** By what a session was opened. */
export type Factors = 'password' | 'passkey' | 'password+totp' | 'password+passkey' | 'password+recovery'

/** From where a request came, as far as its address tells without keeping it. */
export type Network = 'loopback' | 'private' | 'public'

export interface TotpRow {
  person: string
  /** Sealed, see `factor-key.ts`. */
  secret: string
  created_at: Date
  /** Null while it is being set up: it counts for nothing until a code of it was right. */
  confirmed_at: Date | null
  /** The last time step whose code was accepted. */
  last_step: number
  last_used_at: Date | null
  /** Wrong codes since the last right one. */
  failures: number
}

export interface TicketRow {
  digest: string
  person: string
  /** What is still to be done before there is a session. */
  step: 'second-factor' | 'enrolment'
  /** The hash of the password that was proved: a reset in between voids the ticket. */
  password: string
  /** The hash of one's own that takes the place of a one-time password once the step is done. */
  next_password: string | null
  expires_at: Date
}

/** Roles whose people need a second factor. */
export interface PolicyRow {
  one: boolean
  roles: Role[]
  version: number
  changed_at: Date | null
}

export interface TokenRow {
  id: string
  digest: string
  person: string
  /** The token that this one was made with; both end when that one is revoked. */
  parent: string | null
  name: string
  scopes: Scope[]
  /** What it is used for, where the program that uses it cannot say so with each request. */
  purpose: Purpose | null
  reference: string | null
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
  revoked_reason: string | null
}

export interface PasskeyRow {
  id: string
  credential: string
  person: string
  name: string
  public_key: string
  counter: number
  transports: string[]
  synced: boolean
  created_at: Date
  last_used_at: Date | null
}

type PeopleTables = {
  people: PersonRow
  people_roster: { one: boolean; version: number }
  sessions: SessionRow
  api_tokens: TokenRow
  passkeys: PasskeyRow
  passkey_challenges: { challenge: string; ceremony: string; person: string | null; expires_at: Date }
  totp_secrets: TotpRow
  recovery_codes: { digest: string; person: string; created_at: Date; used_at: Date | null }
  sign_in_tickets: TicketRow
  sign_in_policy: PolicyRow
}

export function tables(store: Store): Kysely<Tables & PeopleTables> {
  return store.db.withTables<PeopleTables>()
}

export function readPerson(store: Store, by: { id: string } | { username: string }): Promise<PersonRow | undefined> {
  const query = tables(store).selectFrom('people').selectAll()
  return ('id' in by ? query.where('id', '=', by.id) : query.where('username', '=', by.username)).executeTakeFirst()
}

export interface Page {
  readonly limit: number
  readonly after?: string | undefined
}

/** All the people at one moment, as far as rules look at them together. `version` grows with every change to the list. */
export interface Roster {
  readonly version: number
  readonly people: number
  readonly administrators: readonly string[]
}

export async function readRoster(store: Store): Promise<Roster> {
  const row = await tables(store)
    .selectFrom('people_roster')
    .select((eb) => [
      'version',
      eb.selectFrom('people').select(eb.fn.countAll<number>().as('count')).as('people'),
      sql<string[]>`array(select id from people where disabled_at is null and roles ? 'administrator')`.as(
        'administrators',
      ),
    ])
    .executeTakeFirstOrThrow()
  return { version: row.version, people: Number(row.people), administrators: row.administrators }
}
