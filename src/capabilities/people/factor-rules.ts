import { fault } from '#capabilities/people/faults'
import type { Work } from '#capabilities/people/rules'
import { digestOf, newOneTimeCode } from '#capabilities/people/secrets'
import type { PersonRow, PolicyRow, TotpRow } from '#capabilities/people/store'
import type { Role } from '#policy/roles'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'
import numbers from './factors.json' with { type: 'json' }

/** Begins to set up an authenticator. One that was begun before and never confirmed is replaced. Throws `people/factor-known`. */
export function beginTotp(
  person: Pick<PersonRow, 'id'>,
  known: Pick<TotpRow, 'confirmed_at'> | undefined,
  { sealed, now }: { sealed: string; now: Date },
): Change {
  if (known !== undefined && known.confirmed_at !== null)
    throw fault('people/factor-known', 'You have an authenticator already. Remove it first.')
  const values = {
    person: person.id,
    secret: sealed,
    created_at: now,
    confirmed_at: null,
    last_step: 0,
    last_used_at: null,
    failures: 0,
  }
  return { rows: [{ op: 'upsert', table: 'totp_secrets', key: ['person'], values }], audit: [] }
}

/** The authenticator counts from now on; the code that proved it is used up. */
export function confirmTotp({ person, secret }: TotpRow, step: number, { caller, now }: Work): Change {
  return {
    rows: [
      {
        op: 'update',
        table: 'totp_secrets',
        where: { person, secret, confirmed_at: null },
        values: { confirmed_at: now, last_step: step, last_used_at: now, failures: 0 },
        expect: 1,
      },
    ],
    audit: [changed(caller, person, 'second factor added')],
  }
}

/** An accepted code, refused when another request with the same one came first. */
export function codeUsed({ person, last_step }: TotpRow, step: number, now: Date): Change {
  return {
    rows: [
      {
        op: 'update',
        table: 'totp_secrets',
        where: { person, last_step },
        values: { last_step: step, last_used_at: now, failures: 0 },
        expect: 1,
      },
    ],
    audit: [],
  }
}

export function codeFailed({ person, failures }: TotpRow): RowWrite {
  return { op: 'update', table: 'totp_secrets', where: { person, failures }, values: { failures: failures + 1 } }
}

/** Whether so many codes were wrong in a row that the authenticator proves nothing any more (NIST SP 800-63B-4 section 3.2.2). */
export function isExhausted({ failures }: Pick<TotpRow, 'failures'>): boolean {
  return failures >= numbers.failures.inARow
}

export function recoveryCodeUsed(person: string, digest: string, now: Date): Change {
  const where = { digest, person, used_at: null }
  return {
    rows: [{ op: 'update', table: 'recovery_codes', where, values: { used_at: now }, expect: 1 }],
    audit: [],
  }
}

/** New recovery codes in place of all earlier ones. They are in the answer alone; the node keeps their digests. */
export function newRecoveryCodes(person: string, { caller, now }: Work): { change: Change; codes: string[] } {
  const codes = Array.from({ length: numbers.recovery.codes }, newOneTimeCode)
  return {
    codes,
    change: {
      rows: [
        { op: 'delete', table: 'recovery_codes', where: { person } },
        ...codes.map(
          (it): RowWrite => ({
            op: 'insert',
            table: 'recovery_codes',
            values: { digest: recoveryDigest(it), person, created_at: now, used_at: null },
          }),
        ),
      ],
      audit: [changed(caller, person, 'recovery codes made')],
    },
  }
}

/** People type it from paper: case, spaces and hyphens say nothing. */
export function recoveryDigest(typed: string): string {
  return digestOf(typed.toLowerCase().replaceAll(/[\s-]/g, ''))
}

/** Takes the authenticator away; with the last factor the recovery codes go too. Throws `people/factor-required`. */
export function removeTotp(
  person: string,
  { others, required }: { others: boolean; required: boolean },
  { caller }: Pick<Work, 'caller'>,
): Change {
  checkRequired(others, required)
  return {
    rows: [{ op: 'delete', table: 'totp_secrets', where: { person }, expect: 1 }, ...(others ? [] : [codesOf(person)])],
    audit: [changed(caller, person, 'second factor removed')],
  }
}

/** Throws `people/factor-required` when a role needs a second factor and no other is left. */
export function checkRequired(others: boolean, required: boolean): void {
  if (required && !others)
    throw fault(
      'people/factor-required',
      'Your role needs a second factor: set another up before you remove this one.',
      {
        rule: 'second factor of the role',
      },
    )
}

/** For somebody who lost what they sign in with: all second factors go, and every session with them. */
export function resetFactors({ id }: Pick<PersonRow, 'id'>, reason: string, { caller }: Pick<Work, 'caller'>): Change {
  if (caller.actor.person?.id === id)
    throw fault(
      'people/own-account',
      'Remove your own second factor on your account page; another administrator resets it.',
      {
        rule: 'separation of duties',
      },
    )
  return {
    rows: [
      { op: 'delete', table: 'totp_secrets', where: { person: id } },
      { op: 'delete', table: 'passkeys', where: { person: id } },
      { op: 'delete', table: 'sign_in_tickets', where: { person: id } },
      { op: 'delete', table: 'sessions', where: { person: id } },
      codesOf(id),
    ],
    audit: [
      audited('administer', caller, {
        object: { type: 'person', id },
        reason: 'second factor reset',
        details: { why: reason },
      }),
    ],
  }
}

/** Which roles need a second factor. Those without one are asked for it at their next sign-in. */
export function changePolicy(
  policy: Pick<PolicyRow, 'version'>,
  { roles, reason }: { roles: readonly Role[]; reason: string },
  { caller, now }: Work,
): Change {
  return {
    rows: [
      {
        op: 'update',
        table: 'sign_in_policy',
        where: { version: policy.version },
        values: { roles: [...new Set(roles)], version: policy.version + 1, changed_at: now },
        expect: 1,
      },
    ],
    audit: [
      audited('administer', caller, {
        object: { type: 'sign-in-policy', id: 'second-factor' },
        reason: 'roles that need a second factor changed',
        details: { roles: roles.join(' '), why: reason },
      }),
    ],
  }
}

function codesOf(person: string): RowWrite {
  return { op: 'delete', table: 'recovery_codes', where: { person } }
}

function changed(caller: Caller, id: string, reason: string) {
  return audited('administer', caller, { object: { type: 'person', id }, reason })
}
