import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import {
  currentKey,
  type Directory,
  type DirectoryKey,
  findKey,
  findMember,
  partyOf,
  signDirectory,
  verifyDirectory,
} from '#protocol/directory'
import { generateJwk, openOwnKey, publicPart, thumbprint } from '#protocol/keys'

const federation = JSON.parse(
  readFileSync(new URL('../../test/vectors/protocol-federation.json', import.meta.url), 'utf8'),
)
const directory: Directory = federation.directory.document
const now = new Date(federation.now)
const signers = await Promise.all(Array.from({ length: 5 }, () => openOwnKey(generateJwk('sign'))))
const trustIn = (count: number, threshold: number) => ({
  federation: directory.federation,
  threshold,
  keys: signers.slice(0, count).map((it) => it.publicJwk),
})
const signedBy = async (document: Directory, ...which: readonly number[]) => ({
  document,
  signatures: await Promise.all(which.map((it) => signDirectory(document, signers[it]!))),
})
async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'accepted'
  } catch (thrown) {
    if (isFault(thrown)) return thrown.code
    throw thrown
  }
}

describe('verifyDirectory', () => {
  it('asks for k distinct signatures of n pinned keys, however often and in whatever order keys sign', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(4), { maxLength: 8 }),
        async (count, threshold, which) => {
          const input = await signedBy(directory, ...which)
          const enough = new Set(which.filter((it) => it < count)).size >= threshold
          expect(await codeOf(() => verifyDirectory(input, { trust: trustIn(count, threshold), now }))).toBe(
            enough ? 'accepted' : 'directory/too-few-signatures',
          )
        },
      ),
    )
  })

  it('does not count a signature twice that is written in two ways', async () => {
    const input = await signedBy(directory, 0)
    const [signature] = input.signatures as [string]
    const signatures = [signature, `${signature}=`, `${signature} `, `${signature}.x`, signature.replace('..', '.e30.')]
    expect(await codeOf(() => verifyDirectory({ ...input, signatures }, { trust: trustIn(3, 2), now }))).toBe(
      'directory/too-few-signatures',
    )
  })

  it('overlooks signatures that it cannot read, as long as enough others hold', async () => {
    const input = await signedBy(directory, 0, 1)
    const signatures = ['', '..', 'e30..e30', 'x'.repeat(2_048), ...input.signatures]
    expect(await codeOf(() => verifyDirectory({ ...input, signatures }, { trust: trustIn(3, 2), now }))).toBe(
      'accepted',
    )
  })

  it('refuses a document in which any member was changed after it was signed', async () => {
    const input = await signedBy(directory, 0, 1, 2)
    const [first, ...others] = directory.members
    const changes: Partial<Directory>[] = [
      { exercise: false },
      { version: directory.version + 1 },
      { previous: null },
      { issuedAt: directory.expiresAt },
      { expiresAt: '2099-01-01T00:00:00.000Z' },
      { members: others },
      { members: [{ ...first!, suspended: true }, ...others] },
      { members: [{ ...first!, endpoint: { url: 'https://elsewhere.example/' } }, ...others] },
      {
        members: [
          { ...first!, keys: first!.keys.map((it) => ({ ...it, notAfter: '2099-01-01T00:00:00.000Z' })) },
          ...others,
        ],
      },
      { groups: [] },
    ]
    for (const change of changes) {
      const changed = { ...input, document: { ...directory, ...change } }
      expect(await codeOf(() => verifyDirectory(changed, { trust: trustIn(3, 1), now }))).toBe(
        'directory/too-few-signatures',
      )
    }
  })

  it('never goes back: of two versions only the greater follows, and the next one by its hash', async () => {
    const trust = trustIn(1, 1)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (a, b, chained) => {
          const current = { ...directory, version: a }
          const next = { ...directory, version: b, previous: chained ? hashOf(current) : 'ff'.repeat(32) }
          const fits = b > a + 1 || (b === a + 1 && chained) || hashOf(next) === hashOf(current)
          const input = await signedBy(next, 0)
          expect(await codeOf(() => verifyDirectory(input, { trust, now, current }))).toBe(
            fits ? 'accepted' : 'directory/rollback',
          )
          expect(await codeOf(() => verifyDirectory(input, { trust, now }))).toBe('accepted')
        },
      ),
    )
  })

  it('answers any input with a fault, never with a bug', async () => {
    const trust = trustIn(3, 2)
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await codeOf(() => verifyDirectory(value, { trust, now }))).toBe('directory/malformed')
      }),
    )
  })
})

const day = (it: number) => new Date(Date.UTC(2026, 0, 1 + it)).toISOString()
const window = fc.record({ notBefore: fc.nat(20), notAfter: fc.nat(20), revokedAt: fc.option(fc.nat(20)) })
const jwks = await Promise.all(
  [0, 1, 2, 3].map(async () => {
    const jwk = publicPart(generateJwk('sign'))
    return { jwk, kid: await thumbprint(jwk), use: 'sign' as const }
  }),
)
type Window = { notBefore: number; notAfter: number; revokedAt: number | null }
function directoryWith(windows: readonly Window[]): Directory {
  const keys = windows.map(
    ({ notBefore, notAfter, revokedAt }, index): DirectoryKey => ({
      ...jwks[index]!,
      notBefore: day(notBefore),
      notAfter: day(notAfter),
      ...(revokedAt === null ? {} : { revokedAt: day(revokedAt) }),
    }),
  )
  return { ...directory, members: [{ ...directory.members[0]!, keys }] }
}
const isValid = (it: Window, at: number) =>
  it.notBefore <= at && at < it.notAfter && (it.revokedAt === null || at < it.revokedAt)

describe('findKey', () => {
  it('finds a key within its window and before its revocation only, and says which of these failed', async () => {
    await fc.assert(
      fc.asyncProperty(window, fc.nat(20), async (it, at) => {
        const ask = { member: 'fr', kid: jwks[0]!.kid, use: 'sign' as const, at: new Date(day(at)) }
        expect(await codeOf(() => findKey(directoryWith([it]), ask))).toBe(
          isValid(it, at)
            ? 'accepted'
            : it.revokedAt !== null && it.revokedAt <= at
              ? 'key/revoked'
              : at < it.notBefore
                ? 'key/not-yet-valid'
                : 'key/expired',
        )
      }),
    )
  })

  it('finds no key of another member, of another use, or of a suspended member', async () => {
    const key = (member: string, use: string) =>
      findMember(directory, member).keys.find((it) => it.use === use && it.revokedAt === undefined)!.kid
    const ask = (member: string, kid: string) => codeOf(() => findKey(directory, { member, kid, use: 'sign', at: now }))
    expect(await ask('ke', key('ke', 'sign'))).toBe('accepted')
    expect(await ask('fr', key('ke', 'sign'))).toBe('key/unknown')
    expect(await ask('ke', key('ke', 'seal'))).toBe('key/wrong-use')
    expect(await ask('mu', key('mu', 'sign'))).toBe('member/suspended')
    expect(await ask('nobody', key('ke', 'sign'))).toBe('member/unknown')
  })
})

describe('currentKey', () => {
  it('is the valid key that lasts longest, and one that findKey finds', () => {
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 4 }), fc.nat(20), (windows, day0) => {
        const among = directoryWith(windows)
        const at = new Date(day(day0))
        const valid = windows.filter((it) => isValid(it, day0))
        const ask = { member: 'fr', use: 'sign' as const, at }
        if (valid.length === 0) {
          expect(() => currentKey(among, ask)).toThrow(expect.objectContaining({ code: 'key/expired' }))
          return
        }
        const key = currentKey(among, ask)
        expect(key.notAfter).toBe(day(Math.max(...valid.map((it) => it.notAfter))))
        expect(findKey(among, { ...ask, kid: key.kid })).toBe(key)
      }),
    )
  })
})

describe('partyOf', () => {
  it('names the kind and the groups of a member', () => {
    expect(partyOf(directory, 'ke')).toEqual({ id: 'ke', kind: 'state', groups: ['east'] })
    expect(partyOf(directory, 'fr')).toEqual({ id: 'fr', kind: 'state', groups: [] })
    expect(() => partyOf(directory, 'nobody')).toThrow(expect.objectContaining({ code: 'member/unknown' }))
  })
})
