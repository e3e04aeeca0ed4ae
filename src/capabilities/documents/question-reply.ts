import { z } from 'zod'
import { type QuestionRow, questionStates } from '#capabilities/documents/question-store'
import { outcomes } from '#capabilities/documents/record'

export const QuestionReply = z.object({
  id: z.string(),
  role: z.enum(['finder', 'owner']),
  other: z.string(),
  number: z.string(),
  issuer: z.string(),
  kind: z.string(),
  state: z.enum(questionStates),
  askedAt: z.string(),
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
  overdue: z.boolean(),
  outcome: z.enum(outcomes).nullable(),
  note: z.string().nullable(),
  answeredAt: z.string().nullable(),
  late: z.boolean(),
  done: z.string().nullable(),
})

export function questionReply(row: QuestionRow, now: Date): z.infer<typeof QuestionReply> {
  const { asked_at, due_at, due_rule, answered_at, answer: _, ...rest } = row
  return {
    ...rest,
    askedAt: asked_at.toISOString(),
    dueAt: due_at?.toISOString() ?? null,
    dueRule: due_rule,
    overdue: row.state === 'asked' && due_at !== null && due_at < now,
    answeredAt: answered_at?.toISOString() ?? null,
  }
}
