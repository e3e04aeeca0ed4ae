import { z } from 'zod'
import type { Member } from '#protocol/directory'
import type { SealedEnvelope } from '#protocol/envelope'
import { MemberId } from '#protocol/handling'

/** How a batch of sealed envelopes reaches a peer and its answers come back. One suite runs over every carrier. */
export interface Carrier {
  /** Throws `wire/no-answer` or `wire/bad-answer`; the batch is then sent again later. */
  send(to: Member, envelopes: readonly SealedEnvelope[]): Promise<BatchAnswer>
  /** Tells a peer that we are here again, so that it need not wait out its pause. */
  greet(to: Member): Promise<void>
  close(): void
}

/** What a recipient says of one envelope: a signed receipt, or why it could not even be opened. */
export const Answer = z.union([
  z.strictObject({ hash: z.string().max(64), receipt: z.string().max(16_384) }),
  z.strictObject({
    hash: z.string().max(64),
    problem: z.strictObject({
      code: z.string().max(80),
      message: z.string().max(500),
      expected: z.number().int().optional(),
    }),
  }),
])
export type Answer = z.infer<typeof Answer>

export const BatchAnswer = z.strictObject({ answers: z.array(Answer).max(1_000) })
export type BatchAnswer = z.infer<typeof BatchAnswer>

export const Greeting = z.strictObject({ member: MemberId })

export const wirePaths = {
  envelopes: '/wire/v1/envelopes',
  greeting: '/wire/v1/greeting',
  directory: '/wire/v1/directory',
} as const

/** The header in which a member proves who asks (`MemberProof`). */
export const proofHeader = 'comity-proof'
