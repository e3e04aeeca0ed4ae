import { z } from 'zod'
import { readAffected } from '#capabilities/border/affected'
import { behindCounter } from '#capabilities/border/candidate-routes'
import { CarrierReply, carrierReply } from '#capabilities/border/carrier-reply'
import { addInformation, answerHit, returnHit } from '#capabilities/border/conversation-rules'
import { findHit } from '#capabilities/border/found-hit'
import { conversationOf, Entry, HitReply, hitReplies } from '#capabilities/border/hit-reply'
import { answerOutcomes, ReturnForm } from '#capabilities/border/record'
import { declareRedress } from '#capabilities/border/redress-rules'
import { hitStates, readHits } from '#capabilities/border/store'
import { operation } from '#http/operation'
import { RecordParams } from '#http/shapes'
import { audited } from '#store/audited'
import { readHolders } from '#store/holdings'
import { openReader } from '#store/reader'

const officers = ['officer', 'supervisor'] as const
const access = { roles: officers, scope: 'write' } as const
const Said = z.object({ id: z.string() })
const Text = z.string().trim().min(3).max(2_000)

export const list = operation({
  id: 'border.hits',
  method: 'get',
  path: '/border/hits',
  summary: 'Alerts that were met, ours and reported to us, the clock that runs out first on top',
  access: { roles: officers, scope: 'read' },
  query: z.object({
    state: z.enum(hitStates).optional(),
    role: z.enum(['finder', 'owner']).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.object({ items: z.array(HitReply) }),
  command: { words: 'border hits', columns: ['id', 'role', 'caption', 'other', 'state', 'dueAt'] },
  handle: async ({ query, caller, services: { store } }) => {
    const reader = openReader(store, behindCounter(caller))
    return { items: await hitReplies(await readHits(store, query), reader) }
  },
})

export const show = operation({
  id: 'border.show-hit',
  method: 'get',
  path: '/border/hits/{id}',
  summary: 'One hit: where it stands, what is owed, and what the two offices said',
  access: { roles: officers, scope: 'read' },
  params: RecordParams,
  reply: HitReply.extend({ entries: z.array(Entry), carrier: CarrierReply.nullable() }),
  command: { words: 'border show-hit', positional: ['id'] },
  handle: async ({ params, caller, services: { store, alerts }, commit }) => {
    const { row, reader, asking, hit } = await findHit(params.id, { caller, store })
    const [reply] = await hitReplies([row], reader)
    const entries = await conversationOf(row, reader)
    const carrier = await carrierReply(row, { store, alerts, roles: asking.actor.person?.roles ?? [] })
    return commit({ audit: [audited('view', asking, { object: hit })] }, { ...reply!, entries, carrier })
  },
})

export const answer = operation({
  id: 'border.answer-hit',
  method: 'post',
  path: '/border/hits/{id}/answer',
  summary: 'Answer a hit on an alert of ours, against its clock',
  access,
  params: RecordParams,
  body: z.object({ outcome: z.enum(answerOutcomes), note: Text }),
  reply: Said,
  command: { words: 'border answer', positional: ['id', 'outcome'] },
  handle: async ({ params, body, caller, services: { store }, commit }) => {
    const { row, about, asking } = await findHit(params.id, { caller, store })
    const { change, id } = answerHit(row, about, { ...body, caller: asking, now: store.clock.now() })
    return commit(change, { id })
  },
})

export const inform = operation({
  id: 'border.inform',
  method: 'post',
  path: '/border/hits/{id}/information',
  summary: 'Tell the owner of the alert what it asked for; its clock starts anew',
  access,
  params: RecordParams,
  body: z.object({ text: Text }),
  reply: Said,
  command: { words: 'border inform', positional: ['id'] },
  handle: async ({ params, body, caller, services: { store }, commit }) => {
    const { row, about, asking } = await findHit(params.id, { caller, store })
    const { change, id } = addInformation(row, about, { ...body, caller: asking, now: store.clock.now() })
    return commit(change, { id })
  },
})

export const giveReturn = operation({
  id: 'border.return',
  method: 'post',
  path: '/border/hits/{id}/return',
  summary: 'Send the supplementary information on a hit: what was seen, and what was carried out',
  access,
  params: RecordParams,
  body: z.object({
    form: ReturnForm,
    companions: z
      .array(
        z.strictObject({ name: z.string().trim().min(1).max(500), relation: z.string().trim().max(100).default('') }),
      )
      .max(20)
      .default([])
      .describe('Who came along: no subjects, and removed from both offices after a short clock'),
  }),
  reply: Said,
  command: { words: 'border return', positional: ['id'] },
  handle: async ({ params, body, caller, services: { store }, commit }) => {
    const { row, about, asking } = await findHit(params.id, { caller, store })
    const { change, id } = returnHit(row, about, { ...body, caller: asking, now: store.clock.now() })
    return commit(change, { id })
  },
})

export const redress = operation({
  id: 'border.redress',
  method: 'post',
  path: '/border/hits/{id}/redress',
  summary: 'Declare that the traveller is not the subject: the document raises no further alarm against this alert',
  access,
  params: RecordParams,
  body: z.object({ reason: Text }),
  reply: Said.extend({ number: z.string().describe('For the traveller, who can ask with it') }),
  command: { words: 'border redress', positional: ['id'] },
  handle: async ({ params, body, caller, services: { store }, commit }) => {
    const { row, about, asking } = await findHit(params.id, { caller, store })
    const owns = row.role === 'owner' || row.other === store.me
    const [holders, affected] = await Promise.all([
      owns ? readHolders(store, row.about) : [],
      readAffected(store, row.about, row.keys),
    ])
    const work = { ...body, holders, affected, caller: asking, now: store.clock.now() }
    const { change, id, number } = declareRedress(row, about, work)
    return commit(change, { id, number })
  },
})
