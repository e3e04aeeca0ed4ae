import { afterAll, beforeAll, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { exerciseSeeds } from '#node/exercise-seeds'
import { openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'
import { asPerson } from './api-kit.ts'
let stage: Stage; let browser: Browser
beforeAll(async () => { const seeds = exerciseSeeds(new Date()); stage = await openStage({ running: ['fr'], played: ['ke'], seeds: (m) => seeds[m] ?? {} }); browser = await openBrowser() }, 300_000)
afterAll(async () => { await browser?.close(); await stage?.[Symbol.asyncDispose]() })
const h = (c = 'suspect') => ({ audience: { members: ['ke'], groups: [], sectors: [] }, tlp: 'AMBER', codes: [{ code: 'H2' }], purposes: ['counter-terrorism'], onward: 'ask', grading: { scheme: 'admiralty', source: 'B', information: '2' }, category: c, nature: 'assessment', basis: { instrument: 'UNSCR 1373 (2001)', provision: '3(b)' }, reviewAt: new Date(Date.now() + 3e10).toISOString(), expiresAt: new Date(Date.now() + 9e10).toISOString() })
it('looks', async () => {
  const officer = asPerson(stage, 'fr', 'officer')
  const st = (property: string, value: string, more = {}) => ({ property, value, ...more })
  const other = await officer('/api/v1/subjects', { body: { handling: h(), body: { schema: 'Company', statements: { a: st('name', 'Horizon Freight Exercise Ltd') } }, marks: {} } })
  const made = await officer('/api/v1/subjects', { body: { handling: h(), body: { schema: 'Person', action: 'arrest', statements: { a1: st('name', 'Yusuf Harun al-Mansouri', { source: 'Police file 12', grading: { scheme: 'admiralty', source: 'A', information: '1' } }), b2: st('alias', 'يوسف هارون المنصوري', { lang: 'ar' }), c3: st('birthDate', '1987-03-09'), d4: st('nationality', 'ke'), e5: st('notes', '<img src=x onerror=alert(1)>') }, holds: { p1: { schema: 'Passport', statements: { n: st('number', 'EX4471903'), c: st('country', 'ke'), s: st('startDate', '2016-05-02'), e: st('endDate', '2026-05-01') } } }, relations: { r1: { schema: 'Ownership', other: { record: other.json.id }, statements: { x: st('startDate', '2019') } }, r2: { schema: 'Associate', other: { schema: 'Person', statements: { n: st('name', 'Idris Okello Exercise') } }, statements: { x: st('relationship', 'driver') } } } }, marks: { '/body/holds/p1': { audience: { members: [], groups: [], sectors: [] } } } } })
  if (made.status !== 201) console.log(made.text)
  const id = made.json.id
  await officer('/api/v1/subjects', { body: { handling: h(), body: { schema: 'Person', statements: { a: st('name', 'Youssef Haroun Al Mansouri'), c: st('birthDate', '1987-03-09'), d: st('nationality', 'ke'), q: st('phone', '+33 7 00 00 12 34') } }, marks: {} } })
  await officer(`/api/v1/records/${id}/share`, { body: { with: { members: ['ke'] } } })
  const pdf = await officer(`/api/v1/subjects/${id}/pdf?language=fr`)
  console.log(pdf.status, pdf.text.slice(0, 200))
  for (const [locale, dark] of (process.env.LOOKS ?? 'en').split(',').map((it) => [it, it === 'ar'] as const)) {
    const desk = await openDesk(browser, { stage, member: 'fr', locale, dark })
    const { page } = desk
    await signIn(desk, stage, 'fr', 'officer')
    await desk.goTo('/subjects'); await stateWork(desk)
    const shot = async (name: string) => { await page.waitForTimeout(1500); await page.screenshot({ path: `/tmp/subj/look-${locale}-${name}.png`, fullPage: true }) }
    await page.locator('table.long tbody tr').first().waitFor({ timeout: 20000 }); await shot('list')
    const go = async (path: string) => { await page.evaluate(`history.pushState(null, '', '/console${path}'); dispatchEvent(new PopStateEvent('popstate'))`) }
    await go(`/subjects/${id}`); await page.locator('.record-head').waitFor(); await page.locator('.network').waitFor({ timeout: 20000 }); await page.waitForTimeout(3000); await shot('record')
    await go(`/subjects/${id}/edit`); await page.locator('.subject-form').waitFor(); await page.locator('.fact-line button').first().click(); await shot('edit')
    await page.locator('.fact-line input').nth(1).fill('Yusuf H. al-Mansouri'); await page.locator('.subject-form button[type=submit]').click(); await page.locator('.diff').waitFor(); await shot('review')
    await go('/subjects/alike'); await page.locator('table.queue a, .empty').first().waitFor(); await shot('alike'); await page.locator('table.queue a').first().click(); await page.locator('.sides').waitFor(); await shot('pair')
    console.log(locale, desk.complaints)
    await desk.context.close()
  }
}, 300_000)
