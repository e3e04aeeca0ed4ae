import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/**
 * Writes what comes to a file that only the user of this process reads. It bears its name once it is whole; when its source breaks
 * off, or `signal` says so, nothing is left of it and the cause is thrown.
 */
export async function writeFrom(
  source: AsyncIterable<Uint8Array | string>,
  path: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const part = `${path}.new`
  try {
    const file = await open(part, 'w', 0o600) // here and now: a stream that opened it later could do so after its removal
    await pipeline(source, file.createWriteStream(), signal === undefined ? {} : { signal })
    await rename(part, path)
  } catch (cause) {
    await rm(part, { force: true })
    throw cause
  }
}
