import { exceptionKeys } from '#capabilities/border/presented'
import type { Affected } from '#capabilities/border/redress-rules'
import { tables } from '#capabilities/border/store'
import type { RecordId } from '#kernel/ids'
import type { Store } from '#store/store'

/** What waits or was reported at this node of the same documents against the same alert. */
export async function readAffected(store: Store, alert: RecordId, exceptions: readonly string[]): Promise<Affected> {
  const keys = new Set(exceptions)
  const [candidates, hits] = await Promise.all([
    tables(store)
      .selectFrom('border_candidates')
      .select(['id', 'presented'])
      .where('alert', '=', alert)
      .where('state', '=', 'open')
      .execute(),
    tables(store)
      .selectFrom('border_hits')
      .select(['id', 'keys'])
      .where('about', '=', alert)
      .where('state', 'not in', ['withdrawn', 'false'])
      .execute(),
  ])
  return {
    candidates: candidates
      .filter((it) => exceptionKeys(alert, it.presented).some((key) => keys.has(key)))
      .map((it) => it.id),
    hits: hits.filter((it) => it.keys.some((key) => keys.has(key))).map((it) => it.id),
  }
}
