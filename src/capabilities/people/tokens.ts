import { fault } from '#capabilities/people/faults'
import { scopesOfRole } from '#capabilities/people/role-scopes'
import type { Work } from '#capabilities/people/rules'
import { digestOf, newToken } from '#capabilities/people/secrets'
import type { PersonRow, TokenRow } from '#capabilities/people/store'
import type { Scope } from '#http/operation'
import { newId } from '#kernel/ids'
import type { Role } from '#policy/roles'
import type { Purpose } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change } from '#store/change'

/** What of its scopes a token still has: a role that was taken away takes its scopes along. */
export function scopesLeft(asked: readonly Scope[], roles: readonly Role[]): Scope[] {
  return asked.filter((scope) => roles.some((role) => scopesOfRole[role].includes(scope)))
}

export interface NewToken {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly days: number
  /** For a program that cannot name purpose and reference with each request, such as a client of yente. */
  readonly purpose?: Purpose | undefined
  readonly reference?: string | undefined
  /** Given only by the seed of an exercise. */
  readonly token?: string
}

interface Making extends Work {
  /** The token with which the request came; absent in a session. */
  readonly by?: Pick<TokenRow, 'id' | 'scopes' | 'expires_at' | 'parent'> | undefined
}

/**
 * A token for programs of a person. The token itself is in the answer alone. A token may make another that reaches no further
 * and lasts no longer than itself, and that one makes none: so a stolen token ends, with its offspring, when it is revoked.
 * Throws `people/scope-beyond-role` and `people/session-needed`.
 */
export function makeToken(
  owner: Pick<PersonRow, 'id' | 'roles'>,
  { name, scopes: asked, days, purpose, reference, token = newToken() }: NewToken,
  { caller, now, by }: Making,
): { change: Change; id: string; token: string; scopes: Scope[]; expiresAt: Date } {
  if (by !== undefined && by.parent !== null)
    throw fault('people/session-needed', 'This token was made with a token: sign in, or use the first one.')
  const scopes = [...new Set(asked)]
  const within = scopesLeft(by === undefined ? scopes : by.scopes, owner.roles)
  const beyond = scopes.filter((it) => !within.includes(it))
  if (beyond.length > 0) {
    throw fault(
      'people/scope-beyond-role',
      `Neither your roles nor a token of yours gives the scope ${beyond.join(', ')}.`,
      {
        rule: 'least privilege',
      },
    )
  }
  const id = newId('tok', now.getTime())
  const asLong = now.getTime() + days * 86_400_000
  const expiresAt = new Date(by === undefined ? asLong : Math.min(asLong, by.expires_at.getTime()))
  const values = {
    id,
    digest: digestOf(token),
    person: owner.id,
    parent: by?.id ?? null,
    name,
    scopes,
    purpose: purpose ?? null,
    reference: reference ?? null,
    created_at: now,
    expires_at: expiresAt,
  }
  const details = { person: owner.id, scopes: scopes.join(' '), expiresAt: expiresAt.toISOString() }
  return {
    id,
    token,
    scopes,
    expiresAt,
    change: {
      rows: [{ op: 'insert', table: 'api_tokens', values }],
      audit: [audited('administer', caller, { object: { type: 'token', id }, reason: 'token made', details })],
    },
  }
}

/** Revokes a token and those made with it. */
export function revokeToken(
  { id, person }: Pick<TokenRow, 'id' | 'person'>,
  why: string | undefined,
  { caller, now }: Work,
): Change {
  return {
    rows: [{ id }, { parent: id }].map((it) => ({
      op: 'update',
      table: 'api_tokens',
      where: { ...it, revoked_at: null },
      values: { revoked_at: now, revoked_reason: why ?? null },
    })),
    audit: [
      audited('administer', caller, {
        object: { type: 'token', id },
        reason: 'token revoked',
        details: { person, ...(why === undefined ? {} : { why }) },
      }),
    ],
  }
}
