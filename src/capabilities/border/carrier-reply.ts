import { z } from 'zod'
import { refusalOf, toldAnswers } from '#capabilities/border/carrier-answer'
import { readTold } from '#capabilities/border/message-store'
import { type HitRow, readCandidateOf } from '#capabilities/border/store'
import type { Services } from '#http/services'
import type { Role } from '#policy/roles'

/** What the carrier is told of a traveller whom an alert fits, and what may be told. */
export const CarrierReply = z.object({
  message: z.string(),
  passenger: z.number(),
  answer: z.enum(toldAnswers).nullable(),
  note: z.string(),
  at: z.string().nullable(),
  choices: z.array(
    z.object({ answer: z.enum(toldAnswers), refused: z.enum(['discreet', 'role', 'state', 'action']).nullable() }),
  ),
})
export type CarrierReply = z.infer<typeof CarrierReply>

/** Null for a hit that no carrier is told of: discreet, met at a desk, or another office's. */
export async function carrierReply(
  row: HitRow,
  { store, alerts, roles }: Pick<Services, 'store' | 'alerts'> & { readonly roles: readonly Role[] },
): Promise<CarrierReply | null> {
  if (row.role !== 'finder') return null
  const [candidate, told] = await Promise.all([readCandidateOf(store, row.id), readTold(store, row.id)])
  if (candidate?.source !== 'message') return null
  if (row.discreet || candidate.discreet || alerts.find(row.about)?.discreet === true) return null
  const stand = { state: row.state, discreet: false, permitted: candidate.action.permitted }
  const isIn = told !== undefined && refusalOf(told.answer, stand) === null
  return {
    message: candidate.source_id,
    passenger: candidate.passenger,
    answer: isIn ? (told.answer as CarrierReply['answer']) : null,
    note: isIn ? told.note : '',
    at: isIn ? told.at.toISOString() : null,
    choices: toldAnswers.map((answer) => ({ answer, refused: refusalOf(answer, stand, roles) })),
  }
}
