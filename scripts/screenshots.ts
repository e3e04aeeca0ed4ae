// Takes the pictures of the README from a federation that plays its story: `npm run screenshots`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { apiClient } from '#node/api-client'
import { exerciseMembers } from '#node/exercise-members'
import { exerciseSeeds } from '#node/exercise-seeds'
import { story } from '#node/exercise-story'
import { type LaunchedFederation, launchFederation } from '#node/launch'
import { noticeStory } from '#node/notice-story'
import { openBrowser } from '../test/chromium.ts'

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))

interface Seat {
  readonly member: string
  readonly username: string
  readonly locale?: string
  readonly dark?: boolean
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const root = mkdtempSync(join(tmpdir(), 'comity-screenshots-'))
  try {
    console.log('Comity: starting the exercise …')
    await using federation = await launchFederation({
      root,
      name: 'Comity exercise',
      members: exerciseMembers.map((it) => ({ ...it, port: 0 })),
      seeds: exerciseSeeds(new Date()),
      databaseUrl: process.env.DATABASE_URL,
      offerAccounts: true,
    })
    await using browser = await openBrowser()
    const ids: Partial<Record<string, string>> = {}
    const plot = { federation, api: apiClient(federation), patienceMilliseconds: 60_000, ids }
    const play = async (until: number) => {
      for (const it of story.slice(played, until)) await it.play(plot)
      played = until
    }
    let played = 0
    const at = (seat: Seat) => sit(browser, federation, seat)

    const paris = await at({ member: 'fr', username: 'officer' })
    await shoot(paris, '/exercise', 'exercise')
    await play(2)
    await show(paris, `/subjects/${ids.suspect}`)
    await paris.getByRole('button', { name: 'Share', exact: true }).click()
    await stateWork(paris)
    await paris.getByRole('checkbox', { name: /Kenya/ }).check()
    await settle(paris)
    await paris.screenshot({ path: `${folder}share.png` })
    await play(4)
    const nairobi = await at({ member: 'ke', username: 'officer' })
    await shoot(nairobi, '/today', 'today')
    await shoot(nairobi, `/candidates/${ids.candidate}`, 'candidate')
    await play(7)
    await shoot(paris, `/subjects/${ids.suspect}`, 'subject')
    await shoot(
      await at({ member: 'fr', username: 'officer', locale: 'ar', dark: true }),
      `/hits/${ids.hit}`,
      'hit-arabic-dark',
    )
    const [drafting, publishing, lowering, meeting] = noticeStory
    await drafting!.play(plot)
    await shoot(paris, `/notices/${ids.red}/edit`, 'notice-draft')
    for (const it of [publishing!, lowering!, meeting!]) await it.play(plot)
    const met = await plot.api.get('ke/officer', '/api/v1/border/candidates')
    await shoot(nairobi, `/border/candidates/${met.items[0].id}`, 'border-candidate')
    console.log(`Comity: the pictures are in ${folder}`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** A browser of its own, signed in. */
async function sit(browser: Browser, federation: LaunchedFederation, seat: Seat): Promise<Page> {
  const context = await browser.newContext({
    locale: seat.locale ?? 'en',
    colorScheme: seat.dark ? 'dark' : 'light',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    baseURL: federation.url(seat.member),
  })
  const page = await context.newPage()
  const account = federation.accounts.find((it) => it.member === seat.member && it.username === seat.username)!
  await page.goto('/console/today')
  await page.locator('input[name=username]').fill(account.username)
  await page.locator('input[name=password]').fill(account.password)
  await page.keyboard.press('Enter')
  await page.locator('nav.duties a').first().waitFor()
  return page
}

/** Opens a page and states purpose and file where they are asked for. */
async function show(page: Page, path: string): Promise<void> {
  await page.goto(`/console${path}`)
  await page.locator('h1').first().waitFor()
  await stateWork(page)
}

async function stateWork(page: Page): Promise<void> {
  await settle(page)
  const reference = page.locator('input[name=reference]')
  if ((await reference.count()) === 0) return
  await reference.fill('EXERCISE-2026-01')
  await page.keyboard.press('Enter')
  await reference.waitFor({ state: 'detached' })
  await settle(page)
}

async function shoot(page: Page, path: string, name: string): Promise<void> {
  await show(page, path)
  await page.evaluate('scrollTo(0, 0)')
  await page.screenshot({ path: `${folder}${name}.png` })
}

/** Until everything that was asked for is shown. */
async function settle(page: Page): Promise<void> {
  do await page.waitForTimeout(700)
  while ((await page.locator('.slow').count()) > 0)
}

await main()
