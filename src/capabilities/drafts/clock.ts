import { draftLimits } from '#capabilities/drafts/limits'
import { removeDrafts } from '#capabilities/drafts/rules'
import { readForgotten } from '#capabilities/drafts/store'
import type { Services } from '#http/services'
import { addTime } from '#kernel/clock'

const everyMilliseconds = 3_600_000
const batchLimit = 500

/**
 * Removes what its authors left lying for longer than the rule data says. How many is logged, never what. Returns the number.
 */
export async function removeForgotten({ store, log }: Pick<Services, 'store' | 'log'>): Promise<number> {
  const before = new Date(addTime(store.clock.now(), -draftLimits.keptDays.value, 'days'))
  let removed = 0
  for (;;) {
    const rows = await readForgotten(store, { before, limit: batchLimit })
    if (rows.length > 0) await store.commit(removeDrafts(rows))
    removed += rows.length
    if (rows.length < batchLimit) break
  }
  if (removed > 0) log.info({ drafts: removed }, 'drafts past their time were removed')
  return removed
}

/** Removes at once and then every hour. A round that fails is tried again by the next one. */
export async function startDraftClock(services: Services): Promise<AsyncDisposable> {
  let running: Promise<unknown> = Promise.resolve()
  const round = () => {
    running = removeForgotten(services).catch((cause: unknown) =>
      services.log.error({ err: cause }, 'drafts past their time could not be removed'),
    )
  }
  round()
  const timer = setInterval(round, everyMilliseconds).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await running
    },
  }
}
