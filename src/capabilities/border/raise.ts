import { runsOut } from '#capabilities/border/clocks'
import { isReportedAtOnce } from '#capabilities/border/judge'
import { deskPurpose } from '#capabilities/border/look-up'
import { readMessage } from '#capabilities/border/message-store'
import type { Presented } from '#capabilities/border/presented'
import type { Place } from '#capabilities/border/record'
import { reportAlert } from '#capabilities/border/report'
import { asJson, type Match, readCheck } from '#capabilities/border/store'
import type { Services } from '#http/services'
import { partyOf } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Audited, Change, Dispatch, FeedItem, RecordPut, RowWrite } from '#store/change'
import { type Caller, openReader, type Reader } from '#store/reader'

interface Source {
  readonly kind: 'check' | 'message'
  readonly id: string
  readonly table: 'border_checks' | 'border_messages'
  readonly place: Place
  readonly matches: readonly Match[]
  readonly presented: (passenger: number) => Presented
}

interface Raised {
  readonly records: RecordPut[]
  readonly rows: RowWrite[]
  readonly send: Dispatch[]
  readonly touched: { type: string; id: string }[]
  readonly audit: Audited[]
}

/**
 * After a check or a message: possible matches are put before a person, and owners told of what they hear of at once. It runs
 * behind the desk's answer, which therefore takes as long for a traveller whom a discreet alert fits as for any other.
 */
export async function raiseMatches(items: readonly FeedItem[], services: Services): Promise<Change | undefined> {
  const raised: Raised = { records: [], rows: [], send: [], touched: [], audit: [] }
  const caller = nodeAtDesk(services)
  for (const { type, id } of items) {
    const source = await readSource(type, id, services)
    if (source === undefined || source.matches.length === 0) continue
    // A reader for each source: what it has read once it does not read again.
    const reader = openReader(services.store, caller)
    for (const match of source.matches) await raise(match, source, { services, reader, raised })
    raised.rows.push({ op: 'update', table: source.table, where: { id }, values: { matches: asJson([]) } })
  }
  return raised.rows.length === 0 ? undefined : raised
}

/** The node itself, at no desk in particular. */
function nodeAtDesk({ directories, identity }: Services): Caller {
  return { actor: { member: partyOf(directories.current(), identity.me) }, via: 'system', purpose: deskPurpose }
}

async function readSource(type: string, id: string, { store }: Services): Promise<Source | undefined> {
  if (type === 'border-check') {
    const row = await readCheck(store, id)
    if (row === undefined) return undefined
    return {
      kind: 'check',
      id,
      table: 'border_checks',
      place: row.place,
      matches: row.matches,
      presented: () => row.presented,
    }
  }
  if (type !== 'border-message') return undefined
  const row = await readMessage(store, id)
  if (row === undefined) return undefined
  const people = new Map(row.passengers.map((it) => [it.place, it.presented]))
  const presented = (passenger: number) => people.get(passenger)!
  return { kind: 'message', id, table: 'border_messages', place: row.summary.where, matches: row.matches, presented }
}

interface Raising {
  readonly services: Services
  readonly reader: Reader
  readonly raised: Raised
}

async function raise(match: Match, source: Source, { services, reader, raised }: Raising): Promise<void> {
  const now = services.store.clock.now()
  const presented = source.presented(match.passenger)
  const { asked, permitted, loweredBy } = match
  const candidate = {
    id: match.candidate,
    alert: match.alert,
    owner: match.owner,
    strength: match.strength,
    discreet: match.discreet,
    action: { asked, permitted, loweredBy },
    features: [...match.features],
    presented,
    place: source.place,
  }
  const atOnce = isReportedAtOnce({ ...match }, match.strength)
  const alert = atOnce ? await reader.record<object>(match.alert) : undefined
  const told =
    alert === undefined
      ? undefined
      : reportAlert(candidate, alert, { me: services.identity.me, now, compared: false, note: '', companions: 0 })
  if (told !== undefined) {
    raised.records.push(...told.change.records)
    raised.send.push(...told.change.send)
    raised.rows.push(...told.change.rows)
    raised.touched.push(...told.change.touched)
    raised.audit.push(
      audited('disclose', reader.caller, {
        object: alert!,
        recipient: match.owner,
        details: { strength: match.strength },
      }),
    )
  }
  raised.rows.push({
    op: 'insert',
    table: 'border_candidates',
    orIgnore: true,
    values: {
      id: candidate.id,
      source: source.kind,
      source_id: source.id,
      passenger: match.passenger,
      alert: match.alert,
      alert_version: match.version,
      owner: match.owner,
      type: match.type,
      caption: match.caption,
      strength: match.strength,
      discreet: match.discreet,
      action: asJson(candidate.action),
      sought: asJson(match.sought),
      features: asJson(match.features),
      presented: asJson(presented),
      place: asJson(source.place),
      state: told === undefined ? 'open' : 'reported',
      hit: told?.id ?? null,
      created_at: now,
      expires_at: runsOut(told === undefined ? 'desk.candidate-waiting' : 'desk.candidate-decided', now),
    },
  })
  raised.touched.push({ type: 'border-candidate', id: candidate.id })
}
