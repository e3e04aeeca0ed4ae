import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertOf, feature, matched, presentedOf } from '#capabilities/border/alerts.fixture'
import { instruct, isDiscreet, isReportedAtOnce, linesOf, strengthOf } from '#capabilities/border/judge'
import { actionClasses } from '#http/travellers'
import type { FeatureName } from '#matching/candidate'
import strengths from './strengths.json' with { type: 'json' }

const name = feature('name_match', 5, 'Idris Okello')
const born = feature('birth_date', 4, '1984-07-03')
const passport = feature('passport', 8, 'AK0123456')

const arbitraryAlert = fc.record({
  asked: fc.constantFrom(...actionClasses),
  permitted: fc.constantFrom(...actionClasses),
  discreet: fc.boolean(),
})
/** Features that make no match more than a name. */
const weak: readonly FeatureName[] = ['name_match', 'name_weak', 'country', 'birth_country', 'birth_year_near']
const arbitraryWeak = fc.array(
  fc.record({ name: fc.constantFrom(...weak), score: fc.double({ min: -9, max: 9, noNaN: true }) }),
  { maxLength: 6 },
)

describe('strengthOf', () => {
  it('is that of a document when its number and the whole birth date agree', () => {
    const alert = alertOf({ match: matched([name, passport, born]) })
    expect(strengthOf(alert, presentedOf())).toBe('document')
  })

  it('takes a number as written, whatever stands between its characters, and no other number', () => {
    const spaced = matched([feature('passport', 8, 'AK0123456', 'ak 0123-456'), born])
    expect(strengthOf(alertOf({ match: spaced }), presentedOf())).toBe('document')
    const near = matched([feature('passport', 3, 'AK0123456', 'AK0123457'), born])
    expect(strengthOf(alertOf({ match: near }), presentedOf())).toBe('identity')
  })

  it.each([
    ['only the year is known', presentedOf({ birthDate: '1984' })],
    ['the century is not certain', presentedOf({ birthDates: ['1884-07-03', '1984-07-03'] })],
    ['another document was shown', presentedOf({ documents: [] })],
  ])('is no more than that of an identity when %s', (_, presented) => {
    expect(strengthOf(alertOf({ match: matched([name, passport, born]) }), presented)).toBe('identity')
  })

  it('is that of a name for whatever agrees that millions share', () => {
    fc.assert(
      fc.property(arbitraryWeak, (features) => {
        const match = matched(features.map((it) => feature(it.name, it.score, 'x')))
        expect(strengthOf(alertOf({ match }), presentedOf())).toBe('name')
      }),
    )
  })

  it('is that of a name where nothing is known of how it was met', () => {
    expect(strengthOf(alertOf(), presentedOf())).toBe('name')
  })

  it('knows as corroborating only what the engine can say', () => {
    for (const it of strengths.documents) expect(strengths.corroborating).toContain(it)
  })
})

describe('instruct', () => {
  it('asks for no action on a name alone, whatever the alert permits', () => {
    fc.assert(
      fc.property(arbitraryAlert, (alert) => {
        expect(instruct(alert, 'name')).toEqual({ now: 'second-line', permitted: null })
        expect(isReportedAtOnce(alert, 'name')).toBe(false)
      }),
    )
  })

  it('never permits more than the port did, and asks to compare before anything that less than the document says', () => {
    fc.assert(
      fc.property(arbitraryAlert, (alert) => {
        expect(instruct(alert, 'identity')).toEqual({ now: 'compare', permitted: alert.permitted })
        expect(instruct(alert, 'document')).toEqual({ now: alert.permitted, permitted: alert.permitted })
      }),
    )
  })
})

describe('isDiscreet', () => {
  it('holds for a discreet alert, and for one whose action is or was made a discreet check', () => {
    expect(isDiscreet(alertOf({ discreet: true }))).toBe(true)
    expect(isDiscreet(alertOf({ asked: 'discreet-check', permitted: 'none' }))).toBe(true)
    expect(isDiscreet(alertOf({ asked: 'inquiry-check', permitted: 'discreet-check' }))).toBe(true)
    expect(isDiscreet(alertOf())).toBe(false)
  })

  it('has the owner told at once of more than a name, and of others by document and birth date alone', () => {
    expect(isReportedAtOnce(alertOf({ discreet: true }), 'identity')).toBe(true)
    expect(isReportedAtOnce(alertOf(), 'identity')).toBe(false)
    expect(isReportedAtOnce(alertOf(), 'document')).toBe(true)
  })
})

describe('linesOf', () => {
  it('shows what differs first, and of the alert only what the caller may see', () => {
    const differs = feature('birth_date_contradicts', -4, '1984-07-03', '1971-01-01')
    const lines = linesOf([name, differs], (text) => text !== '1971-01-01')
    expect(lines.map((it) => [it.feature, it.verdict, it.alert])).toEqual([
      ['birth_date_contradicts', 'differs', null],
      ['name_match', 'agrees', 'Idris Okello'],
    ])
  })
})
