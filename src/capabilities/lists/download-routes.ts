import { z } from 'zod'
import { findSource } from '#capabilities/lists/definitions'
import { askNow } from '#capabilities/lists/downloads'
import { DownloadReply, downloadReply } from '#capabilities/lists/replies'
import { ListParams } from '#capabilities/lists/rules'
import { operation } from '#http/operation'
import { audited } from '#store/audited'

export const download = operation({
  id: 'lists.download',
  method: 'post',
  path: '/lists/{list}/download',
  summary: 'Ask the official source of a list now, and import what is new; the answer says what came of it',
  access: { roles: ['officer', 'supervisor'], scope: 'write' },
  params: ListParams,
  body: z.object({}),
  reply: DownloadReply,
  command: { words: 'lists download', positional: ['list'] },
  handle: async ({ params, caller, services, commit }) => {
    const row = await askNow(await findSource(services.store, params.list), services)
    const audit = [
      audited('import', caller, {
        object: { type: 'list', id: params.list },
        outcome: row.problem === null ? 'permitted' : 'failed',
        details: { asked: true, outcome: row.outcome ?? '' },
      }),
    ]
    return commit({ audit }, downloadReply(row))
  },
})
