import type { ListedPerson, Person } from '#capabilities/people/record'
import type { PasskeyRow, PersonRow, SessionRow, TokenRow } from '#capabilities/people/store'

/** Rows as clients see them: no digest, hash or key among them. */

export function personReply({ id, username, name, roles }: PersonRow): Person {
  return { id, username, name, roles }
}

export function listedPerson(row: PersonRow): ListedPerson {
  return {
    ...personReply(row),
    createdAt: row.created_at.toISOString(),
    signedInAt: row.signed_in_at?.toISOString() ?? null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    password: row.password_until === null ? 'own' : 'one-time',
  }
}

export function sessionReply(row: SessionRow, current: string | null) {
  return {
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    userAgent: row.user_agent,
    current: row.id === current,
  }
}

export function tokenReply(row: TokenRow & { readonly person_name: string }) {
  return {
    id: row.id,
    person: { id: row.person, name: row.person_name },
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
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
