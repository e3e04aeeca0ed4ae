import type { Json } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { findMember } from '#protocol/directory'
import { hashOfSigned, type OpenedEnvelope, openSeal, SealedEnvelope, verifyEnvelope } from '#protocol/envelope'
import { fault as protocolFault } from '#protocol/faults'
import type { Identity } from '#protocol/identity'
import { renewReceipt, signerOf } from '#protocol/receipt'
import type { Verified } from '#protocol/verified'
import type { Store } from '#store/store'
import { applyEnvelope, type Turn } from '#wire/apply-envelope'
import type { Answer } from '#wire/carrier'
import { fault } from '#wire/faults'
import { checkOrder, type Known, type Position, readKnown } from '#wire/inbox-order'
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

const From = SealedEnvelope.pick({ from: true }).loose()

function senderOf(item: unknown): string {
  return From.safeParse(item).data?.from ?? ''
}

async function acceptBatch(items: readonly unknown[], options: InboxOptions): Promise<Answer[]> {
  const routes = items.map((it) => SealedEnvelope.safeParse(it).data)
  const known = await readKnown(
    options.store,
    routes.filter((it) => it !== undefined),
  )
  const openings = openAll(routes, known, options)
  const underWay = new Set<string>()
  const taken = new Map<string, Promise<Answer>>()
  const answers: Promise<Answer>[] = []
  let last: Turn = { submitted: Promise.resolve(), answered: Promise.resolve(undefined) }
  for (const [at, item] of items.entries()) {
    const route = routes[at]
    if (route === undefined) {
      answers.push(
        refuse(
          { from: '', hash: '' },
          { evidence: JSON.stringify(item).slice(0, evidenceLimit), proven: false },
          protocolFault('envelope/malformed', 'The routing data is not that of an envelope.'),
          options,
        ),
      )
      continue
    }
    const name = `${route.from} ${route.hash}`
    const position = known.positions.get(route.from)!
    let signed: string | undefined
    try {
      const before = taken.get(name) ?? (await answerAgain(route, known.receipts.get(name), options))
      if (before !== undefined) {
        answers.push(Promise.resolve(before))
        continue
      }
      const opened = await openings[at]!
      signed = opened.signed
      checkSuspension(route.from, position) // again: an envelope before this one may have shown a fork
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
      taken.set(name, answered)
      answers.push(answered)
    } catch (cause) {
      const evidence = {
        evidence: signed ?? JSON.stringify(route).slice(0, evidenceLimit),
        proven: signed !== undefined,
      }
      answers.push(
        isFault(cause) ? refuse(route, evidence, cause, options) : Promise.resolve(fail(route, cause, options)),
      )
    }
  }
  return Promise.all(answers)
}

/**
 * The same envelope again, because our answer was lost: the same receipt again. Names of sender and envelope are no proof; that
 * what is sealed opens to the signed text of that name is, since no other member ever had it. Throws `envelope/*`.
 */
async function answerAgain(
  { hash, sealed }: SealedEnvelope,
  receipt: string | undefined,
  { store, identity }: InboxOptions,
): Promise<Answer | undefined> {
  if (receipt === undefined) return undefined
  if (hashOfSigned(await openSeal(sealed, identity.sealingKeys())) !== hash)
    throw protocolFault('envelope/malformed', 'The sealed text is not the one that the routing data names.')
  const kid = signerOf(receipt)
  const key = findMember(identity.directory(), identity.me).keys.find((it) => it.kid === kid)
  if (key !== undefined && key.revokedAt === undefined) return { hash, receipt }
  return { hash, receipt: await renewReceipt(receipt, { key: identity.signingKey(), at: store.clock.now() }) }
}

/** Seals and signatures know of no order: those of a whole batch are opened side by side, and judged in their turn. */
function openAll(routes: readonly (SealedEnvelope | undefined)[], known: Known, options: InboxOptions) {
  return routes.map((route) => {
    if (route === undefined || known.receipts.has(`${route.from} ${route.hash}`)) return undefined
    const opening = open(route, known.positions.get(route.from)!, options)
    opening.catch(ignore)
    return opening
  })
}

async function open(
  route: SealedEnvelope,
  position: Position,
  { store, identity }: InboxOptions,
): Promise<Verified<OpenedEnvelope>> {
  const directory = identity.directory()
  if (route.from === identity.me) throw protocolFault('envelope/wrong-sender', 'This node sends nothing to itself.')
  if (!directory.members.some((it) => it.id === route.from)) {
    throw protocolFault('envelope/stranger', `${route.from} is not a member of ${directory.federation}.`, {
      rule: 'protocol point 1',
    })
  }
  checkSuspension(route.from, position)
  const signed = await openSeal(route.sealed, identity.sealingKeys())
  return verifyEnvelope(signed, route, { me: identity.me, directory, now: store.clock.now() })
}

function checkSuspension(sender: string, { suspended }: Position): void {
  if (suspended) throw fault('wire/suspended', `${sender} is suspended here: ${suspended}`)
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
