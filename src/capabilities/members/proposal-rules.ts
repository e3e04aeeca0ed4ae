import type { Proposal } from '#capabilities/members/proposal-store'
import { fault } from '#capabilities/members/rules'
import { hashOf } from '#kernel/canonical'
import type { Directory, DirectoryTrust, SignedDirectory } from '#protocol/directory'
import { signersOf } from '#protocol/directory'
import { thumbprint } from '#protocol/keys'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'

/**
 * A proposed directory is nothing but a text that waits for signatures (protocol point 1): the node keeps it, and who may put it in
 * force can do so once enough keepers of directory keys have signed. What makes it valid is who signed, never who is signed in here.
 */

export type ProposalState = 'open' | 'in-force' | 'overtaken' | 'withdrawn'

/** Overtaken: another directory of this version, or of a later one, is in force; it can never be put in force here. */
export function stateOf(
  { hash, version, withdrawn_at }: Pick<Proposal, 'hash' | 'version' | 'withdrawn_at'>,
  current: Directory,
): ProposalState {
  if (version === current.version && hash === hashOf(current)) return 'in-force'
  if (withdrawn_at !== null) return 'withdrawn'
  return version > current.version ? 'open' : 'overtaken'
}

export interface Person {
  readonly id: string | null
  readonly name: string | null
}

interface Doing {
  readonly caller: Caller
  readonly person: Person
  readonly now: Date
}

const rule = 'protocol point 1'
const objectOf = (hash: string, version: number) => ({ type: 'directory-proposal', id: hash, version })

export interface CheckedSignature {
  readonly kid: string
  readonly signature: string
}

/** Those of the signatures that pinned keys made over this document, one for each key. */
export async function checkSignatures(
  { document, signatures }: SignedDirectory,
  trust: DirectoryTrust,
): Promise<CheckedSignature[]> {
  const checked = new Map<string, CheckedSignature>()
  for (const signature of signatures) {
    const [kid] = await signersOf({ document, signatures: [signature] }, trust.keys)
    if (kid !== undefined && !checked.has(kid)) checked.set(kid, { kid, signature })
  }
  return [...checked.values()]
}

export async function pinnedKids({ keys }: DirectoryTrust): Promise<string[]> {
  return Promise.all(keys.map(thumbprint))
}

export function propose(
  document: Directory,
  {
    reason,
    signatures,
    current,
    ...doing
  }: Doing & { reason: string; signatures: readonly CheckedSignature[]; current: Directory },
): Change {
  const { caller, person, now } = doing
  if (document.version <= current.version)
    throw fault('proposals/not-newer', `Version ${current.version} is in force; a proposal has a later one.`, { rule })
  const hash = hashOf(document)
  const { version } = document
  return {
    rows: [
      {
        op: 'insert',
        table: 'directory_proposals',
        values: { hash, version, document: document as never, reason, by_id: person.id, by_name: person.name, at: now },
      },
      ...signatureRows(hash, signatures, doing),
    ],
    audit: [
      audited('administer', caller, { object: objectOf(hash, version), rule, reason, details: { act: 'propose' } }),
    ],
  }
}

/** Adds signatures that are new. Throws `proposals/closed`, and `proposals/foreign-key` when none is by a pinned key. */
export function sign(
  proposal: Proposal,
  signatures: readonly CheckedSignature[],
  { current, ...doing }: Doing & { current: Directory },
): Change {
  const { hash, version } = proposal
  checkOpen(proposal, current)
  if (signatures.length === 0)
    throw fault('proposals/foreign-key', 'No key that this node pins made this signature over this proposal.', { rule })
  const known = new Set(proposal.signatures.map((it) => it.kid))
  const fresh = signatures.filter((it) => !known.has(it.kid))
  return {
    rows: signatureRows(hash, fresh, doing),
    audit: fresh.map(({ kid }) =>
      audited('administer', doing.caller, { object: objectOf(hash, version), rule, details: { act: 'sign', kid } }),
    ),
  }
}

function signatureRows(
  hash: string,
  signatures: readonly CheckedSignature[],
  { person, now }: Omit<Doing, 'caller'>,
): RowWrite[] {
  return signatures.map(({ kid, signature }) => ({
    op: 'insert',
    table: 'directory_signatures',
    values: { hash, kid, signature, by_id: person.id, by_name: person.name, at: now },
    orIgnore: true,
  }))
}

export function withdraw(
  proposal: Proposal,
  { caller, now, reason, current }: Omit<Doing, 'person'> & { reason: string; current: Directory },
): Change {
  const { hash, version } = proposal
  checkOpen(proposal, current)
  return {
    rows: [
      {
        op: 'update',
        table: 'directory_proposals',
        where: { hash, withdrawn_at: null },
        values: { withdrawn_at: now, withdrawn_reason: reason },
        expect: 1,
      },
    ],
    audit: [
      audited('administer', caller, { object: objectOf(hash, version), rule, reason, details: { act: 'withdraw' } }),
    ],
  }
}

export function adopted({ hash, version }: Proposal, caller: Caller): Change {
  return {
    audit: [audited('administer', caller, { object: objectOf(hash, version), rule, details: { act: 'adopt' } })],
  }
}

export function checkOpen(proposal: Proposal, current: Directory): void {
  const state = stateOf(proposal, current)
  if (state !== 'open')
    throw fault('proposals/closed', `This proposal is ${state} and can no longer be changed.`, { rule })
}
