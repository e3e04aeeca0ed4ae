import type { z } from 'zod'
import type { HeldRecord } from '#protocol/record'
import type { FtmEntity } from '#protocol/vocabulary'

/** What a capability declares of a type of record: its form, and the one line that lists show. Runs in the browser too. */
export interface RecordKind<Body = unknown> {
  readonly type: string
  /** The number of the body's form; a change of form adds a number and a step between them. */
  readonly schema: number
  readonly Body: z.ZodType<Body>
  readonly caption: (body: Body) => string
  /** For records that can be matched: what they are matched as, and the entity that they are about, flattened. */
  readonly matching?: {
    /** A `subject` is compared with everything of others and with lists; an entry of a `list` only with subjects. */
    readonly as: 'subject' | 'list'
    readonly entity: (body: Body, id: string) => FtmEntity
  }
}

/** A record kind whose body type is not known where it is used. */
// biome-ignore lint/suspicious/noExplicitAny: the body is parsed by `Body` before any other function sees it
export type AnyRecordKind = RecordKind<any>

export type RecordOf<Kind> = Kind extends RecordKind<infer Body> ? HeldRecord<Body> : never
