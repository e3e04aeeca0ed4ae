import { sql } from 'kysely'
import { type PersonRow, type PolicyRow, type TicketRow, type TotpRow, tables } from '#capabilities/people/store'
import type { Role } from '#policy/roles'
import type { RowWrite } from '#store/change'
import type { Store } from '#store/store'
import numbers from './factors.json' with { type: 'json' }

const sweepLimit = 100

/** The second factors of a person. */
export interface PersonFactors {
  /** Its secret is sealed. */
  readonly totp: TotpRow | undefined
  readonly passkeys: number
  /** How many are left. */
  readonly recoveryCodes: number
  /** Whether a role of the person needs a second factor. */
  readonly required: boolean
}

export async function readFactors(
  store: Store,
  { id, roles }: Pick<PersonRow, 'id' | 'roles'>,
): Promise<PersonFactors> {
  const [totp, counts, policy] = await Promise.all([
    tables(store).selectFrom('totp_secrets').selectAll().where('person', '=', id).executeTakeFirst(),
    tables(store)
      .selectNoFrom([
        sql<number>`(select count(*)::int from passkeys where person = ${id})`.as('passkeys'),
        sql<number>`(select count(*)::int from recovery_codes where person = ${id} and used_at is null)`.as('codes'),
      ])
      .executeTakeFirstOrThrow(),
    readPolicy(store),
  ])
  const required = roles.some((it) => policy.roles.includes(it))
  return { totp, passkeys: counts.passkeys, recoveryCodes: counts.codes, required }
}

/** Whether a person has anything beside the password to sign in with. */
export function hasSecondFactor({ totp, passkeys }: Pick<PersonFactors, 'totp' | 'passkeys'>): boolean {
  return passkeys > 0 || (totp !== undefined && totp.confirmed_at !== null)
}

export function readPolicy(store: Store): Promise<PolicyRow> {
  return tables(store).selectFrom('sign_in_policy').selectAll().executeTakeFirstOrThrow()
}

/** How many active people of these roles have no second factor yet. */
export async function countWithout(store: Store, roles: readonly Role[]): Promise<number> {
  const { count } = await tables(store)
    .selectFrom('people')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`exists (select from jsonb_array_elements_text(roles) it where it = any(${[...roles]}))`)
    .where(sql<boolean>`not exists (select from passkeys it where it.person = people.id)`)
    .where(
      sql<boolean>`not exists (select from totp_secrets it where it.person = people.id and it.confirmed_at is not null)`,
    )
    .executeTakeFirstOrThrow()
  return count
}

export async function hasRecoveryCode(store: Store, person: string, digest: string): Promise<boolean> {
  const row = await tables(store)
    .selectFrom('recovery_codes')
    .select('digest')
    .where('digest', '=', digest)
    .where('person', '=', person)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps that the first step of a sign-in is done, and sweeps out what earlier ones left. */
export async function keepTicket(
  store: Store,
  ticket: Omit<TicketRow, 'expires_at'>,
): Promise<{ rows: RowWrite[]; expiresAt: Date }> {
  const now = store.clock.now()
  const expiresAt = new Date(now.getTime() + numbers.step.minutes * 60_000)
  const old = await tables(store)
    .selectFrom('sign_in_tickets')
    .select('digest')
    .where('expires_at', '<=', now)
    .limit(sweepLimit)
    .execute()
  return {
    expiresAt,
    rows: [
      ...old.map(({ digest }): RowWrite => ({ op: 'delete', table: 'sign_in_tickets', where: { digest } })),
      { op: 'insert', table: 'sign_in_tickets', values: { ...ticket, expires_at: expiresAt } },
    ],
  }
}

/** A ticket in force and its person, unless the password was reset or the person disabled since. */
export async function readTicket(
  store: Store,
  digest: string,
  step: TicketRow['step'],
): Promise<{ ticket: TicketRow; person: PersonRow } | undefined> {
  const ticket = await tables(store)
    .selectFrom('sign_in_tickets')
    .selectAll()
    .where('digest', '=', digest)
    .where('step', '=', step)
    .where('expires_at', '>', store.clock.now())
    .executeTakeFirst()
  if (ticket === undefined) return undefined
  const person = await tables(store)
    .selectFrom('people')
    .selectAll()
    .where('id', '=', ticket.person)
    .where('password', '=', ticket.password)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return person === undefined ? undefined : { ticket, person }
}
