import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { AuditEntry } from '#ledger/entry'
import type { LifeState } from '#policy/decide'
import type { Purpose } from '#protocol/handling'
import type { ProvenReceipt } from '#protocol/receipt'
import type { RecordDraft, SignedRecord } from '#protocol/record'
import type { Verified } from '#protocol/verified'

/**
 * What a rule asks for: everything that one business event writes. It is a plain value; `commit` is the only code that
 * turns it into rows, in one transaction, together with its audit entries and outbox rows.
 */
export interface Change {
  /** New versions: drafts of our own, which commit signs, or verified records of others. */
  readonly records?: readonly RecordPut[]
  readonly states?: readonly StatePut[]
  /** Records of others that begin to wait for the legal gate of this node, or have passed it. */
  readonly held?: readonly { readonly id: RecordId; readonly held: boolean }[]
  /** Rows of a capability's own tables. */
  readonly rows?: readonly RowWrite[]
  readonly audit: readonly Audited[]
  readonly send?: readonly Dispatch[]
  /** The envelope that this change answers, with the receipt that goes back: kept, so that a repeat gets the same answer. */
  readonly received?: Received
  /** Verified answers to envelopes of ours. */
  readonly receipts?: readonly Verified<ProvenReceipt>[]
  /** Who holds a record of ours, as a holder reported it. */
  readonly holdings?: readonly HoldingPut[]
  /** Versions that a person of this node has now read; the owner hears of each once. */
  readonly reads?: readonly {
    readonly id: RecordId
    readonly version: number
    readonly owner: string
    readonly purpose: Purpose
  }[]
  /** How far a follower of the change feed has come. */
  readonly cursor?: { readonly name: string; readonly sequence: number }
  /** Members for whom something waits and should be tried now. */
  readonly wake?: readonly string[]
  /** Work items of a capability that changed, for the change feed. */
  readonly touched?: readonly { readonly type: string; readonly id: string }[]
}

export interface RecordPut {
  readonly record: RecordDraft | Verified<SignedRecord>
  /** What lists and links show: one line, never more than the record's own words. */
  readonly caption: string
  /** The member that it came from; absent for our own. */
  readonly from?: string
  /** Persons for whose eyes a RED record is. */
  readonly readers?: readonly string[]
}

export interface StatePut {
  readonly id: RecordId
  readonly state: LifeState
  readonly readers?: readonly string[]
}

export interface Received {
  readonly sender: string
  readonly sequence: number
  readonly hash: string
  readonly receipt: string
  /** The envelope's signed text, kept until the next one of this sender. */
  readonly signed: string
  /** The record that came in it, whether it was taken or not: the text is a copy of it. */
  readonly record: RecordId | null
}

export interface HoldingPut {
  readonly record: RecordId
  readonly member: string
  readonly version: number
  readonly state: 'held' | 'read'
  readonly via: string | null
}

type Cell = Json | Date | Uint8Array | undefined

/**
 * One row of a capability's table. `expect` names how many rows must be touched: when another change came first and the
 * count differs, the whole change is refused with `store/conflict`.
 */
export type RowWrite =
  | {
      readonly op: 'insert'
      readonly table: string
      readonly values: Readonly<Record<string, Cell>>
      readonly orIgnore?: boolean
    }
  | {
      readonly op: 'upsert'
      readonly table: string
      readonly key: readonly string[]
      readonly values: Readonly<Record<string, Cell>>
    }
  | {
      readonly op: 'update'
      readonly table: string
      readonly where: Readonly<Record<string, Cell>>
      readonly values: Readonly<Record<string, Cell>>
      readonly expect?: number
    }
  | {
      readonly op: 'delete'
      readonly table: string
      readonly where: Readonly<Record<string, Cell>>
      readonly expect?: number
    }

/** An audit entry without what commit fills in: the instant and, when absent, the node itself as actor. */
export type Audited = Omit<AuditEntry, 'at'>

/** One thing for one recipient. */
export interface Dispatch {
  readonly to: string
  readonly purpose: Purpose
  readonly content: DispatchContent
}

export type DispatchContent =
  /** A record version; what this recipient may have of it is decided when it is sealed, not now. */
  | { readonly kind: 'record'; readonly id: RecordId; readonly version: number; readonly grant?: RecordId }
  /** The owner takes the record back, or suspends it. */
  | {
      readonly kind: 'recall'
      readonly id: RecordId
      readonly state: 'withdrawn' | 'suspended' | 'active'
      readonly reason: string
    }
  /** A person has read the version. */
  | { readonly kind: 'read'; readonly id: RecordId; readonly version: number }
  /** A holder tells the owner that it passed the record on, as a grant or the audience allows. */
  | { readonly kind: 'onward'; readonly id: RecordId; readonly version: number; readonly to: string }
  /** A ledger checkpoint for the recipient to witness, or the cosigned one on its way back. */
  | { readonly kind: 'checkpoint'; readonly note: string; readonly proof: readonly string[]; readonly oldSize: number }
  | { readonly kind: 'cosignature'; readonly note: string }

/** One line of the change feed. Sequences grow in the order of commits. */
export interface FeedItem {
  readonly sequence: number
  /** `administration`: what administrators did, or have to look at, as the audit has it. */
  readonly what: 'record' | 'state' | 'delivery' | 'work' | 'administration'
  readonly type: string
  readonly id: string
  readonly version: number | null
  readonly at: string
}
