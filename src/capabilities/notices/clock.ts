import { clock } from '#capabilities/notices/rule-data'
import { eventRow, type NoticeRow, tables } from '#capabilities/notices/store'
import type { Services } from '#http/services'
import { addTime, type TimeUnit } from '#kernel/clock'
import type { Change } from '#store/change'

const everyMilliseconds = 60_000
const batchLimit = 200

/**
 * A notice ends by itself at its date, and before that its issuer is asked whether it is still needed (RPD 49 to 51). That it has
 * ended is true at that instant, whether the clock has passed by or not: this only notes it.
 */
export async function turnClock({ store }: Pick<Services, 'store'>): Promise<number> {
  const now = store.clock.now()
  const { amount, unit } = clock('notices.renewal')
  const soon = addTime(now, amount, unit as TimeUnit)
  const [over, ending] = await Promise.all([
    tables(store)
      .selectFrom('notices')
      .selectAll()
      .where('place', 'in', ['published', 'suspended'])
      .where('expires_at', '<=', now.toISOString())
      .limit(batchLimit)
      .execute(),
    tables(store)
      .selectFrom('notices')
      .selectAll()
      .where('place', '=', 'published')
      .where('role', '=', 'issuer')
      .where('due_rule', 'is', null)
      .where('expires_at', '<=', soon)
      .where('expires_at', '>', now.toISOString())
      .limit(batchLimit)
      .execute(),
  ])
  if (over.length + ending.length === 0) return 0
  await store.commit(noted({ over, ending, me: store.me, now }))
  return over.length + ending.length
}

interface Noted {
  readonly over: readonly NoticeRow[]
  readonly ending: readonly NoticeRow[]
  readonly me: string
  readonly now: Date
}

export function noted({ over, ending, me, now }: Noted): Change {
  return {
    audit: [],
    rows: [
      ...over.flatMap(
        (it) =>
          [
            {
              op: 'update',
              table: 'notices',
              where: { id: it.id, place: it.place },
              values: { place: 'expired', due_at: null, due_rule: null, updated_at: now },
            },
            eventRow({ notice: it.id, at: now, what: 'expired', member: me }),
          ] as const,
      ),
      ...ending.map(
        (it) =>
          ({
            op: 'update',
            table: 'notices',
            where: { id: it.id, place: it.place },
            values: { due_at: it.expires_at, due_rule: 'notices.renewal', updated_at: now },
          }) as const,
      ),
    ],
    touched: [...over, ...ending].map((it) => ({ type: 'notice', id: it.id })),
  }
}

export function startNoticeClock(services: Services): AsyncDisposable {
  let running: Promise<unknown> = Promise.resolve()
  const round = () => {
    running = turnClock(services).catch((cause: unknown) =>
      services.log.error({ err: cause }, 'notices that ended could not be noted'),
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
