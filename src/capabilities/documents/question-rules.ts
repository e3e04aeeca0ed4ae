import { deadlineFor } from '#capabilities/documents/clocks'
import { fault } from '#capabilities/documents/faults'
import { headerFor } from '#capabilities/documents/handling'
import { again, answered, closed, openRow } from '#capabilities/documents/question-rows'
import type { QuestionRow } from '#capabilities/documents/question-store'
import {
  answerKind,
  type DocumentAnswer,
  type DocumentQuestion,
  declaredOutcomes,
  feedbackKind,
  questionKind,
} from '#capabilities/documents/record'
import { lookUpPurpose, type Work } from '#capabilities/documents/rules'
import type { RecordId } from '#kernel/ids'
import { firstVersion, nextVersion } from '#protocol/draft'
import type { Handling } from '#protocol/handling'
import type { RecordDraft } from '#protocol/record'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { RecordRow } from '#store/tables'

/** A hit is a question: what the finder asks the state that declared a document, what that answers, and what was done then. */

export type Presented = Pick<DocumentQuestion, 'document' | 'declared' | 'where' | 'seenAt' | 'waiting' | 'asked'>

interface Made {
  readonly change: Change
  readonly id: RecordId
}

export function askOwner(
  presented: Presented,
  owner: string,
  { caller, now, directory }: Work,
): Made & { readonly dueAt: string; readonly dueRule: string } {
  const me = caller.actor.member.id
  if (owner === me) throw fault('documents/own', 'This office declared the document itself: it knows the answer.')
  if (directory.members.find((it) => it.id === owner)?.suspended !== false)
    throw fault('documents/refused', `${owner} is suspended in the directory, or in it no more.`, {
      rule: 'protocol point 1',
    })
  if (presented.seenAt > now.toISOString())
    throw fault('documents/dates', 'A document was presented before it is asked about.')
  const due = deadlineFor(presented, now)
  const body: DocumentQuestion = { ...presented, more: [], dueAt: due.at, dueRule: due.rule }
  const draft = firstVersion({ kind: questionKind, owner: me, now, handling: headerFor(owner, now), body })
  return {
    id: draft.id,
    dueAt: due.at,
    dueRule: due.rule,
    change: {
      ...send(draft, owner, questionKind.caption(body)),
      rows: [
        openRow(draft.id, body, {
          role: 'finder',
          other: owner,
          askedAt: now.toISOString(),
          dueAt: due.at,
          dueRule: due.rule,
        }),
      ],
      touched: touch(draft.id),
      audit: [audited('disclose', caller, { object: draft, recipient: owner })],
    },
  }
}

/** Tells the owner what it asked for; its clock starts anew. */
export function tellMore(
  row: QuestionRow,
  text: string,
  { whole, ...work }: Work & { readonly whole: RecordRow },
): Change {
  const { caller, now } = work
  if (row.role !== 'finder' || row.state !== 'more-information')
    throw fault('documents/answered', 'The owner has not asked for more.', { details: { state: row.state } })
  const before = whole.body as unknown as DocumentQuestion
  const due = deadlineFor(before, now)
  const body: DocumentQuestion = {
    ...before,
    more: [...before.more, { at: now.toISOString(), text }],
    dueAt: due.at,
    dueRule: due.rule,
  }
  const draft = nextVersion(whole, { now, body })
  return {
    ...send(draft, row.other, questionKind.caption(body)),
    rows: [again(row.id, due)],
    touched: touch(row.id),
    audit: [audited('change', caller, { object: draft, recipient: row.other })],
  }
}

export interface Answering {
  readonly outcome: DocumentAnswer['outcome']
  readonly note: string
  /** The declaration that says the same, where there has to be one. */
  readonly declaration: RecordId | null
}

export function answerQuestion(
  row: QuestionRow,
  { outcome, note, declaration }: Answering,
  { caller, now }: Work,
): Made {
  if (row.role !== 'owner')
    throw fault('documents/refused', 'The owner of the declaration answers.', { rule: 'owner-only' })
  if (row.state !== 'asked')
    throw fault('documents/answered', 'The question was answered.', { details: { state: row.state } })
  if (Object.hasOwn(declaredOutcomes, outcome) && declaration === null)
    throw fault('documents/declaration-missing', 'Say it in a declaration first: others hold the one before.')
  const late = row.due_at !== null && row.due_at < now
  const body: DocumentAnswer = { question: row.id, outcome, note, declaration, late }
  const draft = firstVersion({
    kind: answerKind,
    owner: caller.actor.member.id,
    now,
    handling: headerFor(row.other, now),
    body,
  })
  return {
    id: draft.id,
    change: {
      ...send(draft, row.other, answerKind.caption(body)),
      rows: [answered(row.id, body, { answer: draft.id, at: now.toISOString() })],
      touched: touch(row.id),
      audit: [audited('disclose', caller, { object: draft, recipient: row.other, details: { outcome, late } })],
    },
  }
}

/** What was done after the answer, told to the owner. */
export function tellDone(row: QuestionRow, done: string, { caller, now }: Work): Made {
  if (row.role !== 'finder' || row.state !== 'answered')
    throw fault('documents/answered', 'What was done is told once, after the answer.', {
      details: { state: row.state },
    })
  const body = { question: row.id, done, at: now.toISOString() }
  const draft = firstVersion({
    kind: feedbackKind,
    owner: caller.actor.member.id,
    now,
    handling: headerFor(row.other, now),
    body,
  })
  return {
    id: draft.id,
    change: {
      ...send(draft, row.other, feedbackKind.caption(body)),
      rows: [closed(row.id, done)],
      touched: touch(row.id),
      audit: [audited('disclose', caller, { object: draft, recipient: row.other })],
    },
  }
}

function send(draft: RecordDraft, to: string, caption: string): Pick<Change, 'records' | 'send'> {
  const { purposes } = draft.handling as Handling
  const purpose = purposes.includes(lookUpPurpose) ? lookUpPurpose : purposes[0]!
  return {
    records: [{ record: draft, caption }],
    send: [{ to, purpose, content: { kind: 'record', id: draft.id, version: draft.version } }],
  }
}

const touch = (id: string) => [{ type: questionKind.type, id }]
