import { isFault } from '#kernel/fault'
import type { Identity } from '#protocol/identity'
import { type ProvenReceipt, verifyReceipt } from '#protocol/receipt'
import type { Verified } from '#protocol/verified'
import type { Audited } from '#store/change'
import { noteContact, resealFrom, type SealedRow } from '#store/outbox'
import type { Store } from '#store/store'
import type { BatchAnswer } from '#wire/carrier'

/** What a peer said of our envelopes where it gave no receipt. */
export class PeerProblem extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

/** Go on, or what went wrong with this try. */
export type Settled = 'more' | { readonly failure: unknown }

/**
 * Takes the answers to a batch: receipts are verified and written, a gap makes the missing envelopes due again, and whatever is
 * left unanswered is a failure of this try.
 */
export async function settleAnswers(
  member: string,
  rows: readonly SealedRow[],
  { answers }: BatchAnswer,
  { store, identity }: { store: Store; identity: Identity },
): Promise<Settled> {
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
