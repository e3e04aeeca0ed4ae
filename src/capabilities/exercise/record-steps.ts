import { type Cargo, type Move, officers, type StoryStep } from '#capabilities/exercise/steps'

/** The story of a record: shared, matched, confirmed, passed on, corrected and taken back. */

export type RecordStepId =
  | 'traveller'
  | 'suspect'
  | 'share'
  | 'candidate'
  | 'hit'
  | 'confirm'
  | 'action'
  | 'ask'
  | 'grant'
  | 'onward'
  | 'correct'
  | 'recall'
  | 'receipts'
  | 'refusals'
  | 'audit'

const nobody = {
  secretariat: 'directory',
  fr: 'nothing',
  ke: 'nothing',
  'horizon-bank': 'nothing',
  id: 'nothing',
} as const
const owned = { ...nobody, fr: 'owner' } as const
const shared = { ...owned, ke: 'whole', 'horizon-bank': 'part' } as const
const passedOn = { ...shared, id: 'whole' } as const
const erased = { ...owned, ke: 'erased', 'horizon-bank': 'erased', id: 'erased' } as const

const fromFrance = (what: Cargo): readonly Move[] =>
  (['ke', 'horizon-bank', 'id'] as const).map((to) => ({ from: 'fr', to, what }))

export const recordSteps: readonly StoryStep<RecordStepId>[] = [
  {
    id: 'traveller',
    office: 'ke',
    ...officers,
    needs: [],
    points: [3],
    rules: ['category'],
    moves: [],
    holds: nobody,
    looks: [{ office: 'ke', at: 'traveller' }],
  },
  {
    id: 'suspect',
    office: 'fr',
    ...officers,
    needs: [],
    points: [2, 3],
    rules: ['category'],
    moves: [],
    holds: owned,
    looks: [
      { office: 'fr', at: 'record' },
      { office: 'ke', at: 'subjects' },
    ],
  },
  {
    id: 'share',
    office: 'fr',
    ...officers,
    needs: ['suspect'],
    until: 'recall',
    points: [3, 4],
    rules: ['exchange'],
    moves: [
      { from: 'fr', to: 'ke', what: 'record' },
      { from: 'fr', to: 'horizon-bank', what: 'record' },
    ],
    holds: shared,
    looks: [
      { office: 'fr', at: 'record' },
      { office: 'ke', at: 'record' },
      { office: 'horizon-bank', at: 'record' },
      { office: 'id', at: 'subjects' },
    ],
  },
  {
    id: 'candidate',
    office: 'ke',
    ...officers,
    needs: ['traveller', 'share'],
    until: 'recall',
    waits: true,
    points: [9],
    rules: [],
    moves: [],
    holds: shared,
    looks: [
      { office: 'ke', at: 'candidate' },
      { office: 'ke', at: 'today' },
    ],
  },
  {
    id: 'hit',
    office: 'ke',
    ...officers,
    needs: ['candidate'],
    until: 'recall',
    points: [9],
    rules: [],
    moves: [{ from: 'ke', to: 'fr', what: 'hit' }],
    holds: shared,
    looks: [
      { office: 'ke', at: 'hit' },
      { office: 'fr', at: 'today' },
    ],
  },
  {
    id: 'confirm',
    office: 'fr',
    ...officers,
    needs: ['hit'],
    until: 'recall',
    points: [9, 12],
    rules: ['sirene-clock'],
    moves: [{ from: 'fr', to: 'ke', what: 'answer' }],
    holds: shared,
    looks: [
      { office: 'fr', at: 'hit' },
      { office: 'ke', at: 'hit' },
    ],
  },
  {
    id: 'action',
    office: 'ke',
    ...officers,
    needs: ['confirm'],
    until: 'recall',
    points: [9],
    rules: [],
    moves: [{ from: 'ke', to: 'fr', what: 'answer' }],
    holds: shared,
    looks: [
      { office: 'ke', at: 'hit' },
      { office: 'fr', at: 'hit' },
    ],
  },
  {
    id: 'ask',
    office: 'ke',
    ...officers,
    needs: ['share'],
    until: 'recall',
    points: [8],
    rules: [],
    moves: [{ from: 'ke', to: 'fr', what: 'request' }],
    holds: shared,
    looks: [
      { office: 'ke', at: 'record' },
      { office: 'fr', at: 'today' },
    ],
  },
  {
    id: 'grant',
    office: 'fr',
    username: 'supervisor',
    roles: ['supervisor', 'legal'],
    needs: ['ask'],
    until: 'recall',
    points: [8],
    rules: [],
    moves: [{ from: 'fr', to: 'ke', what: 'grant' }],
    holds: shared,
    looks: [
      { office: 'fr', at: 'record' },
      { office: 'ke', at: 'record' },
    ],
  },
  {
    id: 'onward',
    office: 'ke',
    ...officers,
    needs: ['grant'],
    until: 'recall',
    points: [7, 8],
    rules: [],
    moves: [{ from: 'ke', to: 'id', what: 'record' }],
    holds: passedOn,
    looks: [
      { office: 'id', at: 'record' },
      { office: 'fr', at: 'record' },
    ],
  },
  {
    id: 'correct',
    office: 'fr',
    ...officers,
    needs: ['share'],
    until: 'recall',
    points: [2, 7],
    rules: [],
    moves: fromFrance('correction'),
    holds: passedOn,
    looks: [
      { office: 'fr', at: 'record' },
      { office: 'id', at: 'record' },
    ],
  },
  {
    id: 'recall',
    office: 'fr',
    ...officers,
    needs: ['share'],
    points: [7],
    rules: [],
    moves: fromFrance('recall'),
    holds: erased,
    looks: [
      { office: 'fr', at: 'record' },
      { office: 'ke', at: 'subjects' },
    ],
  },
  {
    id: 'receipts',
    office: 'fr',
    ...officers,
    needs: ['recall'],
    waits: true,
    points: [6, 7],
    rules: [],
    moves: (['ke', 'horizon-bank', 'id'] as const).map((from) => ({ from, to: 'fr', what: 'receipt' })),
    holds: erased,
    looks: [
      { office: 'fr', at: 'record' },
      { office: 'ke', at: 'record' },
    ],
  },
  {
    id: 'refusals',
    office: 'fr',
    ...officers,
    needs: [],
    anytime: true,
    points: [3],
    rules: ['exchange'],
    moves: [],
    holds: erased,
    looks: [{ office: 'fr', at: 'subjects' }],
  },
  {
    id: 'audit',
    office: 'fr',
    username: 'auditor',
    roles: ['auditor'],
    needs: [],
    anytime: true,
    points: [10],
    rules: ['lawful-logs'],
    moves: [],
    holds: erased,
    looks: [{ office: 'fr', at: 'audit' }],
  },
]
