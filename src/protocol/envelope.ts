import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { sha256, toBase64url, toHex, utf8 } from '#kernel/bytes'
import { canonical, type Json } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'
import { currentKey, type Directory, findKey } from '#protocol/directory'
import { fault } from '#protocol/faults'
import { Instant, MemberId, Purpose } from '#protocol/handling'
import { JsonObject } from '#protocol/json-value'
import { isSignedWith, signCompact } from '#protocol/jws'
import { contentEncryption, isPlainSignature, type OwnKey, openPublicKey, sealingAlgorithm } from '#protocol/keys'
import { markVerified, type Verified } from '#protocol/verified'

/**
 * The envelope (protocol point 4). Content, purpose, sequence, hash of the envelope before, expiry and the named recipient
 * are signed, then sealed to the recipient's key: sign first, name the recipient inside, then seal, so that nobody can
 * forward it as if it had been meant for another. Relays see routing data only.
 */

export const Envelope = z.strictObject({
  from: MemberId,
  to: MemberId,
  sequence: z.number().int().min(1),
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  issuedAt: Instant,
  expiresAt: Instant,
  purpose: Purpose,
  content: JsonObject.refine((it): it is Content => typeof it.kind === 'string' && it.kind.length <= 40, 'no kind'),
})
export type Envelope = z.infer<typeof Envelope>

/** What goes over the wire or into a file: routing data, the hash of the signed text, the sealed text. */
export const SealedEnvelope = z.strictObject({
  from: MemberId,
  to: MemberId,
  sequence: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  sealed: z.string().max(8_388_608),
})
export type SealedEnvelope = z.infer<typeof SealedEnvelope>

export interface OpenedEnvelope extends Envelope {
  /** SHA-256 of the signed text: the name of the envelope in receipts, and its idempotency key. */
  readonly hash: string
  /** The signed text itself, kept as evidence. */
  readonly signed: string
}

const signedType = 'comity-envelope+jws'
const sealedType = 'comity-envelope+jwe'

/** How far a sender's clock may run ahead of ours. */
const toleranceSeconds = 300

export function hashOfSigned(signed: string): string {
  return toHex(sha256(signed))
}

export async function signEnvelope(envelope: Envelope, key: OwnKey): Promise<string> {
  return signCompact(canonical(envelope), { key, type: signedType })
}

/** Seals a signed envelope to the recipient's current key in the directory. */
export async function sealEnvelope(
  signed: string,
  route: { from: string; to: string; sequence: number },
  options: { directory: Directory; now: Date },
): Promise<SealedEnvelope> {
  const key = currentKey(options.directory, { member: route.to, use: 'seal', at: options.now })
  const sealed = await new CompactEncrypt(utf8(signed))
    .setProtectedHeader({ alg: sealingAlgorithm, enc: contentEncryption, kid: key.kid, typ: sealedType })
    .encrypt(await openPublicKey(key.jwk))
  return { ...route, hash: hashOfSigned(signed), sealed }
}

/** Opens with whichever of our sealing keys it was sealed to: during a rotation there are two. Throws `envelope/unopenable`. */
export async function openSeal(sealed: string, keys: readonly OwnKey[]): Promise<string> {
  try {
    const { kid, typ } = decodeProtectedHeader(sealed)
    const key = keys.find((it) => it.use === 'seal' && it.kid === kid)
    if (key === undefined || typ !== sealedType)
      throw fault('envelope/unopenable', 'The envelope is not sealed to a key of this node.')
    const { plaintext } = await compactDecrypt(sealed, key.privateKey, {
      keyManagementAlgorithms: [sealingAlgorithm],
      contentEncryptionAlgorithms: [contentEncryption],
      maxDecompressedLength: 0, // the profile has no compression
    })
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext)
  } catch (cause) {
    if (isFault(cause)) throw cause
    throw fault('envelope/unopenable', 'The seal does not open: the envelope was damaged or altered on the way.', {
      cause,
    })
  }
}

/**
 * Checks the signed text: signature by a key of the sender that is valid now, form, named recipient, expiry. Order and
 * replay are the inbox's to judge, which knows the sequence. Throws `envelope/*`, `key/*`, `member/*`, `json/*`.
 */
export async function verifyEnvelope(
  signed: string,
  route: SealedEnvelope,
  options: { me: string; directory: Directory; now: Date },
): Promise<Verified<OpenedEnvelope>> {
  const { me, directory, now } = options
  if (hashOfSigned(signed) !== route.hash)
    throw fault('envelope/malformed', 'The sealed text is not the one that the routing data names.')
  const { kid, typ } = readHeader(signed)
  if (kid === undefined || typ !== signedType)
    throw fault('envelope/bad-signature', 'The text is not a signed envelope.')
  if (!isPlainSignature(signed.split('.')[2]))
    throw fault('envelope/bad-signature', 'The signature is not in its one plain form.')
  if (!directory.members.some((it) => it.id === route.from))
    throw fault('envelope/stranger', `${route.from} is not a member of ${directory.federation}.`)
  const key = findKey(directory, { member: route.from, kid, use: 'sign', at: now })
  if (!isSignedWith(signed, key.jwk))
    throw fault('envelope/bad-signature', "The sender's signature does not fit the envelope.")
  const envelope = readEnvelope(signed)
  if (envelope.from !== route.from)
    throw fault('envelope/wrong-sender', 'The signed sender is not the one in the routing data.')
  if (envelope.to !== me || route.to !== me)
    throw fault('envelope/wrong-recipient', `The envelope names ${envelope.to}, not ${me}.`)
  if (envelope.sequence !== route.sequence)
    throw fault('envelope/malformed', 'The signed sequence is not the one in the routing data.')
  if (envelope.expiresAt <= now.toISOString())
    throw fault('envelope/expired', `The envelope ran out at ${envelope.expiresAt}.`)
  if (Date.parse(envelope.issuedAt) > now.getTime() + toleranceSeconds * 1000) {
    throw fault(
      'envelope/from-the-future',
      `The envelope is dated ${envelope.issuedAt}; the clock of one of the two nodes is wrong.`,
    )
  }
  return markVerified({ ...envelope, hash: route.hash, signed })
}

function readHeader(signed: string): { kid?: string; typ?: string } {
  try {
    return decodeProtectedHeader(signed)
  } catch (cause) {
    throw fault('envelope/malformed', 'The opened text is not a signed envelope.', { cause })
  }
}

/** The signed text is kept as evidence: it must not read differently elsewhere, as one with a member twice would. */
function readEnvelope(signed: string): Envelope {
  const payload = signed.split('.')[1] ?? ''
  const text = Buffer.from(payload, 'base64url').toString('utf8')
  const parsed = Envelope.safeParse(parseJson(text, { bytes: 8_388_608, depth: 40 }))
  if (!parsed.success)
    throw fault('envelope/malformed', 'The envelope lacks a required part.', {
      details: { issues: z.treeifyError(parsed.error) },
    })
  if (toBase64url(utf8(canonical(parsed.data))) !== payload)
    throw fault('envelope/malformed', 'The signed text is not canonical JSON.')
  return parsed.data
}

export type Content = { readonly kind: string } & { readonly [key: string]: Json }
