import { z } from 'zod'
import { createCollector, type DeclaredEntry } from '#capabilities/documents/collect'
import { answersTo, checkLoaded, indexOf, isStop, type Known } from '#capabilities/documents/engine'
import { fault } from '#capabilities/documents/faults'
import { caughtUp } from '#capabilities/documents/follow'
import type { Found } from '#capabilities/documents/index-shape'
import { issuerFor } from '#capabilities/documents/issuer'
import { issuerOf, lookAlikes, normaliseNumber } from '#capabilities/documents/number'
import { readDeclared, readOwn } from '#capabilities/documents/own'
import { allStatuses, DeclaredRange, DocumentKind, declarationKind, statuses } from '#capabilities/documents/record'
import { checkDates, checkOnce, declareDocuments, endDeclarations, today } from '#capabilities/documents/rules'
import { operation } from '#http/operation'
import { PageQuery } from '#http/shapes'
import { Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import limits from './limits.json' with { type: 'json' }

export const writers = ['officer', 'supervisor'] as const
export const askers = [...writers, 'border', 'legal'] as const

export const NumberText = z.string().trim().min(1).max(120)

/** As it is written on the document, in any script. Throws `documents/number`. */
export function numberOf(text: string): string {
  const number = normaliseNumber(text)
  if (number === null)
    throw fault('documents/number', 'A number has the letters A to Z and digits, at most 24 of them.')
  return number
}

/** Throws `documents/issuer`. */
export function stateOf(code: string): string {
  const issuer = issuerOf(code)
  if (issuer === null) throw fault('documents/issuer', 'Name the issuing state by its code of two or three letters.')
  return issuer
}

const Counts = z.partialRecord(z.enum(allStatuses), z.number())

export const declare = operation({
  id: 'documents.declare',
  method: 'post',
  path: '/documents',
  summary:
    'Declare documents of our own state stolen, lost, revoked, invalidated or stolen blank; sent at once to those named',
  access: { roles: writers, scope: 'write', purpose: true },
  body: z.object({
    handling: Handling,
    documents: z
      .array(
        z.object({
          number: NumberText,
          kind: DocumentKind,
          status: z.enum(statuses),
          declaredAt: z.iso.date().optional().describe('Today unless said'),
        }),
      )
      .max(limits.entriesPerRequest)
      .default([]),
    ranges: z
      .array(
        z.object({
          from: NumberText,
          to: NumberText,
          kind: DocumentKind,
          status: z.enum(statuses).default('blank-stolen'),
          declaredAt: z.iso.date().optional(),
        }),
      )
      .max(limits.rangesPerRecord)
      .default([]),
  }),
  status: 201,
  reply: z.object({ id: z.string(), declared: z.number(), recipients: z.array(z.string()) }),
  command: { words: 'documents declare' },
  handle: async ({ body, caller, services, commit }) => {
    const directory = services.directories.current()
    const now = services.store.clock.now()
    const issuer = issuerFor(directory, services.identity.me)
    const entries = body.documents.map(
      ({ number, declaredAt = today(now), ...it }): DeclaredEntry => ({ ...it, number: numberOf(number), declaredAt }),
    )
    checkOnce(entries)
    const collector = createCollector()
    for (const it of entries) collector.add(it)
    for (const { from, to, declaredAt = today(now), ...it } of body.ranges) {
      const range = DeclaredRange.safeParse({ ...it, declaredAt, from: numberOf(from), to: numberOf(to) })
      if (!range.success) throw fault('documents/number', `${from} to ${to} is no row of numbers that counts upwards.`)
      collector.addRange(range.data)
    }
    if (collector.size === 0) throw fault('documents/number', 'Name a document, or a row of them.')
    const declared = collector.size
    const declaration = collector.take(issuer)
    checkDates(declaration, now)
    const { change, id, recipients } = declareDocuments(declaration, body.handling, { caller, now, directory })
    return commit(change, { id, declared, recipients: [...recipients] })
  },
})

export const recover = operation({
  id: 'documents.recover',
  method: 'post',
  path: '/documents/recovered',
  summary:
    'Declare documents of our own state recovered, or their declaration an error; to all who hold the declaration',
  access: { roles: writers, scope: 'write', purpose: true },
  body: z.object({
    documents: z
      .array(z.object({ number: NumberText, kind: DocumentKind }))
      .min(1)
      .max(limits.entriesPerRequest),
    status: z.enum(['recovered', 'removed']).default('recovered'),
    declaredAt: z.iso.date().optional().describe('Today unless said'),
  }),
  status: 201,
  reply: z.object({ records: z.array(z.string()), ended: z.number() }),
  command: { words: 'documents recovered' },
  handle: async ({ body, caller, services, commit }) => {
    const directory = services.directories.current()
    const now = services.store.clock.now()
    const issuer = issuerFor(directory, services.identity.me)
    const { status, declaredAt = today(now) } = body
    if (declaredAt > today(now)) throw fault('documents/dates', 'It lies ahead: say when it was.')
    const documents = body.documents.map(({ number, kind }) => ({ number: numberOf(number), kind, status, declaredAt }))
    checkOnce(documents)
    const declared = await readDeclared(documents, issuer, services)
    const { change, records } = endDeclarations(declared, issuer, { caller, now, directory })
    return commit(change, { records: records.map((it) => it.id), ended: documents.length })
  },
})

const FoundReply = z.object({
  issuer: z.string(),
  number: z.string(),
  kind: z.string(),
  status: z.enum(allStatuses),
  /** Whether it is a document to be stopped; false for one that was recovered, or declared in error. */
  stop: z.boolean(),
  declaredAt: z.string(),
  owner: z.string(),
  ours: z.boolean(),
  record: z.string(),
})

export const lookUp = operation({
  id: 'documents.look-up',
  method: 'post',
  path: '/documents/look-up',
  summary: 'What issuers declared of a document, by its number; numbers that only look alike are given apart, as such',
  access: { roles: askers, scope: 'read', purpose: true },
  body: z.object({
    number: NumberText,
    issuer: z.string().trim().min(1).max(3).optional().describe('Code of two or three letters'),
    kind: DocumentKind.optional(),
  }),
  reads: true,
  reply: z.object({
    /** As it was read: capital letters and digits. */
    number: z.string(),
    found: z.array(FoundReply),
    /** Other numbers, which an eye or a reader can take for this one: O and 0, I and 1. */
    near: z.array(FoundReply),
    size: z.number(),
  }),
  command: { words: 'documents look-up', positional: ['number'] },
  handle: async ({ body, caller, services, commit }) => {
    const { store, identity } = services
    checkLoaded(store)
    const index = indexOf(services)
    const number = numberOf(body.number)
    const issuer = body.issuer === undefined ? undefined : stateOf(body.issuer)
    const answers = answersTo(caller.actor, { now: store.clock.now(), purpose: caller.purpose })
    const ask = (one: string) =>
      index.find({ number: one, issuer, kind: body.kind }, answers).map((it) => shown(it, identity.me))
    const found = ask(number)
    const near = lookAlikes(number).flatMap(ask)
    const details = { type: declarationKind.type, found: found.length, near: near.length }
    return commit({ audit: [audited('search', caller, { details })] }, { number, found, near, size: index.size })
  },
})

function shown({ record, ...it }: Found<Known>, me: string): z.infer<typeof FoundReply> {
  return { ...it, stop: isStop(it.status), owner: record.owner, ours: record.owner === me, record: record.id }
}

export const list = operation({
  id: 'documents.list',
  method: 'get',
  path: '/documents',
  summary: 'Our own declarations, newest first, with how many documents each declares and who holds it',
  access: { roles: [...writers, 'legal'], scope: 'read', purpose: true },
  query: PageQuery,
  reply: z.object({
    /** Whose documents this office declares; null for one that is no state. */
    issuer: z.string().nullable(),
    /** Of the declarations in force: documents by status. A recovered one counts in both. */
    totals: Counts,
    declarations: z.number(),
    items: z.array(
      z.object({
        id: z.string(),
        version: z.number(),
        issuedAt: z.string(),
        expiresAt: z.string(),
        state: z.string(),
        tlp: z.string(),
        counts: Counts,
        holders: z.array(z.object({ member: z.string(), state: z.string() })),
      }),
    ),
    next: z.string().nullable(),
  }),
  command: { words: 'documents list', columns: ['id', 'issuedAt', 'state', 'tlp', 'counts'] },
  handle: async ({ query, caller, reader, services, commit }) => {
    await caughtUp(services)
    const index = indexOf(services)
    const { me } = services.identity
    const totals: Record<string, number> = {}
    let declarations = 0
    for (const { id, owner, subject } of index.all()) {
      if (owner !== me || subject.state !== 'active') continue
      declarations++
      for (const [status, count] of Object.entries(index.counts(id))) totals[status] = (totals[status] ?? 0) + count
    }
    const { items, next } = await readOwn(reader, query)
    const member = services.directories.current().members.find((it) => it.id === me)
    const audit = [audited('search', caller, { details: { type: declarationKind.type, found: items.length } })]
    return commit(
      { audit },
      {
        issuer: member?.kind === 'state' ? member.country : null,
        totals,
        declarations,
        items: items.map((it) => ({ ...it, counts: index.counts(it.id) })),
        next,
      },
    )
  },
})
