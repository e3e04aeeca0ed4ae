import { sql } from 'kysely'
import type { Store } from '#store/store'

/** What peers sent and this node refused, kept as evidence. */
export interface Refused {
  readonly sender: string
  readonly code: string
  readonly reason: string
  /** The signed text, or the routing data of what could not be opened. */
  readonly evidence: string
  /** The envelope's; null for what had none. */
  readonly hash: string | null
  /** Whether a signature proves the sender: else anybody may have sent it in that name. */
  readonly proven: boolean
  /** The record that the evidence is a copy of: it goes when that record is erased. */
  readonly record?: string | null
}

/** A stranger can make as many different envelopes as it likes: beyond about this many in a day they are counted only. */
const unprovenPerDay = 200

/** True when the item was kept; false when the same was kept before, or when it was one too many and counted. */
export async function keepInQuarantine(store: Store, item: Refused): Promise<boolean> {
  const { sender, code, reason, evidence, hash, proven, record = null } = item
  const { rows } = await sql<{ kept: boolean }>`
    with room as (
      select ${proven} or count(*) < ${unprovenPerDay} as is_left from quarantine where not proven and at > now() - interval '1 day'
    ), kept as (
      insert into quarantine (sender, code, reason, evidence, hash, proven, record_id)
      select ${sender}, ${code}, ${reason}, ${evidence}, ${hash}, ${proven}, ${record} from room where is_left
      on conflict do nothing returning 1
    ), counted as (
      insert into unkept (day, code, count) select current_date, ${code}, 1 from room where not is_left
      on conflict (day, code) do update set count = unkept.count + 1
    )
    select exists (select from kept) as kept`.execute(store.db)
  return rows[0]?.kept ?? false
}
