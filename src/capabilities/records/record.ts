import { z } from 'zod'
import { Grant } from '#protocol/grant'
import { MemberId, Purpose } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'

/** A holder asks the owner for permission to pass a record on, or to use it in proceedings (protocol point 8). */
export const PermissionRequest = z.strictObject({
  about: RecordIdText,
  permits: z.enum(['onward', 'use-in-proceedings']),
  recipients: z.array(MemberId).max(64),
  purposes: z.array(Purpose).min(1),
  reason: z.string().trim().min(3).max(1_000),
})
export type PermissionRequest = z.infer<typeof PermissionRequest>

export const PermissionRefusal = z.strictObject({
  about: RecordIdText,
  request: RecordIdText,
  reason: z.string().trim().min(3).max(1_000),
})
export type PermissionRefusal = z.infer<typeof PermissionRefusal>

export const requestKind: RecordKind<PermissionRequest> = {
  type: 'permission-request',
  schema: 1,
  Body: PermissionRequest,
  caption: ({ permits, recipients }) =>
    permits === 'onward' ? `May we pass it on to ${recipients.join(', ')}?` : 'May we use it in proceedings?',
}

export const grantKind: RecordKind<Grant> = {
  type: 'grant',
  schema: 1,
  Body: Grant,
  caption: ({ permits, recipients, expiresAt }) =>
    permits === 'onward'
      ? `Onward to ${recipients.join(', ')} until ${expiresAt}`
      : `In proceedings until ${expiresAt}`,
}

export const refusalKind: RecordKind<PermissionRefusal> = {
  type: 'permission-refusal',
  schema: 1,
  Body: PermissionRefusal,
  caption: ({ reason }) => reason,
}
