import { parseJson } from '#kernel/json'
import type { Member, SignedDirectory } from '#protocol/directory'
import { wirePaths } from '#wire/carrier'
import { answerLimitBytes, requestPeer } from '#wire/peer-request'

/** The directory that a peer has in force, not verified. Throws `wire/*` and `json/*`. */
export async function askDirectory(peer: Member, signal: AbortSignal): Promise<unknown> {
  const text = await requestPeer(peer, { path: wirePaths.directory, signal })
  return parseJson(text, { bytes: answerLimitBytes, depth: 16 })
}

/** Hands a directory to a peer, which judges it by its own pinned keys. Throws `wire/*` when it was not taken. */
export async function handDirectory(peer: Member, directory: SignedDirectory, signal: AbortSignal): Promise<void> {
  await requestPeer(peer, { path: wirePaths.directory, body: JSON.stringify(directory), signal })
}
