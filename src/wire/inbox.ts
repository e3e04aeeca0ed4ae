import type { Json } from '#kernel/canonical'
import { type Fault, isFault } from '#kernel/fault'
import { shorten } from '#kernel/text'
import { findMember } from '#protocol/directory'
import { type OpenedEnvelope, openSeal, SealedEnvelope, verifyEnvelope } from '#protocol/envelope'
import { fault as protocolFault } from '#protocol/faults'
import type { Identity } from '#protocol/identity'
import { type ReceiptStatus, renewReceipt, signerOf, signReceipt } from '#protocol/receipt'
import type { Verified } from '#protocol/verified'
import type { Audited, Change } from '#store/change'
import { fault as storeFault } from '#store/faults'
import { keepInQuarantine, suspendPeer } from '#store/outbox'
import type { Store } from '#store/store'
import { acceptHolderNotice, acceptRecall } from '#wire/accept-recall'
import { acceptRecord } from '#wire/accept-record'
import type { Answer } from '#wire/carrier'
import { contentKinds, WireContent } from '#wire/content'
import { fault } from '#wire/faults'
import type { Receivers, Receiving } from '#wire/receiver'

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

interface Turn {
  /** Its commit is in the queue. */
  readonly submitted: Promise<void>
  readonly answered: Promise<Answer | undefined>
}

const evidenceLimit = 65_536

interface Position {
  sequence: number
  hash: string | null
}

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
      await checkOrder(opened, position, options)
      // What touches a record that an earlier envelope of this batch is still writing waits until it is written.
      const touched = [...idsIn(opened.content as Json)]
      if (touched.some((it) => underWay.has(it))) {
        await Promise.all(answers)
        underWay.clear()
      }
      for (const id of touched) underWay.add(id)
      position.sequence = opened.sequence
      position.hash = opened.hash
      const turn = apply(opened, last, options)
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

async function readPosition(store: Store, sender: string): Promise<Position> {
  const row = await store.db
    .selectFrom('peers')
    .select(['in_sequence', 'in_hash'])
    .where('member', '=', sender)
    .executeTakeFirst()
  return { sequence: row?.in_sequence ?? 0, hash: row?.in_hash ?? null }
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

async function checkOrder(
  envelope: Verified<OpenedEnvelope>,
  position: Position,
  { store }: InboxOptions,
): Promise<void> {
  const { from, sequence, previous } = envelope
  if (sequence > position.sequence + 1) {
    throw protocolFault('envelope/gap', `Envelope ${position.sequence + 1} is missing.`, {
      details: { expected: position.sequence + 1 },
    })
  }
  if (sequence <= position.sequence || previous !== position.hash) {
    const reason = `Two different envelopes claim sequence ${Math.min(sequence, position.sequence)}.`
    await suspendPeer(store, from, reason)
    const taken = await readTaken(store, from, Math.min(sequence, position.sequence))
    if (taken !== undefined) await keepInQuarantine(store, { sender: from, code: 'envelope/fork', reason, ...taken })
    throw protocolFault('envelope/fork', reason, { rule: 'protocol point 4: a fork suspends the peer' })
  }
}

/** The first of the two: as its sender signed it while it is the last one taken, later what our receipt says of it. */
async function readTaken(
  store: Store,
  sender: string,
  sequence: number,
): Promise<{ evidence: string; hash: string } | undefined> {
  const row = await store.db
    .selectFrom('inbox')
    .leftJoin('inbox_tips', (join) =>
      join.onRef('inbox_tips.sender', '=', 'inbox.sender').onRef('inbox_tips.sequence', '=', 'inbox.sequence'),
    )
    .select(['inbox.hash', 'inbox.receipt', 'inbox_tips.signed'])
    .where('inbox.sender', '=', sender)
    .where('inbox.sequence', '=', sequence)
    .executeTakeFirst()
  return row && { evidence: row.signed ?? row.receipt, hash: row.hash }
}

/** Applies one envelope after the one before it. Its own work runs beside that of its neighbours; the commits keep order. */
function apply(envelope: Verified<OpenedEnvelope>, before: Turn, options: InboxOptions): Turn {
  let submit = ignore
  const submitted = new Promise<void>((done) => {
    submit = done
  })
  const commit = async (change: Change, receipt: string): Promise<Answer> => {
    const { from: sender, sequence, hash, signed } = envelope
    const received = { sender, sequence, hash, receipt, signed }
    await before.submitted
    const written = options.store.commit({ ...change, received })
    submit()
    try {
      await written
    } catch (cause) {
      if (!isFault(cause, 'store/out-of-turn')) throw cause
      await before.answered
      await options.store.commit({ ...change, received })
    }
    return { hash, receipt }
  }
  const answered = applyOrReject(envelope, commit, options).finally(submit)
  answered.catch(ignore) // the batch awaits it in its turn
  return { submitted, answered }
}

async function applyOrReject(
  envelope: Verified<OpenedEnvelope>,
  commit: (change: Change, receipt: string) => Promise<Answer>,
  options: InboxOptions,
): Promise<Answer> {
  try {
    const content = readContent(envelope)
    const change = await changeFor(content, { ...options, envelope }, options.receivers)
    const erased = content.kind === 'recall' && content.state === 'withdrawn'
    return await commit(change, await receiptFor(envelope, { status: erased ? 'erased' : 'accepted' }, options))
  } catch (problem) {
    if (!isFault(problem) || isFault(problem, 'store/unavailable')) throw problem
    const cause = isFault(problem, 'store/conflict') ? await explainConflict(envelope, problem, options) : problem
    const receipt = await receiptFor(envelope, { status: 'rejected', because: cause }, options)
    const answer = await commit({ audit: [refusalEntry(envelope.from, cause, options.identity.me, 'refuse')] }, receipt)
    const { from: sender, signed: evidence, hash } = envelope
    await keepInQuarantine(options.store, { sender, code: cause.code, reason: cause.message, evidence, hash })
    return answer
  }
}

function readContent({ content }: OpenedEnvelope): WireContent {
  const parsed = WireContent.safeParse(content)
  if (parsed.success) return parsed.data
  const { kind } = content
  if (!contentKinds.has(kind)) throw fault('content/unknown', `Content of kind ${kind} is not known here.`)
  const issues = parsed.error.issues.map((it) => it.path.join('/'))
  const options = { rule: `form of ${issues[0]}`, details: { issues } }
  if (kind === 'record') throw protocolFault('record/malformed', 'This is not a signed record.', options)
  throw fault('content/malformed', `The ${kind} lacks a part, or has one too many.`, options)
}

/** Why the record of an envelope does not fit what is held, in the words of the protocol. */
async function explainConflict({ content }: OpenedEnvelope, conflict: Fault, { store }: InboxOptions): Promise<Fault> {
  const { data } = WireContent.safeParse(content)
  if (data?.kind !== 'record') return conflict
  const { id, owner, type } = data.record.text
  const row = await store.db
    .selectFrom('records')
    .select(['owner', 'type', 'state', 'version'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return conflict
  if (row.owner !== owner || row.type !== type)
    return protocolFault('record/foreign-owner', 'Another record has this id.', { rule: 'protocol point 2' })
  if (row.state === 'withdrawn' || row.state === 'erased')
    return storeFault('record/erased', `The record was ${row.state} here.`, { rule: 'protocol point 7' })
  return protocolFault('record/broken-chain', `This version does not follow version ${row.version}, which is held.`, {
    rule: 'protocol point 2',
  })
}

function changeFor(content: WireContent, receiving: Receiving, receivers: Receivers): Promise<Change> {
  switch (content.kind) {
    case 'record':
      return acceptRecord(content, receiving, receivers)
    case 'recall':
      return acceptRecall(content, receiving, receivers)
    case 'read':
    case 'onward':
      return acceptHolderNotice(content, receiving)
    default: {
      const receive = receivers.content(content.kind)
      if (receive === undefined) throw fault('content/unknown', `This node takes no ${content.kind}.`)
      return receive(content, receiving)
    }
  }
}

function receiptFor(
  envelope: OpenedEnvelope,
  { status, because }: { status: ReceiptStatus; because?: Fault },
  { identity, store }: InboxOptions,
): Promise<string> {
  const record = recordIn(envelope)
  return signReceipt(
    {
      envelope: envelope.hash,
      issuer: identity.me,
      to: envelope.from,
      status,
      at: store.clock.now().toISOString(),
      record,
      code: because?.code ?? null,
      rule: because === undefined ? null : shorten(because.rule ?? because.message, 300),
    },
    identity.signingKey(),
  )
}

function recordIn({ content }: OpenedEnvelope): { id: `rec_${string}`; version: number } | null {
  const parsed = WireContent.safeParse(content)
  if (!parsed.success) return null
  if (parsed.data.kind === 'record') return { id: parsed.data.record.text.id, version: parsed.data.record.text.version }
  return 'id' in parsed.data && 'version' in parsed.data ? { id: parsed.data.id, version: parsed.data.version } : null
}

function* idsIn(value: Json): Generator<string> {
  if (typeof value === 'string') {
    if (value.startsWith('rec_')) yield value
  } else if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) yield* idsIn(inner)
  }
}

async function refuse(
  { from, hash }: { from: string; hash: string },
  evidence: string,
  cause: Fault,
  { store, identity }: InboxOptions,
): Promise<Answer> {
  const { expected } = cause.details
  // A gap is asked for again and not an offence: it would otherwise fill the quarantine during any outage.
  if (cause.code !== 'envelope/gap') {
    const item = { sender: from, code: cause.code, reason: cause.message, evidence, hash: hash === '' ? null : hash }
    const fresh = await keepInQuarantine(store, item)
    if (fresh) await store.commit({ audit: [refusalEntry(from, cause, identity.me, 'quarantine')] })
  }
  return {
    hash,
    problem: { code: cause.code, message: cause.message, ...(typeof expected === 'number' ? { expected } : {}) },
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

function refusalEntry(sender: string, cause: Fault, me: string, act: 'refuse' | 'quarantine'): Audited {
  return {
    act,
    outcome: 'refused',
    actor: { member: sender === '' ? 'unknown' : sender, via: 'peer' },
    purpose: null,
    reference: null,
    object: null,
    owner: null,
    recipient: me,
    rule: cause.rule ?? null,
    reason: `${cause.code}: ${cause.message}`,
    details: {},
  }
}
