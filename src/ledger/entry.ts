import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { utf8 } from '#kernel/bytes'
import { canonical } from '#kernel/canonical'
import { defineFaults } from '#kernel/fault'
import { acts, outcomes } from '#ledger/acts'
import { hashOnce, leafHash, sameHash } from '#ledger/merkle'

const fault = defineFaults({ 'ledger/bad-salt': 'invalid' })

// Half surrogate pairs have no canonical form and PostgreSQL's jsonb cannot hold NUL: either would stop the commit later.
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'not storable text')
const name = text(256).min(1)

/**
 * One act, granted or denied: who did what to which record, when, why, on whose data and to whom it went
 * (protocol point 10; the fields of Directive (EU) 2016/680 article 25). Strict, because a field that a parser dropped
 * would no longer open the commitment.
 */
export const AuditEntry = z.strictObject({
  /** RFC 3339, UTC. */
  at: z.iso.datetime().max(40),
  act: z.enum(acts),
  outcome: z.enum(outcomes),
  actor: z.strictObject({
    member: name,
    person: name.nullable().optional(),
    role: name.nullable().optional(),
    via: z.enum(['session', 'token', 'peer', 'clock', 'system']),
  }),
  purpose: text(1_024).nullable(),
  /** The case, request or warrant that the act belongs to. */
  reference: text(1_024).nullable(),
  object: z.strictObject({ type: name, id: name, version: z.int().min(0).optional() }).nullable(),
  /** The member whose record was touched. */
  owner: name.nullable(),
  recipient: name.nullable(),
  /** The rule that decided, and its words. */
  rule: text(1_024).nullable(),
  reason: text(4_096).nullable(),
  details: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/), z.union([text(4_096), z.number(), z.boolean(), z.null()]))
    .refine((details) => Object.keys(details).length <= 64, 'too many details'),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** One length only: with a free length, the seam between salt and entry could be moved. 256 bits hide any entry. */
export const saltBytes = 32

export function newSalt(): Uint8Array {
  return randomBytes(saltBytes)
}

/**
 * SHA-256(salt || canonical entry), 32 bytes: binds the entry, and says nothing about it once the salt is deleted.
 * Throws `ledger/bad-salt` and `canonical/not-json`.
 */
export function commitmentOf(entry: AuditEntry, salt: Uint8Array): Uint8Array {
  if (salt.byteLength !== saltBytes) throw fault('ledger/bad-salt', `A salt has ${saltBytes} bytes.`)
  return hashOnce(salt, utf8(canonical(entry)))
}

/**
 * The leaf of an entry: the hash over its commitment and nothing beside it, so that erasing entry and salt leaves no
 * personal data and every proof stands.
 */
export function leafOf(commitment: Uint8Array): Uint8Array {
  return leafHash(commitment)
}

/** Whether entry and salt open the commitment. Never throws, whatever the entry is: it may come from a hostile export. */
export function verifyCommitment(commitment: Uint8Array, entry: unknown, salt: Uint8Array): boolean {
  if (!(salt instanceof Uint8Array) || salt.byteLength !== saltBytes) return false
  try {
    return sameHash(hashOnce(salt, utf8(canonical(entry))), commitment)
  } catch {
    return false // what has no canonical form was never committed to
  }
}
