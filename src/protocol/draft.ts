import type { Json } from '#kernel/canonical'
import { newId, newKey, type RecordId } from '#kernel/ids'
import type { Handling, Mark } from '#protocol/handling'
import { place, take } from '#protocol/pointer'
import type { RecordDraft } from '#protocol/record'

interface NewRecord {
  readonly kind: { readonly type: string; readonly schema: number }
  readonly owner: string
  readonly now: Date
  readonly handling: Handling
  readonly body: object
  readonly marks?: Readonly<Record<string, Mark>>
  readonly id?: RecordId
}

/** The first version of a record. */
export function firstVersion({ kind, owner, now, handling, body, marks = {}, id }: NewRecord): RecordDraft {
  return {
    id: id ?? newId('rec', now.getTime()),
    type: kind.type,
    schema: kind.schema,
    version: 1,
    owner,
    issuedAt: now.toISOString(),
    previous: null,
    handling,
    body: body as Record<string, Json>,
    marks,
  }
}

interface Current {
  readonly id: RecordId
  readonly type: string
  readonly schema: number
  readonly version: number
  readonly owner: string
  readonly hash: string
  readonly handling: object
  readonly body: object
  readonly marks: Readonly<Record<string, Mark>>
}

/** The version after the current one, chained to it; what is not given stays as it is. */
export function nextVersion(
  current: Current,
  { now, ...change }: { now: Date; handling?: Handling; body?: object; marks?: Readonly<Record<string, Mark>> },
): RecordDraft {
  return {
    id: current.id,
    type: current.type,
    schema: current.schema,
    version: current.version + 1,
    owner: current.owner,
    issuedAt: now.toISOString(),
    previous: current.hash,
    handling: change.handling ?? (current.handling as Handling),
    body: (change.body ?? current.body) as Record<string, Json>,
    marks: change.marks ?? current.marks,
  }
}

interface Marked {
  readonly body: object
  readonly marks: Readonly<Record<string, Mark>>
}

/**
 * What a person wrote, with the fields of the current version that this person may not see put back: who cannot see a field
 * neither learns of it nor deletes it by changing the rest, or by writing in its place: an entry written there moves to a key
 * of its own. A field whose surroundings were removed goes with them.
 */
export function keepWithheld(whole: Marked, seen: Pick<Marked, 'marks'>, written: Marked): Marked {
  const hidden = Object.keys(whole.marks).filter((it) => !Object.hasOwn(seen.marks, it))
  if (hidden.length === 0) return written
  let body = structuredClone(written.body) as Record<string, Json>
  const marks: Record<string, Mark> = { ...written.marks }
  for (const pointer of hidden.sort((a, b) => a.length - b.length)) {
    const inBody = pointer.slice('/body'.length)
    const value = take(whole.body as Record<string, Json>, inBody)?.value
    if (value === undefined) continue
    if (!hidden.some((outer) => pointer.startsWith(`${outer}/`))) {
      const instead = take(body, inBody)
      if (instead !== undefined) body = instead.rest
      if (!place(body, inBody, structuredClone(value))) continue
      const entries = inBody.slice(0, inBody.lastIndexOf('/'))
      if (instead !== undefined && entries !== '') place(body, `${entries}/${newKey()}`, instead.value)
    }
    marks[pointer] = whole.marks[pointer]!
  }
  return { body, marks }
}
