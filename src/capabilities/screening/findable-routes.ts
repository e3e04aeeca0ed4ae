import { z } from 'zod'
import { readDatasetVersions } from '#capabilities/screening/dataset-versions'
import { checkFindable, keepReport, readChecks } from '#capabilities/screening/findable'
import { operation } from '#http/operation'
import { audited } from '#store/audited'

const Report = z.object({
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
  weakMissed: z.number(),
  misses: z.array(
    z.object({
      record: z.string(),
      caption: z.string(),
      name: z.string(),
      weak: z.boolean(),
      why: z.enum(['absent', 'unfound', 'crowded']),
    }),
  ),
  seconds: z.number(),
})

const access = { roles: ['officer', 'supervisor', 'legal'], scope: 'screen' } as const

export const check = operation({
  id: 'screening.check-list',
  method: 'post',
  path: '/lists/{list}/check',
  summary: 'Search every entry of a list by each of its names, and say which of them do not find it',
  access,
  params: z.object({ list: z.string().regex(/^[a-z0-9-]{2,40}$/) }),
  body: z.object({
    share: z.number().min(0.001).max(1).default(1).describe('Share of the entries to check, 0.001 to 1'),
  }),
  reply: Report,
  command: {
    words: 'lists check',
    positional: ['list'],
    columns: ['caption', 'name', 'weak', 'why', 'record'],
  },
  handle: async ({ params: { list }, body: { share }, caller, services, commit }) => {
    const [current] = await readDatasetVersions(services, list)
    const report = await checkFindable(services, list, { share, version: current?.version ?? null })
    const { entries, checked, names, findable, missed } = report
    const details = { entries, checked, names, findable, missed }
    const audit = [audited('search', caller, { object: { type: 'dataset', id: list }, details })]
    const rows = [keepReport(report, services.store.clock.now())]
    return commit({ rows, audit }, { ...report, misses: [...report.misses] })
  },
})

export const checks = operation({
  id: 'screening.list-checks',
  method: 'get',
  path: '/list-checks',
  summary: 'The newest check of each list: whether each of its entries is found by each of its names',
  access: { roles: 'signed-in', scope: 'read' },
  reply: z.object({ items: z.array(Report.omit({ misses: true }).extend({ at: z.string() })) }),
  command: {
    words: 'lists checks',
    columns: ['list', 'version', 'at', 'sampled', 'entries', 'checked', 'names', 'findable', 'missed', 'weakMissed'],
  },
  handle: async ({ services }) => ({
    items: (await readChecks(services)).map(({ misses: _, ...it }) => it),
  }),
})
