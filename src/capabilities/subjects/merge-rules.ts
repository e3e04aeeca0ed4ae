import { mergeBodies, pointAt, unmergeBody, type Whole } from '#capabilities/subjects/merge'
import { type Subject, subjectKind } from '#capabilities/subjects/record'
import { checkChange, fault, type Work } from '#capabilities/subjects/rules'
import type { MergeRow } from '#capabilities/subjects/store'
import type { Json } from '#kernel/canonical'
import { newId, newKey } from '#kernel/ids'
import type { Grant } from '#policy/decide'
import type { Directory } from '#protocol/directory'
import { nextVersion } from '#protocol/draft'
import type { Handling, Mark } from '#protocol/handling'
import { take } from '#protocol/pointer'
import type { RecordDraft } from '#protocol/record'
import { captionFor } from '#protocol/record-kind'
import { audited } from '#store/audited'
import type { Change, Dispatch, RecordPut } from '#store/change'
import type { RecordView } from '#store/reader'
import type { RecordRow } from '#store/tables'
import { purposeOf, redistribute } from '#wire/distribute'

/** One of the two records of a merge: as the person sees it, whole, and who holds it. */
export interface Side {
  readonly view: RecordView<Subject>
  readonly whole: RecordRow
  readonly expected: number
  readonly holders: readonly string[]
  readonly grants: readonly Grant[]
}

interface Merging extends Work {
  readonly directory: Directory
  readonly reason: string
}

/**
 * A person has decided that two subjects of ours are one: the kept one gets what the other says, as a new version for all its
 * holders; the other is suspended, and points at the kept one.
 */
export function mergeSubjects(
  kept: Side,
  other: Side,
  { caller, now, directory, reason }: Merging,
): { change: Change; id: MergeRow['id'] } {
  for (const side of [kept, other]) checkChange(side.view, side.expected, { caller, now })
  checkAlike(kept, other)
  const merged = mergeBodies(wholeOf(kept), wholeOf(other))
  const key = newKey()
  const keptDraft = nextVersion(kept.whole, { now, body: merged.body, marks: merged.marks })
  const otherDraft = nextVersion(other.whole, { now, ...pointAt(contentsOf(other), wholeOf(kept), key) })
  const id = newId('mrg', now.getTime())
  const work = { caller, now, directory }
  const told = `Merged into ${kept.view.id}: ${reason}`
  return {
    id,
    change: {
      records: [putOf(keptDraft), putOf(otherDraft)],
      states: [{ id: other.view.id, state: 'suspended' }],
      rows: [
        {
          op: 'insert',
          table: 'merges',
          values: {
            id,
            kept: kept.view.id,
            other: other.view.id,
            kept_version: keptDraft.version,
            other_version: otherDraft.version,
            brought: merged.brought as unknown as Json,
            dropped: merged.dropped as unknown as Json,
            pointer: `/body/relations/${key}`,
            state: 'merged',
            reason,
            merged_by: caller.actor.person?.id ?? null,
            merged_at: now,
          },
        },
        ...settle([kept.view.id, other.view.id], {
          state: 'merged',
          reason,
          decided_by: caller.actor.person?.id ?? null,
          decided_at: now,
        }),
      ],
      send: [
        ...sendOf(keptDraft, kept, work),
        ...sendOf(otherDraft, other, work),
        ...other.holders.map(
          (to): Dispatch => ({
            to,
            purpose: purposeOf(other.view.handling, caller.purpose),
            content: { kind: 'recall', id: other.view.id, state: 'suspended', reason: told },
          }),
        ),
      ],
      audit: [
        audited('combine', caller, {
          object: keptDraft,
          reason,
          details: { other: other.view.id, otherVersion: other.view.version, merge: id },
        }),
        audited('change', caller, { object: otherDraft, reason: told, details: { state: 'suspended' } }),
      ],
      touched: [{ type: 'merge', id }],
    },
  }
}

/** Takes a merge back: both records as they were, as new versions. What was changed in them since stays changed. */
export function undoMerge(
  merge: MergeRow,
  { kept, other }: { kept: Side; other: Side },
  { caller, now, directory, reason }: Merging,
): Change {
  if (merge.state !== 'merged')
    throw fault('subjects/merge-undone', 'This merge was taken back before.', { details: { merge: merge.id } })
  for (const side of [kept, other]) checkChange(side.view, side.expected, { caller, now })
  const keptDraft = nextVersion(kept.whole, { now, ...unmergeBody(contentsOf(kept), merge) })
  const otherDraft = nextVersion(other.whole, { now, ...without(contentsOf(other), merge.pointer) })
  const work = { caller, now, directory }
  return {
    records: [putOf(keptDraft), putOf(otherDraft)],
    rows: [
      {
        op: 'update',
        table: 'merges',
        where: { id: merge.id, state: 'merged' },
        values: { state: 'undone', undo_reason: reason, undone_by: caller.actor.person?.id ?? null, undone_at: now },
        expect: 1,
      },
      // Whoever takes a merge back says that they are two: it is not suggested again until one of them changes.
      ...settle([kept.view.id, other.view.id], {
        state: 'dismissed',
        reason,
        decided_by: caller.actor.person?.id ?? null,
        decided_at: now,
        ...versionsOf(keptDraft, otherDraft),
      }),
    ],
    send: [...sendOf(keptDraft, kept, work), ...sendOf(otherDraft, other, work)],
    audit: [
      audited('change', caller, { object: keptDraft, reason, details: { merge: merge.id, undone: true } }),
      audited('change', caller, { object: otherDraft, reason, details: { merge: merge.id, undone: true } }),
    ],
    touched: [{ type: 'merge', id: merge.id }],
  }
}

function checkAlike(kept: Side, other: Side): void {
  if (kept.view.id === other.view.id || kept.view.body.schema !== other.view.body.schema)
    throw fault('subjects/not-alike', 'Two different records of the same kind can be merged.', {
      details: { kept: kept.view.body.schema, other: other.view.body.schema },
    })
  for (const side of [kept, other])
    if (side.view.state !== 'active')
      throw fault('subjects/not-alike', `The record ${side.view.id} is ${side.view.state}.`, { rule: 'state' })
  const red = [kept, other].some(
    ({ whole }) => whole.handling.tlp === 'RED' || Object.values(whole.marks).some((it) => it.tlp === 'RED'),
  )
  const readers = (side: Side) => [...side.whole.readers].sort().join()
  if (red && readers(kept) !== readers(other))
    throw fault(
      'subjects/merge-readers',
      'What is TLP:RED is for its named readers, and the two records name different ones. A supervisor can name the same for both.',
      { rule: 'TLP 2.0: RED' },
    )
}

function wholeOf({ whole }: Side): Whole {
  const { id, version, handling, body, marks } = whole
  return { id, version, handling: handling as Handling, body: body as unknown as Subject, marks }
}

function contentsOf({ whole }: Side): { body: Subject; marks: Readonly<Record<string, Mark>> } {
  return { body: whole.body as unknown as Subject, marks: whole.marks }
}

function without({ body, marks }: ReturnType<typeof contentsOf>, pointer: string): ReturnType<typeof contentsOf> {
  const { [pointer]: _, ...rest } = marks
  const taken = take(body as never, pointer.slice('/body'.length))
  return { body: (taken?.rest ?? body) as unknown as Subject, marks: rest }
}

function putOf(record: RecordDraft): RecordPut {
  return { record, caption: captionFor(subjectKind, record.body, record.marks) }
}

function sendOf(
  draft: RecordDraft,
  { holders, grants }: Side,
  { caller, now, directory }: Work & { directory: Directory },
): Dispatch[] {
  const purpose = purposeOf(draft.handling, caller.purpose)
  return redistribute(draft, { members: holders, purpose, directory, now, grants })
}

/** Closes the suggestion of this pair, when there is one. */
function settle(ids: readonly [string, string], values: Readonly<Record<string, Json | Date>>) {
  const [a, b] = [...ids].sort()
  return [{ op: 'update', table: 'merge_suggestions', where: { a: a!, b: b! }, values } as const]
}

function versionsOf(one: RecordDraft, two: RecordDraft) {
  const [a, b] = [one, two].sort((x, y) => (x.id < y.id ? -1 : 1))
  return { a_version: a!.version, b_version: b!.version }
}
