import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Directory } from '#protocol/directory'
import { firstVersion, nextVersion } from '#protocol/draft'
import type { Handling } from '#protocol/handling'
import { openOwnKey } from '#protocol/keys'
import { openRecord, recordHash, signRecord, verifyRecord } from '#protocol/record'

const federation = JSON.parse(
  readFileSync(new URL('../../test/vectors/protocol-federation.json', import.meta.url), 'utf8'),
)
const directory: Directory = federation.directory.document
const now = new Date(federation.now)
const key = await openOwnKey(federation.privateKeys.fr.sign)
const handling: Handling = {
  audience: { members: ['ke'], groups: [], sectors: [] },
  tlp: 'AMBER',
  codes: [],
  purposes: ['counter-terrorism'],
  onward: 'ask',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'fact',
  basis: { instrument: 'UNSCR 2396 (2017)', provision: 'paragraph 5' },
  reviewAt: '2026-09-01T00:00:00.000Z',
  expiresAt: '2027-03-01T00:00:00.000Z',
}

describe('firstVersion and nextVersion', () => {
  it('make a chain whose links verify, with marks and handling that stay unless they are changed', async () => {
    const kind = { type: 'notice', schema: 1 }
    const marks = { '/body/source': { tlp: 'RED' as const } }
    const body = { title: 'Notice', source: 'K-7' }
    const first = await signRecord(firstVersion({ kind, owner: 'fr', now, handling, body, marks }), key)
    const held = openRecord(await verifyRecord(first, { directory, now }))
    expect(held).toMatchObject({ version: 1, previous: null, handling, body, marks })

    const current = { ...held, hash: recordHash(first) }
    const later = new Date(now.getTime() + 1_000)
    const change = { now: later, body: { title: 'Amended', source: 'K-7' } }
    const next = openRecord(await verifyRecord(await signRecord(nextVersion(current, change), key), { directory, now }))
    expect(next).toMatchObject({
      id: held.id,
      version: 2,
      previous: recordHash(first),
      handling,
      marks,
      body: change.body,
    })
    expect(next.issuedAt).toBe(later.toISOString())
  })

  it('give a record an id that sorts by the time of its first version', () => {
    const kind = { type: 'notice', schema: 1 }
    const at = (instant: string) => firstVersion({ kind, owner: 'fr', now: new Date(instant), handling, body: {} }).id
    expect(at('2026-01-01T00:00:00.000Z') < at('2026-01-01T00:00:00.001Z')).toBe(true)
  })
})
