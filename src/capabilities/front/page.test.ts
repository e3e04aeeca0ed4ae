import { describe, expect, it } from 'vitest'
import type { Health } from './health.ts'
import { languages } from './language.ts'
import { frontPage } from './page.ts'

const now = new Date('2026-03-01T12:00:00Z')
const health: Health = {
  at: now,
  database: true,
  ledger: { size: 1_200, checkpoint: { size: 1_000, at: new Date('2026-03-01T11:58:00Z') } },
  peers: [
    { name: 'Kenya', reach: 'reachable' },
    { name: 'Bank <b>of</b> "X" & Co', reach: 'unreachable' },
  ],
}
const member = { name: 'France', kind: 'state', country: 'fr' } as const
const draw = (change: Partial<Health> = {}, exercise = true, language: (typeof languages)[number] = 'en') =>
  String(frontPage({ language, directory: { federation: 'Test', exercise }, member, health: { ...health, ...change } }))

describe('frontPage', () => {
  it('tells what there is and how it stands', () => {
    const page = draw()
    for (const text of ['France', 'FR', 'State', '1,200 entries', '2 minutes ago, covers 1,000 of 1,200 entries'])
      expect(page).toContain(text)
    expect(page).toContain('Kenya')
    expect(page).not.toContain('no checkpoint was made')
  })

  it('has no script, no style of its own, and nothing from elsewhere', () => {
    const page = draw()
    expect(page).not.toMatch(/<script|style=|\son[a-z]+=|https?:\/\/|\/\/[a-z]/i)
  })

  it('writes names as text', () => {
    expect(draw()).toContain('Bank &lt;b&gt;of&lt;/b&gt; &quot;X&quot; &amp; Co')
  })

  it('bears the exercise banner and title only in an exercise', () => {
    expect(draw()).toContain('<title>EXERCISE · France</title>')
    expect(draw({}, false)).not.toContain('EXERCISE')
  })

  it('says when no checkpoint was made although the ledger has grown, and keeps quiet when it has not', () => {
    const at = new Date('2026-03-01T11:30:00Z')
    expect(draw({ ledger: { size: 5, checkpoint: { size: 4, at } } })).toContain('for 30 minutes')
    expect(draw({ ledger: { size: 4, checkpoint: { size: 4, at } } })).toContain('30 minutes ago, covers every entry')
    expect(draw({ ledger: { size: 4, checkpoint: { size: 4, at } } })).not.toContain('has grown')
    expect(draw({ ledger: { size: 4, checkpoint: null } })).toContain('None yet')
  })

  it('says that the database is silent', () => {
    const page = draw({ database: false, ledger: null })
    expect(page).toContain('Does not answer')
    expect(page).not.toContain('Audit ledger')
  })

  it('is there in every language, Arabic from right to left', () => {
    for (const language of languages) {
      const page = draw({}, true, language)
      expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`)
      expect(page).not.toContain('{{')
      expect(page).not.toContain('undefined')
    }
  })
})
