import { z } from 'zod'
import { answersTo, checkLoaded, forTheBorder, indexOf, ourselves, variantsOf } from '#capabilities/documents/engine'
import { fault } from '#capabilities/documents/faults'
import { readDeclared } from '#capabilities/documents/own'
import { QuestionReply, questionReply } from '#capabilities/documents/question-reply'
import { answerQuestion, askOwner, type Presented, tellDone, tellMore } from '#capabilities/documents/question-rules'
import { type QuestionRow, questionStates, readQuestion, readQuestions } from '#capabilities/documents/question-store'
import {
  CountryCode,
  DocumentKind,
  type DocumentQuestion,
  declaredOutcomes,
  outcomes,
  questionKind,
} from '#capabilities/documents/record'
import { NumberText, numberOf, stateOf, writers } from '#capabilities/documents/routes'
import { endDeclarations, today, type Work } from '#capabilities/documents/rules'
import { type OperationRequest, operation } from '#http/operation'
import type { Services } from '#http/services'
import { found, foundOf, PageQuery, RecordParams } from '#http/shapes'
import type { RecordId } from '#kernel/ids'
import { Instant } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Reader } from '#store/reader'

const Text = z.string().trim().min(3).max(2_000)

export const ask = operation({
  id: 'documents.ask',
  method: 'post',
  path: '/documents/questions',
  summary: 'Ask the state that declared a document whether it still holds: a hit is a question, and no reason to act',
  access: { roles: [...writers, 'border'], scope: 'write', purpose: true },
  body: z.object({
    number: NumberText,
    issuer: z.string().trim().min(1).max(3),
    kind: DocumentKind,
    where: z.object({ country: CountryCode.nullable().default(null), place: z.string().trim().min(2).max(200) }),
    seenAt: Instant.optional().describe('Now unless said'),
    waiting: z.boolean().default(false).describe('Whether the bearer waits for the answer'),
    asked: Text,
  }),
  status: 202,
  reply: z.object({ id: z.string(), owner: z.string(), dueAt: z.string(), dueRule: z.string() }),
  command: { words: 'documents ask' },
  handle: async ({ body, caller, services, commit }) => {
    const work = workOf(caller, services)
    const document = { number: numberOf(body.number), issuer: stateOf(body.issuer), kind: body.kind }
    const { owner, declared } = findOwner(document, services)
    const { where, waiting, asked, seenAt = work.now.toISOString() } = body
    const presented: Presented = { document, declared, where, waiting, asked, seenAt }
    const { change, id, dueAt, dueRule } = askOwner(presented, owner, work)
    return commit(change, { id, owner, dueAt, dueRule })
  },
})

/** Whom to ask: who declared the document, or else one that looks alike. Throws `documents/no-hit`: nobody fishes. */
function findOwner(
  document: DocumentQuestion['document'],
  services: Services,
): { readonly owner: string; readonly declared: DocumentQuestion['declared'] } {
  checkLoaded(services.store)
  const answers = answersTo(ourselves(services), forTheBorder(services))
  for (const number of variantsOf(document.number)) {
    const [hit] = indexOf(services).find({ ...document, number }, answers)
    if (hit === undefined) continue
    const { status, declaredAt, record } = hit
    return { owner: record.owner, declared: number === document.number ? { status, declaredAt } : null }
  }
  throw fault('documents/no-hit', 'Nothing is declared here of this document, nor of one that looks alike.', {
    rule: 'questions follow a hit',
  })
}

export const questions = operation({
  id: 'documents.questions',
  method: 'get',
  path: '/documents/questions',
  summary: 'Questions about documents, asked by us and of us, newest first',
  access: { roles: [...writers, 'legal'], scope: 'read' },
  query: PageQuery.extend({
    role: z.enum(['finder', 'owner']).optional(),
    state: z.enum(questionStates).optional(),
  }),
  reply: z.object({ items: z.array(QuestionReply), next: z.string().nullable() }),
  command: {
    words: 'documents questions',
    columns: ['id', 'role', 'other', 'number', 'issuer', 'state', 'dueAt', 'outcome'],
  },
  handle: async ({ query, reader, services }) => {
    const rows = await readQuestions(services.store, query)
    const views = await Promise.all(rows.map((it) => reader.record(it.id)))
    const now = services.store.clock.now()
    const items = rows.filter((_, at) => views[at] !== undefined).map((it) => questionReply(it, now))
    return { items, next: rows.length < query.limit ? null : rows.at(-1)!.id }
  },
})

export const question = operation({
  id: 'documents.question',
  method: 'get',
  path: '/documents/questions/{id}',
  summary: 'One question: the document as it was presented, what was asked and told, what was answered',
  access: { roles: [...writers, 'legal'], scope: 'read' },
  params: RecordParams,
  reply: QuestionReply.extend({
    declared: z.object({ status: z.string(), declaredAt: z.string() }).nullable(),
    where: z.object({ country: z.string().nullable(), place: z.string() }),
    seenAt: z.string(),
    waiting: z.boolean(),
    asked: z.string(),
    more: z.array(z.object({ at: z.string(), text: z.string() })),
  }),
  command: { words: 'documents question', positional: ['id'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const { row, view } = await questionFor(reader, params.id)
    const { declared, where, seenAt, waiting, asked, more } = view.body
    return commit(
      { audit: [audited('view', caller, { object: view })] },
      { ...questionReply(row, services.store.clock.now()), declared, where, seenAt, waiting, asked, more },
    )
  },
})

/** A question that this caller may know of, and how it stands. */
async function questionFor(reader: Reader, id: RecordId) {
  const view = foundOf(questionKind, await reader.record<DocumentQuestion>(id))
  return { view, row: found(await readQuestion(reader.store, id)) }
}

const Settled = z.object({ id: z.string(), state: z.enum(questionStates) })

export const answer = operation({
  id: 'documents.answer',
  method: 'post',
  path: '/documents/questions/{id}/answer',
  summary:
    'Answer a question about a document that we declared; that it is free again is declared with it, to all who hold it',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: z.object({ outcome: z.enum(outcomes), note: Text }),
  status: 202,
  reply: Settled.extend({ declaration: z.string().nullable() }),
  command: { words: 'documents answer', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { row } = await questionFor(reader, params.id)
    const work = workOf(caller, services)
    const freed = Object.hasOwn(declaredOutcomes, body.outcome)
      ? await freeDocument(row, declaredOutcomes[body.outcome as keyof typeof declaredOutcomes], { ...work, services })
      : null
    const { change } = answerQuestion(row, { ...body, declaration: freed?.id ?? null }, work)
    const state = body.outcome === 'more-information' ? body.outcome : ('answered' as const)
    return commit(joined(freed?.change, change), { id: row.id, state, declaration: freed?.id ?? null })
  },
})

/** The declaration that frees the document, to all who hold the one before: the one who asked is among them. */
async function freeDocument(
  { number, kind, issuer, other }: QuestionRow,
  status: 'recovered' | 'removed',
  { services, ...work }: Work & { readonly services: Services },
): Promise<{ readonly change: Change; readonly id: RecordId }> {
  const document = { number, kind, status, declaredAt: today(work.now) }
  const declared = await readDeclared([document], issuer, services)
  const { change, records } = endDeclarations(declared, issuer, work)
  const sent = records.find((it) => it.members.includes(other))
  if (sent === undefined)
    throw fault('documents/declaration-missing', `${other} may not have the declaration that would free the document.`)
  return { change, id: sent.id }
}

/** What frees a document goes out before the answer that names it. */
function joined(first: Change | undefined, then: Change): Change {
  if (first === undefined) return then
  return {
    ...then,
    records: [...(first.records ?? []), ...(then.records ?? [])],
    send: [...(first.send ?? []), ...(then.send ?? [])],
    audit: [...first.audit, ...then.audit],
  }
}

export const more = operation({
  id: 'documents.tell-more',
  method: 'post',
  path: '/documents/questions/{id}/more',
  summary: 'Tell the owner more, when it asked for it; its clock starts anew',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: z.object({ text: Text }),
  status: 202,
  reply: Settled,
  command: { words: 'documents tell-more', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { row, view } = await questionFor(reader, params.id)
    if (view.owner !== services.identity.me)
      throw fault('documents/refused', 'The finder tells more of what it presented.', { rule: 'owner-only' })
    const whole = found(await reader.whole(params.id, 'change'))
    const change = tellMore(row, body.text, { ...workOf(caller, services), whole })
    return commit(change, { id: row.id, state: 'asked' as const })
  },
})

export const feedback = operation({
  id: 'documents.feedback',
  method: 'post',
  path: '/documents/questions/{id}/feedback',
  summary: 'Tell the owner what was done after its answer; this closes the question',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: z.object({ done: Text }),
  status: 202,
  reply: Settled,
  command: { words: 'documents feedback', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { row } = await questionFor(reader, params.id)
    const { change } = tellDone(row, body.done, workOf(caller, services))
    return commit(change, { id: row.id, state: 'closed' as const })
  },
})

function workOf(caller: OperationRequest['caller'], { store, directories }: Services): Work {
  return { caller, now: store.clock.now(), directory: directories.current() }
}
