import type { Json } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { findMember } from '#protocol/directory'
import { type OpenedEnvelope, openSeal, SealedEnvelope, verifyEnvelope } from '#protocol/envelope'
import { fault as protocolFault } from '#protocol/faults'
import type { Identity } from '#protocol/identity'
import { renewReceipt, signerOf } from '#protocol/receipt'
import type { Verified } from '#protocol/verified'
import type { Store } from '#store/store'
import { applyEnvelope, type Turn } from '#wire/apply-envelope'
import type { Answer } from '#wire/carrier'
import { fault } from '#wire/faults'
import { checkOrder, type Position, readPosition } from '#wire/inbox-order'
import type { Receivers } from '#wire/receiver'
import { refuse } from '#wire/refuse-envelope'

export interface InboxOptions {
  readonly store: Store
  readonly identity: Identity
  readonly receivers: Receivers
  /** What is no Fault is a bug or a lost database: the peer is told to come again, and this hears of it. */
  readonly onFailure?: (cause: unknown) => void
}

export interface Inbox {
  /** Takes a batch from one sender and answers each envelope, in order. Never throws for what a peer sent. */
  accept(envelopes: readonly unknown[]): Promise<Answer[]>
  /** Resolves when no batch is under way. */
  idle(): Promise<void>
}

const evidenceLimit = 65_536

/**
 * Verify, decide, apply, answer. One batch of a sender at a time, so that order holds; a bad envelope gets its own code and is
 * kept as evidence, and its neighbours go on.
 */
export function openInbox(options: InboxOptions): Inbox {
  const turns = new Map<string, Promise<unknown>>()

  return {
    accept(envelopes) {
      const senders = [...new Set(envelopes.map(senderOf))]
      const before = Promise.all(senders.map((it) => turns.get(it)))
      const turn = before.then(() => acceptBatch(envelopes, options))
      const settled = turn.then(ignore, ignore)
      for (const sender of senders) {
        turns.set(sender, settled)
        void settled.then(() => turns.get(sender) === settled && turns.delete(sender))
      }
      return turn
    },
    async idle() {
      while (turns.size > 0) await Promise.all(turns.values())
    },
  }
}

function ignore(): void {}

function senderOf(item: unknown): string {
  const { data } = SealedEnvelope.pick({ from: true }).loose().safeParse(item)
  return data?.from ?? ''
}

async function acceptBatch(items: readonly unknown[], options: InboxOptions): Promise<Answer[]> {
  const positions = new Map<string, Position>()
  const underWay = new Set<string>()
  const taken = new Map<string, Promise<Answer>>()
  const answers: Promise<Answer>[] = []
  let last: Turn = { submitted: Promise.resolve(), answered: Promise.resolve(undefined) }
  for (const item of items) {
    const parsed = SealedEnvelope.safeParse(item)
    if (!parsed.success) {
      answers.push(
        refuse(
          { from: '', hash: '' },
          JSON.stringify(item).slice(0, evidenceLimit),
          protocolFault('envelope/malformed', 'The routing data is not that of an envelope.'),
          options,
        ),
      )
      continue
    }
    const route = parsed.data
    let evidence = JSON.stringify(route).slice(0, evidenceLimit)
    let position = positions.get(route.from)
    if (position === undefined) {
      position = await readPosition(options.store, route.from)
      positions.set(route.from, position)
    }
    try {
      const known = taken.get(`${route.from} ${route.hash}`) ?? (await answerAgain(route, options))
      if (known !== undefined) {
        answers.push(Promise.resolve(known))
        continue
      }
      const opened = await open(route, options)
      evidence = opened.signed
      await checkOrder(opened, position, options.store)
      // What touches a record that an earlier envelope of this batch is still writing waits until it is written.
      const touched = [...idsIn(opened.content as Json)]
      if (touched.some((it) => underWay.has(it))) {
        await Promise.all(answers)
        underWay.clear()
      }
      for (const id of touched) underWay.add(id)
      position.sequence = opened.sequence
      position.hash = opened.hash
      const turn = applyEnvelope(opened, last, options)
      last = turn
      const answered = (turn.answered as Promise<Answer>).catch((cause) => fail(route, cause, options))
      taken.set(`${route.from} ${route.hash}`, answered)
      answers.push(answered)
    } catch (cause) {
      answers.push(
        isFault(cause) ? refuse(route, evidence, cause, options) : Promise.resolve(fail(route, cause, options)),
      )
    }
  }
  return Promise.all(answers)
}

/** The same envelope again, because our answer was lost: the same receipt again. */
async function answerAgain(
  { from, hash }: SealedEnvelope,
  { store, identity }: InboxOptions,
): Promise<Answer | undefined> {
  const row = await store.db
    .selectFrom('inbox')
    .select('receipt')
    .where('hash', '=', hash)
    .where('sender', '=', from)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const kid = signerOf(row.receipt)
  const key = findMember(identity.directory(), identity.me).keys.find((it) => it.kid === kid)
  if (key !== undefined && key.revokedAt === undefined) return { hash, receipt: row.receipt }
  return { hash, receipt: await renewReceipt(row.receipt, { key: identity.signingKey(), at: store.clock.now() }) }
}

async function open(route: SealedEnvelope, { store, identity }: InboxOptions): Promise<Verified<OpenedEnvelope>> {
  const directory = identity.directory()
  if (route.from === identity.me) throw protocolFault('envelope/wrong-sender', 'This node sends nothing to itself.')
  if (!directory.members.some((it) => it.id === route.from)) {
    throw protocolFault('envelope/stranger', `${route.from} is not a member of ${directory.federation}.`, {
      rule: 'protocol point 1',
    })
  }
  const peer = await store.db
    .selectFrom('peers')
    .select('suspended')
    .where('member', '=', route.from)
    .executeTakeFirst()
  if (peer?.suspended) throw fault('wire/suspended', `${route.from} is suspended here: ${peer.suspended}`)
  const signed = await openSeal(route.sealed, identity.sealingKeys())
  return verifyEnvelope(signed, route, { me: identity.me, directory, now: store.clock.now() })
}

function* idsIn(value: Json): Generator<string> {
  if (typeof value === 'string') {
    if (value.startsWith('rec_')) yield value
  } else if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) yield* idsIn(inner)
  }
}

/** Not the envelope's fault: it stays where it is in the sender's outbox, and those before it are answered. */
function fail({ hash }: SealedEnvelope, cause: unknown, { onFailure }: InboxOptions): Answer {
  onFailure?.(cause)
  return {
    hash,
    problem: { code: 'wire/failed', message: 'This node could not take the envelope now. Send it again.' },
  }
}
