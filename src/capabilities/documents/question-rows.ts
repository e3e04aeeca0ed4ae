import type { DocumentAnswer, DocumentQuestion } from '#capabilities/documents/record'
import type { RecordId } from '#kernel/ids'
import type { RowWrite } from '#store/change'

/** How far a question is, as a row of this office. */

interface Opening {
  readonly role: 'finder' | 'owner'
  readonly other: string
  readonly askedAt: string
  readonly dueAt: string
  readonly dueRule: string
}

export function openRow(
  id: RecordId,
  body: DocumentQuestion,
  { role, other, askedAt, dueAt, dueRule }: Opening,
): RowWrite {
  const { number, issuer, kind } = body.document
  return {
    op: 'insert',
    table: 'document_questions',
    orIgnore: role === 'owner',
    values: {
      id,
      role,
      other,
      number,
      issuer,
      kind,
      state: 'asked',
      asked_at: askedAt,
      due_at: dueAt,
      due_rule: dueRule,
    },
  }
}

/** More was told: the owner has it before it again. */
export function again(id: RecordId, due: { readonly at: string; readonly rule: string }): RowWrite {
  return {
    op: 'update',
    table: 'document_questions',
    where: { id, state: 'more-information' },
    values: {
      state: 'asked',
      due_at: due.at,
      due_rule: due.rule,
      outcome: null,
      note: null,
      answer: null,
      answered_at: null,
      late: false,
    },
    expect: 1,
  }
}

export function answered(
  id: RecordId,
  { outcome, note, late }: DocumentAnswer,
  { answer, at }: { readonly answer: RecordId; readonly at: string },
): RowWrite {
  const state = outcome === 'more-information' ? outcome : 'answered'
  return {
    op: 'update',
    table: 'document_questions',
    where: { id, state: 'asked' },
    values: { state, outcome, note, answer, answered_at: at, late },
    expect: 1,
  }
}

export function closed(id: RecordId, done: string): RowWrite {
  return {
    op: 'update',
    table: 'document_questions',
    where: { id, state: 'answered' },
    values: { state: 'closed', done },
    expect: 1,
  }
}

/** What follows when a question, or its answer, is taken back. */
export function afterWithdrawal(id: RecordId): RowWrite[] {
  const values = { state: 'asked', outcome: null, note: null, answer: null, answered_at: null, late: false }
  return [
    { op: 'delete', table: 'document_questions', where: { id } },
    { op: 'update', table: 'document_questions', where: { answer: id }, values },
  ]
}
