import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '#kernel/bytes'
import { leafOf } from '#ledger/entry'
import { rootOf } from '#ledger/merkle'
import { at, checkpointOf, checkpoints, entryAt, keys, leafAt, leaves, origin, verify } from '#ledger/trail.fixture'
import { type TrailLeaf, verifyTrail } from '#ledger/verify'

const erase = (leaf: TrailLeaf): TrailLeaf => ({ ...leaf, entry: null, salt: null })

describe('verifyTrail', () => {
  it('reports a whole trail, how far it is signed, and who cosigned', async () => {
    expect(await verify(leaves)).toEqual({
      intact: true,
      size: 50,
      root: toHex(rootOf(leaves.map((leaf) => leafOf(leaf.commitment)))),
      rootMatches: true,
      covered: 40,
      checkpoints: [0, 20, 40].map((size) => ({
        origin,
        size,
        root: toHex(rootOf(leaves.slice(0, size).map((leaf) => leafOf(leaf.commitment)))),
        trusted: true,
        rootMatches: true,
        cosigners: size === 20 ? [{ name: 'comity.example/ke', atSeconds: at.getTime() / 1000 }] : [],
        failed: [],
        problem: null,
      })),
      tampered: [],
      erased: 0,
      cosigners: [{ name: 'comity.example/ke', size: 20, atSeconds: at.getTime() / 1000 }],
    })
  })

  it('reads a stream as it reads a list', async () => {
    async function* stream() {
      yield* leaves
    }
    expect(await verifyTrail({ leaves: stream(), checkpoints, keys })).toEqual(await verify(leaves))
  })

  it('stands after entries are erased', async () => {
    const trail = leaves.map((leaf) => (leaf.index % 3 === 0 ? erase(leaf) : leaf))
    expect(await verify(trail)).toMatchObject({ intact: true, erased: 17, tampered: [] })
  })

  it('stands with no leaf under a checkpoint of the empty log, and not without one', async () => {
    expect(await verify([], [checkpointOf([], 0)])).toMatchObject({ intact: true, size: 0, covered: 0 })
    expect(await verify([], [])).toMatchObject({ intact: false, rootMatches: false })
  })

  it('finds any single altered, half-erased, replaced, removed or repeated leaf by its index', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 39 }), async (index) => {
        const leaf = leaves[index]!
        const until = index + 1
        const altered = leaves.with(index, { ...leaf, entry: { ...entryAt(index), purpose: 'curiosity' } })
        expect((await verify(altered)).tampered).toEqual([{ index, until, why: 'altered' }])
        const halfErased = leaves.with(index, { ...leaf, entry: null })
        expect((await verify(halfErased)).tampered).toEqual([{ index, until, why: 'half-erased' }])
        const replaced = leaves.with(index, { ...leafAt(index), leafHash: leafOf(leaf.commitment) })
        expect((await verify(replaced)).tampered).toEqual([{ index, until, why: 'replaced' }])
        const cut = leaves.with(index, { ...leaf, commitment: leaf.commitment.subarray(1) })
        expect((await verify(cut)).tampered).toEqual([{ index, until, why: 'replaced' }])
        const removed = await verify(leaves.toSpliced(index, 1))
        expect(removed).toMatchObject({ intact: false, root: null, tampered: [{ index, until, why: 'missing' }] })
        const repeated = leaves.toSpliced(index, 0, leaf)
        expect((await verify(repeated)).tampered).toEqual([{ index, until, why: 'misplaced' }])
      }),
      { numRuns: 15 },
    )
  })

  it('finds entries that were swapped under their commitments', async () => {
    const [a, b] = [leaves[7]!, leaves[30]!]
    const swapped = leaves
      .with(7, { ...b, index: 7, commitment: a.commitment })
      .with(30, { ...a, index: 30, commitment: b.commitment })
    expect((await verify(swapped)).tampered).toEqual([
      { index: 7, until: 8, why: 'altered' },
      { index: 30, until: 31, why: 'altered' },
    ])
  })

  it('finds leaves that were swapped in the stream', async () => {
    const swapped = leaves.with(7, leaves[8]!).with(8, leaves[7]!)
    expect((await verify(swapped)).tampered).toEqual([
      { index: 7, until: 8, why: 'missing' },
      { index: 7, until: 8, why: 'misplaced' },
    ])
  })

  it('goes through hostile leaves without throwing', async () => {
    const hostile = fc.record({
      index: fc.oneof(fc.nat({ max: 5 }), fc.constantFrom(-1, 0.5, Number.NaN, 2 ** 53 - 1, 2 ** 60)),
      commitment: fc.oneof(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.anything() as fc.Arbitrary<Uint8Array>),
      entry: fc.anything(),
      salt: fc.oneof(fc.constant(null), fc.anything() as fc.Arbitrary<Uint8Array>),
      leafHash: fc.anything() as fc.Arbitrary<Uint8Array>,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(hostile), async (trail) => {
        expect((await verify(trail)).intact).toBe(false)
      }),
    )
  })
})
