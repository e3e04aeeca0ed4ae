import { fault } from '#capabilities/audit/faults'
import { originOf, validKeys, verifierOf } from '#capabilities/audit/keys'
import type { CheckpointRow, WitnessState } from '#capabilities/audit/store'
import { fromHex, sha256, toHex } from '#kernel/bytes'
import { shorten } from '#kernel/text'
import { type Checkpoint, cosign, parseCheckpoint, verifyCheckpoint, withSignatures } from '#ledger/checkpoint'
import { emptyRoot, verifyConsistency } from '#ledger/merkle'
import { formatNote, formatSignatureLine, isSignedBy, type NoteSignature, type VerifierKey } from '#ledger/note'
import type { Directory } from '#protocol/directory'
import type { OwnKey } from '#protocol/keys'
import type { Change, RowWrite } from '#store/change'
import type { ContentOf } from '#wire/content'

/** Cosigning each other's checkpoints, after C2SP tlog-witness: nobody can show two histories to two peers. */

export const witnessCount = 3
export const askEverySeconds = 60
/** When a cosignature that should have followed has not come. */
const askAgainSeconds = 600
/** A witness that refuses is asked again once a day: each refusal is an audit entry on both sides. */
const askRefuserSeconds = 86_400

interface Exchange {
  readonly me: string
  /** The peer whose envelope brought the content. */
  readonly from: string
  readonly directory: Directory
  readonly now: Date
}

interface WitnessHead {
  readonly size: number
  readonly root: string
  readonly note: string
}

/**
 * The witness's side. Cosigns what continues the last checkpoint that it cosigned for this member. A proof that starts
 * elsewhere gets that last one back, so that the other can start there. Throws `witness/*`: the refusal is audited and the
 * envelope, which is the evidence of a second history, kept.
 */
export function witness(
  content: ContentOf<'checkpoint'>,
  head: WitnessHead | undefined,
  exchange: Exchange & { readonly key: OwnKey },
): Change {
  const { me, from, directory, now, key } = exchange
  const checkpoint = parseCheckpoint(content.note)
  if (checkpoint.origin !== originOf(directory, from))
    throw fault('witness/foreign-log', `${from} sent a checkpoint of the log ${shorten(checkpoint.origin, 100)}.`)
  const keys = validKeys(directory, from, now).map((it) => verifierOf(directory, it, 'log'))
  if (!verifyCheckpoint(checkpoint, keys).trusted)
    throw fault('witness/unsigned', `No valid key of ${from} signed the checkpoint.`, { rule: 'protocol point 10' })
  const reply = (note: string): NonNullable<Change['send']> => [
    { to: from, purpose: 'oversight', content: { kind: 'cosignature', note } },
  ]
  if (head !== undefined) {
    checkHistory(checkpoint, head, from)
    if (checkpoint.size === head.size || content.oldSize !== head.size) return { send: reply(head.note), audit: [] }
    if (!continues(checkpoint, head, content.proof)) throw splitView(checkpoint, head, from)
  }
  const name = originOf(directory, me)
  const note = withSignatures(checkpoint, [cosign(checkpoint, { name, privateKey: key.keyObject, at: now })])
  const next = { size: checkpoint.size, root: toHex(checkpoint.root), note, at: now }
  const start = { member: from, size: 0, root: toHex(emptyRoot), note: '', at: now }
  return {
    rows: [
      ...(head === undefined ? [{ op: 'insert' as const, table: 'witness_heads', values: start, orIgnore: true }] : []),
      // Of two histories that arrive in one batch, the second finds that the head has moved on.
      {
        op: 'update',
        table: 'witness_heads',
        where: { member: from, size: head?.size ?? start.size, root: head?.root ?? start.root },
        values: next,
        expect: 1,
      },
    ],
    send: reply(note),
    audit: [],
  }
}

/** A log never shrinks, and has one root at one size. */
function checkHistory(checkpoint: Checkpoint, head: WitnessHead, from: string): void {
  const same = checkpoint.size === head.size && toHex(checkpoint.root) === head.root
  if (checkpoint.size < head.size || (checkpoint.size === head.size && !same)) throw splitView(checkpoint, head, from)
}

function continues(checkpoint: Checkpoint, head: WitnessHead, proof: readonly string[]): boolean {
  return verifyConsistency({
    oldSize: head.size,
    newSize: checkpoint.size,
    oldRoot: fromHex(head.root),
    newRoot: checkpoint.root,
    proof: proof.map(fromHex),
  })
}

function splitView({ size, root }: Checkpoint, head: WitnessHead, from: string) {
  return fault(
    'witness/split-view',
    `${from} shows a history of ${size} entries that does not continue the ${head.size} that this node cosigned.`,
    { rule: 'protocol point 10: an append-only log', details: { size, root: toHex(root), cosigned: head.size } },
  )
}

/**
 * The origin's side: keeps the cosignature that came back, after checking that it is the peer's and stands under a history
 * that this ledger still has. `rootAt` is the ledger's own root at the note's size, undefined when it is not that long.
 */
export function takeCosignature(
  checkpoint: Checkpoint,
  rootAt: Uint8Array | undefined,
  { me, from, directory, now, kept }: Exchange & { readonly kept: CheckpointRow | undefined },
): Change {
  const { origin, size, root, text } = checkpoint
  if (origin !== originOf(directory, me))
    throw fault('witness/foreign-log', `${from} cosigned a checkpoint of the log ${shorten(origin, 100)}.`)
  const witnessKeys = validKeys(directory, from, now).map((it) => verifierOf(directory, it, 'witness'))
  const { cosigners, failed } = verifyCheckpoint(checkpoint, witnessKeys)
  if (failed.length > 0 || !cosigners.some((it) => it.name === originOf(directory, from)))
    throw fault('witness/bad-cosignature', `No valid key of ${from} cosigned the checkpoint.`)
  if (rootAt === undefined || toHex(rootAt) !== toHex(root)) {
    throw fault('witness/split-view', `${from} has cosigned ${size} entries that this ledger does not have so.`, {
      rule: 'protocol point 10: an append-only log',
    })
  }
  const logKeys = validKeys(directory, me, now).map((it) => verifierOf(directory, it, 'log'))
  if (kept === undefined ? !verifyCheckpoint(checkpoint, logKeys).trusted : parseCheckpoint(kept.note).text !== text)
    throw fault('witness/bad-cosignature', 'The cosigned text is not the one that this node signed.')
  const [line] = signaturesOf(checkpoint, witnessKeys).map((it) => formatSignatureLine(it).trimEnd())
  // A node that was restored from an older copy gets its checkpoint back from the witness.
  const note = formatNote({ text, signatures: signaturesOf(checkpoint, logKeys) })
  const lost: RowWrite = {
    op: 'insert',
    table: 'audit_checkpoints',
    values: { size, root: toHex(root), note, at: now },
    orIgnore: true,
  }
  return {
    rows: [
      ...(kept === undefined ? [lost] : []),
      {
        op: 'upsert',
        table: 'audit_cosignatures',
        key: ['size', 'member'],
        values: { size, member: from, line, at: now },
      },
      { op: 'upsert', table: 'audit_witnesses', key: ['member'], values: { member: from, head: size, asked: size } },
    ],
    audit: [],
  }
}

function signaturesOf({ signatures }: Checkpoint, keys: readonly VerifierKey[]): NoteSignature[] {
  return signatures.filter((it) => keys.some((key) => isSignedBy(it, key)))
}

/** Whether to ask a witness about a checkpoint of this size now. One question at a time: its proof starts at the answer. */
export function mayAsk({ head, asked }: WitnessState, size: number, now: Date): boolean {
  if (head >= size) return false
  if (asked === null) return true
  const seconds = (now.getTime() - asked.at.getTime()) / 1000
  if (asked.outcome === 'open') return false
  if (asked.outcome === 'refused') return seconds >= askRefuserSeconds
  return seconds >= (head < asked.size ? askAgainSeconds : askEverySeconds)
}

/**
 * Who witnesses for a member: three, the same each time while they answer, and spread over the federation so that no peer has
 * to cosign for all.
 */
export function chooseWitnesses(
  directory: Directory,
  me: string,
  { suspended, failing }: { suspended: ReadonlySet<string>; failing: ReadonlySet<string> },
): string[] {
  const rank = (member: string) => toHex(sha256(`${me} ${member}`))
  return directory.members
    .filter((it) => it.id !== me && !it.suspended && !suspended.has(it.id))
    .map((it) => it.id)
    .sort((a, b) => Number(failing.has(a)) - Number(failing.has(b)) || (rank(a) < rank(b) ? -1 : 1))
    .slice(0, witnessCount)
}
