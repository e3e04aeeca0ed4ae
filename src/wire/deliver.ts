import { addTime } from '#kernel/clock'
import { isFault } from '#kernel/fault'
import { currentKey, findMember } from '#protocol/directory'
import { hashOfSigned, sealEnvelope, signEnvelope } from '#protocol/envelope'
import type { Identity } from '#protocol/identity'
import { type ProvenReceipt, verifyReceipt } from '#protocol/receipt'
import type { Verified } from '#protocol/verified'
import type { Audited } from '#store/change'
import {
  noteContact,
  type OutboxRow,
  recipientsDue,
  resealFrom,
  type SealedRow,
  type Sealing,
  sealNext,
} from '#store/outbox'
import type { Store } from '#store/store'
import type { BatchAnswer, Carrier } from '#wire/carrier'
import { composeContent } from '#wire/compose-content'
import { type RetryPolicy, retryDelay } from '#wire/retry'

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
/** An envelope that nobody fetched within this time is opened no more; its row stays open for a person to see. */
const envelopeLifetime = [365, 'days'] as const

/**
 * One loop for each recipient, so that a dead one never delays another: seal, send, record the receipts, again while there is
 * more, and after a failure a pause that doubles. Nothing is dropped: a row leaves the outbox only by a signed receipt.
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
        const outcome = await deliverBatch(member, sealing, options).catch((cause: unknown) => ({ failure: cause }))
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

async function deliverBatch(
  member: string,
  sealing: Turnstile,
  { store, identity, carrier }: DeliverOptions,
): Promise<'empty' | 'more' | { failure: unknown }> {
  const rows = await sealing(() => sealNext(store, member, { limit: batchLimit, sign: signRow(store, identity) }))
  if (rows.length === 0) {
    return (await recipientsDue(store)).includes(member) ? 'more' : 'empty'
  }
  const directory = identity.directory()
  const now = store.clock.now()
  const batch = withinBytes(rows)
  const envelopes = await Promise.all(
    batch.map((it) =>
      sealEnvelope(it.signed, { from: identity.me, to: member, sequence: it.sequence }, { directory, now }),
    ),
  )
  const answer = await carrier.send(findMember(directory, member), envelopes)
  return settle(member, batch, answer, { store, identity })
}

type Turnstile = <T>(work: () => Promise<T>) => Promise<T>

/**
 * One sealing at a time: each holds a connection while it reads through another, so as many at once as there are connections
 * would wait for each other for ever. Sealing is work of the processor, and sending, which waits, goes on side by side.
 */
function turnstile(): Turnstile {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
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

async function settle(
  member: string,
  rows: readonly SealedRow[],
  { answers }: BatchAnswer,
  { store, identity }: Pick<DeliverOptions, 'store' | 'identity'>,
) {
  const sent = new Set(rows.map((it) => it.hash))
  const receipts: Verified<ProvenReceipt>[] = []
  let problem: { code: string; message: string; expected?: number | undefined } | undefined
  for (const answer of answers) {
    if ('problem' in answer) {
      problem ??= answer.problem
      continue
    }
    try {
      const directory = identity.directory()
      const receipt = await verifyReceipt(answer.receipt, { issuer: member, me: identity.me, directory })
      if (sent.has(receipt.envelope)) receipts.push(receipt)
    } catch (cause) {
      if (!isFault(cause)) throw cause
      problem ??= { code: cause.code, message: cause.message } // a false receipt takes nothing from the true ones beside it
    }
  }
  if (receipts.length > 0) {
    await store.commit({ receipts, audit: receipts.flatMap((it) => auditOf(it, identity.me)) })
    await noteContact(store, member, null)
  }
  if (
    problem?.code === 'envelope/gap' &&
    problem.expected !== undefined &&
    (await resealFrom(store, member, problem.expected)) > 0
  )
    return 'more'
  if (problem !== undefined) return { failure: new PeerProblem(problem.code, problem.message) }
  return receipts.length === rows.length
    ? 'more'
    : { failure: new PeerProblem('wire/bad-answer', 'Some envelopes went unanswered.') }
}

/** A recipient's refusal or erasure is an event of the record's life; a plain acceptance stands in the delivery ledger. */
function auditOf(receipt: ProvenReceipt, me: string): Audited[] {
  if (receipt.status === 'accepted') return []
  return [
    {
      act: receipt.status === 'erased' ? 'erase' : 'refuse',
      outcome: receipt.status === 'erased' ? 'permitted' : 'refused',
      actor: { member: receipt.issuer, via: 'peer' },
      purpose: null,
      reference: null,
      object:
        receipt.record === null ? null : { type: 'record', id: receipt.record.id, version: receipt.record.version },
      owner: me,
      recipient: receipt.issuer,
      rule: receipt.rule,
      reason: receipt.code,
      details: {},
    },
  ]
}

class PeerProblem extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

function signRow(store: Store, identity: Identity) {
  return async (row: OutboxRow, place: { sequence: number; previous: string | null }): Promise<Sealing> => {
    const directory = identity.directory()
    const composed = await composeContent(store, row.content, { to: row.recipient, purpose: row.purpose, directory })
    if ('refused' in composed) return composed
    const now = store.clock.now()
    currentKey(directory, { member: row.recipient, use: 'seal', at: now })
    const issuedAt = now.toISOString()
    const signed = await signEnvelope(
      {
        from: identity.me,
        to: row.recipient,
        sequence: place.sequence,
        previous: place.previous,
        issuedAt,
        expiresAt: addTime(issuedAt, ...envelopeLifetime),
        purpose: row.purpose,
        content: JSON.parse(JSON.stringify(composed.content)),
      },
      identity.signingKey(),
    )
    return { signed, hash: hashOfSigned(signed) }
  }
}
