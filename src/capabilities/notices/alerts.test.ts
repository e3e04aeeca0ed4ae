import { describe, expect, it } from 'vitest'
import { createBoard } from '#capabilities/notices/alerts'
import { redNotice } from '#capabilities/notices/notice.fixture'
import type { RecordId } from '#kernel/ids'

const now = '2026-11-27T09:00:00.000Z'

function boardWith(expiries: readonly string[]) {
  const board = createBoard({ place: () => ({ law: [], country: 'ke' }) as never, now: () => new Date(now) })
  for (const [at, expires_at] of expiries.entries())
    board.put({
      id: `rec_${String(at).padStart(32, '0')}` as RecordId,
      ...{ owner: 'fr', type: 'red', bound: null, role: 'holder', place: 'published', local: 'accepted', version: 1 },
      ...{ expires_at, body: redNotice(), purposes: ['border-security'] },
    })
  return board
}

const traveller = { properties: { name: ['Tarek Vasilenko'], birthDate: ['1984-02-11'] } }

describe('createBoard', () => {
  it('finds the one that is in force among more than it gives of those that have ended', () => {
    const ended = Array.from({ length: 12 }, () => '2026-11-27T08:59:59.000Z')
    const board = boardWith([...ended, '2027-11-27T09:00:00.000Z'])
    const found = board.search(traveller as never)
    expect(found.map((it) => it.id)).toEqual([`rec_${'12'.padStart(32, '0')}`])
    expect(board.find(`rec_${'0'.padStart(32, '0')}` as RecordId)).toBeUndefined()
  })
})
