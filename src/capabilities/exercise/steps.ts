/** The story of the exercise as its steps: who acts, what has to be there before, what moves and what each office then holds. */

export const officeIds = ['secretariat', 'fr', 'ke', 'horizon-bank', 'id'] as const
export type OfficeId = (typeof officeIds)[number]

/** Offices without which the story cannot be played. */
export const players: readonly OfficeId[] = ['fr', 'ke', 'horizon-bank', 'id']

export type StepId =
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

/** What an office has of the record of the story. */
export type Holding = 'nothing' | 'owner' | 'whole' | 'part' | 'erased'

export type Cargo = 'record' | 'hit' | 'answer' | 'request' | 'grant' | 'correction' | 'recall' | 'receipt'

export interface Move {
  readonly from: OfficeId
  readonly to: OfficeId
  readonly what: Cargo
}

/** A place in the console of an office: what is there depends on what that office holds. */
export interface Look {
  readonly office: OfficeId
  readonly at: 'record' | 'traveller' | 'candidate' | 'hit' | 'today' | 'subjects' | 'audit' | 'members'
}

export interface StoryStep {
  readonly id: StepId
  readonly office: OfficeId
  /** The exercise account that plays it, and the roles that may. */
  readonly username: 'officer' | 'supervisor' | 'auditor'
  readonly roles: readonly ('officer' | 'supervisor' | 'legal' | 'auditor')[]
  readonly needs: readonly StepId[]
  /** Comes about by itself: there is nothing to do but to wait. */
  readonly waits?: true
  /** Points of the protocol, and rules of `rules.json`. */
  readonly points: readonly number[]
  readonly rules: readonly string[]
  readonly moves: readonly Move[]
  readonly holds: Readonly<Record<OfficeId, Holding>>
  readonly looks: readonly Look[]
}

const officers = ['officer', 'supervisor'] as const
const officer = { username: 'officer', roles: officers } as const

const nobody = {
  secretariat: 'nothing',
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

export const steps: readonly StoryStep[] = [
  {
    id: 'traveller',
    office: 'ke',
    ...officer,
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
    ...officer,
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
    ...officer,
    needs: ['suspect'],
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
    ...officer,
    needs: ['traveller', 'share'],
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
    ...officer,
    needs: ['candidate'],
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
    ...officer,
    needs: ['hit'],
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
    ...officer,
    needs: ['confirm'],
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
    ...officer,
    needs: ['share'],
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
    ...officer,
    needs: ['grant'],
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
    ...officer,
    needs: ['share'],
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
    ...officer,
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
    ...officer,
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
    ...officer,
    needs: [],
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
    points: [10],
    rules: ['lawful-logs'],
    moves: [],
    holds: erased,
    looks: [{ office: 'fr', at: 'audit' }],
  },
]

export const stepOf = (id: string | undefined): StoryStep | undefined => steps.find((it) => it.id === id)
