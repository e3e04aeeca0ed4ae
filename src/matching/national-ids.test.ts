import { describe, expect, it } from 'vitest'
import { checkNational } from '#matching/national-ids'
import data from './national-ids.json' with { type: 'json' }

/** Numbers that the offices themselves, or descriptions of their rule, print as specimens. */
const specimens: readonly (readonly [country: string, value: string])[] = [
  ['es', '12345678Z'],
  ['es', 'X1234567L'],
  ['fr', '255081416802538'],
  ['it', 'RSSMRA85T10A562S'],
  ['br', '52998224725'],
  ['br', '11222333000181'],
  ['ru', '7707083893'],
  ['ru', '500100732259'],
  ['ru', '1027700132195'],
  ['ru', '11223344595'],
  ['cn', '11010519491231002X'],
  ['tr', '10000000146'],
  ['pl', '44051401359'],
  ['pl', '1234563218'],
  ['se', '8112189876'],
  ['fi', '131052308T'],
  ['be', '85073003328'],
  ['nl', '111222333'],
  ['za', '8001015009087'],
  ['cl', '12345678' + '5'],
  ['ar', '20123456786'],
  ['bg', '7523169263'],
  ['hr', '33392005961'],
  ['de', '36574261809'],
  ['ro', '1630615123457'],
  ['rs', '0101006500006'],
  ['ee', '37605030299'],
  ['ch', '7569217076985'],
  ['at', '1237010180'],
  ['au', '51824753556'],
  ['jp', '123456789018'],
  ['kz', '980540000397'],
  ['hk', 'A1234563'],
  ['sg', 'S1234567D'],
  ['tw', 'A123456789'],
  ['th', '1234567890121'],
  ['mx', 'HEGG560427MVZRRL04'],
  ['gr', '094259216'],
  ['pt', '123456789'],
  ['no', '01010750160'],
  ['il', '123456782'],
  ['in', '234123412346'],
  ['ir', '0084575948'],
]

describe('checkNational', () => {
  it.each(specimens)('%s: %s holds, and no longer with another last character', (country, value) => {
    expect(checkNational(value, [country])).toEqual({ check: 'holds', country })
    const end = value.at(-1)!
    const other = /\d/.test(end)
      ? String((Number(end) + 3) % 10)
      : end === 'Z'
        ? 'A'
        : String.fromCharCode(end.charCodeAt(0) + 1)
    expect(checkNational(value.slice(0, -1) + other, [country]).check).not.toBe('holds')
  })

  it('says nothing of a number of another form, or of no state', () => {
    expect(checkNational('123', ['es'])).toEqual({ check: 'none' })
    expect(checkNational('12345678Z', [])).toEqual({ check: 'none' })
  })

  it('has a reckoning for every rule that it names', () => {
    for (const { country, pattern } of data.rules) {
      expect(() => new RegExp(pattern, 'u')).not.toThrow()
      expect(() => checkNational('12345678901234', [country])).not.toThrow()
    }
  })
})
