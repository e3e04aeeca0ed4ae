import { type Subject, subjectKind } from '#capabilities/subjects/record'
import { defineFaults } from '#kernel/fault'
import { decide } from '#policy/decide'
import type { Directory } from '#protocol/directory'
import { firstVersion, keepWithheld, nextVersion } from '#protocol/draft'
import { effective, type Handling, type Mark } from '#protocol/handling'
import { take } from '#protocol/pointer'
import { captionFor, isReadableWithout } from '#protocol/record-kind'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import type { RecordRow } from '#store/tables'
import { purposeOf, redistribute, refuseLoosened } from '#wire/distribute'

export const fault = defineFaults({
  'subjects/category-missing': 'invalid',
  'subjects/mark-without-field': 'invalid',
  'subjects/mark-not-possible': 'invalid',
  'subjects/review-after-expiry': 'invalid',
  'subjects/not-yours': 'forbidden',
  'subjects/stale': 'conflict',
  'subjects/not-alike': 'invalid',
  'subjects/no-other': 'invalid',
  'subjects/merge-handling': 'invalid',
  'subjects/merge-readers': 'forbidden',
  'subjects/merge-undone': 'conflict',
  'subjects/suggestion-closed': 'conflict',
  'subjects/no-version': 'missing',
  'subjects/pdf-failed': 'unavailable',
})

interface Input {
  readonly handling: Handling
  readonly body: Subject
  readonly marks: Readonly<Record<string, Mark>>
}

export interface Work {
  readonly caller: Caller
  readonly now: Date
}

export function recordSubject(input: Input, { caller, now }: Work): { change: Change; id: `rec_${string}` } {
  checkForm(input, now)
  const draft = firstVersion({ kind: subjectKind, owner: caller.actor.member.id, now, ...input })
  return {
    id: draft.id,
    change: {
      records: [
        { record: draft, caption: captionFor(subjectKind, input.body, input.marks), readers: readersOf(input, caller) },
      ],
      audit: [audited('collect', caller, { object: draft })],
    },
  }
}

interface Amending extends Work {
  readonly holders: readonly string[]
  readonly directory: Directory
  readonly expected: number
  /** The current version with all its fields, those too that this person may not see. */
  readonly whole: RecordRow
  readonly grants: Parameters<typeof redistribute>[1]['grants']
}

/** A new version of our own subject; every holder gets it, or, when it is no longer for them, is asked to give back the old. */
export function amendSubject(
  current: RecordView<Subject>,
  written: Input,
  { caller, now, holders, directory, expected, grants, whole }: Amending,
): Change {
  checkChange(current, expected, { caller, now })
  const input = { ...written, ...keepWithheld(whole, current, written) } as Input
  checkForm(input, now)
  const draft = nextVersion(whole, { now, ...input })
  refuseLoosened(whole, draft, { members: holders, directory })
  // Whoever first makes something RED is its first reader: else nobody here could read what they wrote.
  const readers = whole.readers.length === 0 ? readersOf(input, caller) : []
  return {
    records: [{ record: draft, caption: captionFor(subjectKind, input.body, input.marks), readers }],
    send: redistribute(draft, {
      members: holders,
      purpose: purposeOf(input.handling, caller.purpose),
      directory,
      now,
      grants: grants ?? [],
    }),
    audit: [audited('change', caller, { object: draft })],
  }
}

/** Whether this person may write the version after this one, and saw the newest. Throws `subjects/not-yours`, `subjects/stale`. */
export function checkChange(current: RecordView<Subject>, expected: number, { caller, now }: Work): void {
  const decision = decide(
    caller.actor,
    'change',
    { owner: current.owner, handling: effective(current.handling), state: current.state, readers: current.readers },
    { now },
  )
  if (!decision.permit)
    throw fault('subjects/not-yours', decision.because[0]!.text, { rule: decision.because[0]!.rule })
  if (current.version !== expected) {
    throw fault(
      'subjects/stale',
      `Version ${current.version} is current; you changed version ${expected}. Read it again and repeat the change.`,
      { details: { current: current.version } },
    )
  }
}

function checkForm({ handling, body, marks }: Input, now: Date): void {
  if (handling.category === 'none' && body.schema === 'Person') {
    throw fault(
      'subjects/category-missing',
      'A record about a person states the category of the data subject: suspect, witness, victim …',
      { rule: 'Directive (EU) 2016/680 article 6', details: { pointer: '/handling/category' } },
    )
  }
  if (handling.expiresAt <= now.toISOString() || handling.reviewAt > handling.expiresAt) {
    throw fault(
      'subjects/review-after-expiry',
      'The record expires in the future, and is reviewed before it expires.',
      {
        rule: 'protocol point 3: review and expiry',
        details: { pointer: handling.expiresAt <= now.toISOString() ? '/handling/expiresAt' : '/handling/reviewAt' },
      },
    )
  }
  for (const pointer of Object.keys(marks)) {
    if (take(body as never, pointer.slice('/body'.length)) === undefined) {
      throw fault('subjects/mark-without-field', `The mark ${pointer} points at no field.`, { details: { pointer } })
    }
  }
  if (!isReadableWithout(subjectKind, body, Object.keys(marks))) {
    throw fault(
      'subjects/mark-not-possible',
      'The marks leave nothing that could be read without the fields they are on. Mark single statements, and leave one.',
      { details: { pointers: Object.keys(marks) } },
    )
  }
}

function readersOf({ handling, marks }: Pick<Input, 'handling' | 'marks'>, { actor }: Caller): string[] {
  const red = handling.tlp === 'RED' || Object.values(marks).some((it) => it.tlp === 'RED')
  return red && actor.person !== undefined ? [actor.person.id] : []
}
