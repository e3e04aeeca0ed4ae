import { describe, expect, it } from 'vitest'
import { countryCode, countryName, successorsOf } from '#matching/countries'

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
    ['Россия', 'ru'],
    ['Deutschland', 'de'],
    ['ايران', 'ir'],
    ['افغانستان', 'af'],
    ['Hrvatska', 'hr'],
    ['中国', 'cn'],
    ['日本', 'jp'],
    ['Burma', 'mm'],
    ['Zaire', 'cd'],
    ['algérienne', 'dz'],
    ['former Soviet Union', 'suhh'],
    ['USSR', 'suhh'],
    ['Yougoslavie', 'yucs'],
  ])('%s is %s', (text, code) => {
    expect(countryCode(text)).toBe(code)
  })

  it('is undefined for what is no country', () => {
    for (const text of ['', 'zz', 'Atlantis', 'toString', '\ud800']) expect(countryCode(text)).toBeUndefined()
  })

  it('knows who followed a state that is no more', () => {
    expect(successorsOf('cshh')).toEqual(['cz', 'sk'])
    expect(successorsOf('cz')).toEqual([])
    expect(countryName('suhh')).toBe('the Soviet Union')
  })

  it('gives every name of a country of today in its own language back as that country', () => {
    const display = new Intl.DisplayNames(['fr'], { type: 'region' })
    for (const code of ['FR', 'CD', 'GW', 'TN', 'ER']) expect(countryCode(display.of(code)!)).toBe(code.toLowerCase())
  })
})
