import { join } from 'node:path'
import { it } from 'vitest'
import { exerciseSeeds } from '#node/exercise-seeds'
import { openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage } from './stage-kit.ts'

const shots = JSON.parse(process.env.SHOTS ?? '[]') as { user: string; path: string; locale?: string; dark?: boolean; file: string; act?: string }[]

it('shoots', async () => {
  const seeds = exerciseSeeds(new Date())
  await using stage = await openStage({ running: ['fr', 'ke'], played: ['other'], seeds: (m) => seeds[m] ?? {}, groups: [{ id: 'east', name: 'East Africa (EXERCISE)', members: ['fr', 'ke'] }] })
  const browser = await openBrowser()
  try {
    for (const s of shots) {
      const desk = await openDesk(browser, { stage, member: 'fr', ...(s.locale ? { locale: s.locale } : {}), dark: s.dark ?? false })
      try {
      await signIn(desk, stage, 'fr', s.user)
      await desk.goTo(s.path)
      await desk.page.locator('h1').first().waitFor()
      if (s.act !== undefined) {
        const fn = new Function('desk', 'page', 'stage', 'stateWork', 'join', `return (async () => { ${s.act} })()`)
        await fn(desk, desk.page, stage, stateWork, join)
      }
      await desk.page.waitForTimeout(1200)
      await desk.page.screenshot({ path: s.file, fullPage: true })
      console.log(s.file, desk.complaints)
      } catch (cause) { console.log('FAILED', s.file, String(cause).slice(0, 600), desk.complaints); await desk.page.screenshot({ path: s.file, fullPage: true }) }
      await desk.context.close()
    }
  } finally { await browser.close() }
}, 300_000)
