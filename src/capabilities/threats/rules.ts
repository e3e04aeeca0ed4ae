import { markable, type Threat, type ThreatInput, threatKind } from '#capabilities/threats/record'
import { defineFaults } from '#kernel/fault'
import type { RecordId } from '#kernel/ids'
import { decide, type Grant } from '#policy/decide'
import type { Directory } from '#protocol/directory'
import { firstVersion, keepWithheld, nextVersion } from '#protocol/draft'
import { effective, type Handling, type Mark } from '#protocol/handling'
import type { RecordDraft } from '#protocol/record'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import type { RecordRow } from '#store/tables'
import { purposeOf, redistribute, refuseLoosened } from '#wire/distribute'

export const faultKinds = {
  'threats/refused': 'forbidden',
  'threats/stale': 'conflict',
  'threats/closed': 'conflict',
  'threats/dates': 'invalid',
  'threats/valid-beyond-expiry': 'invalid',
  'threats/basis-missing': 'invalid',
  'threats/withheld-field': 'forbidden',
  'threats/mark-not-possible': 'invalid',
  'threats/not-a-subject': 'invalid',
} as const

export const fault = defineFaults(faultKinds)

export interface Input {
  readonly handling: Handling
  readonly body: ThreatInput
  readonly marks: Readonly<Record<string, Mark>>
}

export interface Work {
  readonly caller: Caller
  readonly now: Date
  /** What the threat is newly linked to, as the caller may see it. */
  readonly linked: readonly Pick<RecordView<object>, 'id' | 'type'>[]
}

export interface Changing {
  readonly caller: Caller
  readonly now: Date
  readonly holders: readonly string[]
  readonly directory: Directory
  readonly grants: readonly Grant[]
  /** The current version with all its fields, those too that this person may not see; absent when this one may not change it. */
  readonly whole: RecordRow | undefined
}

interface Recorded {
  readonly change: Change
  readonly id: RecordId
}

/** A warning of our own; sharing and recall are those of every record. */
export function recordThreat(input: Input, { caller, now, linked }: Work): Recorded {
  checkForm(input, now)
  checkLinked(linked)
  const draft = firstVersion({ kind: threatKind, owner: caller.actor.member.id, now, ...input })
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: threatKind.caption(input.body), readers: readersOf(input, caller) }],
      audit: [audited('collect', caller, { object: draft })],
    },
  }
}

/** A new version, to all who hold the warning. */
export function amendThreat(
  current: RecordView<Threat>,
  written: Input,
  { linked, expected, ...work }: Changing & Pick<Work, 'linked'> & { readonly expected: number },
): Change {
  const whole = toChange(current, work)
  if (current.version !== expected)
    throw fault(
      'threats/stale',
      `Version ${current.version} is current; you changed version ${expected}. Read it again and repeat the change.`,
      { details: { current: current.version } },
    )
  checkWithheld(whole, current, written)
  const input = { ...written, ...keepWithheld(whole, current, written) } as Input
  checkForm(input, work.now)
  checkLinked(linked)
  const draft = nextVersion(whole, { now: work.now, ...input })
  refuseLoosened(whole, draft, { members: work.holders, directory: work.directory })
  const readers = [...new Set([...current.readers, ...readersOf(input, work.caller)])]
  return publish(draft, { ...work, caption: threatKind.caption(input.body), readers })
}

/** The threat is over, or never was: a last version says so, with the reason, to all who hold the warning. */
export function closeThreat(current: RecordView<Threat>, { reason }: { reason: string }, work: Changing): Change {
  const whole = toChange(current, work)
  const body = { ...whole.body, closed: { at: work.now.toISOString(), reason } }
  return publish(nextVersion(whole, { now: work.now, body }), { ...work, caption: current.caption, reason })
}

/** Both ends hold a warning to this: it is not in force for longer than it may be kept. Throws `threats/valid-beyond-expiry`. */
export function checkValidity({ validUntil }: Pick<Threat, 'validUntil'>, { expiresAt }: { expiresAt: string }): void {
  if (validUntil > expiresAt)
    throw fault('threats/valid-beyond-expiry', `The warning is in force until ${validUntil}, after it expires.`, {
      rule: 'protocol point 3: review and expiry',
    })
}

function publish(
  draft: RecordDraft,
  work: Changing & { readonly caption: string; readonly readers?: readonly string[]; readonly reason?: string },
): Change {
  const { caller, now, directory, grants, holders, caption, readers = [], reason } = work
  const { purposes } = draft.handling
  const purpose = purposeOf(draft.handling, caller.purpose)
  // Under a purpose that the header does not allow nobody may have the version, and all holders would be asked to give it back.
  if (!purposes.includes(purpose))
    throw fault('threats/refused', `The warning may be used for ${purposes.join(', ')}, not for ${purpose}.`, {
      rule: 'purpose',
    })
  return {
    records: [{ record: draft, caption, readers }],
    send: redistribute(draft, { members: holders, purpose, directory, now, grants }),
    audit: [audited('change', caller, { object: draft, ...(reason === undefined ? {} : { reason }) })],
  }
}

function toChange(current: RecordView<Threat>, { caller, now, whole }: Changing): RecordRow {
  const { owner, handling, state, readers, body } = current
  const decision = decide(caller.actor, 'change', { owner, handling: effective(handling), state, readers }, { now })
  const because = decision.permit ? [] : decision.because
  if (because.length > 0 || whole === undefined)
    throw fault('threats/refused', because[0]?.text ?? 'The warning is not ours to change.', {
      rule: because[0]?.rule ?? 'owner-only',
    })
  if (body.closed !== undefined)
    throw fault('threats/closed', `The warning was closed at ${body.closed.at}. Record a new one.`)
  return whole
}

/** What this person writes where something lies that they may not see would replace it. */
function checkWithheld(whole: RecordRow, { marks }: RecordView<Threat>, { body }: Input): void {
  const given = markable.find((it) => {
    const pointer = `/body/${it}`
    return body[it] !== undefined && Object.hasOwn(whole.marks, pointer) && !Object.hasOwn(marks, pointer)
  })
  if (given !== undefined)
    throw fault('threats/withheld-field', `The field ${given} of this warning is for named readers: leave it out.`, {
      rule: 'named-readers',
    })
}

function checkForm({ handling, body, marks }: Input, now: Date): void {
  const at = now.toISOString()
  if (handling.expiresAt <= at || handling.reviewAt > handling.expiresAt || body.validUntil <= at)
    throw fault(
      'threats/dates',
      'A warning is in force until an instant in the future, and is reviewed before it expires.',
      { rule: 'protocol point 3: review and expiry' },
    )
  checkValidity(body, handling)
  if (body.basisForAssessment === undefined)
    throw fault('threats/basis-missing', 'A warning says on what its assessment is based.')
  const stray = Object.keys(marks).find(
    (pointer) => !markable.some((it) => pointer === `/body/${it}` && body[it] !== undefined),
  )
  if (stray !== undefined)
    throw fault('threats/mark-not-possible', `The mark ${stray} does not point at a field that can be kept back.`, {
      details: { pointer: stray, possible: markable.map((it) => `/body/${it}`) },
    })
}

function checkLinked(linked: Work['linked']): void {
  const other = linked.find((it) => it.type !== 'subject')
  if (other !== undefined)
    throw fault('threats/not-a-subject', `${other.id} is a ${other.type}: a warning links to subjects.`)
}

/** With a field for named readers alone, its author is the first of them. */
function readersOf({ handling, marks }: Input, { actor }: Caller): string[] {
  const red = handling.tlp === 'RED' || Object.values(marks).some((it) => it.tlp === 'RED')
  return red && actor.person !== undefined ? [actor.person.id] : []
}
