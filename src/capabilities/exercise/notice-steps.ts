import { type Holding, type Move, type OfficeId, officers, type StoryStep } from '#capabilities/exercise/steps'

/** The story of notices: gates that refuse, two who decide, a traveller who is met, and misuse that is remembered. */

export type NoticeStepId =
  | 'draft'
  | 'submit'
  | 'weigh'
  | 'publish'
  | 'law'
  | 'passengers'
  | 'answer'
  | 'arrest'
  | 'end'
  | 'discreet'
  | 'weigh-discreet'
  | 'publish-discreet'
  | 'counter'
  | 'told'
  | 'abuse'
  | 'weigh-abuse'
  | 'refuse-abuse'
  | 'memory'

// Either role may do both; the story has one of each, since nobody confirms what they proposed themselves.
const legal = { username: 'legal', roles: ['legal'] } as const
const supervisor = { username: 'supervisor', roles: ['supervisor'] } as const
const border = { username: 'border', roles: ['border', 'officer', 'supervisor'] } as const

type Holds = Readonly<Record<OfficeId, Holding>>
const nobody: Holds = {
  secretariat: 'directory',
  fr: 'nothing',
  ke: 'nothing',
  'horizon-bank': 'nothing',
  id: 'nothing',
}

const red = {
  drafted: { ...nobody, fr: 'draft' },
  submitted: { ...nobody, fr: 'draft', secretariat: 'reviews' },
  published: { ...nobody, fr: 'issued', secretariat: 'reviewed', ke: 'in-force', id: 'in-force' },
  ended: { ...nobody, fr: 'ended', secretariat: 'erased', ke: 'erased', id: 'erased' },
} satisfies Record<string, Holds>

const discreet = {
  submitted: { ...nobody, id: 'draft', secretariat: 'reviews' },
  published: { ...nobody, id: 'issued', secretariat: 'reviewed', fr: 'in-force', ke: 'in-force' },
} satisfies Record<string, Holds>

const abusive = {
  submitted: { ...nobody, ke: 'draft', secretariat: 'reviews' },
  refused: { ...nobody, ke: 'refused', secretariat: 'reviewed', fr: 'remembers', id: 'remembers' },
} satisfies Record<string, Holds>

const toSecretariat = (from: OfficeId): Move => ({ from, to: 'secretariat', what: 'notice' })
const toBoth = (from: OfficeId, [one, other]: readonly [OfficeId, OfficeId], what: Move['what']): readonly Move[] => [
  { from, to: one, what },
  { from, to: other, what },
]

export const noticeSteps: readonly StoryStep<NoticeStepId>[] = [
  {
    id: 'draft',
    office: 'fr',
    ...officers,
    needs: [],
    points: [1, 3],
    rules: ['red-conditions'],
    moves: [],
    holds: red.drafted,
    looks: [
      { office: 'fr', at: 'notice' },
      { office: 'secretariat', at: 'notices' },
    ],
  },
  {
    id: 'submit',
    office: 'fr',
    ...officers,
    needs: ['draft'],
    until: 'end',
    points: [4],
    rules: ['red-conditions'],
    moves: [toSecretariat('fr')],
    holds: red.submitted,
    looks: [
      { office: 'fr', at: 'notice' },
      { office: 'secretariat', at: 'today' },
      { office: 'ke', at: 'notices' },
    ],
  },
  {
    id: 'weigh',
    office: 'secretariat',
    ...legal,
    needs: ['submit'],
    until: 'end',
    points: [9],
    rules: ['review'],
    moves: [],
    holds: red.submitted,
    looks: [{ office: 'secretariat', at: 'notice' }],
  },
  {
    id: 'publish',
    office: 'secretariat',
    ...supervisor,
    needs: ['weigh'],
    until: 'end',
    points: [2, 9],
    rules: ['review'],
    moves: [{ from: 'secretariat', to: 'fr', what: 'decision' }, ...toBoth('fr', ['ke', 'id'], 'notice')],
    holds: red.published,
    looks: [
      { office: 'secretariat', at: 'notice' },
      { office: 'fr', at: 'notice' },
      { office: 'ke', at: 'notice' },
    ],
  },
  {
    id: 'law',
    office: 'id',
    ...officers,
    needs: ['publish'],
    until: 'end',
    waits: true,
    points: [9],
    rules: [],
    moves: [],
    holds: red.published,
    looks: [
      { office: 'id', at: 'notice' },
      { office: 'ke', at: 'notice' },
    ],
  },
  {
    id: 'passengers',
    office: 'ke',
    ...officers,
    needs: ['publish'],
    until: 'end',
    points: [9],
    rules: ['passenger-information'],
    moves: [{ from: 'ke', to: 'fr', what: 'hit' }],
    holds: red.published,
    looks: [
      { office: 'ke', at: 'border-messages' },
      { office: 'ke', at: 'border-hit' },
      { office: 'fr', at: 'today' },
    ],
  },
  {
    id: 'answer',
    office: 'fr',
    ...officers,
    needs: ['passengers'],
    until: 'end',
    points: [9, 12],
    rules: ['sirene-clock'],
    moves: [{ from: 'fr', to: 'ke', what: 'answer' }],
    holds: red.published,
    looks: [
      { office: 'fr', at: 'border-hit' },
      { office: 'ke', at: 'border-hit' },
    ],
  },
  {
    id: 'arrest',
    office: 'ke',
    ...officers,
    needs: ['answer'],
    until: 'end',
    points: [9, 12],
    rules: ['found'],
    moves: [{ from: 'ke', to: 'fr', what: 'report' }],
    holds: red.published,
    looks: [
      { office: 'ke', at: 'border-hit' },
      { office: 'fr', at: 'notice' },
      { office: 'fr', at: 'today' },
    ],
  },
  {
    id: 'end',
    office: 'fr',
    ...officers,
    needs: ['publish'],
    points: [7],
    rules: ['purpose-met'],
    moves: [{ from: 'fr', to: 'secretariat', what: 'recall' }, ...toBoth('fr', ['ke', 'id'], 'recall')],
    holds: red.ended,
    looks: [
      { office: 'fr', at: 'notice' },
      { office: 'ke', at: 'notices' },
      { office: 'id', at: 'notices' },
    ],
  },
  {
    id: 'discreet',
    office: 'id',
    ...officers,
    needs: [],
    points: [3, 4],
    rules: [],
    moves: [toSecretariat('id')],
    holds: discreet.submitted,
    looks: [{ office: 'id', at: 'notice' }],
  },
  {
    id: 'weigh-discreet',
    office: 'secretariat',
    ...legal,
    needs: ['discreet'],
    points: [9],
    rules: ['review'],
    moves: [],
    holds: discreet.submitted,
    looks: [{ office: 'secretariat', at: 'notice' }],
  },
  {
    id: 'publish-discreet',
    office: 'secretariat',
    ...supervisor,
    needs: ['weigh-discreet'],
    points: [2, 9],
    rules: ['review'],
    moves: [{ from: 'secretariat', to: 'id', what: 'decision' }, ...toBoth('id', ['ke', 'fr'], 'notice')],
    holds: discreet.published,
    looks: [{ office: 'ke', at: 'notice' }],
  },
  {
    id: 'counter',
    office: 'ke',
    ...border,
    needs: [],
    unseen: true,
    points: [9],
    rules: [],
    moves: [{ from: 'ke', to: 'id', what: 'hit' }],
    holds: discreet.published,
    looks: [{ office: 'ke', at: 'border-check' }],
  },
  {
    id: 'told',
    office: 'id',
    ...officers,
    needs: ['publish-discreet', 'counter'],
    waits: true,
    points: [9],
    rules: [],
    moves: [],
    holds: discreet.published,
    looks: [
      { office: 'id', at: 'border-hit' },
      { office: 'ke', at: 'border-hit' },
    ],
  },
  {
    id: 'abuse',
    office: 'ke',
    ...officers,
    needs: [],
    points: [4],
    rules: ['neutrality'],
    moves: [toSecretariat('ke')],
    holds: abusive.submitted,
    looks: [{ office: 'ke', at: 'notice' }],
  },
  {
    id: 'weigh-abuse',
    office: 'secretariat',
    ...legal,
    needs: ['abuse'],
    points: [9],
    rules: ['neutrality', 'review'],
    moves: [],
    holds: abusive.submitted,
    looks: [{ office: 'secretariat', at: 'notice' }],
  },
  {
    id: 'refuse-abuse',
    office: 'secretariat',
    ...supervisor,
    needs: ['weigh-abuse'],
    points: [9],
    rules: ['neutrality'],
    moves: [{ from: 'secretariat', to: 'ke', what: 'decision' }, ...toBoth('secretariat', ['fr', 'id'], 'refusal')],
    holds: abusive.refused,
    looks: [
      { office: 'secretariat', at: 'notice' },
      { office: 'ke', at: 'notice' },
    ],
  },
  {
    id: 'memory',
    office: 'id',
    ...officers,
    needs: ['refuse-abuse'],
    waits: true,
    points: [10],
    rules: [],
    moves: [],
    holds: abusive.refused,
    looks: [{ office: 'id', at: 'notices' }],
  },
]
