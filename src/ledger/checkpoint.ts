import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { utf8 } from '#kernel/bytes'
import { defineFaults } from '#kernel/fault'
import { isHash, isSize } from '#ledger/merkle'
import {
  formatNote,
  fromBase64,
  isSignedBy,
  type NoteSignature,
  parseNote,
  parseSignatureLine,
  type VerifierKey,
  verifierKey,
} from '#ledger/note'

const fault = defineFaults({ 'ledger/malformed-checkpoint': 'invalid', 'ledger/bad-cosignature': 'invalid' })

/** What a log states about itself (C2SP tlog-checkpoint). */
export interface TreeHead {
  /** The name of the log, the same for ever: `comity.example/fr`. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

export interface Checkpoint extends TreeHead {
  /** The signed text exactly as it came, extension lines and last newline included. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface Verdict {
  /** The log's own key signed, and no line under a known key is false (C2SP signed-note: reject the whole note). */
  readonly trusted: boolean
  /** Witnesses whose cosignature holds, each once, with the latest time it gave, in seconds since 1970. */
  readonly cosigners: readonly { readonly name: string; readonly atSeconds: number }[]
  /** Names of known keys under which a line does not verify. */
  readonly failed: readonly string[]
}

/** Signs a checkpoint with the log's Ed25519 key; the signature bears the origin as its name. Returns the note. */
export function signCheckpoint(head: TreeHead, privateKey: KeyObject): string {
  const text = checkpointText(head)
  const key = verifierKey(head.origin, 'log', createPublicKey(privateKey))
  return formatNote({
    text,
    signatures: [{ name: key.name, id: key.id, signature: sign(null, utf8(text), privateKey) }],
  })
}

/**
 * Reads a checkpoint; verifies nothing. Throws `ledger/malformed-note` or `ledger/malformed-checkpoint`: sizes without
 * leading zeros and up to 2^53 - 1, roots of 32 bytes in canonical base64, no empty line.
 */
export function parseCheckpoint(source: string): Checkpoint {
  const { text, signatures } = parseNote(source)
  const lines = text.slice(0, -1).split('\n')
  const [origin, sizeText, rootText] = lines
  const size = sizeText !== undefined && /^(0|[1-9][0-9]{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN
  const root = rootText === undefined ? undefined : fromBase64(rootText)
  if (origin === undefined || lines.includes('') || !isSize(size) || !isHash(root)) {
    throw fault('ledger/malformed-checkpoint', 'The note is not a checkpoint of a log.')
  }
  return { origin, size, root, text, signatures }
}

/**
 * A witness's signature line for a checkpoint (C2SP tlog-cosignature, cosignature/v1). It states that the witness knows of
 * no larger log of this origin: verify the log's signature and the consistency with the last one cosigned beforehand.
 */
export function cosign(
  checkpoint: Checkpoint,
  witness: { readonly name: string; readonly privateKey: KeyObject; readonly at: Date },
): NoteSignature {
  const seconds = BigInt(Math.floor(witness.at.getTime() / 1000))
  const key = verifierKey(witness.name, 'witness', createPublicKey(witness.privateKey))
  const signature = Buffer.alloc(72)
  signature.writeBigUInt64BE(seconds)
  signature.set(sign(null, cosignedMessage(checkpoint, seconds), witness.privateKey), 8)
  return { name: key.name, id: key.id, signature }
}

/** The checkpoint as text with further signatures after its own; one that is there already is not repeated. */
export function withSignatures(checkpoint: Checkpoint, added: readonly (NoteSignature | string)[]): string {
  const signatures = [...checkpoint.signatures]
  for (const each of added) {
    const signature = typeof each === 'string' ? parseSignatureLine(each.replace(/\n$/, '')) : each
    if (signature === undefined) throw fault('ledger/bad-cosignature', 'Not a signature line.')
    const there = signatures.some(({ name, id, signature: bytes }) => {
      return (
        name === signature.name &&
        Buffer.compare(id, signature.id) === 0 &&
        Buffer.compare(bytes, signature.signature) === 0
      )
    })
    if (!there) signatures.push(signature)
  }
  return formatNote({ text: checkpoint.text, signatures })
}

/**
 * Who of the known keys signed. A log's key counts only for its own origin, so that no member can speak for another's log,
 * and a witness that bears the origin's name does not count: nobody witnesses himself. Never throws.
 */
export function verifyCheckpoint(checkpoint: Checkpoint, keys: readonly VerifierKey[]): Verdict {
  const cosigners = new Map<string, number>()
  const failed = new Set<string>()
  let signed = false
  for (const signature of checkpoint.signatures) {
    for (const key of keys) {
      if (!isSignedBy(signature, key)) continue
      const own = key.name === checkpoint.origin
      if (key.use === 'log') {
        if (!verifies(utf8(checkpoint.text), key, signature.signature)) failed.add(key.name)
        else signed ||= own
        continue
      }
      const atSeconds = cosignedAt(checkpoint, key, signature.signature)
      if (atSeconds === undefined) failed.add(key.name)
      else if (!own) cosigners.set(key.name, Math.max(atSeconds, cosigners.get(key.name) ?? 0))
    }
  }
  return {
    trusted: signed && failed.size === 0,
    cosigners: [...cosigners].map(([name, atSeconds]) => ({ name, atSeconds })),
    failed: [...failed],
  }
}

function checkpointText(head: TreeHead): string {
  if (!isSize(head.size) || !isHash(head.root)) {
    throw fault('ledger/malformed-checkpoint', 'A checkpoint needs a size and a root of 32 bytes.')
  }
  return `${head.origin}\n${head.size}\n${Buffer.from(head.root).toString('base64')}\n`
}

function cosignedMessage(checkpoint: Checkpoint, seconds: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${checkpoint.text}`)
}

function cosignedAt(checkpoint: Checkpoint, key: VerifierKey, bytes: Uint8Array): number | undefined {
  if (bytes.byteLength !== 72) return undefined
  const seconds = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0)
  // Past 2^53 the time would lose its last digits; the standard itself stops at 2^63.
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return verifies(cosignedMessage(checkpoint, seconds), key, bytes.subarray(8)) ? Number(seconds) : undefined
}

function verifies(message: Uint8Array, key: VerifierKey, signature: Uint8Array): boolean {
  return signature.byteLength === 64 && verify(null, message, key.publicKey, signature)
}
