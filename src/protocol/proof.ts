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
import { markVerified, type Verified } from '#protocol/verified'

/** Who asks a peer for something that is for members alone: a short text, signed for one recipient, one question and now. */
export const MemberProof = z.strictObject({
  member: MemberId,
  to: MemberId,
  /** What is asked: the path. */
  ask: z.string().min(1).max(200),
  at: Instant,
})
export type MemberProof = z.infer<typeof MemberProof>

const type = 'comity-proof+jws'

/** How far the clocks of the two may be apart, as for envelopes, and so how long a proof can be shown again. */
const toleranceSeconds = 300

export function signProof(proof: MemberProof, key: OwnKey): string {
  return signCompact(canonical(proof), { key, type })
}

/** Throws `proof/*`, `key/*` or `member/*` unless a member that is not suspended signed this question to us, just now. */
export function verifyProof(
  signed: string,
  { me, ask, directory, now }: { me: string; ask: string; directory: Directory; now: Date },
): Verified<MemberProof> {
  const [, payload = '', signature] = signed.split('.')
  const proof = readProof(payload)
  if (proof.to !== me || proof.ask !== ask) throw fault('proof/malformed', 'The proof is for another question.')
  if (Math.abs(Date.parse(proof.at) - now.getTime()) > toleranceSeconds * 1_000)
    throw fault('proof/stale', `The proof was made at ${proof.at}.`)
  const { kid, typ } = readHead(signed)
  if (typ !== type || kid === undefined || !isPlainSignature(signature))
    throw fault('proof/malformed', 'This is not a proof.')
  const key = findKey(directory, { member: proof.member, kid, use: 'sign', at: now })
  if (!isSignedWith(signed, key.jwk)) throw fault('proof/bad-signature', 'The proof is not signed by that member.')
  return markVerified(proof)
}

function readHead(signed: string): { kid?: string; typ?: string } {
  try {
    return decodeProtectedHeader(signed)
  } catch (cause) {
    throw fault('proof/malformed', 'This is not a proof.', { cause })
  }
}

function readProof(payload: string): MemberProof {
  try {
    const parsed = MemberProof.parse(
      parseJson(Buffer.from(payload, 'base64url').toString('utf8'), { bytes: 1_024, depth: 2 }),
    )
    if (toBase64url(utf8(canonical(parsed))) === payload) return parsed
  } catch (cause) {
    if (!isFault(cause) && !(cause instanceof z.ZodError)) throw cause
  }
  throw fault('proof/malformed', 'This is not a proof.')
}
