import { fault } from '#capabilities/sightings/faults'
import { formed, type Input } from '#capabilities/sightings/forming'
import { companionsPointer, markable, type Sighting, sightingKind } from '#capabilities/sightings/record'
import type { RecordId } from '#kernel/ids'
import { decide, type Grant } from '#policy/decide'
import { type FourEyesRule, rulesAsking } from '#policy/four-eyes'
import { type Directory, partyOf } from '#protocol/directory'
import { firstVersion, keepWithheld, nextVersion } from '#protocol/draft'
import { effective, type Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import type { RecordRow } from '#store/tables'
import { distribute, purposeOf, redistribute, refuseLoosened } from '#wire/distribute'

export type About = RecordView<{ readonly discreet?: boolean }>

interface Work {
  readonly caller: Caller
  readonly now: Date
  readonly directory: Directory
}

export interface Recording extends Work {
  /** Members beside the owner of the record that it is about. */
  readonly also: readonly string[]
  /** Of the record that it is about. */
  readonly grants: readonly Grant[]
}

export interface Recorded {
  readonly change: Change
  readonly id: RecordId
  readonly sent: readonly string[]
  /** Rules that ask for a second person: it is recorded, and shared from its own page. */
  readonly waits: readonly FourEyesRule[]
}

/** A sighting of our own. It goes at once to the owner of the record that it is about, and to whom the officer names. */
export function recordSighting(about: About, input: Input, { also, grants, ...work }: Recording): Recorded {
  const { caller, now, directory } = work
  const me = caller.actor.member.id
  checkAbout(about)
  const { handling: narrow, body, marks } = formed(input, { about, now })
  const members = [...new Set([about.owner, ...also])].filter((it) => it !== me)
  for (const it of members) if (it !== about.owner) checkMayLearn(about, it, { ...work, grants })
  const audience = { members, groups: [], sectors: [] }
  const waits = rulesAsking({
    act: 'share',
    handling: narrow,
    body,
    audience,
    marks,
    since: [],
    directory,
    owner: me,
    now,
  })
  const stays = members.length === 0 || waits.length > 0
  const handling = stays ? { ...narrow, audience: { members: [], groups: [], sectors: [] } } : { ...narrow, audience }
  const draft = firstVersion({ kind: sightingKind, owner: me, now, handling, body, marks })
  const purpose = usedFor(handling, caller)
  const { send } = stays ? { send: [] } : distribute(draft, { members, purpose, directory, now })
  return {
    id: draft.id,
    sent: send.map((it) => it.to),
    waits: members.length === 0 ? [] : waits,
    change: {
      records: [
        { record: draft, caption: sightingKind.caption(body), readers: readersOf({ ...input, marks }, caller) },
      ],
      send,
      audit: [
        audited('collect', caller, { object: draft, details: { about: about.id } }),
        ...send.map((it) => audited('disclose', caller, { object: draft, recipient: it.to })),
      ],
    },
  }
}

export interface Correcting extends Work {
  readonly expected: number
  readonly holders: readonly string[]
  readonly grants: readonly Grant[]
  /** The current version with all its fields; absent when this person may not change it. */
  readonly whole: RecordRow | undefined
  /** The record that it is about, where this person still sees it. */
  readonly about: About | undefined
}

/** A new version, to all who hold the sighting. What companions are kept for does not begin anew. */
export function correctSighting(
  current: RecordView<Sighting>,
  written: Input,
  { expected, holders, grants, whole: found, about, ...work }: Correcting,
): Change {
  const { caller, now, directory } = work
  const whole = toChange(current, { caller, now, whole: found })
  if (current.version !== expected)
    throw fault(
      'sightings/stale',
      `Version ${current.version} is current; you changed version ${expected}. Read it again and repeat the change.`,
      { details: { current: current.version } },
    )
  if (written.body.about !== current.body.about)
    throw fault('sightings/of-another', 'A sighting stays with its record: take it back and record another.')
  checkWithheld(whole, current, written)
  const limit = about ?? { ...current, owner: current.body.aboutOwner }
  const marked = whole.marks[companionsPointer]
  const formedOne = formed(
    { ...written, marks: marked === undefined ? written.marks : { ...written.marks, [companionsPointer]: marked } },
    { about: limit, now, kept: marked },
  )
  const kept = keepWithheld(whole, current, { body: formedOne.body, marks: formedOne.marks })
  const audience = (whole.handling as Handling).audience
  const draft = nextVersion(whole, { now, ...kept, handling: { ...formedOne.handling, audience } })
  refuseLoosened(whole, draft, { members: holders, directory })
  const readers = [...new Set([...current.readers, ...readersOf({ ...written, marks: kept.marks }, caller)])]
  return {
    records: [{ record: draft, caption: sightingKind.caption(formedOne.body), readers }],
    send: redistribute(draft, { members: holders, purpose: usedFor(draft.handling, caller), directory, now, grants }),
    audit: [audited('change', caller, { object: draft })],
  }
}

function checkAbout({ id, type, held }: About): void {
  if (type !== 'subject' && type !== 'notice')
    throw fault('sightings/not-a-subject', `${id} is a ${type}: a sighting is of a subject or a notice.`)
  if (held) throw fault('sightings/refused', 'The record waits for the legal review of this node.', { rule: 'held' })
}

/** A sighting tells its reader that there is the record: it goes where the record itself may go, and of a discreet one to its owner alone. */
function checkMayLearn(
  about: About,
  member: string,
  { caller, now, directory, grants }: Work & { grants: readonly Grant[] },
): void {
  if (about.body.discreet)
    throw fault('sightings/recipient', `The record is discreet: its sightings go to ${about.owner} alone.`, {
      rule: 'discreet',
    })
  const { owner, handling, state, readers } = about
  const act = owner === caller.actor.member.id ? 'disclose' : 'onward'
  const decision = decide(
    caller.actor,
    act,
    { owner, handling: effective(handling), state, readers },
    { now, purpose: purposeOf(handling, caller.purpose), recipient: partyOf(directory, member), grants },
  )
  if (!decision.permit)
    throw fault('sightings/recipient', `${member} may not learn of the record: ${decision.because[0]!.text}`, {
      rule: decision.because[0]!.rule,
    })
}

/** Under a purpose that the header does not allow nobody may have it. */
function usedFor(handling: Handling, caller: Caller) {
  const purpose = purposeOf(handling, caller.purpose)
  if (!handling.purposes.includes(purpose))
    throw fault(
      'sightings/purpose',
      `The sighting may be used for ${handling.purposes.join(', ')}, not for ${purpose}.`,
      {
        rule: 'purpose',
      },
    )
  return purpose
}

function toChange(
  { owner, handling, state, readers }: RecordView<Sighting>,
  { caller, now, whole }: Pick<Correcting, 'caller' | 'now' | 'whole'>,
): RecordRow {
  const decision = decide(caller.actor, 'change', { owner, handling: effective(handling), state, readers }, { now })
  const because = decision.permit ? [] : decision.because
  if (because.length > 0 || whole === undefined)
    throw fault('sightings/refused', because[0]?.text ?? 'The sighting is not ours to change.', {
      rule: because[0]?.rule ?? 'owner-only',
    })
  return whole
}

/** What this person writes where something lies that they may not see would replace it. */
function checkWithheld(whole: RecordRow, { marks }: RecordView<Sighting>, { body }: Input): void {
  const given = markable.find((it) => {
    const pointer = `/body/${it}`
    return body[it] !== undefined && Object.hasOwn(whole.marks, pointer) && !Object.hasOwn(marks, pointer)
  })
  if (given !== undefined)
    throw fault('sightings/withheld-field', `The field ${given} of this sighting is for named readers: leave it out.`, {
      rule: 'named-readers',
    })
}

/** With a field for named readers alone, its author is the first of them. */
function readersOf({ handling, marks }: Pick<Input, 'handling' | 'marks'>, { actor }: Caller): string[] {
  const red = handling.tlp === 'RED' || Object.values(marks).some((it) => it.tlp === 'RED')
  return red && actor.person !== undefined ? [actor.person.id] : []
}
