import type { z } from 'zod'
import type { CandidateReply } from '#capabilities/border/candidate-reply'
import type { CarrierReply } from '#capabilities/border/carrier-reply'
import type { CheckReply, MetAlert } from '#capabilities/border/check'
import type { HitReply } from '#capabilities/border/hit-reply'
import type { ReadZone } from '#capabilities/border/mrz-reading'

/** What the API answers, as the pages read it. Types alone: nothing of the node comes along. */

export type ShownCheck = CheckReply
export type ShownAlert = MetAlert
export type ShownZone = ReadZone
export type ShownCandidate = CandidateReply
export type ShownHit = HitReply
export type ShownCarrier = CarrierReply

export interface ShownEntry {
  readonly id: string
  readonly kind: 'report' | 'answer' | 'information' | 'return' | 'companions' | 'redress'
  readonly by: string
  readonly at: string
  readonly body: Readonly<Record<string, z.core.util.JSONType>>
}

export interface ShownDesk {
  readonly id: string
  readonly name: string
}

export interface ShownMessage {
  readonly id: string
  readonly name: string
  readonly kind: 'paxlst' | 'pnrgov'
  readonly desk: string
  readonly carrier: string
  readonly flights: readonly string[]
  readonly counts: {
    readonly read: number
    readonly kept: number
    readonly incomplete: number
    readonly met: number
    readonly declared: number
  }
  readonly findings: { readonly errors: number; readonly warnings: number; readonly notes: number }
  readonly at: string
  readonly expiresAt: string
  readonly purgedAt: string | null
}

export interface ShownPassenger {
  readonly place: number
  readonly role: string
  readonly name: string
  readonly birthDate: string | null
  readonly document: string | null
  readonly missing: readonly ('name' | 'birth-date' | 'document')[]
  readonly declared: readonly { readonly number: string; readonly status: string; readonly owner: string }[]
  readonly candidates: readonly { readonly id: string; readonly strength: string; readonly state: string }[]
  /** What a person has decided to tell the carrier. */
  readonly told: 'do-not-board' | 'inspect' | null
}

const attributes: readonly (readonly [start: string, attribute: string])[] = [
  ['name', 'name'],
  ['birth_place', 'birthPlace'],
  ['birth_country', 'birthCountry'],
  ['birth', 'birthDate'],
  ['country', 'country'],
  ['gender', 'gender'],
  ['passport', 'document'],
  ['identifier', 'document'],
  ['address', 'address'],
]

/** The attribute that a feature of the engine is about, as the words name it. */
export function attributeOf(feature: string): string {
  return attributes.find(([start]) => feature.startsWith(start))?.[1] ?? 'other'
}
