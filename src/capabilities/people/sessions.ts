import { fault } from '#capabilities/people/faults'
import type { Work } from '#capabilities/people/rules'
import { digestOf, newSessionSecret } from '#capabilities/people/secrets'
import type { Factors, Network, PersonRow, SessionRow } from '#capabilities/people/store'
import type { SignedIn } from '#http/operation'
import { newId } from '#kernel/ids'
import type { Actor } from '#policy/decide'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'

export const sessionLifetimeSeconds = 12 * 3_600
const idleSeconds = 3_600
const touchSeconds = 60

export function idleSince(now: Date): Date {
  return new Date(now.getTime() - idleSeconds * 1000)
}

/** Whether a mark of use is old enough to be written again: reading costs no write but once a minute. */
export function worthTouching(last: Date | null, now: Date): boolean {
  return last === null || now.getTime() - last.getTime() >= touchSeconds * 1000
}

/** Who acts once a sign-in has proved it, where the request came from nobody yet. */
export function callerAs(member: Actor['member'], { id, roles }: Pick<PersonRow, 'id' | 'roles'>): Caller {
  return { actor: { member, person: { id, roles } }, via: 'session' }
}

/** The session behind a request, for what a token must not do: change with what its person signs in. */
export function ownSession(signedIn: SignedIn | undefined): { session: string; person: string } {
  if (signedIn === undefined || signedIn.session === null) {
    throw fault(
      'people/session-needed',
      'Sign in for this: it is about your session or your way to sign in, and a token is neither.',
      {
        rule: 'least privilege',
      },
    )
  }
  return { session: signedIn.session, person: signedIn.person.id }
}

/** Why nobody is signed in, for the audit alone: the one who asks gets one answer for all. */
export function signInRefusal(
  person: Pick<PersonRow, 'disabled_at' | 'password_until'> | undefined,
  passwordFits: boolean,
  now: Date,
): 'unknown' | 'password' | 'disabled' | 'outdated' | undefined {
  if (person === undefined) return 'unknown'
  if (!passwordFits) return 'password'
  if (person.disabled_at !== null) return 'disabled'
  return person.password_until !== null && person.password_until <= now ? 'outdated' : undefined
}

export interface Opening {
  readonly member: Actor['member']
  readonly now: Date
  readonly userAgent: string | null
  readonly factor: Factors
  readonly network: Network | null
  /** Sessions that have run out, and the one that this replaces. */
  readonly ended: readonly string[]
}

/**
 * A session for somebody who has just proved who they are, unless a reset or a disabling came in between. The secret leaves
 * in the cookie; the node keeps its digest.
 */
export function openSession(
  person: Pick<PersonRow, 'id' | 'roles' | 'password'>,
  { member, now, userAgent, factor, network, ended }: Opening,
): { change: Change; secret: string; expiresAt: Date } {
  const id = newId('ses', now.getTime())
  const secret = newSessionSecret()
  const expiresAt = new Date(now.getTime() + sessionLifetimeSeconds * 1000)
  const values = {
    id,
    digest: digestOf(secret),
    person: person.id,
    created_at: now,
    last_seen_at: now,
    expires_at: expiresAt,
    user_agent: userAgent?.slice(0, 200) ?? null,
    factor,
    network,
  }
  const caller = callerAs(member, person)
  return {
    secret,
    expiresAt,
    change: {
      rows: [
        ...ended.map((it): RowWrite => ({ op: 'delete', table: 'sessions', where: { id: it } })),
        { op: 'insert', table: 'sessions', values },
        {
          op: 'update',
          table: 'people',
          where: { id: person.id, password: person.password, disabled_at: null },
          values: { signed_in_at: now },
          expect: 1,
        },
      ],
      audit: [audited('sign-in', caller, { object: { type: 'session', id }, details: { factor } })],
    },
  }
}

/** A refused sign-in. The name that was typed is not kept: it may be a password in the wrong field. */
export function refusedSignIn(caller: Caller, person: string | undefined, reason: string): Change {
  const object = person === undefined ? null : { type: 'person', id: person }
  return { audit: [audited('sign-in', caller, { object, outcome: 'refused', reason })] }
}

export function endSession({ id }: Pick<SessionRow, 'id'>, { caller }: Pick<Work, 'caller'>): Change {
  return {
    rows: [{ op: 'delete', table: 'sessions', where: { id } }],
    audit: [audited('sign-out', caller, { object: { type: 'session', id } })],
  }
}

export function endAllSessions(person: string, { caller }: Pick<Work, 'caller'>): Change {
  return {
    rows: [{ op: 'delete', table: 'sessions', where: { person } }],
    audit: [audited('sign-out', caller, { object: { type: 'person', id: person }, reason: 'everywhere' })],
  }
}

/** Ends the sessions of a person but one. */
export function endOtherSessions(
  person: string,
  others: readonly Pick<SessionRow, 'id'>[],
  { caller }: Pick<Work, 'caller'>,
): Change {
  return {
    rows: others.map(({ id }) => ({ op: 'delete', table: 'sessions', where: { id } })),
    audit: [audited('sign-out', caller, { object: { type: 'person', id: person }, reason: 'everywhere else' })],
  }
}

/**
 * A new password of the person's own, in place of the hash that was proved: a one-time password serves once, and a reset
 * meanwhile wins. Every session of the old one ends.
 */
export function replacePassword(
  person: Pick<PersonRow, 'id' | 'password'>,
  next: string,
  { caller }: Pick<Work, 'caller'>,
): Change {
  const { id, password } = person
  return {
    rows: [
      {
        op: 'update',
        table: 'people',
        where: { id, password },
        values: { password: next, password_until: null },
        expect: 1,
      },
      { op: 'delete', table: 'sessions', where: { person: id } },
    ],
    audit: [audited('administer', caller, { object: { type: 'person', id }, reason: 'password changed' })],
  }
}

/** Two changes as one: both are written or neither. */
export function together(first: Change, second: Change): Change {
  return { rows: [...(first.rows ?? []), ...(second.rows ?? [])], audit: [...first.audit, ...second.audit] }
}
