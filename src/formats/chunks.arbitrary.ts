import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import type { Chunks } from '#formats/text'

/** Bytes or text cut at given lengths, over and over; an empty list leaves it whole. */
export async function* inPieces<T extends Uint8Array | string>(
  whole: T,
  lengths: readonly number[],
): AsyncGenerator<T> {
  let at = 0
  for (let index = 0; at < whole.length; index++) {
    const length = lengths.length === 0 ? whole.length : lengths[index % lengths.length]!
    yield whole.slice(at, at + length) as T
    at += length
  }
}

export const pieceLengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The items before a fault, and the code of the fault, so that both can be compared. */
export async function collectUntilFault<T>(items: AsyncIterable<T>): Promise<{ all: T[]; code: string | null }> {
  const all: T[] = []
  try {
    for await (const item of items) all.push(item)
    return { all, code: null }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return { all, code: String(cause.code) }
    throw cause
  }
}

export function sample(name: string): Chunks {
  return createReadStream(fileURLToPath(new URL(`./samples/${name}`, import.meta.url)))
}
