import { sha256 } from '#kernel/bytes'
import { append, emptyFrontier } from '#ledger/frontier'
import { leafHash, rootOf } from '#ledger/merkle'
import type { ReadNode } from '#ledger/proof'

/** Leaves for tests, each another. */
export function testLeaf(index: number): Uint8Array {
  return leafHash(sha256(String(index)))
}

export const testLeaves = Array.from({ length: 300 }, (_, index) => testLeaf(index))

/** The root over the first leaves, by size. */
export const testRoots = Array.from({ length: 301 }, (_, size) => rootOf(testLeaves.slice(0, size)))

/** Stored hashes as a store would keep them. */
export function sourceOf(leafHashes: readonly Uint8Array[]): ReadNode {
  const stored = new Map<string, Uint8Array>()
  for (const { level, index, hash } of append(emptyFrontier(), leafHashes).nodes) stored.set(`${level}/${index}`, hash)
  return (level, index) => stored.get(`${level}/${index}`)
}
