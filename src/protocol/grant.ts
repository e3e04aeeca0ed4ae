import { z } from 'zod'
import { Instant, MemberId, Purpose } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'

/**
 * The originator's permission (protocol point 8): the body of a record of type `grant`, signed by the owner of the record it
 * is about. It names who holds the permission, towards whom, for what and until when.
 */
export const Grant = z.strictObject({
  about: RecordIdText,
  permits: z.enum(['onward', 'use-in-proceedings']),
  holder: MemberId,
  recipients: z.array(MemberId).max(64),
  purposes: z.array(Purpose).min(1),
  expiresAt: Instant,
  reason: z.string().trim().min(3).max(1_000),
})
export type Grant = z.infer<typeof Grant>

/** A stored grant as policy asks for it. */
export function grantOf(body: unknown): Omit<Grant, 'about'> & { readonly record: string } {
  const { about, ...rest } = Grant.parse(body)
  return { ...rest, record: about }
}
