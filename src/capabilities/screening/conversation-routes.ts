import { z } from 'zod'
import { engineOf } from '#capabilities/screening/engine'
import { answerQuestion } from '#capabilities/screening/hit-answer'
import { tellable } from '#capabilities/screening/hit-reply'
import type { Confirmation, Feedback, Hit, HitAnswer } from '#capabilities/screening/record'
import { readHit, readOursOf } from '#capabilities/screening/store'
import { operation } from '#http/operation'
import { found, RecordParams } from '#http/shapes'
import type { RecordView } from '#store/reader'

const finders = ['officer', 'supervisor'] as const

const Entry = z.object({
  id: z.string(),
  kind: z.enum(['report', 'question', 'answer', 'confirmation', 'feedback']),
  by: z.string(),
  at: z.string(),
  text: z.string(),
  outcome: z.enum(['confirmed', 'not-confirmed', 'more-information']).nullable(),
  /** Given after its clock had run out. */
  late: z.boolean(),
  /** Until when the other office has to answer this, and by which clock. */
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
  disclosed: z.record(z.string(), z.array(z.string())),
  agreeing: z.array(z.string()),
  contradicting: z.array(z.string()),
  where: z.object({ country: z.string().nullable(), place: z.string().nullable() }).nullable(),
  seenAt: z.string().nullable(),
})
type Entry = z.infer<typeof Entry>

const plain = { outcome: null, late: false, dueAt: null, dueRule: null, disclosed: {}, agreeing: [], contradicting: [] }
const nowhere = { where: null, seenAt: null }

export const conversation = operation({
  id: 'hits.conversation',
  method: 'get',
  path: '/hits/{id}/conversation',
  summary: 'What the two offices said about a hit, in the order in which they said it',
  access: { roles: finders, scope: 'read' },
  params: RecordParams,
  reply: z.object({
    entries: z.array(Entry),
    /** Properties of our own record that the owner can be told, for the finder. */
    tellable: z.array(z.string()),
  }),
  handle: async ({ params, reader, services }) => {
    const hit = found(await reader.record<Hit>(params.id))
    const row = found(await readHit(services.store, params.id))
    const types = ['confirmation', 'feedback', 'hit-answer']
    const said = await reader.records<Confirmation | Feedback | HitAnswer>({
      type: types,
      about: row.about,
      limit: 200,
    })
    const ours = row.role === 'finder' ? await readOursOf(services.store, row.id) : undefined
    const view = ours && (await reader.record(ours))
    const entries = [reportOf(hit), ...said.filter((it) => it.body.hit === hit.id).map(entryOf)]
    return {
      entries: entries.sort((a, b) => (a.at < b.at ? -1 : 1)),
      tellable: tellable(view && engineOf(services).entityOf(view)),
    }
  },
})

function reportOf({ id, owner, issuedAt, body }: RecordView<Hit>): Entry {
  const { note, agreeing, contradicting, disclosed, where, seenAt, dueAt, dueRule } = body
  const base = { id, kind: 'report' as const, by: owner, at: issuedAt, text: note, outcome: null, late: false }
  return { ...base, dueAt, dueRule, disclosed, agreeing, contradicting, where, seenAt }
}

function entryOf({ id, owner, issuedAt, body }: RecordView<Confirmation | Feedback | HitAnswer>): Entry {
  const base = { id, by: owner, at: issuedAt, ...plain, ...nowhere }
  if ('done' in body) return { ...base, kind: 'feedback', text: body.done }
  if ('text' in body) {
    const { text, disclosed, dueAt, dueRule } = body
    return { ...base, kind: 'answer', text, disclosed, dueAt, dueRule }
  }
  const { outcome, note, late } = body
  return { ...base, kind: outcome === 'more-information' ? 'question' : 'confirmation', text: note, outcome, late }
}

export const answer = operation({
  id: 'hits.answer',
  method: 'post',
  path: '/hits/{id}/answer',
  summary: 'Tell the owner of the record what it asked for; its clock starts anew',
  access: { roles: finders, scope: 'write' },
  params: RecordParams,
  body: z.object({
    text: z.string().trim().min(3).max(2_000),
    disclose: z.array(z.string().max(40)).max(40).default([]).describe('Properties of our own record that it is told'),
  }),
  reply: z.object({ id: z.string() }),
  command: { words: 'hits answer', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { store, directories } = services
    const hit = found(await reader.record<Hit>(params.id))
    const row = found(await readHit(store, params.id))
    const ours = await readOursOf(store, row.id)
    const view = ours && (await reader.record(ours))
    const properties = (view && engineOf(services).entityOf(view)?.properties) ?? {}
    const told = body.disclose.filter((it) => Object.hasOwn(properties, it))
    const disclosed = Object.fromEntries(
      told.map((it) => [it, properties[it]!.filter((one) => one.length <= 500).slice(0, 50)]),
    )
    const work = { caller, now: store.clock.now(), directory: directories.current() }
    const { change, id } = answerQuestion(row, hit, { text: body.text, disclosed }, work)
    return commit(change, { id })
  },
})
