import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '#kernel/bytes'
import { emptyRoot, leafHash, nodeHash, rootOf, splitOf, verifyConsistency, verifyInclusion } from '#ledger/merkle'
import { consistencyProof, inclusionProof } from '#ledger/proof'
import { sourceOf, testLeaf, testLeaves, testRoots } from '#ledger/tree.fixture'
import vectors from '../../test/vectors/ledger-rfc6962.json' with { type: 'json' }

const leaves = vectors.leaves.map((data) => leafHash(fromHex(data)))

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes)
  flipped[bit >> 3]! ^= 1 << (bit & 7)
  return flipped
}

/** On which sides the siblings stand from the node that ends at `end`, by the recursion of RFC 9162 itself. */
function sides(index: number, size: number): string {
  if (size <= 1) return ''
  const middle = splitOf(size)
  return index < middle ? `${sides(index, middle)}R` : `${sides(index - middle, size - middle)}L`
}

function sidesOfOld(oldSize: number, newSize: number, whole = true): string {
  if (oldSize === newSize) return whole ? 'whole:' : 'part:'
  const middle = splitOf(newSize)
  return oldSize <= middle
    ? `${sidesOfOld(oldSize, middle, whole)}R`
    : `${sidesOfOld(oldSize - middle, newSize - middle, false)}L`
}

const readTest = sourceOf(testLeaves)
const bit = fc.nat({ max: 255 })
const member = fc
  .integer({ min: 1, max: 300 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }))
const growth = fc
  .integer({ min: 1, max: 300 })
  .chain((newSize) => fc.record({ newSize: fc.constant(newSize), oldSize: fc.integer({ min: 1, max: newSize }) }))

describe('rootOf', () => {
  it('gives the published roots of RFC 6962', () => {
    expect(toHex(emptyRoot)).toBe(vectors.emptyRoot)
    expect(leaves.map(toHex)).toEqual(vectors.leafHashes)
    expect(vectors.roots.map((_, index) => toHex(rootOf(leaves.slice(0, index + 1))))).toEqual(vectors.roots)
  })
})

describe('verifyInclusion', () => {
  it('accepts every leaf of every log up to 40', async () => {
    for (let size = 1; size <= 40; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof({ index, size }, readTest)
        expect(verifyInclusion({ leafHash: testLeaves[index]!, index, size, proof, root: testRoots[size]! })).toBe(true)
      }
    }
  })

  it('refuses a claim with one bit of leaf, root or proof flipped, or a proof cut or grown', async () => {
    await fc.assert(
      fc.asyncProperty(member, bit, fc.nat(), async ({ index, size }, at, which) => {
        const proof = await inclusionProof({ index, size }, readTest)
        const claim = { leafHash: testLeaves[index]!, index, size, proof, root: testRoots[size]! }
        expect(verifyInclusion(claim)).toBe(true)
        expect(verifyInclusion({ ...claim, leafHash: flip(claim.leafHash, at) })).toBe(false)
        expect(verifyInclusion({ ...claim, root: flip(claim.root, at) })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: [...proof, testLeaf(at)] })).toBe(false)
        if (proof.length === 0) return
        const element = which % proof.length
        expect(verifyInclusion({ ...claim, proof: proof.with(element, flip(proof[element]!, at)) })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: proof.toSpliced(element, 1) })).toBe(false)
      }),
    )
  })

  it('refuses every other index, and every other size that puts the leaf elsewhere', async () => {
    for (let size = 1; size <= 40; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof({ index, size }, readTest)
        const claim = { leafHash: testLeaves[index]!, index, size, proof, root: testRoots[size]! }
        for (let other = 0; other <= 64; other++) {
          expect(verifyInclusion({ ...claim, index: other })).toBe(other === index)
          const same = other > index && sides(index, other) === sides(index, size)
          expect(verifyInclusion({ ...claim, size: other })).toBe(same)
        }
      }
    }
  })

  it('refuses a proof that is longer than the path, even when its hashes lead to the root', async () => {
    const proof = await inclusionProof({ index: 5, size: 7 }, readTest)
    const root = nodeHash(testLeaf(99), testRoots[7]!)
    const claim = { leafHash: testLeaves[5]!, index: 5, size: 7, proof: [...proof, testLeaf(99)], root }
    expect(verifyInclusion(claim)).toBe(false)
  })

  it('never throws, whatever is claimed', () => {
    const anything = fc.oneof(fc.anything(), fc.uint8Array(), fc.constant(testLeaves[0]), fc.constant([testLeaves[1]]))
    fc.assert(
      fc.property(anything, anything, anything, anything, anything, (leaf, index, size, proof, root) => {
        const claim = { leafHash: leaf, index, size, proof, root } as Parameters<typeof verifyInclusion>[0]
        expect(verifyInclusion(claim)).toBeTypeOf('boolean')
      }),
    )
    const holes = new Array(1) as Uint8Array[]
    expect(verifyInclusion({ leafHash: testLeaf(0), index: 0, size: 2, proof: holes, root: testLeaf(0) })).toBe(false)
  })
})

describe('verifyConsistency', () => {
  it('accepts every pair of sizes up to 40, the empty log included, and refuses the proof of another pair', async () => {
    for (let newSize = 0; newSize <= 40; newSize++) {
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const proof = await consistencyProof({ oldSize, newSize }, readTest)
        const claim = { oldSize, newSize, oldRoot: testRoots[oldSize]!, newRoot: testRoots[newSize]!, proof }
        expect(verifyConsistency(claim)).toBe(true)
        for (let other = 0; other <= 64; other++) {
          if (other !== oldSize) expect(verifyConsistency({ ...claim, oldSize: other })).toBe(false)
          // The empty log starts every log; past it, a size counts only by the shape that it gives the proof.
          const same =
            other === newSize || oldSize === 0 ? other > 0 || newSize === 0 : sameShape(oldSize, newSize, other)
          expect(verifyConsistency({ ...claim, newSize: other })).toBe(same)
        }
      }
    }
    function sameShape(oldSize: number, newSize: number, other: number): boolean {
      return oldSize !== newSize && other > oldSize && sidesOfOld(oldSize, newSize) === sidesOfOld(oldSize, other)
    }
  })

  it('refuses a claim with one bit of a root or of the proof flipped, or a proof cut or grown', async () => {
    await fc.assert(
      fc.asyncProperty(growth, bit, fc.nat(), async ({ oldSize, newSize }, at, which) => {
        const proof = await consistencyProof({ oldSize, newSize }, readTest)
        const claim = { oldSize, newSize, oldRoot: testRoots[oldSize]!, newRoot: testRoots[newSize]!, proof }
        expect(verifyConsistency(claim)).toBe(true)
        expect(verifyConsistency({ ...claim, oldRoot: flip(claim.oldRoot, at) })).toBe(false)
        expect(verifyConsistency({ ...claim, newRoot: flip(claim.newRoot, at) })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: [...proof, testLeaf(at)] })).toBe(false)
        if (proof.length === 0) return
        const element = which % proof.length
        expect(verifyConsistency({ ...claim, proof: proof.with(element, flip(proof[element]!, at)) })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: proof.toSpliced(element, 1) })).toBe(false)
      }),
    )
  })

  it('refuses a log whose past was changed', async () => {
    const changed = testLeaves.with(3, testLeaf(999))
    for (let oldSize = 4; oldSize < 40; oldSize++) {
      const proof = await consistencyProof({ oldSize, newSize: 40 }, sourceOf(changed.slice(0, 40)))
      const newRoot = rootOf(changed.slice(0, 40))
      expect(verifyConsistency({ oldSize, newSize: 40, oldRoot: testRoots[oldSize]!, newRoot, proof })).toBe(false)
    }
  })

  it('refuses a proof that is longer than the path, even when its hashes lead to the roots', async () => {
    const proof = await consistencyProof({ oldSize: 3, newSize: 7 }, readTest)
    const [oldRoot, newRoot] = [testRoots[3]!, testRoots[7]!].map((root) => nodeHash(testLeaf(99), root))
    const claim = { oldSize: 3, newSize: 7, oldRoot: oldRoot!, newRoot: newRoot!, proof: [...proof, testLeaf(99)] }
    expect(verifyConsistency(claim)).toBe(false)
  })

  it('never throws, whatever is claimed', () => {
    const anything = fc.oneof(fc.anything(), fc.uint8Array(), fc.nat({ max: 9 }), fc.constant(testLeaves[0]))
    const proofs = fc.oneof(anything, fc.array(anything), fc.array(fc.constant(testLeaves[1])))
    fc.assert(
      fc.property(anything, anything, anything, anything, proofs, (oldSize, newSize, oldRoot, newRoot, proof) => {
        const claim = { oldSize, newSize, oldRoot, newRoot, proof } as Parameters<typeof verifyConsistency>[0]
        expect(verifyConsistency(claim)).toBeTypeOf('boolean')
      }),
    )
  })
})
