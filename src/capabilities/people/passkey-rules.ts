import type { Work } from '#capabilities/people/rules'
import type { PasskeyRow } from '#capabilities/people/store'
import { newId } from '#kernel/ids'
import { audited } from '#store/audited'
import type { Change } from '#store/change'

type NewPasskey = Pick<
  PasskeyRow,
  'credential' | 'person' | 'name' | 'public_key' | 'counter' | 'transports' | 'synced'
>

export function addPasskey(passkey: NewPasskey, { caller, now }: Work): { change: Change; row: PasskeyRow } {
  const row: PasskeyRow = { ...passkey, id: newId('pky', now.getTime()), created_at: now, last_used_at: null }
  const object = { type: 'passkey', id: row.id }
  return {
    row,
    change: {
      rows: [{ op: 'insert', table: 'passkeys', values: { ...row } }],
      audit: [audited('administer', caller, { object, reason: 'passkey added', details: { synced: row.synced } })],
    },
  }
}

/** With the last second factor the recovery codes go too: they stand in for one. */
export function removePasskey(
  { id, person }: Pick<PasskeyRow, 'id' | 'person'>,
  others: boolean,
  { caller }: Pick<Work, 'caller'>,
): Change {
  return {
    rows: [
      { op: 'delete', table: 'passkeys', where: { id }, expect: 1 },
      ...(others ? [] : [{ op: 'delete', table: 'recovery_codes', where: { person } } as const]),
    ],
    audit: [audited('administer', caller, { object: { type: 'passkey', id }, reason: 'passkey removed' })],
  }
}

/** The use of a passkey, refused when another use of the same count, or its removal, came first. */
export function passkeyUsed(passkey: PasskeyRow, { counter, now }: { counter: number; now: Date }): Change {
  const where = { id: passkey.id, counter: passkey.counter }
  const values = { counter, last_used_at: now }
  return { rows: [{ op: 'update', table: 'passkeys', where, values, expect: 1 }], audit: [] }
}
