import { describe, expect, it } from 'vitest'
import { checkForm, requirements } from '#capabilities/notices/form-check'
import { redNotice } from '#capabilities/notices/notice.fixture'
import { Notice, noticeTypes } from '#capabilities/notices/record'
import { factors, isReasonFor, reasonCodes, rulesFor } from '#capabilities/notices/rule-data'
import { addTime } from '#kernel/clock'

const now = new Date('2026-11-27T12:00:00.000Z')
const blocks = (notice: Notice) =>
  checkForm(notice, now)
    .gaps.filter((it) => it.weight === 'blocks')
    .map((it) => it.requirement)
const red = redNotice()
const without = (property: string): Notice => {
  const { [property]: _, ...properties } = red.subject!.properties
  return redNotice({ subject: { ...red.subject!, properties } })
}
const judicial = (change: Partial<NonNullable<Notice['judicial']>>) =>
  redNotice({ judicial: { ...red.judicial!, ...change } })
const warrant = (change: Partial<NonNullable<NonNullable<Notice['judicial']>['warrant']>>) =>
  judicial({ warrant: { ...red.judicial!.warrant!, ...change } })

describe('a red notice', () => {
  it('that lacks nothing passes', () => {
    expect(blocks(red)).toEqual([])
    expect(checkForm(red, now).passes).toBe(true)
  })

  it.each([
    ['RPD 83(2)(a): a family name', without('lastName'), 'name'],
    ['RPD 83(2)(a): a forename', without('firstName'), 'forename'],
    ['RPD 83(2)(a): the sex', without('gender'), 'sex'],
    ['RPD 83(2)(a): a year of birth', without('birthDate'), 'birth-year'],
    ['RPD 83(2)(b): facts with the own role', redNotice({ facts: undefined }), 'facts'],
    ['RPD 83(2)(b): a penalty', judicial({ maximumPenaltyMonths: undefined }), 'penalty'],
    ['RPD 83(1): two years at most, for trial', judicial({ maximumPenaltyMonths: 23 }), 'penalty-threshold'],
    [
      'RPD 83(1): six months left, to serve',
      judicial({ stage: 'to-serve', sentenceMonths: 24, remainingMonths: 5 }),
      'penalty-threshold',
    ],
    ['RPD 83(2)(b): a warrant', judicial({ warrant: undefined }), 'warrant'],
    ['RPD 84: a judge who can be asked', warrant({ judicial: false }), 'warrant-judge'],
    ['RPD 85: a copy of the warrant', warrant({ copyAttached: false }), 'warrant-copy'],
    [
      'RPD 84: that extradition will be sought',
      redNotice({ assurances: { ...red.assurances!, extraditionWillBeSought: false } }),
      'extradition-sought',
    ],
    ['RPD 82: no action beyond its purpose', redNotice({ asked: 'seize' }), 'action'],
  ] as const)('is stopped without %s', (_rule, notice, requirement) => {
    expect(blocks(notice)).toContain(requirement)
  })

  it.each([
    ['two years, for trial', judicial({ maximumPenaltyMonths: 24 })],
    ['life', judicial({ maximumPenaltyMonths: undefined, life: true })],
    ['six months left, to serve', judicial({ stage: 'to-serve', sentenceMonths: 30, remainingMonths: 6 })],
    ['a decision that a judge can review', warrant({ judicial: false, appealToJudge: true })],
  ] as const)('passes with %s', (_what, notice) => expect(blocks(notice)).toEqual([]))

  it('is identified by a description, prints or a document where no photograph is', () => {
    const bare = { ...red.subject!, biometrics: { photograph: false, fingerprints: false, dna: false } }
    const properties = (more: Record<string, string[]>) => {
      const { passportNumber: _, ...rest } = red.subject!.properties
      return redNotice({ subject: { ...bare, properties: { ...rest, ...more } } })
    }
    expect(blocks(properties({}))).toEqual(['identity-alternative'])
    for (const more of [{ height: ['181'] }, { passportNumber: ['XE4410287'] }, { appearance: ['Scar on the chin'] }])
      expect(blocks(properties(more))).toEqual([])
  })

  it('is never asked for a child, nor for somebody who may be one', () => {
    const born = (birthDate: string) =>
      redNotice({
        subject: { ...red.subject!, properties: { ...red.subject!.properties, birthDate: [birthDate] } },
      })
    expect(blocks(born(addTime(now, -18, 'years').slice(0, 10)))).toEqual([])
    expect(blocks(born(addTime(new Date(now.getTime() + 86_400_000), -18, 'years').slice(0, 10)))).toEqual(['adult'])
    expect(blocks(born(String(now.getUTCFullYear() - 18)))).toEqual(['adult'])
  })
})

describe('the rule data', () => {
  it('knows every requirement that it names, and every type', () => {
    for (const type of noticeTypes) {
      const { requires, improves, actions, action, source } = rulesFor(type)
      expect([...requires, ...improves].filter((it) => !(requirements as string[]).includes(it))).toEqual([])
      expect(actions).toContain(action)
      expect(source.length).toBeGreaterThan(5)
    }
  })

  it('has a reason for every outcome that needs one, each with its source', () => {
    for (const outcome of ['refused', 'information-asked', 'suspended', 'cancelled'] as const)
      expect(reasonCodes.some((it) => isReasonFor(it.code, outcome))).toBe(true)
    for (const it of [...reasonCodes, ...factors]) expect(it.source).not.toBe('')
  })

  it('takes an empty draft of every type, and says what it lacks', () => {
    for (const type of noticeTypes) {
      const body = Notice.parse({
        type,
        channel: 'notice',
        reference: 'EXERCISE',
        to: { members: [], groups: [], sectors: ['state'] },
        asked: rulesFor(type).action,
      })
      expect(checkForm(body, now)).toMatchObject({ passes: false })
    }
  })
})
