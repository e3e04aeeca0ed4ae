import { draftLimits } from '#capabilities/drafts/limits'
import { type DraftContent, kindOf } from '#capabilities/drafts/record'
import type { DraftRow } from '#capabilities/drafts/store'
import { utf8 } from '#kernel/bytes'
import { canonical } from '#kernel/canonical'
import { defineFaults } from '#kernel/fault'
import type { RecordId } from '#kernel/ids'
import type { Change, RowWrite } from '#store/change'

export const faultKinds = {
  'drafts/newer': 'conflict',
  'drafts/too-large': 'too-large',
  'drafts/too-many': 'conflict',
} as const

export const fault = defineFaults(faultKinds)

export interface Keeping {
  readonly caption: string
  readonly content: DraftContent
  readonly record?: RecordId | undefined
  /** The version that this was written on; 0 when there was none. */
  readonly base: number
}

export interface Keeper {
  readonly person: string
  readonly now: Date
  /** What is kept under the key now. */
  readonly current: Pick<DraftRow, 'version' | 'updated_at'> | undefined
  /** How many drafts the person has. */
  readonly count: number
}

/**
 * Keeps a draft as it now is. What was saved elsewhere in the meantime is not overwritten: its author decides.
 * Throws `drafts/newer`, `drafts/too-large`, `drafts/too-many`.
 */
export function keepDraft(
  key: string,
  { caption, content, record, base }: Keeping,
  { person, now, current, count }: Keeper,
): { change: Change; version: number } {
  if (current !== undefined && current.version !== base) throw newer(current)
  const bytes = utf8(canonical(content)).byteLength
  const { contentBytes, perPerson } = draftLimits
  if (bytes > contentBytes.value)
    throw fault('drafts/too-large', `The draft has ${bytes} bytes; ${contentBytes.value} can be kept.`, {
      rule: 'size of a draft',
      details: { bytes, limit: contentBytes.value },
    })
  if (current === undefined && count >= perPerson.value)
    throw fault('drafts/too-many', `${perPerson.value} drafts are kept for one person. Discard some first.`, {
      rule: 'number of drafts',
      details: { limit: perPerson.value },
    })
  // A draft that was sent or discarded elsewhere begins anew, above every version that a window may still know.
  const version = base + 1
  const values = { caption, content, record: record ?? null, version, updated_at: now }
  const row: RowWrite =
    current === undefined
      ? { op: 'insert', table: 'drafts', values: { person, key, kind: kindOf(key), ...values } }
      : { op: 'update', table: 'drafts', where: { person, key, version: base }, values, expect: 1 }
  return { change: { rows: [row], audit: [] }, version }
}

/** Discards a draft; with a version only that one, not what was saved elsewhere since. Throws `drafts/newer`. */
export function discardDraft(current: DraftRow | undefined, known: number | undefined): Change {
  if (current === undefined) return { audit: [] }
  if (known !== undefined && known !== current.version) throw newer(current)
  return removeDrafts([current])
}

function newer({ version, updated_at }: Pick<DraftRow, 'version' | 'updated_at'>) {
  return fault('drafts/newer', 'This draft was saved from another window in the meantime. Choose which one to keep.', {
    details: { version, updatedAt: updated_at.toISOString() },
  })
}

/** Removes those, unless their authors went on with them in this very moment. */
export function removeDrafts(rows: readonly Pick<DraftRow, 'person' | 'key' | 'version'>[]): Change {
  return {
    rows: rows.map(({ person, key, version }) => ({ op: 'delete', table: 'drafts', where: { person, key, version } })),
    audit: [],
  }
}

/** What repeats something of a record that is erased. */
export function forgetDrafts(record: RecordId): RowWrite[] {
  return [{ op: 'delete', table: 'drafts', where: { record } }]
}
