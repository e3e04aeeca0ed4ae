import { type Role, roleAllows } from '#policy/roles'
import { type Audience, type EffectiveHandling, inAudience, type Party, type Purpose } from '#protocol/handling'

/**
 * The one decision: may this actor do this act with this record, for this purpose, now? The sender asks it before dispatch,
 * the recipient again before anyone sees a record, and both at every read, search, match, export and onward share. Pure.
 *
 * Monotone: a narrower handling never permits more (protocol point 3); the property tests hold it to that.
 */

export type Act =
  | 'collect'
  | 'view'
  | 'search'
  | 'match'
  | 'export'
  | 'change'
  | 'withdraw'
  | 'disclose'
  | 'receive'
  | 'onward'
  | 'grant'
  | 'assign'
  | 'adjudicate'
  | 'use-in-proceedings'

export type LifeState = 'active' | 'suspended' | 'withdrawn' | 'erased'

/** A person of this node, or, without `person`, the node itself: its matching, its delivery, its clocks. */
export interface Actor {
  readonly member: Party
  readonly person?: { readonly id: string; readonly roles: readonly Role[] }
}

export interface Subject {
  readonly owner: string
  readonly handling: EffectiveHandling
  readonly state: LifeState
  /** Persons for whose eyes and ears a RED record is; the owner's author and those whom a supervisor has named. */
  readonly readers?: readonly string[]
  /** Came from outside and waits for this node's own legal gate: for its reviewers alone, and for no use. */
  readonly held?: boolean
}

/** The originator's signed permission (protocol point 8), as far as the decision needs it. */
export interface Grant {
  readonly permits: 'onward' | 'use-in-proceedings'
  readonly holder: string
  readonly recipients: readonly string[]
  readonly purposes: readonly Purpose[]
  readonly expiresAt: string
}

export interface Circumstances {
  readonly now: Date
  readonly purpose?: Purpose | undefined
  /** The member to whom the record would go, or from whom it came. */
  readonly recipient?: Party
  readonly grants?: readonly Grant[]
}

export type RuleName =
  | 'role'
  | 'state'
  | 'held'
  | 'expiry'
  | 'purpose'
  | 'owner-only'
  | 'named-readers'
  | 'audience'
  | 'tlp'
  | 'onward'
  | 'H1'
  | 'H2'
  | 'basis'

export interface Reason {
  readonly rule: RuleName
  readonly text: string
}

export type Duty =
  | { readonly duty: 'observe-restriction'; readonly text: string }
  | { readonly duty: 'cite-owner'; readonly owner: string }
  | { readonly duty: 'do-not-act' }
  | { readonly duty: 'review-before'; readonly at: string }
  | { readonly duty: 'carry-grant' }

export type Decision =
  | { readonly permit: true; readonly duties: readonly Duty[] }
  | { readonly permit: false; readonly because: readonly Reason[] }

const ownerActs: ReadonlySet<Act> = new Set(['change', 'withdraw', 'disclose', 'grant'])
const bearsPurpose: ReadonlySet<Act> = new Set([
  'search',
  'match',
  'export',
  'disclose',
  'receive',
  'onward',
  'use-in-proceedings',
])
/** Protocol points 8 and 9: consent and adjudication are a person's, never a machine's alone. */
const personal: ReadonlySet<Act> = new Set(['grant', 'adjudicate', 'use-in-proceedings'])
const quietInSuspension: ReadonlySet<Act> = new Set([
  'view',
  'search',
  'change',
  'withdraw',
  'receive',
  'grant',
  'assign',
  'disclose',
])

export function decide(actor: Actor, act: Act, subject: Subject, circumstances: Circumstances): Decision {
  const because = [
    ...checkRole(actor, act),
    ...checkState(act, subject, actor),
    ...checkGate(actor, act, subject),
    ...checkExpiry(act, subject, { ...circumstances, member: actor.member }),
    ...checkPurpose(act, subject, circumstances),
    ...checkOwner(actor, act, subject),
    ...checkReaders(actor, act, subject),
    ...checkRecipient(actor, act, subject, circumstances),
    ...checkProceedings(actor, act, subject, circumstances),
  ]
  return because.length > 0
    ? { permit: false, because }
    : { permit: true, duties: dutiesOf(actor, act, subject, circumstances) }
}

function refuse(rule: RuleName, text: string): Reason[] {
  return [{ rule, text }]
}

function checkRole({ person }: Actor, act: Act): Reason[] {
  if (person === undefined)
    return personal.has(act) ? refuse('role', `Only a person may ${act}: no decision by machine alone.`) : []
  if (roleAllows(person.roles, act)) return []
  return refuse('role', `No role of this person allows to ${act}.`)
}

function checkState(act: Act, { state, owner }: Subject, { member }: Actor): Reason[] {
  if (state === 'erased') return refuse('state', 'The record was erased.')
  if (state === 'withdrawn' && !(act === 'view' && owner === member.id))
    return refuse('state', 'The record was withdrawn by its owner.')
  if (state === 'suspended' && !quietInSuspension.has(act))
    return refuse('state', 'The record is suspended: do not act on it.')
  return []
}

/** What waits for the legal gate is read by those who judge it, and serves nothing before. Its owner may take it back at any time. */
function checkGate({ person }: Actor, act: Act, { held }: Subject): Reason[] {
  if (!held || act === 'receive') return []
  if (act === 'view' && person?.roles.some((it) => it === 'legal' || it === 'supervisor')) return []
  return refuse('held', 'The record waits for the legal review of this node.')
}

/** After expiry the owner alone still reads it, to renew it or take it back. */
function checkExpiry(
  act: Act,
  { handling, owner }: Subject,
  { now, member }: Circumstances & Pick<Actor, 'member'>,
): Reason[] {
  if (handling.expiresAt > now.toISOString() || act === 'withdraw' || act === 'change') return []
  if (act === 'view' && owner === member.id) return []
  return refuse('expiry', `The record expired at ${handling.expiresAt}. Its owner can renew it with a new version.`)
}

function checkPurpose(act: Act, { handling }: Subject, { purpose }: Circumstances): Reason[] {
  if (!bearsPurpose.has(act)) return []
  if (purpose === undefined) return refuse('purpose', `To ${act}, name a purpose.`)
  if (handling.purposes.includes(purpose)) return []
  return refuse(
    'purpose',
    `The record may be used for ${handling.purposes.join(', ') || 'no purpose'}, not for ${purpose}.`,
  )
}

function checkOwner({ member }: Actor, act: Act, { owner }: Subject): Reason[] {
  if (!ownerActs.has(act) || member.id === owner) return []
  return refuse('owner-only', `Only ${owner}, who owns the record, may ${act} it.`)
}

/** TLP 2.0: RED is for the eyes and ears of individual recipients only. */
function checkReaders({ person }: Actor, act: Act, { handling, readers = [] }: Subject): Reason[] {
  if (person === undefined || handling.tlp !== 'RED' || act === 'collect' || readers.includes(person.id)) return []
  if (person.roles.includes('supervisor') && (act === 'view' || act === 'assign')) return []
  return refuse('named-readers', 'TLP:RED is for persons named as its readers. A supervisor can name one.')
}

function checkRecipient(actor: Actor, act: Act, subject: Subject, circumstances: Circumstances): Reason[] {
  const { recipient, grants = [] } = circumstances
  if (act === 'receive') return checkReceipt(actor, subject, circumstances)
  if (act !== 'disclose' && act !== 'onward') return []
  if (recipient === undefined) return refuse('audience', 'Name the member to whom the record would go.')
  if (subject.handling.basis.instrument === '' || subject.handling.basis.provision === '')
    return refuse('basis', 'A legal basis is missing.')
  if (act === 'onward' && recipient.id === subject.owner) return []
  const covering = grants.filter((it) => covers(it, recipient, circumstances))
  if (covering.some((it) => act === 'disclose' || it.holder === actor.member.id))
    return checkEach(ungrantable(subject.handling), subject.handling, recipient)
  return checkWithoutGrant(act, subject.handling, recipient)
}

function checkWithoutGrant(act: 'disclose' | 'onward', handling: EffectiveHandling, recipient: Party): Reason[] {
  return act === 'disclose' ? checkAudience(handling, recipient) : checkOnward(handling, recipient)
}

/** The audiences of marks and of further sources: a grant opens the record, never a field marked for fewer. */
function ungrantable({ audiences, audienceWithheld }: EffectiveHandling): readonly Audience[] {
  return audienceWithheld ? audiences : audiences.slice(1)
}

function covers(grant: Grant, recipient: Party, { now, purpose }: Circumstances): boolean {
  return (
    grant.permits === 'onward' &&
    grant.expiresAt > now.toISOString() &&
    grant.recipients.includes(recipient.id) &&
    (purpose === undefined || grant.purposes.includes(purpose))
  )
}

/** A recipient takes a record that names it, or that a grant of the originator brings; the envelope has named it already. */
function checkReceipt({ member }: Actor, { handling }: Subject, circumstances: Circumstances): Reason[] {
  const granted = circumstances.grants?.some((it) => covers(it, member, circumstances))
  return checkEach(granted ? ungrantable(handling) : handling.audiences, handling, member)
}

function checkAudience(handling: EffectiveHandling, recipient: Party): Reason[] {
  if (handling.audienceWithheld || handling.audiences.length === 0)
    return refuse('audience', 'The audience of the record was not disclosed to this member, who cannot enforce it.')
  return checkEach(handling.audiences, handling, recipient)
}

function checkEach(audiences: readonly Audience[], { tlp }: EffectiveHandling, party: Party): Reason[] {
  const ways = audiences.map((it) => inAudience(it, party))
  if (ways.includes(false)) return refuse('audience', `The audience of the record does not include ${party.id}.`)
  if (tlp === 'RED' && ways.includes('included'))
    return refuse('tlp', `TLP:RED goes only to members named one by one; ${party.id} is there by group or sector.`)
  return []
}

function checkOnward(handling: EffectiveHandling, recipient: Party): Reason[] {
  if (handling.codes.some((it) => it.code === 'H2')) {
    return refuse('H2', "H2: no dissemination without the originator's permission. Ask for it with an onward request.")
  }
  if (handling.onward === 'no') return refuse('onward', 'The originator allows no onward sharing.')
  if (handling.onward === 'ask')
    return refuse('onward', "Onward sharing needs the originator's grant. Ask for it with an onward request.")
  if (handling.tlp === 'RED' || handling.tlp === 'AMBER+STRICT')
    return refuse('tlp', `TLP:${handling.tlp} goes no further than its recipients (TLP 2.0).`)
  return checkAudience(handling, recipient)
}

function checkProceedings(actor: Actor, act: Act, subject: Subject, circumstances: Circumstances): Reason[] {
  const { now, purpose, grants = [] } = circumstances
  if (act !== 'use-in-proceedings' || actor.member.id === subject.owner) return []
  if (!subject.handling.codes.some((it) => it.code === 'H1')) return []
  const held = grants.some(
    (it) =>
      it.permits === 'use-in-proceedings' &&
      it.holder === actor.member.id &&
      it.expiresAt > now.toISOString() &&
      (purpose === undefined || it.purposes.includes(purpose)),
  )
  return held ? [] : refuse('H1', "H1: not in judicial proceedings without the originator's permission.")
}

function dutiesOf(actor: Actor, act: Act, subject: Subject, { recipient }: Circumstances): Duty[] {
  const { handling, owner, state } = subject
  const duties: Duty[] = []
  for (const it of handling.codes) if (it.code === 'H3') duties.push({ duty: 'observe-restriction', text: it.text })
  if (owner !== actor.member.id) duties.push({ duty: 'cite-owner', owner })
  if (state === 'suspended') duties.push({ duty: 'do-not-act' })
  if ((act === 'disclose' || act === 'onward') && recipient !== undefined && recipient.id !== owner)
    if (checkWithoutGrant(act, handling, recipient).length > 0) duties.push({ duty: 'carry-grant' })
  duties.push({ duty: 'review-before', at: handling.reviewAt })
  return duties
}
