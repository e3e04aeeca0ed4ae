import { describe, expect, it } from 'vitest'
import { chooseLanguage, fill } from './language.ts'

describe('chooseLanguage', () => {
  it('prefers the address to the browser, and the browser by its weights', () => {
    expect(chooseLanguage('ar', 'fr')).toBe('ar')
    expect(chooseLanguage('AR-eg', undefined)).toBe('ar')
    expect(chooseLanguage(undefined, 'de, es;q=0.4, fr-CA;q=0.8')).toBe('fr')
    expect(chooseLanguage('xx', 'es')).toBe('es')
  })

  it('falls back to English for what it does not know or cannot read', () => {
    for (const accepted of [undefined, '', 'de', 'fr;q=0', ';;q=', ','.repeat(10_000)])
      expect(chooseLanguage(undefined, accepted)).toBe('en')
  })
})

describe('fill', () => {
  it('puts values in and leaves what it has no value for', () => {
    expect(fill('{{count}} of {{total}}', { count: '3' })).toBe('3 of {{total}}')
  })
})
