import { z } from 'zod'
import { mayKnowOf } from '#capabilities/screening/batch-rules'
import { type BatchRecord, readBatch } from '#capabilities/screening/batch-store'
import { found } from '#http/shapes'
import type { Caller } from '#store/reader'
import type { Store } from '#store/store'

export const BatchParams = z.object({ id: z.string().regex(/^bat_[0-9a-f]{32}$/) })

/** The batch, or the one answer for what is not there and what is another person's. */
export async function known(store: Store, id: string, caller: Caller): Promise<BatchRecord> {
  const batch = await readBatch(store, id)
  return found(batch !== undefined && mayKnowOf(batch, caller) ? batch : undefined)
}
