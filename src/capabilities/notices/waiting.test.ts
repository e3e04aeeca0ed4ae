import { describe, expect, it } from 'vitest'
import type { NoticeRow } from '#capabilities/notices/store'
import { whatWaits } from '#capabilities/notices/waiting'
import type { Role } from '#policy/roles'
import type { Directory } from '#protocol/directory'

const directory = {
  members: [
    { id: 'secretariat', kind: 'secretariat' },
    { id: 'fr', kind: 'state' },
    { id: 'ke', kind: 'state' },
  ],
} as unknown as Directory

const row = (change: Partial<NoticeRow>): NoticeRow =>
  ({
    channel: 'notice',
    owner: 'fr',
    role: 'issuer',
    place: 'submitted',
    local: null,
    proposal: null,
    due_rule: null,
    ...change,
  }) as NoticeRow

const waitsFor = (me: string, role: Role, change: Partial<NoticeRow>, id = 'per_1') =>
  whatWaits(row(change), { me, directory, person: { id, roles: [role] } })
const proposal = { person: 'per_1' } as NoticeRow['proposal']

describe('whatWaits', () => {
  it('is a review for the secretariat, and for a second person of the issuer only where it is a diffusion', () => {
    expect(waitsFor('secretariat', 'legal', { role: 'reviewer' })).toBe('review')
    expect(waitsFor('secretariat', 'officer', { role: 'reviewer' })).toBeUndefined()
    expect(waitsFor('fr', 'legal', {})).toBeUndefined()
    expect(waitsFor('fr', 'legal', { channel: 'diffusion' })).toBe('review')
  })

  it('is a proposal for everybody but who made it', () => {
    const proposed = { role: 'reviewer', place: 'in-review', proposal } as const
    expect(waitsFor('secretariat', 'legal', proposed)).toBeUndefined()
    expect(waitsFor('secretariat', 'legal', proposed, 'per_2')).toBe('proposal')
  })

  it('is the gate of a holder for its reviewers alone', () => {
    const held = { role: 'holder', place: 'published', local: 'review' } as const
    expect(waitsFor('ke', 'legal', held)).toBe('gate')
    expect(waitsFor('ke', 'officer', held)).toBeUndefined()
    expect(waitsFor('ke', 'legal', { ...held, local: 'accepted' })).toBeUndefined()
  })

  it('is what the officer of the issuer has to do next', () => {
    expect(waitsFor('fr', 'officer', { place: 'information-asked' })).toBe('asked')
    expect(waitsFor('fr', 'officer', { place: 'refused' })).toBe('refused')
    expect(waitsFor('fr', 'officer', { place: 'published', due_rule: 'notices.wanted-extradition' })).toBe('found')
    expect(waitsFor('fr', 'officer', { place: 'published', due_rule: 'notices.renewal' })).toBe('renewal')
    expect(waitsFor('fr', 'officer', { place: 'published' })).toBeUndefined()
    expect(waitsFor('fr', 'legal', { place: 'refused' })).toBeUndefined()
  })
})
