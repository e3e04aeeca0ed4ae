import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signCheckpoint } from '#ledger/checkpoint'
import { leafOf } from '#ledger/entry'
import { verifierKey } from '#ledger/note'
import {
  checkpointOf,
  checkpoints,
  entryAt,
  keys,
  leafAt,
  leaves,
  origin,
  verify,
  witness,
} from '#ledger/trail.fixture'
import { verifyTrail } from '#ledger/verify'

describe('verifyTrail against what the log signed', () => {
  it('bounds a leaf forged with its commitment by the checkpoints around it', async () => {
    const forged = leaves.with(25, leafAt(25, { ...entryAt(25), actor: { member: 'fr', via: 'system' } }))
    expect(await verify(forged)).toMatchObject({
      intact: false,
      rootMatches: false,
      covered: 20,
      tampered: [{ index: 20, until: 40, why: 'rewritten' }],
    })
  })

  it('bounds leaves that were swapped whole, and tells only the first misfit', async () => {
    const swapped = leaves.with(3, { ...leaves[4]!, index: 3 }).with(4, { ...leaves[3]!, index: 4 })
    expect((await verify(swapped)).tampered).toEqual([{ index: 0, until: 20, why: 'rewritten' }])
  })

  it('pins leaves that were swapped whole when the tree brings its own leaf hashes', async () => {
    const tree = leaves.map((leaf) => leafOf(leaf.commitment))
    const swapped = leaves.with(3, { ...leaves[4]!, index: 3 }).with(4, { ...leaves[3]!, index: 4 })
    const trail = swapped.map((leaf) => ({ ...leaf, leafHash: tree[leaf.index]! }))
    expect((await verify(trail)).tampered).toEqual([
      { index: 3, until: 4, why: 'replaced' },
      { index: 4, until: 5, why: 'replaced' },
    ])
  })

  it('finds a trail that was cut off', async () => {
    expect(await verify(leaves.slice(0, 33))).toMatchObject({
      intact: false,
      rootMatches: false,
      covered: 20,
      tampered: [{ index: 33, until: 40, why: 'missing' }],
    })
  })

  it('finds a log that signed two contents', async () => {
    const other = leaves.with(30, leafAt(30))
    for (const size of [35, 40]) {
      const report = await verify(leaves, [...checkpoints, checkpointOf(other, size)])
      expect(report).toMatchObject({
        intact: false,
        rootMatches: true,
        tampered: [{ index: 20, until: size, why: 'forked' }],
      })
    }
  })

  it('finds a log that signed two contents past the end of the trail', async () => {
    const longer = () => Array.from({ length: 60 }, (_, index) => leafAt(index))
    const report = await verify(leaves, [...checkpoints, checkpointOf(longer(), 60), checkpointOf(longer(), 60)])
    expect(report.tampered).toEqual([
      { index: 40, until: 60, why: 'forked' },
      { index: 50, until: 60, why: 'missing' },
    ])
  })

  it('lets no checkpoint without a good signature accuse or clear the trail', async () => {
    const foreign = generateKeyPairSync('ed25519')
    const root = new Uint8Array(32)
    const notes = [
      'not a note',
      signCheckpoint({ origin, size: 30, root }, foreign.privateKey),
      signCheckpoint({ origin, size: 1_000_000, root }, foreign.privateKey),
      checkpoints[2]!.replace('40', '41'),
    ]
    const report = await verify(leaves, [...checkpoints, ...notes])
    expect(report).toMatchObject({ intact: true, covered: 40 })
    expect(
      report.checkpoints.slice(3).map((each) => [each.trusted, each.rootMatches, each.problem, each.failed]),
    ).toEqual([
      [false, false, 'malformed', []],
      [false, false, null, []],
      [false, false, null, []],
      [false, false, null, [origin]],
    ])
    expect(await verify(leaves, notes)).toMatchObject({ intact: false, covered: 0, tampered: [] })
  })

  it('sets checkpoints of another log aside when it is told the origin', async () => {
    const other = signCheckpoint(
      { origin: 'comity.example/ke', size: 50, root: new Uint8Array(32) },
      witness.privateKey,
    )
    const all = [...keys, verifierKey('comity.example/ke', 'log', witness.publicKey)]
    const report = await verifyTrail({ leaves, checkpoints: [...checkpoints, other], keys: all, origin })
    expect(report).toMatchObject({ intact: true, covered: 40 })
    expect(report.checkpoints[3]).toMatchObject({ trusted: false, problem: 'other-log' })
  })
})
