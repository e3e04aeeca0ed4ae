import { z } from 'zod'
import type { ListedMessage } from '#capabilities/border/message-store'
import { Place } from '#capabilities/border/record'

const Counts = z.object({
  read: z.number(),
  kept: z.number(),
  incomplete: z.number(),
  met: z.number().describe('Passengers whom an alert fits'),
  declared: z.number(),
})

export const MessageReply = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['paxlst', 'pnrgov']),
  desk: z.string(),
  where: Place,
  carrier: z.string(),
  flights: z.array(z.string()),
  counts: Counts,
  findings: z.object({ errors: z.number(), warnings: z.number(), notes: z.number() }),
  at: z.string(),
  /** When passengers for whom nothing waits are removed. */
  expiresAt: z.string(),
  purgedAt: z.string().nullable(),
})

export function messageReply({
  id,
  name,
  kind,
  desk,
  summary,
  at,
  expires_at,
  purged_at,
}: ListedMessage): z.infer<typeof MessageReply> {
  const { where, carrier, flights, counts, findings } = summary
  return {
    id,
    name,
    kind,
    desk,
    where,
    carrier,
    flights: [...flights],
    counts: { ...counts },
    findings: { ...findings },
    at: at.toISOString(),
    expiresAt: expires_at.toISOString(),
    purgedAt: purged_at?.toISOString() ?? null,
  }
}
