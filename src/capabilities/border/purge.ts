import { runsOut } from '#capabilities/border/clocks'
import { messageTables } from '#capabilities/border/message-store'
import { alertCompanionsKind } from '#capabilities/border/record'
import { asJson, tables } from '#capabilities/border/store'
import type { Services } from '#http/services'
import type { Change, RowWrite } from '#store/change'
import type { Store } from '#store/store'

const everyMilliseconds = 600_000
const batchLimit = 200

/**
 * Removes what is past its clock: checks, passengers for whom nothing waits, possible matches, companions, exceptions. How much
 * is logged, never what. Returns the number.
 */
export async function purgeBorder({ store, log }: Pick<Services, 'store' | 'log'>): Promise<number> {
  let removed = 0
  for (const read of [pastChecks, pastMessages, pastCandidates, pastCompanions, pastExceptions]) {
    for (;;) {
      const { change, count } = await read(store)
      if (count > 0) await store.commit(change)
      removed += count
      if (count < batchLimit) break
    }
  }
  if (removed > 0) log.info({ removed }, 'what the border desk kept for a while was removed')
  return removed
}

interface Past {
  readonly change: Change
  readonly count: number
}

const rowsOf = (rows: readonly RowWrite[]): Past => ({ change: { rows, audit: [] }, count: rows.length })

async function pastChecks(store: Store): Promise<Past> {
  const rows = await tables(store)
    .selectFrom('border_checks')
    .select('id')
    .where('expires_at', '<=', store.clock.now())
    .limit(batchLimit)
    .execute()
  return rowsOf(rows.map(({ id }) => ({ op: 'delete', table: 'border_checks', where: { id } })))
}

/** Of a message stays what was counted, and who has a declared document or is put before a person. */
async function pastMessages(store: Store): Promise<Past> {
  const now = store.clock.now()
  const rows = await messageTables(store)
    .selectFrom('border_messages')
    .select(['id', 'passengers'])
    .where('purged_at', 'is', null)
    .where('expires_at', '<=', now)
    .limit(batchLimit)
    .execute()
  const waiting = await tables(store)
    .selectFrom('border_candidates')
    .select(['source_id', 'passenger'])
    .where((eb) => eb('source_id', '=', eb.fn.any(eb.val(rows.map((it) => it.id)))))
    .execute()
  const kept = new Set(waiting.map((it) => `${it.source_id} ${it.passenger}`))
  return rowsOf(
    rows.map(({ id, passengers }) => ({
      op: 'update',
      table: 'border_messages',
      where: { id },
      values: {
        passengers: asJson(passengers.filter((it) => it.declared.length > 0 || kept.has(`${id} ${it.place}`))),
        matches: asJson([]),
        purged_at: now,
      },
    })),
  )
}

/** On whom nobody decided in time lapses; what was decided goes with its own clock. */
async function pastCandidates(store: Store): Promise<Past> {
  const now = store.clock.now()
  const rows = await tables(store)
    .selectFrom('border_candidates')
    .select(['id', 'state'])
    .where('expires_at', '<=', now)
    .limit(batchLimit)
    .execute()
  const { change, count } = rowsOf(
    rows.map(
      ({ id, state }): RowWrite =>
        state === 'open'
          ? {
              op: 'update',
              table: 'border_candidates',
              where: { id, state },
              values: {
                state: 'lapsed',
                presented: asJson({ names: [], birthDate: null, birthDates: [], nationalities: [], documents: [] }),
                features: asJson([]),
                expires_at: runsOut('desk.candidate-decided', now),
              },
            }
          : { op: 'delete', table: 'border_candidates', where: { id } },
    ),
  )
  return { change: { ...change, touched: rows.map(({ id }) => ({ type: 'border-candidate', id })) }, count }
}

/** Companions are no subjects: what a return said of them is erased, here and, by its own clock, at the other office. */
async function pastCompanions(store: Store): Promise<Past> {
  const rows = await store.db
    .selectFrom('records')
    .select('id')
    .where('type', '=', alertCompanionsKind.type)
    .where('state', '!=', 'erased')
    .where('expires_at', '<=', store.clock.now().toISOString())
    .limit(batchLimit)
    .execute()
  return { change: { states: rows.map(({ id }) => ({ id, state: 'erased' as const })), audit: [] }, count: rows.length }
}

async function pastExceptions(store: Store): Promise<Past> {
  const rows = await tables(store)
    .selectFrom('border_exceptions')
    .select(['alert', 'key'])
    .where('expires_at', '<=', store.clock.now())
    .limit(batchLimit)
    .execute()
  return rowsOf(rows.map((where) => ({ op: 'delete', table: 'border_exceptions', where: { ...where } })))
}

/** Removes at once and then every ten minutes. A round that fails is tried again by the next one. */
export function startPurge(services: Services): AsyncDisposable {
  let running: Promise<unknown> = Promise.resolve()
  const round = () => {
    running = purgeBorder(services).catch((cause: unknown) =>
      services.log.error({ err: cause }, 'what the border desk kept for a while could not be removed'),
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
