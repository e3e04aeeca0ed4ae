import { type Fault, isFault } from '#kernel/fault'
import type { RecordId } from '#kernel/ids'
import { shorten } from '#kernel/text'
import type { OpenedEnvelope } from '#protocol/envelope'
import { fault as protocolFault } from '#protocol/faults'
import { type ReceiptStatus, signReceipt } from '#protocol/receipt'
import type { Verified } from '#protocol/verified'
import type { Change } from '#store/change'
import { fault as storeFault } from '#store/faults'
import { keepInQuarantine } from '#store/quarantine'
import type { Store } from '#store/store'
import { acceptHolderNotice, acceptRecall } from '#wire/accept-recall'
import { acceptRecord } from '#wire/accept-record'
import type { Answer } from '#wire/carrier'
import type { WireContent } from '#wire/content'
import { fault } from '#wire/faults'
import type { InboxOptions } from '#wire/inbox'
import { readContent, recordIn } from '#wire/read-content'
import type { Receivers, Receiving } from '#wire/receiver'
import { refusalEntry } from '#wire/refuse-envelope'

export interface Turn {
  /** Its commit is in the queue. */
  readonly submitted: Promise<void>
  readonly answered: Promise<Answer | undefined>
}

/** Applies one envelope after the one before it. Its own work runs beside that of its neighbours; the commits keep order. */
export function applyEnvelope(envelope: Verified<OpenedEnvelope>, before: Turn, options: InboxOptions): Turn {
  let submit = ignore
  const submitted = new Promise<void>((done) => {
    submit = done
  })
  const commit: CommitAnswer = async (change, { receipt, record }) => {
    const { from: sender, sequence, hash, signed } = envelope
    const received = { sender, sequence, hash, receipt, signed, record }
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

type CommitAnswer = (change: Change, answer: { receipt: string; record: RecordId | null }) => Promise<Answer>

async function applyOrReject(
  envelope: Verified<OpenedEnvelope>,
  commit: CommitAnswer,
  options: InboxOptions,
): Promise<Answer> {
  let content: WireContent | undefined
  try {
    content = readContent(envelope)
    const { kind } = content
    const record = recordIn(content)?.id ?? null
    const status = kind === 'recall' && content.state === 'withdrawn' ? 'erased' : 'accepted'
    const receipt = await receiptFor(envelope, { content, status }, options)
    const apply = async (it: WireContent) =>
      commit(await changeFor(it, { ...options, envelope }, options.receivers), { receipt, record })
    try {
      return await apply(content)
    } catch (problem) {
      if (kind !== 'record' || !isFault(problem, 'store/conflict')) throw problem
      return await apply(content) // the same version came by another route meanwhile: seen now
    }
  } catch (problem) {
    if (!isFault(problem) || isFault(problem, 'store/unavailable')) throw problem
    const cause = isFault(problem, 'store/conflict') ? await explainConflict(content, problem, options.store) : problem
    const receipt = await receiptFor(envelope, { content, status: 'rejected', because: cause }, options)
    const record = recordIn(content)?.id ?? null
    const audit = [refusalEntry(envelope.from, cause, options.identity.me, 'refuse')]
    const answer = await commit({ audit }, { receipt, record })
    const { from: sender, signed: evidence, hash } = envelope
    const { code, message: reason } = cause
    await keepInQuarantine(options.store, { sender, code, reason, evidence, hash, record, proven: true })
    return answer
  }
}

/** Why the record of an envelope does not fit what is held, in the words of the protocol. */
async function explainConflict(content: WireContent | undefined, conflict: Fault, store: Store): Promise<Fault> {
  if (content?.kind !== 'record') return conflict
  const { id, owner, type } = content.record.text
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
  { content, status, because }: { content: WireContent | undefined; status: ReceiptStatus; because?: Fault },
  { identity, store }: InboxOptions,
): Promise<string> {
  return signReceipt(
    {
      envelope: envelope.hash,
      issuer: identity.me,
      to: envelope.from,
      status,
      at: store.clock.now().toISOString(),
      record: recordIn(content),
      code: because?.code ?? null,
      rule: because === undefined ? null : shorten(because.rule ?? because.message, 300),
    },
    identity.signingKey(),
  )
}

function ignore(): void {}
