import { describe, expect, it } from 'vitest'
import type { Directory } from '#protocol/directory'
import type { Mark } from '#protocol/handling'
import { refuseLoosened } from '#wire/distribute'

const members = ['fr', 'ke', 'bank'].map((id) => ({
  id,
  kind: id === 'bank' ? 'financial' : 'state',
  suspended: false,
}))
const directory = { members, groups: [] } as unknown as Directory
const forKenya: Mark = { audience: { members: ['ke'], groups: [], sectors: [] } }
const body = { statements: { n1: { property: 'name', value: 'Exercise' } } }
const pointer = '/body/statements/n1'
const changed = (marks: Readonly<Record<string, Mark>>, rest: object = body) => ({
  marks,
  body: rest as never,
  owner: 'fr',
})

describe('refuseLoosened', () => {
  const before = { marks: { [pointer]: forKenya } }
  const refusal = expect.objectContaining({ code: 'record/second-person', rule: 'four-eyes: loosened-mark' })

  it('keeps an amendment from showing its holders at once what was kept back', () => {
    expect(() => refuseLoosened(before, changed({}), { members: ['bank'], directory })).toThrow(refusal)
    const wider: Mark = { audience: { members: ['ke', 'bank'], groups: [], sectors: [] } }
    expect(() => refuseLoosened(before, changed({ [pointer]: wider }), { members: ['bank'], directory })).toThrow(
      refusal,
    )
  })

  it('lets through what nobody holds, what keeps its mark, and what takes the field away', () => {
    expect(() => refuseLoosened(before, changed({}), { members: [], directory })).not.toThrow()
    expect(() => refuseLoosened(before, changed(before.marks), { members: ['bank'], directory })).not.toThrow()
    expect(() =>
      refuseLoosened(before, changed({}, { statements: {} }), { members: ['bank'], directory }),
    ).not.toThrow()
  })
})
