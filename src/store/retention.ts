import { sql } from 'kysely'
import type { Store } from '#store/store'

/** What the exchange keeps for a while only. Records have their own dates, which their owners set. */
const kept = {
  /** Answers to idempotent requests: nobody repeats one later. */
  replies: '1 day',
  /** Signed envelopes that were answered: a peer that lost its data asks for them again. */
  envelopes: '90 days',
  /** Evidence of what was refused; that it was, and why, stays. */
  evidence: '180 days',
} as const

const everyMilliseconds = 3_600_000

const cleanedAt = new WeakMap<Store, Date>()

/** When what is past its time was last removed, in this run of the node. */
export function lastCleaned(store: Store): Date | undefined {
  return cleanedAt.get(store)
}

/** Cleans at once and then every hour. */
export function startRetention(store: Store, onError: (cause: unknown) => void): AsyncDisposable {
  let cleaning: Promise<void> = Promise.resolve()
  const clean = () => {
    cleaning = removeOld(store).then(() => void cleanedAt.set(store, store.clock.now()), onError)
  }
  clean()
  const timer = setInterval(clean, everyMilliseconds)
  timer.unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await cleaning
    },
  }
}

export async function removeOld({ db }: Store): Promise<void> {
  await sql`delete from replies where at < now() - ${kept.replies}::interval`.execute(db)
  await sql`update outbox set signed = null
    where state = 'delivered' and signed is not null and answered_at < now() - ${kept.envelopes}::interval`.execute(db)
  await sql`update quarantine set evidence = '' where evidence <> '' and at < now() - ${kept.evidence}::interval`.execute(
    db,
  )
  await sql`delete from unkept where day < current_date - ${kept.evidence}::interval`.execute(db)
}
