/** What the API says of candidates and hits, as far as pages show it. */

import type { BatchMatch, BatchReply, BatchRow, ReadingChoice, Survey } from '#capabilities/screening/batch-record'
import type { EvidenceLine } from '#capabilities/screening/evidence-lines'
import type { HitReply } from '#capabilities/screening/hit-reply'
import type { Result } from '#capabilities/screening/search-routes'
import type { StatedList } from '#capabilities/screening/stated-list'

export interface ShownCandidate {
  readonly id: string
  readonly state: 'open' | 'hit' | 'no-hit' | 'lapsed'
  readonly score: number
  readonly band: string
  readonly ours: { readonly id: string; readonly version: number; readonly caption: string }
  readonly theirs: {
    readonly id: string
    readonly version: number
    readonly caption: string
    readonly owner: string
    readonly list: StatedList | null
  }
  readonly lines: readonly EvidenceLine[]
  readonly tellable: readonly string[]
  readonly reason: string | null
  readonly hit: string | null
  readonly since: string
}

export type ShownHit = HitReply
export type ShownResult = Result
export type ShownBatch = BatchReply
export type ShownRow = BatchRow
export type ShownMatch = BatchMatch

export interface ShownFile {
  readonly batch: BatchReply
  readonly survey: Survey
  readonly choice: ReadingChoice | null
}

export interface ConversationEntry {
  readonly id: string
  readonly kind: 'report' | 'question' | 'answer' | 'confirmation' | 'feedback'
  readonly by: string
  readonly at: string
  readonly text: string
  readonly outcome: 'confirmed' | 'not-confirmed' | 'more-information' | null
  readonly late: boolean
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly disclosed: Readonly<Record<string, readonly string[]>>
  readonly agreeing: readonly string[]
  readonly contradicting: readonly string[]
  readonly where: { readonly country: string | null; readonly place: string | null } | null
  readonly seenAt: string | null
}
