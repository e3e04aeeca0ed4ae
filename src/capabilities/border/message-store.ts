import type { Passenger } from '#capabilities/border/manifest'
import type { Place } from '#capabilities/border/record'
import type { Match } from '#capabilities/border/store'
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
  report: { readonly text: string }
  passengers: KeptPassenger[]
  matches: Match[]
  at: Date
  expires_at: Date
  purged_at: Date | null
}

export function messageTables(store: Store) {
  return store.db.withTables<{ border_messages: MessageRow }>()
}

export function readMessage(store: Store, id: string): Promise<MessageRow | undefined> {
  return messageTables(store).selectFrom('border_messages').selectAll().where('id', '=', id).executeTakeFirst()
}

export type ListedMessage = Omit<MessageRow, 'passengers' | 'matches' | 'report'>

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
