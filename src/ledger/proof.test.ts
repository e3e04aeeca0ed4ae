import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '#kernel/bytes'
import { foldPeaks, leafHash, nodeHash, sameHash, verifyConsistency, verifyInclusion } from '#ledger/merkle'
import {
  consistencyPlan,
  consistencyProof,
  inclusionPlan,
  inclusionProof,
  type ReadNode,
  readPeaks,
} from '#ledger/proof'
import { sourceOf, testLeaf } from '#ledger/tree.fixture'
import vectors from '../../test/vectors/ledger-rfc6962.json' with { type: 'json' }

const leaves = vectors.leaves.map((data) => leafHash(fromHex(data)))

describe('inclusionProof', () => {
  it.each(vectors.inclusion)('of leaf $index in $size leaves is the published one and verifies', async (vector) => {
    const { index, size } = vector
    const proof = await inclusionProof({ index, size }, sourceOf(leaves))
    expect(proof.map(toHex)).toEqual(vector.proof)
    const root = fromHex(vectors.roots[size - 1]!)
    expect(verifyInclusion({ leafHash: leaves[index]!, index, size, proof, root })).toBe(true)
  })

  it('refuses a leaf outside the log', () => {
    for (const [index, size] of [
      [0, 0],
      [3, 3],
      [-1, 3],
      [0.5, 3],
      [Number.NaN, 3],
      [0, 2 ** 53],
    ] as const) {
      expect(() => inclusionPlan(index, size)).toThrow(expect.objectContaining({ code: 'ledger/out-of-range' }))
    }
  })

  it('names a stored hash that is missing', async () => {
    const lost = inclusionProof({ index: 0, size: 2 }, () => undefined)
    await expect(lost).rejects.toMatchObject({ code: 'ledger/missing-node', details: { level: 0, index: 1 } })
  })
})

describe('consistencyProof', () => {
  it.each(vectors.consistency)('from $oldSize to $newSize is the published one and verifies', async (vector) => {
    const { oldSize, newSize } = vector
    const proof = await consistencyProof({ oldSize, newSize }, sourceOf(leaves))
    expect(proof.map(toHex)).toEqual(vector.proof)
    const [oldRoot, newRoot] = [fromHex(vectors.roots[oldSize - 1]!), fromHex(vectors.roots[newSize - 1]!)]
    expect(verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof })).toBe(true)
  })

  it('refuses sizes that shrink', () => {
    expect(() => consistencyPlan(4, 3)).toThrow(expect.objectContaining({ code: 'ledger/out-of-range' }))
  })
})

describe('logs past 2^31 leaves', () => {
  const common = testLeaf(0)
  const marked = testLeaf(1)

  /** A log of equal leaves but one, so that its nodes can be known without building it. */
  function hugeLog(mark: number): ReadNode {
    const plain: Uint8Array[] = [common]
    for (let level = 1; level < 53; level++) plain.push(nodeHash(plain[level - 1]!, plain[level - 1]!))
    const read = (level: number, index: number): Uint8Array => {
      if (Math.floor(mark / 2 ** level) !== index) return plain[level]!
      return level === 0 ? marked : nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1))
    }
    return read
  }

  const huge = fc.bigInt({ min: 2n ** 31n, max: 2n ** 53n - 1n }).chain((size) =>
    fc.record({
      size: fc.constant(Number(size)),
      index: fc.bigInt({ min: 2n ** 31n - 1n, max: size - 1n }).map(Number),
    }),
  )

  it('prove and verify inclusion, and tell an index from the one 2^32 before it', async () => {
    await fc.assert(
      fc.asyncProperty(huge, async ({ size, index }) => {
        const read = hugeLog(index)
        const root = foldPeaks(await readPeaks(size, read))
        const proof = await inclusionProof({ index, size }, read)
        expect(verifyInclusion({ leafHash: marked, index, size, proof, root })).toBe(true)
        expect(verifyInclusion({ leafHash: common, index, size, proof, root })).toBe(false)
        expect(verifyInclusion({ leafHash: marked, index: index % 2 ** 32, size, proof, root })).toBe(index < 2 ** 32)
      }),
    )
  })

  it('prove and verify consistency', async () => {
    await fc.assert(
      fc.asyncProperty(huge, async ({ size: newSize, index: oldSize }) => {
        const read = hugeLog(oldSize - 1)
        const [oldRoot, newRoot] = [
          foldPeaks(await readPeaks(oldSize, read)),
          foldPeaks(await readPeaks(newSize, read)),
        ]
        const proof = await consistencyProof({ oldSize, newSize }, read)
        expect(verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof })).toBe(true)
        expect(sameHash(oldRoot, newRoot)).toBe(false)
        expect(verifyConsistency({ oldSize, newSize, oldRoot: newRoot, newRoot: oldRoot, proof })).toBe(false)
      }),
    )
  })
})
