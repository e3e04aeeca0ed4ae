import { addTime } from '#kernel/clock'
import { currentKey } from '#protocol/directory'
import { hashOfSigned, signEnvelope } from '#protocol/envelope'
import type { Identity } from '#protocol/identity'
import type { Audited } from '#store/change'
import type { OutboxRow, Sealing, SignRows } from '#store/outbox'
import type { Store } from '#store/store'
import { composeContent, readSpoken, type Spoken } from '#wire/compose-content'

/** An envelope that nobody fetched within this time is opened no more; its row stays open for a person to see. */
const envelopeLifetime = [365, 'days'] as const

/**
 * Composes and signs what the outbox holds, or says which rule keeps it here after all. Refusals are noted for the audit, which
 * is written when the sealing is over: a commit within it would wait for the rows that it holds.
 */
export function signRows(store: Store, identity: Identity, refusals: Audited[]): SignRows {
  return async (rows) => {
    const spoken = await readSpoken(
      store,
      rows.map((it) => it.content),
    )
    return (row, place) => signRow(row, place, { store, identity, refusals, spoken })
  }
}

interface Signing {
  readonly store: Store
  readonly identity: Identity
  readonly refusals: Audited[]
  readonly spoken: Spoken
}

async function signRow(
  row: OutboxRow,
  place: { sequence: number; previous: string | null },
  { store, identity, refusals, spoken }: Signing,
): Promise<Sealing> {
  const directory = identity.directory()
  const route = { to: row.recipient, purpose: row.purpose, directory, spoken }
  const composed = composeContent(store, row.content, route)
  if ('refused' in composed) {
    refusals.push(refusedDispatch(row, composed.refused, identity.me))
    return composed
  }
  const now = store.clock.now()
  currentKey(directory, { member: row.recipient, use: 'seal', at: now })
  const issuedAt = now.toISOString()
  const signed = await signEnvelope(
    {
      from: identity.me,
      to: row.recipient,
      sequence: place.sequence,
      previous: place.previous,
      issuedAt,
      expiresAt: addTime(issuedAt, ...envelopeLifetime),
      purpose: row.purpose,
      content: composed.content as never,
    },
    identity.signingKey(),
  )
  return { signed, hash: hashOfSigned(signed) }
}

function refusedDispatch(
  { recipient, purpose, content }: OutboxRow,
  refused: { code: string; rule: string },
  me: string,
): Audited {
  return {
    act: 'disclose',
    outcome: 'refused',
    actor: { member: me, via: 'system' },
    purpose,
    reference: null,
    object: 'id' in content ? { type: 'record', id: content.id } : null,
    owner: null,
    recipient,
    rule: refused.rule,
    reason: refused.code,
    details: {},
  }
}
