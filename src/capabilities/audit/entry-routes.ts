import { z } from 'zod'
import { type EntryFilter, isOurs, readEntries } from '#capabilities/audit/entries'
import { operation } from '#http/operation'
import { found, RecordParams } from '#http/shapes'
import { acts, outcomes } from '#ledger/acts'
import { Purpose } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Store } from '#store/store'

const auditors = { roles: ['auditor'], scope: 'audit' } as const
const Index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const nullable = z.string().nullable()
const name = z.string().max(256).optional()
const ledger = { type: 'ledger', id: 'audit' } as const

const EntryReply = z.object({
  index: z.number(),
  at: z.string(),
  act: z.string(),
  outcome: z.string(),
  member: z.string(),
  person: nullable,
  role: nullable,
  via: z.string(),
  purpose: nullable,
  reference: nullable,
  objectType: nullable,
  objectId: nullable,
  objectVersion: z.number().nullable(),
  owner: nullable,
  recipient: nullable,
  rule: nullable,
  reason: nullable,
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** What entries are searched by; all of it together. */
const Conditions = z.object({
  object: name.describe('Id of a record or another object'),
  person: name,
  member: name.describe('The member whose person or peer acted'),
  owner: name.describe('The member whose record it was'),
  recipient: name.describe('The member to whom it went'),
  act: z.enum(acts).optional(),
  outcome: z.enum(outcomes).optional(),
  purpose: Purpose.optional(),
  reference: z.string().trim().min(1).max(200).optional().describe('A part of the case or file'),
  from: z.iso.datetime().optional().describe('From this instant, UTC'),
  to: z.iso.datetime().optional().describe('Before this instant, UTC'),
  order: z.enum(['newest', 'oldest']).default('newest'),
  after: Index.optional().describe('The index where the page before ended'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

const EntryPage = z.object({ items: z.array(EntryReply), next: z.number().nullable() })
const columns = ['index', 'at', 'act', 'outcome', 'member', 'person', 'objectType', 'objectId', 'recipient', 'reason']

/** The entries, and what was asked for in the form in which the audit keeps it. */
async function find(store: Store, query: z.infer<typeof Conditions>) {
  const { order, limit, after, from, to, ...rest } = query
  // Entries bear milliseconds, and texts are compared.
  const asked = { ...rest, ...(from && { from: instant(from) }), ...(to && { to: instant(to) }) }
  const items = await readEntries(store, { ...asked, order, limit, after } satisfies EntryFilter)
  const details = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  const next = items.length < limit ? null : (items.at(-1)?.index ?? null)
  return { page: { items, next }, details: { ...details, found: items.length } }
}

function instant(text: string): string {
  return new Date(text).toISOString()
}

export const entries = operation({
  id: 'audit.entries',
  method: 'get',
  path: '/audit/entries',
  summary: 'The audit ledger: who did what, when, why, with which record and to whom it went',
  access: auditors,
  query: Conditions,
  reply: EntryPage,
  command: { words: 'audit list', columns },
  handle: async ({ query, caller, services, commit }) => {
    const { page, details } = await find(services.store, query)
    return commit({ audit: [audited('search', caller, { object: ledger, details })] }, page)
  },
})

export const taken = operation({
  id: 'audit.export',
  method: 'get',
  path: '/audit/export',
  summary: 'The same entries to be taken away in a file, which the ledger calls an export',
  access: auditors,
  query: Conditions,
  reply: EntryPage,
  command: { words: 'audit export', columns },
  handle: async ({ query, caller, services, commit }) => {
    const { page, details } = await find(services.store, query)
    return commit({ audit: [audited('export', caller, { object: ledger, details })] }, page)
  },
})

export const consultations = operation({
  id: 'records.consultations',
  method: 'get',
  path: '/records/{id}/consultations',
  summary: 'Who consulted a record of ours, here and at its holders, newest first',
  access: { roles: ['officer', 'supervisor', 'auditor'], scope: 'read' },
  params: RecordParams,
  query: z.object({ after: Index.optional(), limit: z.coerce.number().int().min(1).max(500).default(50) }),
  reply: z.object({
    items: z.array(
      z.object({
        index: z.number(),
        at: z.string(),
        member: z.string(),
        person: nullable,
        via: z.string(),
        version: z.number().nullable(),
        purpose: nullable,
      }),
    ),
    next: z.number().nullable(),
  }),
  command: {
    words: 'records consultations',
    positional: ['id'],
    columns: ['at', 'member', 'person', 'version', 'purpose'],
  },
  handle: async ({ params: { id }, query, caller, reader, services: { store } }) => {
    const { id: me, roles } = caller.actor.person ?? { id: '', roles: [] }
    if (!roles.includes('auditor')) found(await reader.record(id))
    if (!(await isOurs(store, id))) found(undefined)
    const rows = await readEntries(store, { ...query, object: id, act: 'view', order: 'newest' })
    // Which colleague looked is for those who oversee; an officer sees the own name and the members.
    const oversees = roles.includes('auditor') || roles.includes('supervisor')
    return {
      items: rows.map(({ index, at, member, person, via, objectVersion: version, purpose }) => ({
        index,
        at,
        member,
        person: oversees || person === me ? person : null,
        via,
        version,
        purpose,
      })),
      next: rows.length < query.limit ? null : (rows.at(-1)?.index ?? null),
    }
  },
})
