import { z } from 'zod'
import { type Preview, previewFor } from '#capabilities/records/preview'
import { AskingRule, askingRules, PreviewReply } from '#capabilities/records/replies'
import { changeState, fault, planShare, resolveAudience } from '#capabilities/records/rules'
import { rulesForShare, shareOrWait } from '#capabilities/records/share-or-wait'
import { readSharing } from '#capabilities/records/sharing'
import { operation } from '#http/operation'
import { found, RecordParams } from '#http/shapes'
import { Audience, Mark } from '#protocol/handling'
import { readHoldings } from '#store/holdings'

const writers = ['officer', 'supervisor'] as const

const Marks = z.record(z.string().max(500), Mark).default({})

export const preview = operation({
  id: 'records.preview',
  method: 'post',
  path: '/records/{id}/preview',
  summary:
    'What each member would see of a record, which rule withholds the rest, and whether a second person is needed',
  access: { roles: writers, scope: 'read' },
  params: RecordParams,
  body: z.object({ with: Audience, marks: Marks }),
  reply: z.object({ recipients: z.array(PreviewReply), rules: z.array(AskingRule) }),
  reads: true,
  handle: async ({ params, body, caller, reader, services }) => {
    const record = found(await reader.record(params.id))
    const directory = services.directories.current()
    const members = resolveAudience(body.with, directory, record.owner)
    const shown = (plan: Parameters<typeof previewFor>[1]['plan'], work: Parameters<typeof previewFor>[2]): Preview[] =>
      members.map((member) => previewFor(record, { member, plan }, work))
    if (record.owner !== services.store.me) {
      const now = services.store.clock.now()
      const grants = await reader.grants(params.id)
      const audience = record.handling.audience ?? body.with
      return { recipients: shown({ audience, marks: record.marks }, { caller, directory, now, grants }), rules: [] }
    }
    const work = await readSharing(record, { reader, services })
    const { audience, marks } = planShare(record, body, work)
    const known = Object.entries(marks).filter(
      ([it]) => Object.hasOwn(record.marks, it) || Object.hasOwn(body.marks, it),
    )
    return {
      recipients: shown({ audience, marks: Object.fromEntries(known) }, work),
      rules: askingRules(rulesForShare(record, body, work)),
    }
  },
})

export const share = operation({
  id: 'records.share',
  method: 'post',
  path: '/records/{id}/share',
  summary:
    'Share a record of ours with members, groups or sectors, and keep single fields from some of them; where a rule asks for a second person, it waits for one',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: z.object({
    with: Audience,
    marks: Marks,
    /** Why, for the second person where a rule asks for one. */
    reason: z.string().trim().min(3).max(1_000).optional(),
  }),
  reply: z.object({
    id: z.string(),
    version: z.number(),
    recipients: z.array(z.string()),
    state: z.enum(['done', 'waiting']),
    approval: z.string().nullable(),
    expiresAt: z.string().nullable(),
    rules: z.array(AskingRule),
  }),
  status: 202,
  command: { words: 'share', positional: ['id'] },
  handle: async ({ params, body: { reason, ...input }, reader, services, signedIn, commit }) => {
    const record = found(await reader.record(params.id))
    if (record.owner !== services.store.me)
      throw fault(
        'records/refused',
        `Only ${record.owner}, who owns the record, may share it. Ask it to let you pass it on.`,
        { rule: 'owner-only' },
      )
    const sharing = await readSharing(record, { reader, services })
    const { change, recipients, ...outcome } = shareOrWait(record, input, {
      ...sharing,
      reason,
      name: signedIn?.person.name ?? '',
    })
    return commit(change, { id: params.id, recipients: [...recipients], ...outcome, rules: askingRules(outcome.rules) })
  },
})

export const withdraw = operation({
  id: 'records.withdraw',
  method: 'post',
  path: '/records/{id}/recall',
  summary: 'Take a record of ours back, or suspend or reinstate it: every holder is told and answers with a receipt',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'write' },
  params: RecordParams,
  body: z.object({
    state: z.enum(['withdrawn', 'suspended', 'active']).default('withdrawn'),
    reason: z.string().trim().min(3).max(1_000),
  }),
  reply: z.object({ id: z.string(), state: z.string(), told: z.array(z.string()) }),
  status: 202,
  command: { words: 'recall', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { store, directories } = services
    const record = found(await reader.record(params.id))
    const holdings = await readHoldings(store, params.id)
    const change = changeState(record, body, {
      caller,
      now: store.clock.now(),
      directory: directories.current(),
      holdings,
    })
    return commit(change, { id: params.id, state: body.state, told: (change.send ?? []).map((it) => it.to) })
  },
})
