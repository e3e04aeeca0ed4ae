import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toHex } from '#kernel/bytes'
import { canonical as canonicalOfNode } from '#kernel/canonical'
import { signCheckpoint } from '#ledger/checkpoint'
import { type AuditEntry, commitmentOf, leafOf, newSalt } from '#ledger/entry'
import { nodeHash, rootOf } from '#ledger/merkle'
import { inclusionProof } from '#ledger/proof'
import { canonical, type Evidence, judge } from '#web/trail/inclusion'

const { privateKey } = generateKeyPairSync('ed25519')

const entryOf = (index: number): AuditEntry => ({
  at: '2026-01-01T00:00:00.000Z',
  act: 'view',
  outcome: 'permitted',
  actor: { member: 'fr', person: 'per_1', role: null, via: 'session' },
  purpose: 'oversight',
  reference: `ملف "${index}"`,
  object: { type: 'subject', id: 'rec_1', version: 2 },
  owner: 'ke',
  recipient: null,
  rule: null,
  reason: null,
  details: { found: index, b: true, a: null },
})

async function evidenceOf(index: number, size: number): Promise<Evidence> {
  const salts = Array.from({ length: size }, newSalt)
  const commitments = salts.map((salt, at) => commitmentOf(entryOf(at), salt))
  const leaves = commitments.map(leafOf)
  const readNode = (level: number, at: number): Uint8Array =>
    level === 0 ? leaves[at]! : nodeHash(readNode(level - 1, at * 2), readNode(level - 1, at * 2 + 1))
  const proof = await inclusionProof({ index, size }, readNode)
  const { actor, object, ...rest } = entryOf(index)
  return {
    shown: {
      index,
      ...rest,
      member: actor.member,
      person: actor.person ?? null,
      role: actor.role ?? null,
      via: actor.via,
      objectType: object?.type ?? null,
      objectId: object?.id ?? null,
      objectVersion: object?.version ?? null,
    },
    leaf: { index, commitment: toHex(commitments[index]!), salt: toHex(salts[index]!), entry: entryOf(index) },
    path: { index, size, proof: proof.map(toHex) },
    note: signCheckpoint({ origin: 'comity.example/fr', size, root: rootOf(leaves) }, privateKey),
  }
}

describe('inclusion in the browser', () => {
  it('finds every entry of every small ledger intact', async () => {
    for (let size = 1; size <= 17; size++)
      for (let index = 0; index < size; index++)
        expect(await judge(await evidenceOf(index, size)), `${index} of ${size}`).toBe('intact')
  })

  it('finds what does not fit', async () => {
    const good = await evidenceOf(4, 11)
    const { shown, leaf, path } = good
    const other = await evidenceOf(4, 11)
    const found = (change: Partial<Evidence>) => judge({ ...good, ...change })
    expect(await found({ shown: { ...shown, member: 'ke' } })).toBe('altered')
    expect(await found({ shown: { ...shown, details: { found: 5, b: true, a: null } } })).toBe('altered')
    expect(await found({ leaf: { ...leaf, salt: other.leaf.salt } })).toBe('altered')
    expect(await found({ leaf: { ...leaf, salt: null } })).toBe('altered')
    expect(await found({ leaf: { ...other.leaf } })).toBe('misplaced')
    expect(await found({ path: { ...path, proof: path.proof.slice(1) } })).toBe('misplaced')
    expect(await found({ path: { ...path, proof: [...path.proof, path.proof[0]!] } })).toBe('misplaced')
    expect(await found({ path: { ...path, size: 12 } })).toBe('rewritten')
    expect(await found({ note: other.note })).toBe('misplaced')
    expect(await found({ note: 'nothing' })).toBe('rewritten')
  })

  it('writes JSON as the ledger does', () => {
    const value = { z: 1, é: [null, 1e21, 0.1], '\u{1f600}': '\u2028"\\\n', a: { d: true } }
    expect(canonical(value)).toBe(canonicalOfNode(value))
  })
})
