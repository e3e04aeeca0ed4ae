import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '#kernel/bytes'
import { append, emptyFrontier, frontierAt, frontierFromJson, frontierToJson, rootOfFrontier } from '#ledger/frontier'
import { emptyRoot, rootOf } from '#ledger/merkle'
import { testLeaves as leaves, sourceOf } from '#ledger/tree.fixture'

const chunks = fc.array(fc.nat({ max: 60 }), { maxLength: 5 })

function appendChunks(lengths: readonly number[]) {
  let frontier = emptyFrontier()
  const nodes = []
  for (const length of lengths) {
    const step = append(frontier, leaves.slice(frontier.size, frontier.size + length))
    frontier = step.frontier
    nodes.push(...step.nodes)
  }
  return { frontier, nodes }
}

describe('append', () => {
  it('gives the root of RFC 9162 whatever the chunks', () => {
    fc.assert(
      fc.property(chunks, (lengths) => {
        const { frontier } = appendChunks(lengths)
        expect(toHex(rootOfFrontier(frontier))).toBe(toHex(rootOf(leaves.slice(0, frontier.size))))
      }),
    )
  })

  it('returns each complete subtree once, with the hash of what it covers', () => {
    fc.assert(
      fc.property(chunks, (lengths) => {
        const { frontier, nodes } = appendChunks(lengths)
        const seen = nodes.map(({ level, index }) => `${level}/${index}`)
        const expected: string[] = []
        for (let level = 0; 2 ** level <= frontier.size; level++) {
          for (let index = 0; (index + 1) * 2 ** level <= frontier.size; index++) expected.push(`${level}/${index}`)
        }
        expect(seen.toSorted()).toEqual(expected.toSorted())
        for (const { level, index, hash } of nodes) {
          const width = 2 ** level
          expect(toHex(hash)).toBe(toHex(rootOf(leaves.slice(index * width, (index + 1) * width))))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('leaves the frontier it was given as it was', () => {
    const { frontier } = append(emptyFrontier(), leaves.slice(0, 3))
    const before = frontierToJson(frontier)
    append(frontier, leaves.slice(3, 9))
    expect(frontierToJson(frontier)).toEqual(before)
  })

  it('refuses what is no leaf hash', () => {
    expect(() => append(emptyFrontier(), [new Uint8Array(31)])).toThrow(
      expect.objectContaining({ code: 'ledger/bad-leaf' }),
    )
  })
})

describe('rootOfFrontier', () => {
  it('of no leaves is the hash of nothing', () => {
    expect(toHex(rootOfFrontier(emptyFrontier()))).toBe(toHex(emptyRoot))
  })
})

describe('frontierAt', () => {
  it('rebuilds the frontier of every earlier size from the stored nodes', async () => {
    const readNode = sourceOf(leaves)
    for (let size = 0; size <= 130; size++) {
      const rebuilt = await frontierAt(size, readNode)
      expect(frontierToJson(rebuilt)).toEqual(frontierToJson(append(emptyFrontier(), leaves.slice(0, size)).frontier))
    }
  })
})

describe('frontierFromJson', () => {
  it('reads back what frontierToJson wrote', () => {
    fc.assert(
      fc.property(chunks, (lengths) => {
        const { frontier } = appendChunks(lengths)
        const read = frontierFromJson(JSON.parse(JSON.stringify(frontierToJson(frontier))))
        expect(toHex(rootOfFrontier(read))).toBe(toHex(rootOfFrontier(frontier)))
        expect(frontierToJson(read)).toEqual(frontierToJson(frontier))
      }),
    )
  })

  it('refuses peaks that do not fit the size', () => {
    const peak = toHex(leaves[0]!)
    const wrong: unknown[] = [
      null,
      { size: 2, peaks: [] },
      { size: 3, peaks: [peak] },
      { size: -1, peaks: [] },
      { size: 1.5, peaks: [peak] },
      { size: 1, peaks: [peak.toUpperCase()] },
      { size: 1, peaks: [peak], more: 1 },
    ]
    for (const value of wrong) {
      expect(() => frontierFromJson(value)).toThrow(expect.objectContaining({ code: 'ledger/bad-frontier' }))
    }
  })
})
