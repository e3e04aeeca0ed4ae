import { z } from 'zod'
import {
  type AlertAnswer,
  type AlertCompanions,
  type AlertHit,
  type AlertInformation,
  type AlertReturn,
  Place,
  type Redress,
} from '#capabilities/border/record'
import { type HitRow, hitStates, readTasks } from '#capabilities/border/store'
import type { Reader, RecordView } from '#store/reader'

export const HitReply = z.object({
  id: z.string(),
  role: z.enum(['finder', 'owner']),
  about: z.string(),
  caption: z.string(),
  other: z.string(),
  state: z.enum(hitStates),
  discreet: z.boolean(),
  place: Place,
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
  overdue: z.boolean(),
  reportedAt: z.string(),
  answeredAt: z.string().nullable(),
  late: z.boolean(),
  note: z.string().nullable(),
  redress: z.string().nullable(),
  /** The owner has told all who hold the alert. */
  extended: z.boolean(),
  tasks: z.array(
    z.object({
      task: z.string(),
      since: z.string(),
      dueAt: z.string(),
      rule: z.string(),
      doneAt: z.string().nullable(),
    }),
  ),
})
export type HitReply = z.infer<typeof HitReply>

/** Hits that this caller may read, with the line of the alert as far as it is still there. */
export async function hitReplies(rows: readonly HitRow[], reader: Reader): Promise<HitReply[]> {
  const tasks = Map.groupBy(
    await readTasks(
      reader.store,
      rows.map((it) => it.id),
    ),
    (it) => it.hit,
  )
  const now = reader.store.clock.now()
  const replies = await Promise.all(
    rows.map(async (row): Promise<HitReply[]> => {
      const [hit, about] = await Promise.all([reader.record<AlertHit>(row.id), reader.record(row.about)])
      if (hit === undefined) return []
      return [
        {
          id: row.id,
          role: row.role,
          about: row.about,
          caption: about?.caption ?? '',
          other: row.other,
          state: row.state,
          discreet: row.discreet,
          place: hit.body.place,
          dueAt: row.due_at?.toISOString() ?? null,
          dueRule: row.due_rule,
          overdue: row.state === 'reported' && row.due_at !== null && row.due_at < now,
          reportedAt: row.reported_at.toISOString(),
          answeredAt: row.answered_at?.toISOString() ?? null,
          late: row.late,
          note: row.note,
          redress: row.redress,
          extended: row.extended,
          tasks: (tasks.get(row.id) ?? []).map(({ task, since, due_at, rule, done_at }) => ({
            task,
            since: since.toISOString(),
            dueAt: due_at.toISOString(),
            rule,
            doneAt: done_at?.toISOString() ?? null,
          })),
        },
      ]
    }),
  )
  return replies.flat()
}

const kinds = ['report', 'answer', 'information', 'return', 'companions', 'redress'] as const

export const Entry = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  by: z.string(),
  at: z.string(),
  /** The statement as it was signed. */
  body: z.record(z.string(), z.json()),
})
export type Entry = z.infer<typeof Entry>

const kindOf: Readonly<Record<string, (typeof kinds)[number]>> = {
  'alert-hit': 'report',
  'alert-answer': 'answer',
  'alert-information': 'information',
  'alert-return': 'return',
  'alert-companions': 'companions',
  redress: 'redress',
}

type Statement = AlertHit | AlertAnswer | AlertInformation | AlertReturn | AlertCompanions | Redress

/** What the two offices said, in the order in which they said it. */
export async function conversationOf(row: HitRow, reader: Reader): Promise<Entry[]> {
  const types = Object.keys(kindOf)
  const said = await reader.records<Statement>({ type: types, about: row.about, limit: 500 })
  return said
    .filter((it) => it.id === row.id || ('hit' in it.body && it.body.hit === row.id))
    .map(entryOf)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
}

function entryOf({ id, type, owner, issuedAt, body }: RecordView<Statement>): Entry {
  return { id, kind: kindOf[type]!, by: owner, at: issuedAt, body: body as unknown as Entry['body'] }
}
