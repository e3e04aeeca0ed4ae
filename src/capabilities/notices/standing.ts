import { isInForce, type Place } from '#capabilities/notices/lifecycle'
import type { Finding, Outcome } from '#capabilities/notices/record'
import type { AlertAction } from '#http/travellers'
import { type Directory, partyOf } from '#protocol/directory'
import { type Audience, inAudience } from '#protocol/handling'

/** Where a notice stands at this node: its place in the life of every notice, and what this node's own gate says. */

export const localAnswers = ['review', 'accepted', 'limited', 'caveat', 'refused'] as const
export type LocalAnswer = (typeof localAnswers)[number]

/** Why a person of this node has to look before anybody else sees it. */
export const gateFlags = ['diffusion', 'protection', 'final-decision', 'child', 'sender-refused-before'] as const
export type GateFlag = (typeof gateFlags)[number]

/** Those that say something of a person whom this state shields: for who answers at the gate, and for no officer. */
const shielded: ReadonlySet<unknown> = new Set<GateFlag>(['protection', 'final-decision'])
export const openFlags = <Flag>(flags: readonly Flag[]): Flag[] => flags.filter((it) => !shielded.has(it))

export interface Standing {
  /** Of this node: who issued it, who reviews it before it is published, who received it. */
  role: 'issuer' | 'reviewer' | 'holder'
  place: Place
  version: number
  hash: string
  /** Of a holder; null at the others. */
  local: LocalAnswer | null
  bound: AlertAction | null
  flags: GateFlag[]
}

/** What the first of two reviewers proposes; the second confirms it or sends it back. */
export interface Proposal {
  readonly outcome: Outcome
  readonly reason: string | null
  readonly note: string
  readonly findings: readonly Finding[]
  readonly person: string
  readonly at: string
}

/** The newest decision, as the signed record has it. */
export interface Answer {
  readonly id: string
  readonly step: number
  readonly outcome: Outcome
  readonly reason: string | null
  readonly note: string
  readonly at: string
  readonly by: string
}

/** Whether anybody of this node may act on it. */
export function isActedOn({ role, place, local }: Pick<Standing, 'role' | 'place' | 'local'>): boolean {
  if (!isInForce(place)) return false
  return role !== 'holder' || local === 'accepted' || local === 'limited' || local === 'caveat'
}

/** Who reviews what a member issues: the secretariat; of a diffusion, a second person of the issuer. */
export function reviewerOf(
  { channel, owner }: { readonly channel: string; readonly owner: string },
  directory: Directory,
): string | undefined {
  return channel === 'diffusion' ? owner : directory.members.find((it) => it.kind === 'secretariat')?.id
}

/** The members that an audience means today, the issuer and the reviewer apart. */
export function recipientsOf(to: Audience, directory: Directory, apart: readonly (string | undefined)[]): string[] {
  return directory.members
    .filter((it) => !it.suspended && !apart.includes(it.id) && inAudience(to, partyOf(directory, it.id)) !== false)
    .map((it) => it.id)
}
