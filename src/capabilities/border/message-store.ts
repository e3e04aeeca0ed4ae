import type { Passenger } from '#capabilities/border/manifest'
import type { Place } from '#capabilities/border/record'
import type { CandidateRow, HitRow, Match } from '#capabilities/border/store'
import type { ReportLanguage } from '#formats/travel/carrier-report'
import type { AnsweredList } from '#formats/travel/cusres-write'
import type { AlertAction } from '#http/travellers'
import type { RecordId } from '#kernel/ids'
import type { Store } from '#store/store'

/** A passenger as a message's page shows it; nothing of it leaves the node. */
export interface KeptPassenger extends Passenger {
  /** What the carrier left out that looking somebody up needs. */
  readonly missing: readonly ('name' | 'birth-date' | 'document')[]
  readonly declared: readonly { readonly number: string; readonly status: string; readonly owner: string }[]
}

export interface MessageSummary {
  readonly where: Place
  readonly carrier: string
  readonly flights: readonly string[]
  /** Everybody that was read is kept or incomplete: the two are all there is. */
  readonly counts: {
    readonly read: number
    readonly kept: number
    readonly incomplete: number
    readonly met: number
    readonly declared: number
  }
  readonly findings: { readonly errors: number; readonly warnings: number; readonly notes: number }
}

export interface MessageRow {
  id: string
  name: string
  kind: 'paxlst' | 'pnrgov'
  desk: string
  by: string
  summary: MessageSummary
  /** The report to the carrier, as text. */
  report: { readonly text: string; readonly language?: ReportLanguage }
  passengers: KeptPassenger[]
  matches: Match[]
  /** What an answer takes from each list, and how many of the passengers are of it; none when the message asks for no answer. */
  lists: KeptList[]
  at: Date
  expires_at: Date
  purged_at: Date | null
}

export type KeptList = Omit<AnsweredList, 'people'> & { readonly count: number }

/** What a person of this office had told to the carrier about somebody whom an alert fits. */
export interface ToldRow {
  hit: RecordId
  alert: RecordId
  message: string
  passenger: number
  answer: string
  note: string
  by: string | null
  at: Date
}

export function messageTables(store: Store) {
  return store.db.withTables<{ border_messages: MessageRow; border_carrier_answers: ToldRow }>()
}

export function readMessage(store: Store, id: string): Promise<MessageRow | undefined> {
  return messageTables(store).selectFrom('border_messages').selectAll().where('id', '=', id).executeTakeFirst()
}

export type ListedMessage = Omit<MessageRow, 'passengers' | 'matches' | 'report' | 'lists'>

export function readMessages(
  store: Store,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<ListedMessage[]> {
  return messageTables(store)
    .selectFrom('border_messages')
    .select(['id', 'name', 'kind', 'desk', 'by', 'summary', 'at', 'expires_at', 'purged_at'])
    .$if(after !== undefined, (query) => query.where('id', '<', after as string))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function readTold(store: Store, hit: string): Promise<ToldRow | undefined> {
  return messageTables(store)
    .selectFrom('border_carrier_answers')
    .selectAll()
    .where('hit', '=', hit as RecordId)
    .executeTakeFirst()
}

/** What is told, with how the hit stands and what the law permits on the alert. */
export interface ToldOf extends ToldRow {
  readonly state: HitRow['state']
  readonly discreet: boolean
  readonly permitted: AlertAction
}

export async function readAllTold(store: Store, message: string): Promise<ToldOf[]> {
  const rows = await store.db
    .withTables<{ border_carrier_answers: ToldRow; border_hits: HitRow; border_candidates: CandidateRow }>()
    .selectFrom('border_carrier_answers as told')
    .innerJoin('border_hits as met', 'met.id', 'told.hit')
    .innerJoin('border_candidates as candidate', 'candidate.hit', 'told.hit')
    .selectAll('told')
    .select(['met.state', 'met.discreet as wasDiscreet', 'candidate.discreet as isDiscreet', 'candidate.action'])
    .where('told.message', '=', message)
    .execute()
  return rows.map(({ wasDiscreet, isDiscreet, action, ...it }) => ({
    ...it,
    discreet: wasDiscreet || isDiscreet,
    permitted: action.permitted,
  }))
}
