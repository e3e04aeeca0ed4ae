import { z } from 'zod'
import { roles } from '#policy/roles'
import { Audience, Mark, type Purpose } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'

/** What waits for a second person. It is work of this office and no record: it never leaves the node. */

export const ApprovalId = z.string().regex(/^apr_[0-9a-f]{32}$/)

/** What will be done when the second person says yes: exactly what was asked for. */
export const Asked = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('share'), with: Audience, marks: z.record(z.string().max(500), Mark) }),
  z.strictObject({
    act: z.literal('grant'),
    request: RecordIdText,
    days: z.number().int().min(1),
    reason: z.string(),
    permits: z.enum(['onward', 'use-in-proceedings']),
  }),
])
export type Asked = z.infer<typeof Asked>

/** A person as the office knew them when they asked or decided. */
export const Acted = z.strictObject({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  via: z.enum(['session', 'token', 'peer', 'clock', 'system']),
})
export type Acted = z.infer<typeof Acted>

export const approvalStates = ['waiting', 'approved', 'refused', 'returned', 'expired'] as const
export type ApprovalState = (typeof approvalStates)[number]

export interface Approval {
  readonly id: string
  readonly record: `rec_${string}`
  /** The version that was asked for: another one is another question. */
  readonly version: number
  readonly asked: Asked
  /** Members to whom it would go, as the directory stood. */
  readonly recipients: readonly string[]
  /** Ids of the rules that ask for a second person. */
  readonly rules: readonly string[]
  readonly reason: string
  readonly asker: Acted
  readonly purpose: Purpose | null
  readonly reference: string | null
  readonly askedAt: string
  readonly expiresAt: string
  readonly state: ApprovalState
  readonly decider: Acted | null
  readonly decidedAt: string | null
  readonly decision: string | null
  readonly seen: boolean
}
