import { it } from 'vitest'
import { openDesk } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { offerDesks } from './exercise-kit.ts'
import { openStage } from './stage-kit.ts'
import { playTale } from './tale-kit.ts'
it('looks', async () => {
  const stage = await openStage({ running: ['secretariat', 'fr', 'ke', 'horizon-bank', 'id'], config: offerDesks })
  const browser = await openBrowser()
  const shot = async (member: string, step: string, run: string, who = 0, locale = 'en', name = step) => {
    const desk = await openDesk(browser, { stage, member, locale })
    await desk.goTo(`/exercise?step=${step}&run=${run}&as=${['officer','supervisor','legal','border','auditor'][who]}`)
    await desk.page.locator('.exercise-accounts button').first().click()
    await desk.page.locator('.story-step h2').first().waitFor()
    return { ...desk, snap: async (n = name) => { await desk.page.waitForTimeout(600); await desk.page.screenshot({ path: `/tmp/story/${n}.png`, fullPage: true }) } }
  }
  const a = await shot('fr', 'draft', 'new')
  await a.page.getByRole('button', { name: 'Do this step' }).click()
  await a.page.locator('[role=status].standing-done').first().waitFor()
  await a.snap()
  const run = new URL(a.page.url()).searchParams.get('run')!
  await playTale(stage, 'notices', { run, from: 'submit', to: 'weigh' })
  const b = await shot('secretariat', 'publish', run, 1)
  await b.page.getByRole('button', { name: 'Do this step' }).click()
  await b.page.locator('[role=status].standing-done').first().waitFor()
  await b.snap()
  const c = await shot('id', 'law', run); await c.page.locator('[role=status].standing-done').first().waitFor(); await c.snap()
  const d = await shot('ke', 'passengers', run)
  await d.page.getByRole('button', { name: 'Do this step' }).click()
  await d.page.locator('[role=status].standing-done').first().waitFor()
  await d.snap()
  const e = await shot('fr', 'answer', run, 0, 'fr'); await e.snap()
  await playTale(stage, 'notices', { run, from: 'answer', to: 'publish-discreet' })
  const f = await shot('ke', 'counter', run, 3)
  await f.page.getByRole('button', { name: 'Do this step' }).click()
  await f.page.locator('[role=status].standing-done').first().waitFor()
  await f.snap()
  await playTale(stage, 'notices', { run, from: 'told' })
  const g = await shot('id', 'memory', run, 0, 'ar'); await g.snap()
  for (const x of [a,b,c,d,e,f,g]) console.log(x.complaints)
  await browser.close()
  await stage[Symbol.asyncDispose]()
}, 400_000)
