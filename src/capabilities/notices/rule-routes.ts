import { z } from 'zod'
import { requirements } from '#capabilities/notices/form-check'
import { noticeTypes } from '#capabilities/notices/record'
import { factors, reasonCodes, rulesFor, rulesVersion } from '#capabilities/notices/rule-data'
import { readRefusals, readShields } from '#capabilities/notices/store'
import { operation } from '#http/operation'
import { newId } from '#kernel/ids'
import { audited } from '#store/audited'

const readers = ['officer', 'supervisor', 'legal'] as const

const Span = z.object({ amount: z.number(), unit: z.string() })

const Sourced = z.object({ source: z.string(), verified: z.boolean() })

export const rules = operation({
  id: 'notices.rules',
  method: 'get',
  path: '/notice-rules',
  summary: 'What each type of notice asks for, the factors of the review and the reason codes, with their sources',
  access: { roles: readers, scope: 'read' },
  reply: z.object({
    version: z.string(),
    types: z.array(
      Sourced.extend({
        type: z.string(),
        rpd: z.string(),
        purpose: z.string(),
        subject: z.array(z.string()),
        actions: z.array(z.string()),
        action: z.string(),
        categories: z.array(z.string()),
        requires: z.array(z.string()),
        improves: z.array(z.string()),
        publicExtract: z.boolean(),
        subjectOptional: z.boolean().optional().describe('Whether it may be about nobody in particular'),
        audience: z.string().describe('For whom notices of the type are meant'),
        thresholds: z
          .object({
            prosecutionMaximumMonths: z.number(),
            sentenceMonths: z.number(),
            remainingMonths: z.number(),
          })
          .optional()
          .describe('Of the penalty, in months'),
        lifetime: Span,
        review: Span.describe('When it is reviewed at the latest, from its publication'),
      }),
    ),
    requirements: z.array(z.string()),
    factors: z.array(Sourced.extend({ factor: z.string() })),
    reasons: z.array(Sourced.extend({ code: z.string(), for: z.array(z.string()) })),
  }),
  command: { words: 'notices rules' },
  handle: async () => ({
    version: rulesVersion,
    types: noticeTypes.map((it) => rulesFor(it)),
    requirements,
    factors,
    reasons: reasonCodes.map(({ code, for: outcomes, source, verified }) => ({
      code,
      for: outcomes,
      source,
      verified,
    })),
  }),
})

export const refusals = operation({
  id: 'notices.refusals',
  method: 'get',
  path: '/notice-refusals',
  summary: 'Refusals for misuse that are remembered, by sender; they say nothing about persons',
  access: { roles: readers, scope: 'read' },
  query: z.object({ member: z.string().max(40).optional() }),
  reply: z.object({
    items: z.array(
      z.object({ member: z.string(), type: z.string(), channel: z.string(), reason: z.string(), at: z.string() }),
    ),
  }),
  command: { words: 'notices refusals', columns: ['member', 'type', 'channel', 'reason', 'at'] },
  handle: async ({ query, services: { store } }) => {
    const rows = await readRefusals(store, {
      since: new Date(0),
      ...(query.member === undefined ? {} : { member: query.member }),
    })
    return {
      items: rows.map(({ member, type, channel, reason, at }) => ({
        member,
        type,
        channel,
        reason,
        at: at.toISOString(),
      })),
    }
  },
})

/** Known to the legal advisers of this node alone: nothing of it ever leaves. */
const Shield = z.object({
  kind: z.enum(['protection', 'final-decision']),
  country: z
    .string()
    .regex(/^(?:[a-z]{2}|\*)$/)
    .describe('The state whose requests it bars; * for all'),
  properties: z.record(z.string().max(40), z.array(z.string().trim().min(1).max(300)).min(1).max(20)),
  note: z.string().trim().min(3).max(1_000),
})

export const shields = operation({
  id: 'notices.shields',
  method: 'get',
  path: '/notice-shields',
  summary: 'Persons whom this state protects, or about whom it has decided finally; for its legal advisers alone',
  access: { roles: ['legal'], scope: 'read', purpose: true },
  reply: z.object({ items: z.array(Shield.extend({ id: z.string(), addedAt: z.string() })) }),
  handle: async ({ services: { store }, caller, commit }) => {
    const rows = await readShields(store)
    const items = rows.map(({ id, kind, country, properties, note, added_at }) => ({
      id,
      kind,
      country,
      properties,
      note,
      addedAt: added_at.toISOString(),
    }))
    return commit(
      { audit: [audited('search', caller, { details: { type: 'shield', found: items.length } })] },
      { items },
    )
  },
})

export const addShield = operation({
  id: 'notices.add-shield',
  method: 'post',
  path: '/notice-shields',
  summary: 'Note that this state protects a person, or has decided finally about one',
  access: { roles: ['legal'], scope: 'write', purpose: true },
  body: Shield,
  reply: z.object({ id: z.string() }),
  status: 201,
  handle: async ({ body, caller, services: { store }, commit }) => {
    const now = store.clock.now()
    const id = newId('shl', now.getTime())
    const values = { id, ...body, added_by: caller.actor.person!.id, added_at: now }
    const object = { type: 'shield', id }
    return commit(
      { rows: [{ op: 'insert', table: 'notice_shields', values }], audit: [audited('collect', caller, { object })] },
      { id },
    )
  },
})

export const removeShield = operation({
  id: 'notices.remove-shield',
  method: 'delete',
  path: '/notice-shields/{id}',
  summary: 'Remove such a note',
  access: { roles: ['legal'], scope: 'write', purpose: true },
  params: z.object({ id: z.string().max(64) }),
  reply: z.object({ id: z.string() }),
  handle: async ({ params, caller, commit }) =>
    commit(
      {
        rows: [{ op: 'delete', table: 'notice_shields', where: { id: params.id }, expect: 1 }],
        audit: [audited('erase', caller, { object: { type: 'shield', id: params.id } })],
      },
      { id: params.id },
    ),
})
