import type { DocumentAnswer } from '#capabilities/documents/record'
import type { RecordId } from '#kernel/ids'
import type { Store } from '#store/store'

export const questionStates = ['asked', 'more-information', 'answered', 'closed'] as const
export type QuestionState = (typeof questionStates)[number]

/** A question between us and one other member, and how it stands. */
export interface QuestionRow {
  id: RecordId
  role: 'finder' | 'owner'
  other: string
  number: string
  issuer: string
  kind: string
  state: QuestionState
  asked_at: Date
  /** By our own clocks. */
  due_at: Date | null
  due_rule: string | null
  outcome: DocumentAnswer['outcome'] | null
  note: string | null
  answer: RecordId | null
  answered_at: Date | null
  late: boolean
  /** What the finder did. */
  done: string | null
}

function tables(store: Store) {
  return store.db.withTables<{ document_questions: QuestionRow }>()
}

export function readQuestion(store: Store, id: string): Promise<QuestionRow | undefined> {
  return tables(store)
    .selectFrom('document_questions')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst()
}

export interface QuestionFilter {
  readonly role?: QuestionRow['role'] | undefined
  readonly state?: QuestionState | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Newest first. */
export function readQuestions(store: Store, { role, state, after, limit }: QuestionFilter): Promise<QuestionRow[]> {
  return tables(store)
    .selectFrom('document_questions')
    .selectAll()
    .$if(role !== undefined, (query) => query.where('role', '=', role as QuestionRow['role']))
    .$if(state !== undefined, (query) => query.where('state', '=', state as QuestionState))
    .$if(after !== undefined, (query) => query.where('id', '<', after as RecordId))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
