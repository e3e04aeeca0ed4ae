import type { Hono } from 'hono'
import type { Administered, KnowsOf } from '#http/events'
import type { Operation } from '#http/operation'
import type { Authenticate } from '#http/run-operation'
import type { Sameness } from '#http/sameness'
import type { People, Services } from '#http/services'
import type { Alerts, TravelDocuments } from '#http/travellers'
import type { RecordId } from '#kernel/ids'
import type { AnyRecordKind } from '#protocol/record-kind'
import type { Change, RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'
import type { ContentReceiver, RecordReceiver } from '#wire/receiver'

/** A vertical slice: everything about one lawful duty. Adding one is its folder and one line in `capabilities/index.ts`. */
export interface Capability {
  readonly name: string
  readonly migrations?: readonly Migration[]
  /** Types of record that it knows. */
  readonly kinds?: readonly AnyRecordKind[]
  readonly operations?: readonly Operation[]
  /** What it adds when a record of one of its types arrives from a peer, by type. */
  readonly records?: Readonly<Record<string, RecordReceiver>>
  /** Other content of envelopes that it takes, by kind. */
  readonly contents?: {
    readonly checkpoint?: ContentReceiver<'checkpoint'>
    readonly cosignature?: ContentReceiver<'cosignature'>
  }
  /** Who may know of its work items in the feed that are no records themselves, by type. */
  readonly work?: Readonly<Record<string, KnowsOf>>
  /** Roles that may know of what is administered of a type, by type; nobody else is told. */
  readonly administered?: Administered
  /** Rows that repeat something of a record, to be cleaned when it is erased. */
  readonly forget?: (id: RecordId) => readonly RowWrite[]
  /** Its part of a seed file (the member of its name), written once, at the first start of a node: exercise accounts and data. */
  readonly seed?: (part: unknown, services: Services) => Promise<Change>
  readonly authenticate?: Authenticate
  /** Who works at this node: one capability has the people. */
  readonly people?: (store: Store) => People
  /** What is asked about travellers: one capability has the alerts. */
  readonly alerts?: (services: Services) => Alerts
  /** And one the documents. */
  readonly documents?: (services: Services) => TravelDocuments
  /** Which records are of one person: one capability has the subjects. */
  readonly sameness?: (store: Store) => Sameness
  /** Paths that are not operations: pages, static files. */
  readonly pages?: (app: Hono, services: Services) => void
  /** What runs beside the requests: followers of the feed, clocks. Ends when disposed of. */
  readonly start?: (services: Services) => Promise<AsyncDisposable>
}
