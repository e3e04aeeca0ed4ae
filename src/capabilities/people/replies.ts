import { isExhausted } from '#capabilities/people/factor-rules'
import { hasSecondFactor, type PersonFactors } from '#capabilities/people/factor-store'
import type { ListedPerson, Person } from '#capabilities/people/record'
import type { PasskeyRow, PersonRow, SessionRow, TokenRow } from '#capabilities/people/store'

/** Rows as clients see them: no digest, hash or key among them. */

export function personReply({ id, username, name, roles }: PersonRow): Person {
  return { id, username, name, roles }
}

export function listedPerson(row: PersonRow, secondFactor: boolean | null): ListedPerson {
  return {
    ...personReply(row),
    createdAt: row.created_at.toISOString(),
    signedInAt: row.signed_in_at?.toISOString() ?? null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    password: row.password_until === null ? 'own' : 'one-time',
    secondFactor,
  }
}

export function sessionReply(row: SessionRow, current: string | null) {
  return {
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    userAgent: row.user_agent,
    factor: row.factor,
    network: row.network,
    current: row.id === current,
  }
}

export function tokenReply(row: TokenRow & { readonly person_name: string }) {
  return {
    id: row.id,
    person: { id: row.person, name: row.person_name },
    name: row.name,
    scopes: row.scopes,
    purpose: row.purpose,
    reference: row.reference,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedReason: row.revoked_reason,
  }
}

export function passkeyReply(row: PasskeyRow) {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    synced: row.synced,
  }
}

/** What a person has to sign in with beside the password: no secret, no code. */
export function factorsReply(factors: PersonFactors) {
  const { totp, passkeys, recoveryCodes, required } = factors
  return {
    totp:
      totp === undefined || totp.confirmed_at === null
        ? null
        : {
            confirmedAt: totp.confirmed_at.toISOString(),
            lastUsedAt: totp.last_used_at?.toISOString() ?? null,
            exhausted: isExhausted(totp),
          },
    passkeys,
    recoveryCodes,
    required,
    secondFactor: hasSecondFactor(factors),
  }
}
