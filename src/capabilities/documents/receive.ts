import { deadlineFor } from '#capabilities/documents/clocks'
import { indexOf, variantsOf } from '#capabilities/documents/engine'
import { fault } from '#capabilities/documents/faults'
import { caughtUp } from '#capabilities/documents/follow'
import { checkIssuer } from '#capabilities/documents/issuer'
import { again, answered, closed, openRow } from '#capabilities/documents/question-rows'
import { type QuestionRow, readQuestion } from '#capabilities/documents/question-store'
import {
  type Declaration,
  DocumentAnswer,
  DocumentFeedback,
  DocumentQuestion,
  declarationKind,
  declaredOutcomes,
  questionKind,
} from '#capabilities/documents/record'
import { checkDates, saysOf } from '#capabilities/documents/rules'
import { readHoldings } from '#store/holdings'
import type { Store } from '#store/store'
import type { Receiving, RecordReceiver } from '#wire/receiver'

/** Clocks of two offices may be in different days. */
const toleranceDays = 1

/** Only the state that issued the documents declares anything of them, whoever passes it on. */
export const receiveDeclaration: RecordReceiver = async ({ owner, body }, { store, identity }) => {
  const declaration = body as unknown as Declaration
  checkIssuer(identity.directory(), owner, declaration.issuer)
  checkDates(declaration, store.clock.now(), toleranceDays)
  return {}
}

const touched = (id: string) => [{ type: questionKind.type, id }]

/** A question reaches the state that declared the document: it waits there for an answer, against our own clock. */
export const receiveQuestion: RecordReceiver = async (record, receiving) => {
  const { store } = receiving
  const { id, owner, issuedAt } = record
  const body = DocumentQuestion.parse(record.body)
  const from = new Date(Math.min(Date.parse(issuedAt), store.clock.now().getTime()))
  const due = deadlineFor(body, from)
  const row = await readQuestion(store, id)
  if (row !== undefined) {
    if (row.role !== 'owner' || row.other !== owner) throw unknown()
    return { rows: row.state === 'more-information' ? [again(id, due)] : [], touched: touched(id) }
  }
  if (!(await wasGiven(body, owner, receiving))) throw unknown()
  const opening = { role: 'owner' as const, other: owner, askedAt: issuedAt, dueAt: due.at, dueRule: due.rule }
  return { rows: [openRow(id, body, opening)], touched: touched(id) }
}

/** Whether a declaration of our own, of this number or one that looks alike, was given to the member that asks. */
async function wasGiven(
  { document }: DocumentQuestion,
  member: string,
  { store, identity }: Receiving,
): Promise<boolean> {
  await caughtUp({ store })
  const index = indexOf({ store })
  for (const number of variantsOf(document.number))
    for (const { id, owner } of index.mentions({ ...document, number }))
      if (owner === identity.me && (await readHoldings(store, id)).some((it) => it.member === member)) return true
  return false
}

/** One answer for whatever is wrong: a member learns nothing of declarations that it was not given. */
function unknown() {
  return fault('documents/unknown', 'This office gave that member no such declaration.')
}

/** The answer reaches the finder. That a document is free again comes with a declaration, or others would still be told to stop it. */
export const receiveAnswer: RecordReceiver = async (record, { store }) => {
  const body = DocumentAnswer.parse(record.body)
  const row = await readQuestion(store, body.question)
  if (row === undefined || row.role !== 'finder' || row.other !== record.owner)
    throw fault('documents/unknown', 'This office asked that member no such question.')
  if (row.state !== 'asked') throw fault('documents/answered', 'The question was answered before.')
  if (body.declaration !== null) await checkDeclared(row, body, store)
  return {
    rows: [answered(row.id, body, { answer: record.id, at: record.issuedAt })],
    touched: touched(row.id),
  }
}

async function checkDeclared(
  { number, kind, other }: QuestionRow,
  { outcome, declaration }: DocumentAnswer,
  store: Store,
) {
  const status = declaredOutcomes[outcome as keyof typeof declaredOutcomes]
  const found = await store.db
    .selectFrom('records')
    .select(['owner', 'type', 'state', 'body'])
    .where('id', '=', declaration!)
    .executeTakeFirst()
  const says =
    found !== undefined &&
    found.owner === other &&
    found.type === declarationKind.type &&
    found.state === 'active' &&
    saysOf(found.body as unknown as Declaration, { number, kind, status })
  if (!says)
    throw fault(
      'documents/declaration-missing',
      `The answer says ${outcome}, and no declaration of ${other} here does.`,
      {
        rule: 'an answer that frees a document comes with the declaration of its owner',
      },
    )
}

export const receiveFeedback: RecordReceiver = async (record, { store }) => {
  const { question, done } = DocumentFeedback.parse(record.body)
  const row = await readQuestion(store, question)
  if (row === undefined || row.role !== 'owner' || row.other !== record.owner)
    throw fault('documents/unknown', 'That member asked no such question here.')
  if (row.state !== 'answered') throw fault('documents/answered', 'What was done is told once, after the answer.')
  return { rows: [closed(row.id, done)], touched: touched(row.id) }
}
