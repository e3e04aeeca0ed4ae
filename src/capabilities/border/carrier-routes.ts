import { z } from 'zod'
import { tellCarrier, toldAnswers } from '#capabilities/border/carrier-answer'
import { findHit } from '#capabilities/border/found-hit'
import { readCandidateOf } from '#capabilities/border/store'
import { operation } from '#http/operation'
import { RecordParams } from '#http/shapes'

export const tell = operation({
  id: 'border.tell-carrier',
  method: 'post',
  path: '/border/hits/{id}/carrier',
  summary: 'Decide what the carrier is told of a traveller of its list; it goes into the answer to that list',
  access: { roles: ['officer', 'supervisor'], scope: 'write' },
  params: RecordParams,
  body: z.object({
    answer: z.enum([...toldAnswers, 'none']).describe('none takes back what was told'),
    note: z.string().trim().min(3).max(2_000).describe('Why; it stays at this office'),
  }),
  reply: z.object({ id: z.string(), message: z.string() }),
  command: { words: 'border tell-carrier', positional: ['id', 'answer'] },
  handle: async ({ params, body, caller, services: { store, alerts }, commit }) => {
    const { row, hit, asking } = await findHit(params.id, { caller, store })
    const candidate = await readCandidateOf(store, row.id)
    const isDiscreet = alerts.find(row.about)?.discreet === true
    const work = { ...body, caller: asking, now: store.clock.now(), isDiscreet }
    return commit(tellCarrier(row, { candidate, hit }, work), { id: row.id, message: candidate?.source_id ?? '' })
  },
})
