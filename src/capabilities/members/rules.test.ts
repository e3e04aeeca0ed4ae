import { describe, expect, it } from 'vitest'
import type { Directory, Member } from '#protocol/directory'
import type { Caller } from '#store/reader'
import { reinstate, setAsideLimit, visibleDirectory } from './rules.ts'
import type { PeerState } from './store.ts'

const member = (id: string, kind: Member['kind'] = 'state'): Member => ({
  id,
  name: id.toUpperCase(),
  kind,
  country: null,
  mandates: [],
  endpoint: { url: 'http://127.0.0.1:1' },
  contact: { desk: '', email: '', phone: '', hours: '' },
  roles: [],
  suspended: false,
  keys: [],
})

const now = new Date('2026-06-01')

const directory: Directory = {
  federation: 'Test',
  exercise: true,
  version: 1,
  previous: null,
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-01-01T00:00:00.000Z',
  members: [member('fr'), member('ke'), member('id'), member('desk', 'secretariat')],
  groups: [
    { id: 'jit-one', name: 'One', members: ['fr', 'ke'] },
    { id: 'jit-two', name: 'Two', members: ['ke', 'id'] },
  ],
}

describe('visibleDirectory', () => {
  it('shows a group to those who belong to it and to the secretariat', () => {
    const seenBy = (me: string) => visibleDirectory(directory, me, now).groups.map((it) => it.id)
    expect(seenBy('fr')).toEqual(['jit-one'])
    expect(seenBy('ke')).toEqual(['jit-one', 'jit-two'])
    expect(seenBy('desk')).toEqual(['jit-one', 'jit-two'])
  })

  it('keeps hidden groups out of the lines of the members too', () => {
    const ke = visibleDirectory(directory, 'fr', now).items.find((it) => it.id === 'ke')
    expect(ke?.groups).toEqual(['jit-one'])
    expect(JSON.stringify(visibleDirectory(directory, 'fr', now))).not.toContain('jit-two')
  })
})

const caller: Caller = {
  actor: { member: { id: 'ke', kind: 'state', groups: [] }, person: { id: 'per_1', roles: ['administrator'] } },
  via: 'session',
}

const peer: PeerState = {
  member: 'fr',
  seenAt: null,
  failingSince: null,
  problem: null,
  suspended: 'Two different envelopes claim sequence 3.',
  taken: 4,
  sent: 0,
  waiting: 0,
  oldestWaiting: null,
}

const work = { caller, now: new Date('2026-02-01T00:00:00Z'), fork: { sequence: 3, previous: 'aa' }, taken: [3, 4] }

describe('reinstate', () => {
  it('goes on after the last envelope taken here', () => {
    const change = reinstate(peer, { chain: 'ours', reason: 'key was stolen' }, work)
    expect(change.rows).toEqual([
      {
        op: 'update',
        table: 'peers',
        where: { member: 'fr', suspended: peer.suspended, in_sequence: 4 },
        values: { suspended: null },
        expect: 1,
      },
    ])
    expect(change.audit).toMatchObject([{ act: 'administer', reason: 'key was stolen', object: { id: 'fr' } }])
  })

  it('takes up their chain where it forked and sets aside what it replaces', () => {
    const change = reinstate(peer, { chain: 'theirs', reason: 'restored from backup' }, work)
    expect(change.rows).toMatchObject([
      { table: 'inbox', where: { sender: 'fr', sequence: 3 }, values: { sender: 'fr until 2026-02-01T00:00:00.000Z' } },
      { table: 'inbox', where: { sender: 'fr', sequence: 4 } },
      { table: 'peers', values: { suspended: null, in_sequence: 2, in_hash: 'aa' } },
    ])
  })

  it('refuses a peer that is not suspended, one without a fork, and a chain that forked too long ago', () => {
    const ask = (change: Partial<PeerState>, more: Partial<typeof work> | { fork: undefined }) => () =>
      reinstate({ ...peer, ...change }, { chain: 'theirs', reason: 'test' }, { ...work, ...more })
    const code = (code: string) => expect.objectContaining({ code })
    expect(ask({ suspended: null }, {})).toThrow(code('members/not-suspended'))
    expect(ask({}, { fork: undefined })).toThrow(code('members/no-fork'))
    const taken = Array.from({ length: setAsideLimit + 1 }, (_, index) => index + 3)
    expect(ask({}, { taken })).toThrow(code('members/too-long-ago'))
  })
})
