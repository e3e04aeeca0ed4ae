import type { RecordId } from '#kernel/ids'
import type { OpenedEnvelope } from '#protocol/envelope'
import type { Identity } from '#protocol/identity'
import type { HeldRecord } from '#protocol/record'
import type { AnyRecordKind } from '#protocol/record-kind'
import type { Verified } from '#protocol/verified'
import type { Change, RowWrite } from '#store/change'
import type { Store } from '#store/store'
import type { ContentOf, WireContent } from '#wire/content'

/** What the inbox asks of the capabilities; it knows none of them by name. */
export interface Receiving {
  readonly store: Store
  readonly identity: Identity
  readonly envelope: Verified<OpenedEnvelope>
}

/** With the hash of the version that came, which statements about it name. */
export interface ReceivingRecord extends Receiving {
  readonly hash: string
}

/** What a capability adds when a verified record of one of its kinds is accepted: rows, answers. Throws a Fault to reject it. */
export type RecordReceiver = (record: HeldRecord, receiving: ReceivingRecord) => Promise<Partial<Change>>

export type ContentReceiver<Kind extends WireContent['kind'] = WireContent['kind']> = (
  content: ContentOf<Kind>,
  receiving: Receiving,
) => Promise<Change>

export interface Receivers {
  kind(type: string): AnyRecordKind | undefined
  record(type: string): RecordReceiver | undefined
  content(kind: WireContent['kind']): ContentReceiver | undefined
  /** Rows that repeat something of a record, to be cleaned with it when it is erased. */
  forget(id: RecordId): readonly RowWrite[]
}
