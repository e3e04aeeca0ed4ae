import { describe, expect, it } from 'vitest'
import { toHex } from '#kernel/bytes'
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '#ledger/checkpoint'
import { append, emptyFrontier, frontierAt, rootOfFrontier } from '#ledger/frontier'
import { leafHash } from '#ledger/merkle'
import { consistencyProof } from '#ledger/proof'
import { exerciseMembers } from '#node/exercise-members'
import { planFederation } from '#node/federation'
import { openOwnKey } from '#protocol/keys'
import type { Change } from '#store/change'
import { originOf, validKeys, verifierOf } from './keys.ts'
import { chooseWitnesses, mayAsk, takeCosignature, witness, witnessCount } from './witness.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const { directory: signed, keysOf } = await planFederation({
  name: 'Comity Test',
  exercise: true,
  members: exerciseMembers,
  groups: [],
  now,
})
const directory = signed.document
const keyOf = (member: string) => openOwnKey(keysOf.get(member)!.keys[0]!)
const [fr, ke] = [await keyOf('fr'), await keyOf('ke')]
const origin = originOf(directory, 'fr')

/** A log of so many leaves, of which the first differs from story to story. */
function logOf(story: string) {
  const leaves = Array.from({ length: 40 }, (_, index) => leafHash(Buffer.from(`${index === 0 ? story : ''}${index}`)))
  const nodes = new Map(append(emptyFrontier(), leaves).nodes.map((it) => [`${it.level} ${it.index}`, it.hash]))
  const readNode = (level: number, index: number) => nodes.get(`${level} ${index}`)
  const rootAt = async (size: number) => rootOfFrontier(await frontierAt(size, readNode))
  return {
    rootAt,
    async checkpoint(oldSize: number, size: number, key = fr) {
      const proof = await consistencyProof({ oldSize, newSize: size }, readNode)
      const note = signCheckpoint({ origin, size, root: await rootAt(size) }, key.keyObject)
      return { kind: 'checkpoint' as const, note, oldSize, proof: proof.map(toHex) }
    },
  }
}
const [log, other] = [logOf('one'), logOf('two')]
const exchange = { me: 'ke', from: 'fr', directory, now, key: ke }

function headAfter(change: Change) {
  const row = change.rows!.at(-1)!
  if (row.op !== 'update') throw new Error('no head was written')
  return row.values as { size: number; root: string; note: string }
}
const replyOf = (change: Change) => parseCheckpoint((change.send![0]!.content as { note: string }).note)
const code = (code: string) => expect.objectContaining({ code })
const firstHead = headAfter(witness(await log.checkpoint(0, 8), undefined, exchange))

describe('witness', () => {
  it('cosigns the first checkpoint and what continues it, without an audit entry', async () => {
    const change = witness(await log.checkpoint(8, 21), firstHead, exchange)
    expect(headAfter(change)).toMatchObject({ size: 21, root: toHex(await log.rootAt(21)) })
    expect(change.audit).toEqual([])
    const keys = [
      ...validKeys(directory, 'fr', now).map((it) => verifierOf(directory, it, 'log')),
      ...validKeys(directory, 'ke', now).map((it) => verifierOf(directory, it, 'witness')),
    ]
    expect(verifyCheckpoint(replyOf(change), keys)).toMatchObject({
      trusted: true,
      cosigners: [{ name: 'comity/comity-test/ke', atSeconds: now.getTime() / 1000 }],
    })
  })

  it('refuses another history: longer, as long, or shorter', async () => {
    const longer = await other.checkpoint(8, 21)
    const asLong = await other.checkpoint(0, 8)
    const shorter = await log.checkpoint(0, 5)
    for (const content of [longer, asLong, shorter])
      expect(() => witness(content, firstHead, exchange)).toThrow(code('witness/split-view'))
  })

  it('answers with the last cosigned checkpoint when the proof starts elsewhere, or nothing was added', async () => {
    for (const content of [await log.checkpoint(4, 21), await log.checkpoint(16, 21), await log.checkpoint(8, 8)]) {
      const change = witness(content, firstHead, exchange)
      expect(change.rows).toBeUndefined()
      expect(replyOf(change).size).toBe(8)
    }
  })

  it("refuses another member's log, and what the member did not sign", async () => {
    const content = await log.checkpoint(0, 8)
    expect(() => witness(content, undefined, { ...exchange, from: 'id' })).toThrow(code('witness/foreign-log'))
    const unsigned = await log.checkpoint(0, 8, ke)
    expect(() => witness(unsigned, undefined, exchange)).toThrow(code('witness/unsigned'))
    const late = new Date('2029-01-01T00:00:00Z')
    expect(() => witness(content, undefined, { ...exchange, now: late })).toThrow(code('witness/unsigned'))
    expect(() => witness({ ...content, note: 'x' }, undefined, exchange)).toThrow(code('ledger/malformed-note'))
  })
})

describe('takeCosignature', () => {
  const taking = { me: 'fr', from: 'ke', directory, now, kept: undefined }
  const cosigned = parseCheckpoint(firstHead.note)

  it('keeps the line beside the own note, which it restores when it was lost', async () => {
    const change = takeCosignature(cosigned, await log.rootAt(8), taking)
    expect(change.rows).toMatchObject([
      { table: 'audit_checkpoints', values: { size: 8, note: (await log.checkpoint(0, 8)).note } },
      { table: 'audit_cosignatures', values: { size: 8, member: 'ke', line: expect.stringMatching(/^— comity/) } },
      { table: 'audit_witnesses', values: { member: 'ke', head: 8 } },
    ])
    expect(change.audit).toEqual([])
  })

  it('refuses a line of somebody else, a text that was not signed here, and a history that this ledger lacks', async () => {
    const root = await log.rootAt(8)
    const take =
      (more: object, rootAt: Uint8Array | undefined = root) =>
      () =>
        takeCosignature(cosigned, rootAt, { ...taking, ...more })
    expect(take({ from: 'id' })).toThrow(code('witness/bad-cosignature'))
    expect(take({ me: 'id' })).toThrow(code('witness/foreign-log'))
    expect(take({}, await other.rootAt(8))).toThrow(code('witness/split-view'))
    expect(() => takeCosignature(cosigned, undefined, taking)).toThrow(code('witness/split-view'))
    const unsigned = { ...cosigned, signatures: cosigned.signatures.filter((it) => it.name !== origin) }
    expect(() => takeCosignature(unsigned, root, taking)).toThrow(code('witness/bad-cosignature'))
    const kept = { size: 8, root: toHex(root), note: (await log.checkpoint(0, 9)).note, at: now }
    expect(take({ kept })).toThrow(code('witness/bad-cosignature'))
  })
})

describe('mayAsk', () => {
  const asked = (outcome: 'open' | 'taken' | 'refused', secondsAgo: number, size = 10) => ({
    size,
    at: new Date(now.getTime() - secondsAgo * 1000),
    outcome,
  })

  it('asks once a minute, one question at a time, and a refuser once a day', () => {
    expect(mayAsk({ head: 0, asked: null }, 5, now)).toBe(true)
    expect(mayAsk({ head: 5, asked: null }, 5, now)).toBe(false)
    expect(mayAsk({ head: 10, asked: asked('taken', 30) }, 12, now)).toBe(false)
    expect(mayAsk({ head: 10, asked: asked('taken', 61) }, 12, now)).toBe(true)
    expect(mayAsk({ head: 0, asked: asked('open', 90_000) }, 12, now)).toBe(false)
    expect(mayAsk({ head: 0, asked: asked('taken', 120) }, 12, now)).toBe(false)
    expect(mayAsk({ head: 0, asked: asked('taken', 700) }, 12, now)).toBe(true)
    expect(mayAsk({ head: 0, asked: asked('refused', 3_600) }, 12, now)).toBe(false)
    expect(mayAsk({ head: 0, asked: asked('refused', 90_000) }, 12, now)).toBe(true)
  })
})

describe('chooseWitnesses', () => {
  const none = { suspended: new Set<string>(), failing: new Set<string>() }

  it('takes three others, the same each time, and those that answer first', () => {
    const chosen = chooseWitnesses(directory, 'fr', none)
    expect(chosen).toHaveLength(witnessCount)
    expect(chosen).not.toContain('fr')
    expect(chooseWitnesses(directory, 'fr', none)).toEqual(chosen)
    const without = chooseWitnesses(directory, 'fr', { ...none, failing: new Set([chosen[0]!]) })
    expect(without).not.toContain(chosen[0])
    expect(chooseWitnesses(directory, 'fr', { ...none, suspended: new Set(chosen) })).toHaveLength(1)
  })
})
