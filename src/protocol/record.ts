import { randomBytes } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { sha256, toBase64url, toHex, utf8 } from '#kernel/bytes'
import { canonical, hashOf, type Json } from '#kernel/canonical'
import { idPattern, type RecordId } from '#kernel/ids'
import { type Directory, findKey } from '#protocol/directory'
import { fault } from '#protocol/faults'
import { Handling, HeldHandling, Instant, Mark, MemberId, SignedHandling } from '#protocol/handling'
import { JsonObject, JsonValue } from '#protocol/json-value'
import { isSignedWith, signCompact } from '#protocol/jws'
import { isPlainSignature, type OwnKey, signingAlgorithm } from '#protocol/keys'
import { enclosing, place, take } from '#protocol/pointer'
import { markVerified, type Verified } from '#protocol/verified'

/**
 * A record (protocol point 2): one version, one owner, signed, chained to the version before.
 *
 * A marked field is not in the signed text itself: the text holds the digest of `[salt, pointer, value, mark]`, and that
 * quadruple, a disclosure, travels beside the text to those who may have it. So every holder checks the same owner's
 * signature over what it holds, withheld fields stay withheld through onward shares, and nobody signs again. The number of
 * digests is padded to a multiple of eight, so that it does not tell whether something was withheld.
 */

export const RecordIdText = z.string().regex(idPattern('rec')) as unknown as z.ZodType<RecordId>
export const RecordType = z.string().regex(/^[a-z][a-z-]{1,39}$/)
const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Pointer = z
  .string()
  .max(500)
  .regex(/^\/(?:handling\/audience|body\/(?:[^~]|~[01])+)$/)

const shared = {
  id: RecordIdText,
  type: RecordType,
  schema: z.number().int().min(1).max(1_000),
  version: z.number().int().min(1).max(1_000_000),
  owner: MemberId,
  issuedAt: Instant,
  previous: Hash.nullable(),
}

export const RecordText = z.strictObject({
  ...shared,
  handling: SignedHandling,
  body: JsonObject,
  digests: z.array(Hash).max(4_096),
})
export type RecordText = z.infer<typeof RecordText>

export const Disclosure = z.strictObject({
  salt: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  pointer: Pointer,
  value: JsonValue,
  mark: Mark.optional(),
})
export type Disclosure = z.infer<typeof Disclosure>

export const SignedRecord = z.strictObject({
  text: RecordText,
  /** A detached JWS (RFC 7515 appendix F) by the owner over the canonical text. */
  signature: z.string().max(1_024),
  disclosures: z.array(Disclosure).max(4_096),
})
export type SignedRecord = z.infer<typeof SignedRecord>

/** What the owner writes: the whole header and body, and the marks on single fields, by pointer. */
export const RecordDraft = z.strictObject({
  ...shared,
  handling: Handling,
  body: JsonObject,
  marks: z.record(Pointer, Mark).default({}),
})
export type RecordDraft = z.infer<typeof RecordDraft>

/** A record as a holder reads it: the text with the disclosures that this holder has put back in their places. */
export interface HeldRecord<Body = Record<string, Json>> {
  readonly id: RecordId
  readonly type: string
  readonly schema: number
  readonly version: number
  readonly owner: string
  readonly issuedAt: string
  readonly previous: string | null
  readonly handling: HeldHandling
  readonly body: Body
  readonly marks: Readonly<Record<string, Mark>>
}

const padding = 8
const hashBytes = 32
const saltBytes = 16
const type = 'comity-record+jws'
const audiencePointer = '/handling/audience'

function digestOf({ salt, pointer, value, mark }: Disclosure): string {
  return hashOf([salt, pointer, value, mark ?? null])
}

function disclose(pointer: string, value: Json, mark?: Mark): Disclosure {
  const salt = toBase64url(randomBytes(saltBytes))
  const own = JSON.parse(canonical(value)) as Json // nobody else's object: what is signed over must not change
  return mark === undefined ? { salt, pointer, value: own } : { salt, pointer, value: own, mark }
}

const canonicalTexts = new WeakMap<RecordText, string>()

/** The canonical text, which signing, hashing and storing all need: made once for each record. */
export function canonicalText({ text }: Pick<SignedRecord, 'text'>): string {
  let made = canonicalTexts.get(text)
  if (made === undefined) {
    made = canonical(text)
    canonicalTexts.set(text, made)
  }
  return made
}

/** The hash that the next version names in `previous` and that receipts and statements refer to. */
export function recordHash(record: SignedRecord): string {
  return toHex(sha256(canonicalText(record)))
}

/** Signs what the schema makes of the draft, trimmed and complete, so that every holder can verify it. Throws `record/malformed`. */
export async function signRecord(draft: RecordDraft, key: OwnKey): Promise<Verified<SignedRecord>> {
  const { handling, body, marks, ...head } = readDraft(draft)
  const { audience, ...signedHandling } = handling
  const disclosures = [disclose(audiencePointer, audience)]
  let rest = body
  for (const pointer of Object.keys(marks).sort((a, b) => b.length - a.length || (a < b ? -1 : 1))) {
    const taken = take(rest, pointer.slice('/body'.length))
    if (taken === undefined)
      throw fault('record/malformed', `The mark ${pointer} points at nothing.`, {
        rule: 'RFC 6901',
        details: { pointer },
      })
    rest = taken.rest as typeof rest
    disclosures.push(disclose(pointer, taken.value, marks[pointer]))
  }
  const digests = disclosures.map(digestOf)
  const missing = (padding - (digests.length % padding)) % padding
  const decoys = toHex(randomBytes(hashBytes * missing))
  for (let at = 0; at < missing; at++) digests.push(decoys.slice(at * 2 * hashBytes, (at + 1) * 2 * hashBytes))
  const signed = canonical({ ...head, handling: signedHandling, body: rest, digests: digests.sort() })
  const text = JSON.parse(signed) as RecordText // what was signed, and not what it was made from, is what is stored and sent
  canonicalTexts.set(text, signed)
  const jws = signCompact(signed, { key, type })
  const [protectedHeader, , signature] = jws.split('.')
  return markVerified({ text, signature: `${protectedHeader}..${signature}`, disclosures })
}

function readDraft(draft: RecordDraft): RecordDraft {
  const parsed = RecordDraft.safeParse(draft)
  if (!parsed.success)
    throw fault('record/malformed', 'The record lacks a required part.', {
      details: { issues: z.treeifyError(parsed.error) },
    })
  return parsed.data
}

/**
 * Checks form, owner's key at the time of issue, signature and every disclosure of a record that came from outside.
 * A key revoked by now refuses the record whatever its date, since a stolen key can backdate. Throws `record/*` or `key/*`.
 */
export async function verifyRecord(
  input: unknown,
  options: { directory: Directory; now: Date },
): Promise<Verified<SignedRecord>> {
  const parsed = SignedRecord.safeParse(input)
  if (!parsed.success)
    throw fault('record/malformed', 'This is not a signed record.', {
      details: { issues: z.treeifyError(parsed.error) },
    })
  const record = parsed.data
  const [head, payload, signature, ...others] = record.signature.split('.')
  if (!head || payload !== '' || !signature || others.length > 0)
    throw fault('record/unsigned', 'The record carries no detached signature.')
  if (!isPlainSignature(signature)) throw fault('record/bad-signature', 'The signature is not in its one plain form.')
  const jws = `${head}.${toBase64url(utf8(canonicalText(record)))}.${signature}`
  const kid = readKid(jws)
  const { directory, now } = options
  const key = findKey(directory, { member: record.text.owner, kid, use: 'sign', at: new Date(record.text.issuedAt) })
  if (key.revokedAt !== undefined && key.revokedAt <= now.toISOString()) {
    throw fault('key/revoked', `The owner's key was revoked at ${key.revokedAt}.`, { details: { kid } })
  }
  if (!isSignedWith(jws, key.jwk)) throw fault('record/bad-signature', "The owner's signature does not fit the text.")
  checkDisclosures(record)
  const verified = markVerified(record)
  openRecord(verified) // what is verified can be opened: a field without its place would fail only when it is stored
  return verified
}

function readKid(jws: string): string {
  try {
    const { kid, typ, alg } = decodeProtectedHeader(jws)
    if (kid !== undefined && typ === type && alg === signingAlgorithm) return kid
  } catch (cause) {
    throw fault('record/unsigned', 'The signature cannot be read.', { cause })
  }
  throw fault('record/unsigned', 'The signature is not that of a record.')
}

function checkDisclosures(record: SignedRecord): void {
  const digests = new Set(record.text.digests)
  for (const disclosure of record.disclosures) {
    if (!digests.delete(digestOf(disclosure))) {
      throw fault('record/bad-disclosure', 'A disclosed field is not one that the owner signed.', {
        details: { pointer: disclosure.pointer },
      })
    }
  }
}

const openedRecords = new WeakMap<SignedRecord, HeldRecord>()

/**
 * Puts the disclosures back in their places: once for each record, which verifying, deciding and storing all need. Throws
 * `record/bad-disclosure` when one does not fit.
 */
export function openRecord<Body = Record<string, Json>>(record: Verified<SignedRecord>): HeldRecord<Body> {
  let opened = openedRecords.get(record)
  if (opened === undefined) {
    opened = putBack(record)
    openedRecords.set(record, opened)
  }
  return opened as HeldRecord<Body>
}

function putBack(record: Verified<SignedRecord>): HeldRecord {
  const { digests: _, ...head } = record.text
  const opensBody = record.disclosures.some((it) => !isAudience(it))
  const body = opensBody ? structuredClone(head.body) : head.body
  const tree: Record<string, Json> = { handling: { ...head.handling } as Json, body }
  const marks: Record<string, Mark> = {}
  const outerFirst = [...record.disclosures].sort((a, b) => a.pointer.length - b.pointer.length)
  for (const { pointer, value, mark } of outerFirst) {
    if (!place(tree, pointer, structuredClone(value) as Json))
      throw fault('record/bad-disclosure', 'A disclosed field has no place.', { details: { pointer } })
    if (mark !== undefined) marks[pointer] = mark
  }
  const handling = HeldHandling.safeParse(tree.handling)
  if (!handling.success)
    throw fault('record/bad-disclosure', 'The disclosed audience is not an audience.', {
      details: { pointer: audiencePointer },
    })
  return { ...head, handling: handling.data, body: tree.body as HeldRecord['body'], marks }
}

/**
 * The same record with only the disclosures that pass and whose enclosing ones pass too: a mark inside a marked field cannot
 * widen it. The owner's signature stays untouched.
 */
export function withhold(
  record: Verified<SignedRecord>,
  keep: (disclosure: Disclosure) => boolean,
): Verified<SignedRecord> {
  const passed = new Set(record.disclosures.filter(keep))
  const withheld = new Set(record.disclosures.filter((it) => !passed.has(it)).map((it) => it.pointer))
  const disclosures = [...passed].filter((it) => !enclosing(it.pointer).some((outer) => withheld.has(outer)))
  return markVerified({ ...record, disclosures })
}

/**
 * One version that came by two routes: each holder on the way passed on what its recipient may have, so the two can hold
 * different fields of the same signed text. Undefined when the second adds nothing.
 */
export function joinDisclosures(
  held: Verified<SignedRecord>,
  other: Verified<SignedRecord>,
): Verified<SignedRecord> | undefined {
  const known = new Set(held.disclosures.map(digestOf))
  const added = other.disclosures.filter((it) => !known.has(digestOf(it)))
  return added.length === 0 ? undefined : markVerified({ ...held, disclosures: [...held.disclosures, ...added] })
}

/** Whether a disclosure is the audience, which is given only to those who must enforce it. */
export function isAudience(disclosure: Disclosure): boolean {
  return disclosure.pointer === audiencePointer
}
