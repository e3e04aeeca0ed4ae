import { type AskNode, known, type Looking, newest, orNothing } from '#capabilities/exercise/asking'
import { abusiveCaption, discreetCaption, redCaption } from '#capabilities/exercise/notice-records'

/** What this office knows of the story of notices, read with the rights of whoever is signed in. */

export interface SeenNotice {
  readonly id: string
  readonly role: 'issuer' | 'reviewer' | 'holder'
  readonly place: string
  readonly version: number
  readonly inForce: boolean
  /** Whether the first of two reviewers has proposed what to decide. */
  readonly proposed: boolean
  readonly outcome: string | null
  readonly action: { readonly asked: string; readonly permitted: string; readonly loweredBy: string | null }
  /** What happened to it, in the names of the node. */
  readonly events: readonly string[]
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly updatedAt: string
}

export interface SeenAlertHit {
  readonly id: string
  readonly about: string
  readonly role: 'finder' | 'owner'
  readonly state: string
  readonly reportedAt: string
  readonly answeredAt: string | null
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly place: { readonly desk: string; readonly country: string | null }
}

export interface NoticesSeen {
  readonly tale: 'notices'
  readonly office: string
  /** The id of the red notice in this round of the story: the same at every office that ever had it. */
  readonly run: string | null
  readonly red: SeenNotice | null
  readonly discreet: SeenNotice | null
  readonly abusive: SeenNotice | null
  readonly hit: SeenAlertHit | null
  readonly discreetHit: SeenAlertHit | null
  /** Why Kenya's request was refused, as every state remembers it. */
  readonly remembered: { readonly reason: string; readonly at: string } | null
}

const nothing: Omit<NoticesSeen, 'office'> = {
  tale: 'notices',
  run: null,
  red: null,
  discreet: null,
  abusive: null,
  hit: null,
  discreetHit: null,
  remembered: null,
}

/** The notice that a step is about, and the hit on it. */
export function noticeOf({ id }: { readonly id: string }, seen: NoticesSeen) {
  if (id.includes('abuse') || id === 'memory') return { is: 'abusive', notice: seen.abusive, hit: null } as const
  if (id.includes('discreet') || id === 'counter' || id === 'told')
    return { is: 'discreet', notice: seen.discreet, hit: seen.discreetHit } as const
  return { is: 'red', notice: seen.red, hit: seen.hit } as const
}

interface Line {
  readonly id: string
  readonly caption: string
  readonly owner: string
}

type Whole = Omit<SeenNotice, 'proposed' | 'outcome' | 'events'> & {
  readonly proposedBy: string | null
  readonly decision: { readonly outcome: string } | null
  readonly events: readonly { readonly what: string }[]
}

export async function readNoticesSeen(ask: AskNode, { office, roles, run: wished }: Looking): Promise<NoticesSeen> {
  const finds = roles.some((it) => it === 'officer' || it === 'supervisor')
  if (!finds && !roles.includes('legal')) return { ...nothing, office, run: known(wished) }
  const [{ items: lines }, { items: hits }, { items: refusals }] = await Promise.all([
    ask<{ items: Line[] }>('/api/v1/notices?limit=200'),
    finds ? ask<{ items: SeenAlertHit[] }>('/api/v1/border/hits?limit=200') : { items: [] },
    ask<{ items: { reason: string; at: string }[] }>('/api/v1/notice-refusals?member=ke'),
  ])
  const idsOf = (owner: string, caption: string) =>
    lines.filter((it) => it.owner === owner && it.caption === caption).map((it) => it.id)
  const [reds, discreets, abuses] = [idsOf('fr', redCaption), idsOf('id', discreetCaption), idsOf('ke', abusiveCaption)]
  // What France ended is in no list of others; the hit that was reported about it still is, at its finder.
  const met = hits.filter((it) => office === 'ke' && it.role === 'finder' && !lines.some(({ id }) => id === it.about))
  const run = known(wished) ?? (wished === 'new' ? null : newest([...reds, ...met.map((it) => it.about)]))
  // The other notices of a round come after its red one, and before that of the next.
  const until = reds.filter((it) => run !== null && it > run).toSorted()[0] ?? 'z'
  const inRound = (ids: readonly string[]) =>
    wished === 'new' ? null : newest(ids.filter((it) => it > (run ?? '') && it < until))
  const read = (id: string | null) => (id === null ? null : readNotice(ask, id))
  const [red, discreet, abusive] = await Promise.all([read(run), read(inRound(discreets)), read(inRound(abuses))])
  const began = run === null ? '' : instantOf(run)
  return {
    tale: 'notices',
    office,
    run,
    red,
    discreet,
    abusive,
    hit: hits.find((it) => it.about === run) ?? null,
    discreetHit: hits.find((it) => it.about === discreet?.id) ?? null,
    remembered: wished === 'new' ? null : (refusals.find((it) => it.at > began) ?? null),
  }
}

async function readNotice(ask: AskNode, id: string): Promise<SeenNotice | null> {
  const whole = await orNothing(ask<Whole>(`/api/v1/notices/${id}`))
  if (whole === undefined) return null
  const { role, place, version, inForce, action, dueAt, dueRule, updatedAt, proposedBy, decision, events } = whole
  return {
    ...{ id, role, place, version, inForce, action, dueAt, dueRule, updatedAt },
    proposed: proposedBy !== null,
    outcome: decision?.outcome ?? null,
    events: events.map((it) => it.what),
  }
}

/** When an id was made: its first 48 bits are milliseconds (RFC 9562 section 5.7). */
const instantOf = (id: string) => new Date(Number.parseInt(id.slice(4, 16), 16)).toISOString()
