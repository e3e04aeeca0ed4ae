import { describe, expect, it } from 'vitest'
import { emptyForm, formOf, type NoticeForm } from '#capabilities/notices/console-form'
import { blankOf, judge } from '#capabilities/notices/console-judging'
import type { TypeRule } from '#capabilities/notices/console-shapes'
import { writtenOf } from '#capabilities/notices/console-written'
import { checkForm } from '#capabilities/notices/form-check'
import { redNotice } from '#capabilities/notices/notice.fixture'
import { Notice, noticeTypes } from '#capabilities/notices/record'
import { rulesFor } from '#capabilities/notices/rule-data'

const now = new Date('2026-11-22T12:00:00.000Z')
const ruleOf = (type: Notice['type']) => rulesFor(type) as TypeRule
const red = ruleOf('red')
const gapsOf = (notice: unknown) => checkForm(Notice.parse(notice), now).gaps.map((it) => ({ ...it }))
const judged = (form: NoticeForm, rule = red) =>
  judge(form, rule, { all: gapsOf(blankOf(rule, 'notice')), lacks: gapsOf(writtenOf(form, rule).padded) })

describe('writtenOf', () => {
  it('gives back the notice that a form was made of', () => {
    const { body, missing } = writtenOf(formOf(redNotice(), red), red)
    expect(Notice.parse(body)).toEqual(redNotice())
    expect(missing).toEqual([])
  })

  it('leaves out a part that is only begun, and names what it still needs', () => {
    const form = formOf(redNotice(), red)
    const { body, padded, missing } = writtenOf({ ...form, facts: { ...form.facts, place: '', from: 'May' } }, red)
    expect(Notice.parse(body).facts).toBeUndefined()
    expect(Notice.parse(padded).facts).toMatchObject({ summary: form.facts.summary, place: '…' })
    expect(missing).toEqual(['/facts/from', '/facts/place'])
  })

  it.each(noticeTypes)('makes of an empty form of the type %s what the node can check', (type) => {
    const rule = ruleOf(type)
    expect(Notice.safeParse(writtenOf(emptyForm(rule, 'notice'), rule).padded).error).toBeUndefined()
  })
})

describe('judge', () => {
  it('finds nothing in a whole notice but what the node finds', () => {
    const { passes, complete, gaps } = judged(formOf(redNotice(), red))
    expect({ passes, complete }).toEqual({ passes: true, complete: checkForm(redNotice(), now).complete })
    expect(gaps.map((it) => it.requirement)).toEqual(['alias'])
  })

  it('names an empty field of a begun part by its own requirement and article', () => {
    const form = formOf(redNotice(), red)
    const { gaps, passes } = judged({ ...form, judicial: { ...form.judicial, law: ' ' } })
    expect(passes).toBe(false)
    expect(gaps).toContainEqual({
      requirement: 'law',
      at: '/judicial/law',
      weight: 'blocks',
      rule: 'RPD 83(2)(b)(iii)',
    })
  })

  it('asks for the sentence, not for the maximum, of who is to serve one', () => {
    const form = formOf(redNotice(), red)
    const judicial = { ...form.judicial, stage: 'to-serve' as const, maximumPenaltyMonths: '' }
    expect(judged({ ...form, judicial }).gaps).toContainEqual(
      expect.objectContaining({ requirement: 'penalty', at: '/judicial/sentenceMonths' }),
    )
  })

  it('does not pass what would go to nobody', () => {
    const form = formOf(redNotice({ to: { members: [], groups: [], sectors: [] } }), red)
    expect(judged(form)).toMatchObject({ passes: false, gaps: [{ requirement: 'alias' }, { requirement: 'to' }] })
  })
})
