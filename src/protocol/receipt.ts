import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { toBase64url, utf8 } from '#kernel/bytes'
import { canonical } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'
import { type Directory, findKey } from '#protocol/directory'
import { fault } from '#protocol/faults'
import { Instant, MemberId } from '#protocol/handling'
import { isSignedWith, signCompact } from '#protocol/jws'
import { isPlainSignature, type OwnKey } from '#protocol/keys'
import { RecordIdText } from '#protocol/record'
import { markVerified, type Verified } from '#protocol/verified'

/** The closed list of what a recipient can say of an envelope (protocol point 6). */
export const receiptStatuses = ['accepted', 'rejected', 'read', 'erased'] as const
export type ReceiptStatus = (typeof receiptStatuses)[number]

export const Receipt = z.strictObject({
  /** The hash of the envelope answered. */
  envelope: z.string().regex(/^[0-9a-f]{64}$/),
  issuer: MemberId,
  to: MemberId,
  status: z.enum(receiptStatuses),
  at: Instant,
  record: z.strictObject({ id: RecordIdText, version: z.number().int().min(1) }).nullable(),
  /** For a rejection: the code and the rule that refused. */
  code: z.string().max(80).nullable(),
  rule: z.string().max(300).nullable(),
})
export type Receipt = z.infer<typeof Receipt>

/** A receipt and the signed text that proves it. */
export interface ProvenReceipt extends Receipt {
  readonly signed: string
}

const type = 'comity-receipt+jws'

export async function signReceipt(receipt: Receipt, key: OwnKey): Promise<string> {
  return signCompact(canonical(receipt), { key, type })
}

/** The key that a receipt names as its signer's. */
export function signerOf(signed: string): string | undefined {
  return decodeProtectedHeader(signed).kid
}

/** The same statement of ours again, dated and signed anew: for a receipt that was lost, and whose key is revoked by now. */
export function renewReceipt(signed: string, { key, at }: { key: OwnKey; at: Date }): Promise<string> {
  return signReceipt({ ...readReceipt(signed.split('.')[1] ?? ''), at: at.toISOString() }, key)
}

/**
 * Checks a receipt against the issuer's key at the time that it names. A revoked key refuses the receipt whatever its date,
 * since a stolen key can backdate. Throws `receipt/*`, `key/*`, `member/*`, `json/*`.
 */
export async function verifyReceipt(
  signed: string,
  options: { issuer: string; me: string; directory: Directory },
): Promise<Verified<ProvenReceipt>> {
  const { issuer, me, directory } = options
  const [, payload, signature] = signed.split('.')
  const unchecked = readReceipt(payload ?? '')
  try {
    const { kid, typ } = decodeProtectedHeader(signed)
    if (typ !== type || kid === undefined) throw fault('receipt/malformed', 'This is not a receipt.')
    const key = findKey(directory, { member: issuer, kid, use: 'sign', at: new Date(unchecked.at) })
    if (key.revokedAt !== undefined)
      throw fault('key/revoked', `The issuer's key was revoked at ${key.revokedAt}.`, { details: { kid } })
    if (!isPlainSignature(signature))
      throw fault('receipt/bad-signature', 'The signature is not in its one plain form.')
    if (!isSignedWith(signed, key.jwk)) throw fault('receipt/bad-signature', 'The receipt cannot be verified.')
  } catch (cause) {
    if (isFault(cause)) throw cause
    throw fault('receipt/bad-signature', 'The receipt cannot be verified.', { cause })
  }
  if (unchecked.issuer !== issuer || unchecked.to !== me)
    throw fault('receipt/malformed', 'The receipt is between other members.')
  return markVerified({ ...unchecked, signed })
}

function readReceipt(payload: string): Receipt {
  const text = Buffer.from(payload, 'base64url').toString('utf8')
  const parsed = Receipt.safeParse(parseJson(text, { bytes: 16_384, depth: 6 }))
  if (!parsed.success) throw fault('receipt/malformed', 'This is not a receipt.')
  if (toBase64url(utf8(canonical(parsed.data))) !== payload)
    throw fault('receipt/malformed', 'The signed text is not canonical JSON.')
  return parsed.data
}
