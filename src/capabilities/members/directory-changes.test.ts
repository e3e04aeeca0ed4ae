import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Directory, Member } from '#protocol/directory'
import { generateJwk, publicPart } from '#protocol/keys'
import { compareDirectories } from './directory-changes.ts'
import { applyEdits, type Edit } from './directory-edits.ts'

const now = new Date('2026-06-01T00:00:00.000Z')
const window = { notBefore: '2026-06-01T00:00:00.000Z', notAfter: '2028-06-01T00:00:00.000Z' }
const jwk = publicPart(generateJwk('seal'))

const member = (id: string): Member => ({
  id,
  name: id.toUpperCase(),
  kind: 'state',
  country: null,
  mandates: [],
  endpoint: { url: 'https://node.example' },
  contact: { desk: 'Desk', email: 'desk@example.org', phone: '+00 1', hours: '24/7' },
  roles: [],
  suspended: false,
  keys: [],
})

const directory: Directory = {
  federation: 'Test',
  exercise: true,
  version: 3,
  previous: '0'.repeat(64),
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-01-01T00:00:00.000Z',
  members: [member('fr'), member('ke')],
  groups: [{ id: 'jit', name: 'Joint team', members: ['fr'] }],
}

const edits: Edit[] = [
  { kind: 'suspend', member: 'ke', suspended: true },
  { kind: 'contact', member: 'fr', contact: { ...member('fr').contact, phone: '+00 2' } },
  { kind: 'endpoint', member: 'fr', endpoint: { url: 'https://other.example' } },
  { kind: 'add-key', member: 'fr', key: { jwk, ...window } },
  { kind: 'group', group: { id: 'jit', name: 'Joint team', members: ['fr', 'ke'] } },
  { kind: 'expiry', expiresAt: '2028-01-01T00:00:00.000Z' },
  { kind: 'add-member', member: { ...member('id'), keys: [{ jwk: publicPart(generateJwk('sign')), ...window }] } },
]

describe('compareDirectories', () => {
  it('has one line for each thing that an edit changes, and no other', async () => {
    const next = await applyEdits(directory, edits, now)
    const lines = compareDirectories(directory, next)
    expect(lines.map((it) => [it.kind, it.id, it.field].join(' '))).toEqual([
      'directory-changed Test expiresAt',
      'member-changed fr endpoint.url',
      'member-changed fr contact.phone',
      expect.stringMatching(/^key-added fr [\w-]{43}$/),
      'member-suspended ke ',
      'member-added id ',
      ...['name', 'kind', 'endpoint.url', 'contact.desk', 'contact.email', 'contact.phone', 'contact.hours'].map(
        (it) => `member-changed id ${it}`,
      ),
      expect.stringMatching(/^key-added id [\w-]{43}$/),
      'group-changed jit members',
    ])
    expect(lines.find((it) => it.field === 'contact.phone' && it.id === 'fr')).toMatchObject({
      before: '+00 1',
      after: '+00 2',
    })
  })

  it('sees whatever differs: no two directories that are not the same compare as the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(edits, { minLength: 1 }), async (some) => {
        const next = await applyEdits(directory, some, now)
        expect(compareDirectories(directory, next).length).toBeGreaterThanOrEqual(some.length)
        expect(compareDirectories(next, next)).toEqual([])
        expect(compareDirectories(next, directory).length).toBeGreaterThan(0)
      }),
    )
  })

  it('tells lists apart whose texts would run together', () => {
    const withMandates = (mandates: string[]) => ({ ...directory, members: [{ ...member('fr'), mandates }] })
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'a, b', '"a"', '', ' ', 'a"')),
        fc.array(fc.string()),
        (one, two) => {
          const lines = compareDirectories(withMandates(one), withMandates(two))
          expect(lines.length === 0).toBe(JSON.stringify(one) === JSON.stringify(two))
        },
      ),
    )
    expect(compareDirectories(withMandates(['a, b']), withMandates(['a', 'b']))).toHaveLength(1)
  })

  it('shows a key whose public part was exchanged under the same name', () => {
    const key = { kid: 'k', use: 'seal' as const, jwk, ...window }
    const other = { ...key, jwk: publicPart(generateJwk('seal')) }
    const withKey = (it: typeof key) => ({ ...directory, members: [{ ...member('fr'), keys: [it] }] })
    expect(compareDirectories(withKey(key), withKey(other))).toMatchObject([{ kind: 'key-changed', field: 'k' }])
    const revoked = { ...key, revokedAt: now.toISOString() }
    expect(compareDirectories(withKey(key), withKey(revoked))).toMatchObject([{ kind: 'key-revoked' }])
    expect(compareDirectories(withKey(key), { ...directory, members: [member('fr')] })).toMatchObject([
      { kind: 'key-removed' },
    ])
  })
})

describe('applyEdits', () => {
  it('makes the version that follows, and nothing of what would change nothing or nobody', async () => {
    expect(await applyEdits(directory, [edits[0]!], now)).toMatchObject({
      version: 4,
      previous: expect.stringMatching(/^[0-9a-f]{64}$/),
      issuedAt: now.toISOString(),
    })
    const code = async (edit: Edit) => applyEdits(directory, [edit], now).catch((cause) => cause.code)
    expect(await code({ kind: 'suspend', member: 'ke', suspended: false })).toBe('proposals/no-change')
    expect(await code({ kind: 'suspend', member: 'xx', suspended: true })).toBe('proposals/no-member')
    expect(await code({ kind: 'revoke-key', member: 'ke', kid: 'none', at: window.notBefore })).toBe('proposals/no-key')
    expect(await code({ kind: 'add-member', member: { ...member('ke'), keys: [{ jwk, ...window }] } })).toBe(
      'proposals/member-exists',
    )
  })
})
