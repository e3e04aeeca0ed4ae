import { z } from 'zod'

/** A key as every member may know it: its thumbprint and its window, and in a word how that stands now. */
export const KeyReply = z.object({
  kid: z.string(),
  use: z.enum(['sign', 'seal']),
  notBefore: z.string(),
  notAfter: z.string(),
  revokedAt: z.string().nullable(),
  state: z.enum(['valid', 'expiring', 'not-yet', 'expired', 'revoked']),
})
