import type { RecordId } from '#kernel/ids'
import type { Candidate } from '#matching/candidate'
import type { Purpose } from '#protocol/handling'

/**
 * What one capability answers another about travellers. The forms stand here, where both can see them; who answers is named
 * in the capability (`Capability.alerts`, `Capability.documents`) and lent as `Services.alerts` and `Services.documents`.
 */

/** What is to be done when a person or thing is met: answered by the capability that has the notices. */
export interface Alerts {
  /**
   * Alerts that this person may be the subject of, likeliest first: those in force here that passed the legal gate. By name,
   * birth, documents and nationality, never by anything protected. It decides nothing: a person does.
   */
  search(traveller: Traveller): readonly Alert[]
  find(id: string): Alert | undefined
  /** Grows with each alert that comes into force, changes or ends. */
  readonly version: number
}

/** Properties of FollowTheMoney, as texts. */
export interface Traveller {
  readonly properties: Readonly<Record<string, readonly string[]>>
}

export const actionClasses = [
  'arrest',
  'ask',
  'discreet-check',
  'inquiry-check',
  'specific-check',
  'seize',
  'protect',
  'none',
] as const
export type AlertAction = (typeof actionClasses)[number]

export interface Alert {
  /** The record. */
  readonly id: RecordId
  readonly version: number
  readonly owner: string
  /** What it is called in the field: `red`, `blue` … */
  readonly type: string
  readonly caption: string
  /** What the owner asks for, and what the law here allows of it (an upper bound that is only ever lowered). */
  readonly asked: AlertAction
  readonly permitted: AlertAction
  /** Why it was lowered, with the source; null when it was not. */
  readonly loweredBy: string | null
  /** Nothing may show at the counter that could tip off the subject. */
  readonly discreet: boolean
  /** What the owner wants to hear of: names of the fields of the return form. */
  readonly sought: readonly string[]
  readonly purposes: readonly Purpose[]
  readonly expiresAt: string
  /** How alike the traveller is, 0 to 1, and why; absent when it was found by its id. */
  readonly match?: Candidate
}

/** Stolen, lost, revoked, invalidated and blank-stolen travel documents: answered by the capability that has them. */
export interface TravelDocuments {
  /** What issuers have declared of a number: of every kind of document unless one is named. */
  lookUp(document: AskedDocument): readonly DeclaredDocument[]
  readonly size: number
}

export interface AskedDocument {
  readonly number: string
  /** ISO 3166-1 alpha-2, lower case; all issuers when it is not known. */
  readonly issuer?: string | undefined
  readonly kind?: string | undefined
}

export interface DeclaredDocument {
  readonly issuer: string
  /** As normalised: capital letters and digits. */
  readonly number: string
  readonly kind: string
  readonly status: 'stolen' | 'lost' | 'revoked' | 'invalidated' | 'blank-stolen'
  /** The member that declared it, which is asked before anybody acts. */
  readonly owner: string
  /** ISO 8601 date of the declaration. */
  readonly declaredAt: string
}
