import { describe, expect, it } from 'vitest'
import { canonical, hashOf } from '#kernel/canonical'
import { exerciseMembers } from '#node/exercise-members'
import { planFederation } from '#node/federation'
import { signersOf } from '#protocol/directory'
import { publicPart, thumbprint } from '#protocol/keys'
import { hashOfText, openKeeperKeys, publicKeysIn } from './directory-key.ts'

const plan = { name: 'Test', exercise: true, members: exerciseMembers, groups: [], now: new Date() }

describe('openKeeperKeys', () => {
  it('signs as the protocol verifies', async () => {
    const { directory, directoryKeys, trust } = await planFederation(plan)
    const keys = await openKeeperKeys(JSON.stringify({ keys: directoryKeys }))
    expect(keys.map((it) => it.kid)).toEqual(await Promise.all(directoryKeys.map(thumbprint)))
    const text = canonical(directory.document)
    const signatures = await Promise.all(keys.map((it) => it.sign(text)))
    const { document } = directory
    expect((await signersOf({ document, signatures }, trust.keys)).size).toBe(3)
    expect((await signersOf({ document: { ...document, version: 9 }, signatures }, trust.keys)).size).toBe(0)
    expect(await hashOfText(text)).toBe(hashOf(document))
  })

  it('refuses a file that holds no secret key to sign with', async () => {
    const { directoryKeys } = await planFederation(plan)
    for (const it of [directoryKeys.map(publicPart), {}, null, [], 'x'])
      await expect(openKeeperKeys(JSON.stringify(it))).rejects.toThrow()
    await expect(openKeeperKeys('not JSON')).rejects.toThrow()
  })
})

describe('publicKeysIn', () => {
  it('takes the public parts of every form of key file, and never a secret', async () => {
    const { directoryKeys } = await planFederation(plan)
    const expected = directoryKeys.map(publicPart)
    for (const it of [{ keys: directoryKeys }, directoryKeys, { items: expected.map((jwk) => ({ use: 'sign', jwk })) }])
      expect(publicKeysIn(JSON.stringify(it))).toEqual(expected)
    expect(publicKeysIn(JSON.stringify(directoryKeys[0]))).toEqual([expected[0]])
  })
})
