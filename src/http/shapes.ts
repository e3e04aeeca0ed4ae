import { z } from 'zod'
import { HeldHandling, Mark } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import { fault } from '#store/faults'
import type { RecordView } from '#store/reader'

/** Shapes that many operations share. */

export const RecordParams = z.object({ id: RecordIdText })

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Where the page before ended; opaque. */
  after: z.string().max(64).optional(),
})

export const RecordReply = z.object({
  id: z.string(),
  type: z.string(),
  version: z.number(),
  owner: z.string(),
  issuedAt: z.string(),
  state: z.enum(['active', 'suspended', 'withdrawn', 'erased']),
  caption: z.string(),
  hash: z.string(),
  handling: HeldHandling,
  marks: z.record(z.string(), Mark),
  body: z.record(z.string(), z.json()),
  receivedFrom: z.string().nullable(),
  duties: z.array(z.record(z.string(), z.json())),
})
export type RecordReply = z.infer<typeof RecordReply>

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

export function replyOf(view: RecordView<object>): RecordReply {
  const { id, type, version, owner, issuedAt, state, caption, hash, handling, marks, body, receivedFrom, duties } = view
  return {
    id,
    type,
    version,
    owner,
    issuedAt,
    state,
    caption,
    hash,
    handling,
    marks,
    receivedFrom,
    body: body as RecordReply['body'],
    duties: duties as unknown as RecordReply['duties'],
  }
}

/** A record as lists show it: without its body, which may be megabytes. */
export const RecordSummary = RecordReply.omit({ body: true, marks: true })

export function summaryOf(view: RecordView<object>): z.infer<typeof RecordSummary> {
  const { body: _, marks: __, ...summary } = replyOf(view)
  return summary
}

/** A page of things with ids, and where the next one starts. */
export function page<Item extends { readonly id: string }>(
  items: readonly Item[],
  limit: number,
): { items: Item[]; next: string | null } {
  return { items: [...items], next: items.length < limit ? null : (items.at(-1)?.id ?? null) }
}

/** The value, or the one answer for what is not there and for what may not be known. */
export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw fault('record/unknown', 'There is no such record.')
  return value
}

/** The record when it is of this kind: a route for one kind takes no other, which its rules would misread or overwrite. */
export function foundOf<View extends { readonly type: string }>(
  { type }: { readonly type: string },
  view: View | undefined,
): View {
  return found(view?.type === type ? view : undefined)
}
