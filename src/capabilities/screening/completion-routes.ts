import { z } from 'zod'
import { countWaiting, readCompletions } from '#capabilities/screening/completions'
import { operation } from '#http/operation'
import { followerPositions } from '#store/follow'

const Completion = z.object({
  list: z.string(),
  /** Null while it runs: the version is made when all of it is written. */
  version: z.number().nullable(),
  contentHash: z.string().nullable(),
  state: z.enum(['running', 'done']),
  /** Entries that were added, changed or taken off. */
  entries: z.number(),
  /** Subjects of our own, and rows of files under watch, that they were compared with. */
  people: z.number(),
  watched: z.number(),
  /** Possible matches that were put before a person, and matches that were added to files under watch. */
  candidates: z.number(),
  matches: z.number(),
  begunAt: z.string(),
  doneAt: z.string().nullable(),
  /** Changes of entries of any list that wait to be read; 0 when it is done. */
  waiting: z.number(),
})
export type Completion = z.infer<typeof Completion>

export const completions = operation({
  id: 'screening.completions',
  method: 'get',
  path: '/screening/completions',
  summary: 'When the people known to this node were screened against each version of a list, newest first',
  access: { roles: 'signed-in', scope: 'read' },
  query: z.object({
    list: z
      .string()
      .regex(/^[a-z0-9-]{2,40}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(Completion) }),
  command: {
    words: 'screening completions',
    columns: ['list', 'version', 'state', 'entries', 'people', 'watched', 'candidates', 'matches', 'doneAt'],
  },
  handle: async ({ query, services }) => {
    const { store, kinds } = services
    const rows = await readCompletions(store, query)
    const types = [...kinds.values()].flatMap((it) => (it.matching?.as === 'list' ? [it.type] : []))
    const isRunning = rows.some((it) => it.done_at === null)
    const after = followerPositions(store).get('screening') ?? 0
    const waiting = isRunning ? await countWaiting(store, { types, after }) : 0
    return {
      items: rows.map(({ list, version, content_hash, entries, people, watched, candidates, matches, ...it }) => ({
        list,
        version,
        contentHash: content_hash,
        state: it.done_at === null ? ('running' as const) : ('done' as const),
        entries,
        people,
        watched,
        candidates,
        matches,
        begunAt: it.begun_at.toISOString(),
        doneAt: it.done_at?.toISOString() ?? null,
        waiting: it.done_at === null ? waiting : 0,
      })),
    }
  },
})
