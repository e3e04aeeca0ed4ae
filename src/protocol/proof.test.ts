import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isFault } from '#kernel/fault'
import type { Directory } from '#protocol/directory'
import { openOwnKey } from '#protocol/keys'
import { type MemberProof, signProof, verifyProof } from '#protocol/proof'

const federation = JSON.parse(
  readFileSync(new URL('../../test/vectors/protocol-federation.json', import.meta.url), 'utf8'),
)
const directory: Directory = federation.directory.document
const key = await openOwnKey(federation.privateKeys.ke.sign)
const foreign = await openOwnKey(federation.privateKeys.fr.sign)
const now = new Date(Date.UTC(2026, 5, 1))

const proof = (change: Partial<MemberProof> = {}): MemberProof => ({
  member: 'ke',
  to: 'fr',
  ask: '/wire/v1/directory',
  at: now.toISOString(),
  ...change,
})

function codeOf(signed: string, at = now): string {
  try {
    verifyProof(signed, { me: 'fr', ask: '/wire/v1/directory', directory, now: at })
    return 'accepted'
  } catch (thrown) {
    if (isFault(thrown)) return thrown.code
    throw thrown
  }
}

describe('verifyProof', () => {
  it('takes what a member signed for this node, this question and now', () => {
    expect(codeOf(signProof(proof(), key))).toBe('accepted')
    expect(codeOf(signProof(proof({ to: 'id' }), key))).toBe('proof/malformed')
    expect(codeOf(signProof(proof({ ask: '/wire/v1/envelopes' }), key))).toBe('proof/malformed')
    expect(codeOf(signProof(proof({ member: 'nobody' }), key))).toBe('member/unknown')
    expect(codeOf(signProof(proof(), foreign))).toBe('key/unknown')
  })

  it('is shown in vain ten minutes later, or earlier', () => {
    const signed = signProof(proof(), key)
    expect(codeOf(signed, new Date(now.getTime() + 600_000))).toBe('proof/stale')
    expect(codeOf(signed, new Date(now.getTime() - 600_000))).toBe('proof/stale')
  })

  it('refuses any other text, and a signature over another', () => {
    const [head, payload, signature] = signProof(proof(), key).split('.')
    const other = signProof(proof({ at: new Date(now.getTime() + 1_000).toISOString() }), key).split('.')
    expect(codeOf(`${head}.${other[1]}.${signature}`)).toBe('proof/bad-signature')
    for (const text of ['', '..', 'a.b.c', `${head}.${payload}`, `.${payload}.${signature}`])
      expect(codeOf(text), text).toBe('proof/malformed')
  })

  it('refuses a member that is suspended', () => {
    const members = directory.members.map((it) => (it.id === 'ke' ? { ...it, suspended: true } : it))
    const asked = { me: 'fr', ask: '/wire/v1/directory', directory: { ...directory, members }, now }
    expect(() => verifyProof(signProof(proof(), key), asked)).toThrow(/suspended/)
  })
})
