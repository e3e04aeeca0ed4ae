import { describe, expect, it } from 'vitest'
import { countryCode } from '#matching/countries'

describe('countryCode', () => {
  it.each([
    ['KE', 'ke'],
    ['ken', 'ke'],
    ['Kenya', 'ke'],
    ['كينيا', 'ke'],
    ['Allemagne', 'de'],
    ['Alemania', 'de'],
    ['Côte d’Ivoire', 'ci'],
    ['Iran (Islamic Republic of)', 'ir'],
    ["Democratic People's Republic of Korea", 'kp'],
    ['Democratic Republic of the Congo', 'cd'],
    ['Türkiye', 'tr'],
    ['Yemeni', 'ye'],
    ['uk', 'gb'],
  ])('%s is %s', (text, code) => {
    expect(countryCode(text)).toBe(code)
  })

  it('is undefined for what is no country', () => {
    for (const text of ['', 'zz', 'Atlantis', 'toString', '\ud800']) expect(countryCode(text)).toBeUndefined()
  })
})
