import type { z } from 'zod'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { FtmEntity } from '#protocol/ftm-entity'
import type { Mark } from '#protocol/handling'
import { take } from '#protocol/pointer'
import type { HeldRecord } from '#protocol/record'

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
  /** For records that say where and when somebody or something was met: the sighting in them, if there is one. */
  readonly seen?: (body: Body) => Seen | undefined
  /** For answers to a sighting: whether the one who was met is somebody else than the record says. */
  readonly refutes?: (body: Body) => { readonly sighting: RecordId; readonly refuted: boolean }
}

/** Where and when the subject of another record was met. */
export interface Seen {
  /** The record that it is about: a subject, a notice. */
  readonly about: RecordId
  /** RFC 3339; a span when it is not known better. */
  readonly from: string
  readonly to: string
  readonly place: string
  /** ISO 3166-1 alpha-2, lower case. */
  readonly country: string | null
  /** WGS 84, degrees. */
  readonly point?: { readonly latitude: number; readonly longitude: number }
  /** Of the place: kilometres. */
  readonly radiusKilometres?: number
}

/** A record kind whose body type is not known where it is used. */
// biome-ignore lint/suspicious/noExplicitAny: the body is parsed by `Body` before any other function sees it
export type AnyRecordKind = RecordKind<any>

export type RecordOf<Kind> = Kind extends RecordKind<infer Body> ? HeldRecord<Body> : never

/** A mark on the audience was obeyed when the record was sent; these still narrow a field among those who hold it. */
export function narrowsHere(mark: Mark): boolean {
  return mark.purposes !== undefined || mark.expiresAt !== undefined || mark.tlp === 'RED'
}

/** A body without the fields that are not for everybody here: what matching, and the lines of lists, are made of. */
export function commonPart(body: Record<string, Json>, marks: Readonly<Record<string, Mark>>): Record<string, Json> {
  return without(
    body,
    Object.keys(marks).filter((it) => narrowsHere(marks[it]!)),
  )
}

function without(body: Record<string, Json>, pointers: readonly string[]): Record<string, Json> {
  return pointers.reduce((rest, it) => take(rest, it.slice('/body'.length))?.rest ?? rest, body)
}

/** Whether those from whom all these fields are kept can still read the body: a mark on what its form requires stops it. */
export function isReadableWithout(kind: AnyRecordKind, body: object, pointers: readonly string[]): boolean {
  return kind.Body.safeParse(without(body as Record<string, Json>, pointers)).success
}

/** The line that lists show of a record to all who may see it; its type when nothing else is for all of them. */
export function captionFor(kind: AnyRecordKind, body: object, marks: Readonly<Record<string, Mark>>): string {
  const parsed = kind.Body.safeParse(commonPart(body as Record<string, Json>, marks))
  return parsed.success ? kind.caption(parsed.data) : kind.type
}
