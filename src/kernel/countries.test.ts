import { describe, expect, it } from 'vitest'
import { countryByCode, countryByName, countryOf } from '#kernel/countries'

describe('countryByName', () => {
  it.each([
    ['Russian Federation', 'ru'],
    ['Viet Nam', 'vn'],
    ['DPRK', 'kp'],
    ["Côte d'Ivoire", 'ci'],
    ['Côte d’Ivoire', 'ci'],
    ['Congo, Democratic Republic of the', 'cd'],
    ['Congo', 'cg'],
    ['Iran (Islamic Republic of)', 'ir'],
    ['Korea, North', 'kp'],
    ['st. kitts & nevis', 'kn'],
    ['The Bahamas', 'bs'],
    ['Türkiye', 'tr'],
    ['BURMA', 'mm'],
    ['Kosovo', 'xk'],
    ['France', 'fr'],
  ])('knows %s', (name, code) => {
    expect(countryByName(name)).toBe(code)
  })

  it('knows every assigned code by the name that the CLDR gives it', () => {
    const english = new Intl.DisplayNames('en', { type: 'region' })
    for (const code of ['af', 'gb', 'gw', 'tt', 'vg', 'za', 'zw', 'mk', 'sz']) {
      expect(countryByName(english.of(code.toUpperCase())!)).toBe(code)
    }
  })

  it('leaves what is not a country of today', () => {
    for (const text of ['former Soviet Union', 'na', '', 'Crimea', 'x'.repeat(500)]) {
      expect(countryByName(text)).toBeNull()
    }
  })
})

describe('countryByCode', () => {
  it('reads two and three letters', () => {
    expect(countryByCode('FR')).toBe('fr')
    expect(countryByCode('fra')).toBe('fr')
    expect(countryByCode('XKX')).toBe('xk')
    expect(countryByCode('UK')).toBeNull()
    expect(countryByCode('ZZZ')).toBeNull()
  })
})

describe('countryOf', () => {
  it('reads a code only in capitals', () => {
    expect(countryOf('NA')).toBe('na')
    expect(countryOf('na')).toBeNull()
    expect(countryOf('USA')).toBe('us')
    expect(countryOf('Uganda')).toBe('ug')
  })
})
