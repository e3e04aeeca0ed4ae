import { describe, expect, it } from 'vitest'
import { answerQuestion } from '#capabilities/screening/hit-answer'
import type { Hit } from '#capabilities/screening/record'
import type { Work } from '#capabilities/screening/rules'
import type { HitRow } from '#capabilities/screening/store'
import type { RecordView } from '#store/reader'

const now = new Date('2026-03-01T10:00:00.000Z')
const hit = {
  id: 'rec_hit',
  owner: 'ke',
  handling: {
    tlp: 'AMBER',
    purposes: ['counter-terrorism'],
    reviewAt: '2027-01-01T00:00:00.000Z',
    expiresAt: '2028-01-01T00:00:00.000Z',
  },
  body: { about: 'rec_about' },
} as unknown as RecordView<Hit>
const row = { id: 'rec_hit', role: 'finder', other: 'fr', state: 'more-information' } as unknown as HitRow
const work = {
  caller: { actor: { member: { id: 'ke' }, person: { id: 'per_1', roles: ['officer'] } }, via: 'session' },
  now,
} as unknown as Work
const input = { text: 'At the border.', disclosed: {} }

describe('answerQuestion', () => {
  it('sends the answer to the owner alone, and starts its clock anew', () => {
    const { change } = answerQuestion(row, hit, input, work)
    expect(change.send).toMatchObject([{ to: 'fr' }])
    expect(change.rows).toMatchObject([
      {
        where: { state: 'more-information' },
        values: { state: 'reported', due_at: '2026-03-01T22:00:00.000Z' },
        expect: 1,
      },
    ])
    const [put] = change.records!
    expect(put!.record).toMatchObject({
      type: 'hit-answer',
      owner: 'ke',
      handling: { audience: { members: ['fr'], groups: [], sectors: [] }, onward: 'no' },
      body: { about: 'rec_about', hit: 'rec_hit' },
    })
  })

  it.each(['reported', 'confirmed', 'not-confirmed', 'withdrawn'] as const)(
    'is refused of a hit that is %s',
    (state) => {
      expect(() => answerQuestion({ ...row, state }, hit, input, work)).toThrowError(
        expect.objectContaining({ code: 'hits/not-asked' }),
      )
    },
  )

  it('is refused of the owner, who asked', () => {
    expect(() => answerQuestion({ ...row, role: 'owner' }, hit, input, work)).toThrowError(
      expect.objectContaining({ code: 'hits/not-finder' }),
    )
  })
})
