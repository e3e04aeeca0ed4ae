import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'
import type { Member, SignedDirectory } from '#protocol/directory'
import type { Identity } from '#protocol/identity'
import { signProof } from '#protocol/proof'
import { wirePaths } from '#wire/carrier'
import { answerLimitBytes, requestPeer } from '#wire/peer-request'

interface Asking {
  readonly identity: Identity
  readonly now: Date
  readonly signal: AbortSignal
}

/** The directory that a peer has in force, not verified; `'unproven'` from one whose directory does not know us. Throws `wire/*` and `json/*`. */
export async function askDirectory(peer: Member, { identity, now, signal }: Asking): Promise<unknown> {
  const path = wirePaths.directory
  const proof = signProof({ member: identity.me, to: peer.id, ask: path, at: now.toISOString() }, identity.signingKey())
  let text: string
  try {
    text = await requestPeer(peer, { path, proof, signal })
  } catch (cause) {
    if (isFault(cause, 'wire/bad-answer') && cause.details.status === 403) return 'unproven'
    throw cause
  }
  return parseJson(text, { bytes: answerLimitBytes, depth: 16 })
}

/** Hands a directory to a peer, which judges it by its own pinned keys. Throws `wire/*` when it was not taken. */
export async function handDirectory(peer: Member, directory: SignedDirectory, signal: AbortSignal): Promise<void> {
  await requestPeer(peer, { path: wirePaths.directory, body: JSON.stringify(directory), signal })
}
