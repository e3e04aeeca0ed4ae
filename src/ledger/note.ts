import { createPublicKey, type KeyObject } from 'node:crypto'
import { fromBase64url, sameBytes, sha256, toBase64url, toHex, utf8 } from '#kernel/bytes'
import { defineFaults } from '#kernel/fault'

const fault = defineFaults({ 'ledger/malformed-note': 'invalid', 'ledger/bad-key': 'invalid' })

/** C2SP signed-note, signature types: 0x01 is a log's Ed25519 signature, 0x04 a witness's timestamped cosignature. */
const typeBytes = { log: 0x01, witness: 0x04 } as const

/** A key that is known beforehand. The name of a log's key is the log's origin. */
export interface VerifierKey {
  readonly name: string
  readonly use: 'log' | 'witness'
  /** The first four bytes of SHA-256(name, newline, type, public key): tells keys of one name apart, secures nothing. */
  readonly id: Uint8Array
  readonly publicKey: KeyObject
}

export interface NoteSignature {
  readonly name: string
  readonly id: Uint8Array
  /** What the key made: 64 bytes from a log, 8 of time and 64 from a witness; other lengths from unknown types. */
  readonly signature: Uint8Array
}

export interface Note {
  /** What is signed, with its last newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

// Sixteen signatures must be accepted, and post-quantum ones of other logs have nearly 5 kB (C2SP signed-note).
const limits = { noteLength: 131_072, lines: 64, nameLength: 256 } as const

/** Throws `ledger/bad-key` for another algorithm than Ed25519 or a name that a note cannot hold. */
export function verifierKey(name: string, use: VerifierKey['use'], publicKey: KeyObject): VerifierKey {
  if (!isKeyName(name)) throw fault('ledger/bad-key', 'A key name is empty, too long, or has spaces or a plus sign.')
  return { name, use, id: keyId(name, use, publicKey), publicKey }
}

/** The text form of a key: `name+id+base64(type || public key)` (C2SP signed-note, verifier keys). */
export function formatVerifierKey(key: VerifierKey): string {
  const material = Buffer.concat([Uint8Array.of(typeBytes[key.use]), rawPublicKey(key.publicKey)])
  return `${key.name}+${toHex(key.id)}+${material.toString('base64')}`
}

/** Throws `ledger/bad-key` when the text is malformed, of another type, or its id does not belong to its key. */
export function parseVerifierKey(text: string): VerifierKey {
  const bad = () => fault('ledger/bad-key', 'Not a verifier key for Ed25519 signatures or cosignatures.')
  if (text.length > limits.nameLength + 64) throw bad()
  const nameEnd = text.indexOf('+')
  const [name, id] = [text.slice(0, nameEnd), text.slice(nameEnd + 1, nameEnd + 9)]
  const material = fromBase64(text.slice(nameEnd + 10))
  if (nameEnd < 0 || text[nameEnd + 9] !== '+' || material?.byteLength !== 33) throw bad()
  const use = (['log', 'witness'] as const).find((each) => typeBytes[each] === material[0])
  if (use === undefined) throw bad()
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(material.subarray(1)) }
  const key = verifierKey(name, use, createPublicKey({ key: jwk, format: 'jwk' }))
  if (toHex(key.id) !== id) throw bad()
  return key
}

/** Reads a signed note. Throws `ledger/malformed-note`. Says nothing about who signed: nothing here is verified. */
export function parseNote(source: string): Note {
  const bad = (why: string) => fault('ledger/malformed-note', `Not a signed note: ${why}.`)
  if (source.length > limits.noteLength) throw bad('too long')
  if (!source.isWellFormed() || hasControls(source)) throw bad('characters that a note may not hold')
  const seam = source.lastIndexOf('\n\n')
  if (seam < 1 || !source.endsWith('\n')) throw bad('no signatures')
  const lines = source.slice(seam + 2, -1).split('\n')
  if (lines.length > limits.lines) throw bad('too many signatures')
  const signatures = lines.map((line) => {
    const signature = parseSignatureLine(line)
    if (signature === undefined) throw bad('a signature line that cannot be read')
    return signature
  })
  return { text: source.slice(0, seam + 1), signatures }
}

export function formatNote(note: Note): string {
  return `${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`
}

export function formatSignatureLine(signature: NoteSignature): string {
  return `\u2014 ${signature.name} ${Buffer.concat([signature.id, signature.signature]).toString('base64')}\n`
}

/** Reads one line without its newline, as a witness returns it; undefined when it is no signature line. */
export function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name, encoded, ...rest] = line.split(' ', 4)
  if (dash !== '\u2014' || name === undefined || !isKeyName(name) || rest.length > 0) return undefined
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (bytes === undefined || bytes.byteLength <= 4) return undefined
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) }
}

export function isSignedBy(signature: NoteSignature, key: VerifierKey): boolean {
  return signature.name === key.name && sameBytes(signature.id, key.id)
}

/** Standard base64 (RFC 4648 section 4) in its one canonical spelling; undefined for anything else. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

export function isKeyName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= limits.nameLength &&
    name.isWellFormed() &&
    !hasControls(name) &&
    !/[\p{White_Space}+]/u.test(name)
  )
}

function keyId(name: string, use: VerifierKey['use'], publicKey: KeyObject): Uint8Array {
  return sha256(utf8(`${name}\n`), Uint8Array.of(typeBytes[use]), rawPublicKey(publicKey)).subarray(0, 4)
}

function rawPublicKey(publicKey: KeyObject): Uint8Array {
  const jwk = publicKey.type === 'public' ? publicKey.export({ format: 'jwk' }) : undefined
  if (jwk?.crv !== 'Ed25519' || jwk.x === undefined) throw fault('ledger/bad-key', 'Not an Ed25519 public key.')
  return fromBase64url(jwk.x)
}

function hasControls(source: string): boolean {
  for (let index = 0; index < source.length; index++) {
    const unit = source.charCodeAt(index)
    if (unit < 0x20 && unit !== 0x0a) return true
  }
  return false
}
