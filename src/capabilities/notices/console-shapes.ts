import type { z } from 'zod'
import type { Place } from '#capabilities/notices/lifecycle'
import type { Notice, NoticeType } from '#capabilities/notices/record'
import type { EventReply, GapReply, NoticeLine, NoticeReply } from '#capabilities/notices/replies'
import type { HeldHandling } from '#protocol/handling'

/** What the node answers, as the pages use it. */

type Listed = z.infer<typeof NoticeLine>

export interface Line extends Omit<Listed, 'type' | 'place'> {
  readonly type: NoticeType
  readonly place: Place
}

export type Gap = z.infer<typeof GapReply>
export type NoticeEvent = z.infer<typeof EventReply>

export interface NoticeRecord {
  readonly id: string
  readonly type: string
  readonly version: number
  readonly owner: string
  readonly state: string
  readonly caption: string
  readonly issuedAt: string
  readonly handling: HeldHandling
  readonly body: Notice
}

type Replied = z.infer<typeof NoticeReply>

export interface ShownNotice extends Line, Pick<Replied, 'check' | 'action' | 'proposal' | 'refusals' | 'mine'> {
  readonly events: readonly NoticeEvent[]
  readonly record: NoticeRecord
}

interface Sourced {
  readonly source: string
  readonly verified: boolean
}

export interface TypeRule extends Sourced {
  readonly type: NoticeType
  /** Articles of the Rules on the Processing of Data. */
  readonly rpd: string
  readonly purpose: string
  readonly subject: readonly string[]
  readonly subjectOptional?: boolean
  readonly actions: readonly string[]
  readonly action: string
  readonly categories: readonly string[]
  readonly requires: readonly string[]
  readonly improves: readonly string[]
  readonly publicExtract: boolean
  readonly lifetime: { readonly amount: number; readonly unit: string }
  /** When it is reviewed at the latest, from its publication. */
  readonly review?: { readonly amount: number; readonly unit: string }
}

export interface Rules {
  readonly version: string
  readonly types: readonly TypeRule[]
  readonly requirements: readonly string[]
  readonly factors: readonly (Sourced & { readonly factor: string })[]
  readonly reasons: readonly (Sourced & { readonly code: string; readonly for: readonly string[] })[]
}

/** Who reviews it: the secretariat; of a diffusion, a second pair of eyes of the issuer. */
export const isReviewedHere = ({ role, channel }: Pick<Line, 'role' | 'channel'>): boolean =>
  role === 'reviewer' || (role === 'issuer' && channel === 'diffusion')

/** Where a notice waits for its reviewers. */
export const waitingPlaces = ['submitted', 'in-review'] as const
