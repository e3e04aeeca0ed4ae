import { randomBytes } from 'node:crypto'

/** An identifier with its kind in front: `rec_0194…`. Global: only such ids travel between nodes. */
export type Id<Prefix extends string> = `${Prefix}_${string}`

export type RecordId = Id<'rec'>
export type EnvelopeId = Id<'env'>
export type PersonId = Id<'per'>
export type MemberId = string // the directory's own short name: 'fr', 'ke', 'bank-horizon'

/**
 * A new id: the prefix and a UUID version 7 (RFC 9562 section 5.7) without hyphens, so that ids sort by time of making.
 */
export function newId<Prefix extends string>(prefix: Prefix, now: number = Date.now()): Id<Prefix> {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return `${prefix}_${bytes.toString('hex')}`
}

/** A short local key for a statement or a part of a record: 12 characters, unguessable, so that gaps tell nothing. */
export function newKey(): string {
  return randomBytes(6).toString('hex')
}

export function idPattern(prefix: string): RegExp {
  return new RegExp(`^${prefix}_[0-9a-f]{32}$`)
}
