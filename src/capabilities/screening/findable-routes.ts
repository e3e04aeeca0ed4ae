import { z } from 'zod'
import { readChecks, reasons } from '#capabilities/screening/findable'
import { beginCheck, runningCheck } from '#capabilities/screening/findable-jobs'
import { operation } from '#http/operation'

const Report = z.object({
  at: z.string(),
  list: z.string(),
  version: z.number().nullable(),
  engine: z.string(),
  sampled: z.boolean(),
  entries: z.number(),
  indexed: z.number(),
  checked: z.number(),
  names: z.number(),
  findable: z.number(),
  missed: z.number(),
  faint: z.number(),
  weakMissed: z.number(),
  misses: z.array(
    z.object({
      record: z.string(),
      caption: z.string(),
      name: z.string(),
      weak: z.boolean(),
      why: z.enum(reasons),
    }),
  ),
  seconds: z.number(),
})

const Running = z.object({ checked: z.number(), of: z.number(), since: z.string(), sampled: z.boolean() })
const CheckParams = z.object({ list: z.string().regex(/^[a-z0-9-]{2,40}$/) })

export const beginListCheck = operation({
  id: 'screening.begin-list-check',
  method: 'post',
  path: '/lists/{list}/check',
  summary: 'Begin to search every entry of a list by each of its names, and answer at once',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'screen' },
  params: CheckParams,
  body: z.object({}),
  reply: z.object({ list: z.string() }),
  status: 202,
  handle: async ({ params: { list }, caller, services }) => {
    await beginCheck(services, list, caller)
    return { list }
  },
})

export const listCheck = operation({
  id: 'screening.list-check',
  method: 'get',
  path: '/lists/{list}/check',
  summary: 'How far the check of a list is, and the last one with the names that do not find their entry',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'screen' },
  params: CheckParams,
  reply: z.object({ running: Running.nullable(), last: Report.nullable() }),
  handle: async ({ params: { list }, services }) => {
    const running = runningCheck(services, list)
    const last = (await readChecks(services)).find((it) => it.list === list)
    return {
      running: running === undefined ? null : Running.parse(running),
      last: last === undefined ? null : { ...last, misses: [...last.misses] },
    }
  },
})

export const listChecks = operation({
  id: 'screening.list-checks',
  method: 'get',
  path: '/list-checks',
  summary: 'The newest check of each list: whether each of its entries is found by each of its names',
  access: { roles: 'signed-in', scope: 'read' },
  reply: z.object({ items: z.array(Report.omit({ misses: true })) }),
  command: {
    words: 'lists checks',
    columns: [
      'list',
      'version',
      'at',
      'sampled',
      'entries',
      'checked',
      'names',
      'findable',
      'missed',
      'faint',
      'weakMissed',
    ],
  },
  handle: async ({ services }) => ({
    items: (await readChecks(services)).map(({ misses: _, ...it }) => it),
  }),
})
