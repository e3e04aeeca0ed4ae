import { describe, expect, it } from 'vitest'
import { draftLimits } from '#capabilities/drafts/limits'
import { DraftKey } from '#capabilities/drafts/record'
import { discardDraft, faultKinds, keepDraft } from '#capabilities/drafts/rules'
import type { DraftRow } from '#capabilities/drafts/store'
import ar from '../../web/words/ar.json' with { type: 'json' }
import en from '../../web/words/en.json' with { type: 'json' }
import es from '../../web/words/es.json' with { type: 'json' }
import fr from '../../web/words/fr.json' with { type: 'json' }

const now = new Date('2026-11-22T12:00:00.000Z')
const key = 'message:d1'
const nobody = { person: 'per_1', now, current: undefined, count: 0 }
const saved = { version: 3, updated_at: now }
const keeping = { caption: 'A flat', content: { text: 'Who rents it?' }, base: 0 }

describe('keepDraft', () => {
  it('keeps a first version for its author, by the form that the key names', () => {
    const { change, version } = keepDraft(key, keeping, nobody)
    expect(version).toBe(1)
    expect(change).toMatchObject({
      rows: [{ op: 'insert', table: 'drafts', values: { person: 'per_1', key, kind: 'message', version: 1 } }],
      audit: [],
    })
  })

  it('replaces the version that was written on, and only that', () => {
    const { change, version } = keepDraft(key, { ...keeping, base: 3 }, { ...nobody, current: saved, count: 1 })
    expect(version).toBe(4)
    expect(change.rows).toMatchObject([{ op: 'update', where: { person: 'per_1', key, version: 3 }, expect: 1 }])
  })

  it.each([0, 2, 4])('does not overwrite version 3 with what was written on version %i', (base) => {
    expect(() => keepDraft(key, { ...keeping, base }, { ...nobody, current: saved, count: 1 })).toThrow(
      expect.objectContaining({ code: 'drafts/newer', details: { version: 3, updatedAt: now.toISOString() } }),
    )
  })

  it('begins a draft that is gone anew above every version that a window may know', () => {
    expect(keepDraft(key, { ...keeping, base: 3 }, nobody).version).toBe(4)
  })

  it('takes a text of 20,000 characters of any script, and refuses what is larger than the limit', () => {
    expect(() => keepDraft(key, { ...keeping, content: { text: '𐤀'.repeat(20_000) } }, nobody)).not.toThrow()
    const content = { text: 'x'.repeat(draftLimits.contentBytes.value) }
    expect(() => keepDraft(key, { ...keeping, content }, nobody)).toThrow(
      expect.objectContaining({ code: 'drafts/too-large', kind: 'too-large' }),
    )
  })

  it('refuses one more than a person may have, and still saves those that are there', () => {
    const count = draftLimits.perPerson.value
    expect(() => keepDraft(key, keeping, { ...nobody, count })).toThrow(
      expect.objectContaining({ code: 'drafts/too-many' }),
    )
    expect(() => keepDraft(key, { ...keeping, base: 3 }, { ...nobody, current: saved, count })).not.toThrow()
  })
})

describe('discardDraft', () => {
  const row = { person: 'per_1', key, version: 3, updated_at: now } as DraftRow

  it('removes the version that is known, and not what was saved elsewhere since', () => {
    expect(discardDraft(row, 3).rows).toMatchObject([{ op: 'delete', where: { person: 'per_1', key, version: 3 } }])
    expect(() => discardDraft(row, 2)).toThrow(expect.objectContaining({ code: 'drafts/newer' }))
  })

  it('asks for nothing when there is none', () => {
    expect(discardDraft(undefined, 3)).toEqual({ audit: [] })
  })
})

describe('DraftKey', () => {
  it.each(['message:d1', `message-answer:rec_${'0'.repeat(32)}`])('takes %s', (it) => {
    expect(DraftKey.safeParse(it).success).toBe(true)
  })

  it.each(['message', ':d1', 'message:', 'message:a/b', 'Message:d1', `m:${'a'.repeat(80)}`])('refuses %s', (it) => {
    expect(DraftKey.safeParse(it).success).toBe(false)
  })
})

describe('the words', () => {
  it('name every refusal', () => {
    for (const it of [en, fr, es, ar])
      expect(Object.keys(it.web.drafts.refusals).sort()).toEqual(Object.keys(faultKinds).sort())
  })
})
