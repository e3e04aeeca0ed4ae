import { isFault } from '#kernel/fault'
import { findMember } from '#protocol/directory'
import { type SealedEnvelope, sealEnvelope } from '#protocol/envelope'
import type { Identity } from '#protocol/identity'
import type { Audited } from '#store/change'
import { noteContact, recipientsDue, type SealedRow, sealNext } from '#store/outbox'
import type { Store } from '#store/store'
import type { Carrier } from '#wire/carrier'
import { type RetryPolicy, retryDelay } from '#wire/retry'
import { PeerProblem, type Settled, settleAnswers } from '#wire/settle-answers'
import { signRows } from '#wire/sign-row'
import { type Turnstile, turnstile } from '#wire/turnstile'

export interface DeliverOptions {
  readonly store: Store
  readonly identity: Identity
  readonly carrier: Carrier
  readonly retry?: RetryPolicy
  readonly onProblem?: (problem: { member: string; code: string; message: string; failures: number }) => void
}

export interface Delivery extends AsyncDisposable {
  /** Something is due for these members, or they are back: try now instead of waiting out the pause. */
  wake(members: Iterable<string>): void
  /** Resolves when nothing is under way; what waits for a silent peer still waits. */
  idle(): Promise<void>
}

const batchLimit = 100
const lookAgainMilliseconds = 1_000
/** A third of what a peer takes in one request. */
const batchLimitBytes = 11_000_000

/**
 * One loop for each recipient, so that a dead one never delays another: seal, send, record the receipts while there is more,
 * and after a failure a pause that doubles. Nothing is dropped: a row leaves the outbox only by a signed receipt.
 */
export function startDelivery(options: DeliverOptions): Delivery {
  const { store } = options
  const loops = new Map<string, { wake: () => void; running: Promise<void> }>()
  const stop = new AbortController()
  const sealing = turnstile()

  function wake(members: Iterable<string>): void {
    if (stop.signal.aborted) return
    for (const member of members) {
      const loop = loops.get(member)
      if (loop !== undefined) loop.wake()
      else startLoop(member)
    }
  }

  function startLoop(member: string): void {
    let again = false
    let cutPause = () => {
      again = true
    }
    const run = async () => {
      let failures = 0
      let noted: string | undefined
      for (;;) {
        again = false
        const outcome = await deliverRows(member, { sealing, stop: stop.signal }, options).catch((cause: unknown) => ({
          failure: cause,
        }))
        if (stop.signal.aborted) return
        if (outcome === 'empty' && !again) return
        if (typeof outcome === 'string') {
          failures = 0
          noted = undefined
          continue
        }
        failures++
        noted = await report(member, outcome.failure, { failures, noted, ...options })
        await new Promise<void>((resume) => {
          const timer = setTimeout(resume, retryDelay(failures, options.retry))
          timer.unref()
          cutPause = () => {
            clearTimeout(timer)
            resume()
          }
        })
        if (stop.signal.aborted) return
        cutPause = () => {
          again = true
        }
      }
    }
    const running = run().finally(() => loops.delete(member))
    loops.set(member, { wake: () => cutPause(), running })
  }

  const unlisten = store.onCommit(({ recipients }) => wake(recipients))
  const wakeDue = (): Promise<void> =>
    recipientsDue(store).then(wake, () => {
      if (!stop.signal.aborted) setTimeout(wakeDue, lookAgainMilliseconds).unref()
    })
  void wakeDue()

  return {
    wake,
    async idle() {
      await Promise.all([...loops.values()].map((it) => it.running))
    },
    async [Symbol.asyncDispose]() {
      unlisten()
      stop.abort()
      for (const it of loops.values()) it.wake()
      await Promise.all([...loops.values()].map((it) => it.running))
    },
  }
}

/** Keeps what is wrong now where people see it, and says which that was. */
async function report(
  member: string,
  cause: unknown,
  { store, onProblem, failures, noted }: DeliverOptions & { failures: number; noted: string | undefined },
): Promise<string> {
  const code = isFault(cause) || cause instanceof PeerProblem ? cause.code : 'wire/failed'
  const message = cause instanceof Error ? cause.message : String(cause)
  onProblem?.({ member, code, message, failures })
  // When it is our own database that is away, there is nowhere to note it; the loop itself goes on.
  if (code !== noted)
    await noteContact(store, member, code).catch(({ message: lost }: Error) =>
      onProblem?.({ member, code: 'store/unavailable', message: lost, failures }),
    )
  return code
}

/**
 * Sends what waits for a member until nothing is left. While the member works on one batch, the next is sealed and the receipts
 * of the one before are checked and written, so that neither side waits for the other.
 */
async function deliverRows(
  member: string,
  { sealing, stop }: { sealing: Turnstile; stop: AbortSignal },
  options: DeliverOptions,
): Promise<Settled | 'empty'> {
  const { store, identity, carrier } = options
  let before: Promise<Settled> = Promise.resolve('more')
  let batch = await sealBatch(member, { after: 0, sealing }, options)
  while (batch.rows.length > 0 && !stop.aborted) {
    const [answer, next, settled] = await allOf([
      carrier.send(findMember(identity.directory(), member), batch.envelopes),
      sealBatch(member, { after: batch.rows.at(-1)!.sequence, sealing }, options),
      before,
    ])
    if (settled !== 'more') return settled
    before = settleAnswers(member, batch.rows, answer, { store, identity })
    if (answer.answers.some((it) => 'problem' in it)) return before
    batch = next
  }
  const settled = await before
  if (settled !== 'more') return settled
  return (await recipientsDue(store)).includes(member) ? 'more' : 'empty'
}

/** Like `Promise.all`, but nothing is under way any more when it throws. */
async function allOf<Values extends readonly unknown[]>(promises: { [At in keyof Values]: Promise<Values[At]> }) {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

async function sealBatch(
  member: string,
  { after, sealing }: { after: number; sealing: Turnstile },
  { store, identity }: DeliverOptions,
): Promise<{ rows: readonly SealedRow[]; envelopes: SealedEnvelope[] }> {
  const refusals: Audited[] = []
  const sign = signRows(store, identity, refusals)
  const rows = withinBytes(await sealing(() => sealNext(store, member, { after, limit: batchLimit, sign })))
  if (refusals.length > 0) await store.commit({ audit: refusals })
  const directory = identity.directory()
  const now = store.clock.now()
  const route = { from: identity.me, to: member }
  const envelopes = await Promise.all(
    rows.map(({ signed, sequence }) => sealEnvelope(signed, { ...route, sequence }, { directory, now })),
  )
  return { rows, envelopes }
}

/** As many as fit into one request, and one at least; the rest goes next. A seal makes a text a third longer, and then some. */
function withinBytes(rows: readonly SealedRow[]): readonly SealedRow[] {
  let bytes = 0
  const over = rows.findIndex((it, at) => {
    bytes += it.signed.length * 1.5
    return at > 0 && bytes > batchLimitBytes
  })
  return over === -1 ? rows : rows.slice(0, over)
}
