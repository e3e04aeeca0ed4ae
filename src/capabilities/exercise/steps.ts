/** A story of the exercise as its steps: who acts, what has to be there before, what moves and what each office then holds. */

export const officeIds = ['secretariat', 'fr', 'ke', 'horizon-bank', 'id'] as const
export type OfficeId = (typeof officeIds)[number]

/** What an office has of what the step is about. */
export type Holding =
  | 'nothing'
  | 'directory'
  | 'owner'
  | 'whole'
  | 'part'
  | 'erased'
  | 'draft'
  | 'issued'
  | 'reviews'
  | 'reviewed'
  | 'in-force'
  | 'ended'
  | 'refused'
  | 'remembers'

export type Cargo =
  | 'record'
  | 'hit'
  | 'answer'
  | 'request'
  | 'grant'
  | 'correction'
  | 'recall'
  | 'receipt'
  | 'notice'
  | 'decision'
  | 'report'
  | 'refusal'

export interface Move {
  readonly from: OfficeId
  readonly to: OfficeId
  readonly what: Cargo
}

/** A place in the console of an office: what is there depends on what that office holds. */
export interface Look {
  readonly office: OfficeId
  readonly at:
    | 'record'
    | 'traveller'
    | 'candidate'
    | 'hit'
    | 'today'
    | 'subjects'
    | 'audit'
    | 'notice'
    | 'notices'
    | 'border-hit'
    | 'border-messages'
    | 'border-check'
}

export const usernames = ['officer', 'supervisor', 'legal', 'border', 'auditor'] as const

/** `Id`: the steps of the story that it is of. */
export interface StoryStep<Id extends string = string> {
  readonly id: Id
  readonly office: OfficeId
  /** The exercise account that plays it, and the roles that may. */
  readonly username: (typeof usernames)[number]
  readonly roles: readonly (typeof usernames)[number][]
  readonly needs: readonly Id[]
  /** After this step it can no longer be played in the round. */
  readonly until?: Id
  /** Tells nothing of how far the story has come. */
  readonly anytime?: true
  /** Comes about by itself: there is nothing to do but to wait. */
  readonly waits?: true
  /** Whoever plays it reads no records: that it is done is known from the answer of the node alone. */
  readonly unseen?: true
  /** Points of the protocol, and rules of `rules.json`. */
  readonly points: readonly number[]
  readonly rules: readonly string[]
  readonly moves: readonly Move[]
  readonly holds: Readonly<Record<OfficeId, Holding>>
  readonly looks: readonly Look[]
}

export const officers = { username: 'officer', roles: ['officer', 'supervisor'] } as const
