import type { NumberRows } from '#capabilities/documents/number-rows'
import type { Declaration, Status } from '#capabilities/documents/record'
import type { RecordId } from '#kernel/ids'

/** A record whose declarations are in the index, with all that a decision on it needs. */
export interface DeclaringRecord {
  readonly id: RecordId
  readonly version: number
  readonly owner: string
}

export interface Asked {
  /** Normalised. */
  readonly number: string
  /** All issuers when absent. */
  readonly issuer?: string | undefined
  readonly kind?: string | undefined
}

/** What counts of a document: the latest declaration of one kind by its issuer. */
export interface Found<Declaring> {
  readonly issuer: string
  readonly number: string
  readonly kind: string
  readonly status: Status
  /** ISO 8601 date. */
  readonly declaredAt: string
  readonly record: Declaring
}

/**
 * Every declaration that the node holds, in typed arrays. Of several declarations of one document the one with the latest date
 * counts, then the one of the latest record; those that do not answer are left out, so that what was said before shows again.
 * In which order they were put in changes nothing.
 */
export interface DocumentIndex<Declaring extends DeclaringRecord> {
  /** Puts a record in, in place of any version of it that is there. */
  put(record: Declaring, declaration: Pick<Declaration, 'issuer' | 'groups' | 'ranges'>): void
  /** The same declarations under other circumstances, such as another state. */
  renew(record: Declaring): void
  remove(id: string): void
  find(asked: Asked, answers: (record: Declaring) => boolean): Found<Declaring>[]
  /** The records that say anything of the document, whatever counts. */
  mentions(asked: Asked): Declaring[]
  record(id: string): Declaring | undefined
  /** Of whose documents a record declares something. */
  issuer(id: string): string | undefined
  all(): Iterable<Declaring>
  /** How many documents a record declares, by status. */
  counts(id: string): Readonly<Partial<Record<Status, number>>>
  /** Declarations, a row of numbers counted as one. */
  readonly size: number
  readonly bytes: number
  /**
   * For a file. The records are those of now, the columns are of when they are taken. What is put and removed in between has to
   * be put and removed again by who reads them; nothing that was removed before is in them.
   */
  contents(): IndexContents<Declaring>
}

/** What the index knows of a record beside its entries in the table. */
export interface Slot<Declaring> {
  record: Declaring
  readonly issuer: number
  entries: number
  readonly ranges: number
  readonly counts: Readonly<Partial<Record<Status, number>>>
}

export interface IndexContents<Declaring> {
  readonly columns: Iterable<readonly [name: string, bytes: Uint8Array]>
  /** Asked after the columns were taken. */
  about(): IndexAbout<Declaring>
}

/** What lies beside the columns. */
export interface IndexAbout<Declaring> {
  readonly seed: number
  /** Places that were given away: none of them is given to another record. */
  readonly places: number
  readonly slots: readonly (Slot<Declaring> & { readonly place: number })[]
  readonly rows: NumberRows['contents']
}

export interface KeptIndex<Declaring> {
  readonly columns: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly about: IndexAbout<Declaring>
}
