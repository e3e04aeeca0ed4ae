import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Stage } from './stage-kit.ts'

export interface Desk {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complained of: errors of scripts, of the content security policy, requests to elsewhere. */
  readonly complaints: readonly string[]
  goTo(path: string): Promise<void>
}

export interface DeskOptions {
  readonly stage: Stage
  readonly member: string
  readonly locale?: string
  readonly dark?: boolean
  /** Whether the code of all pages is fetched while nothing else is to be done; without, the browser says that it saves data. */
  readonly ahead?: boolean
}

const savesData = `Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true })`

/** A browser of its own at the console of a member, watched. */
export async function openDesk(
  browser: Browser,
  { stage, member, locale = 'en', dark = false, ahead = false }: DeskOptions,
): Promise<Desk> {
  const origin = `http://localhost:${stage.port(member)}`
  const context = await browser.newContext({
    locale,
    colorScheme: dark ? 'dark' : 'light',
    viewport: { width: 1280, height: 720 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(60_000) // a slow machine is no failure
  if (!ahead) await context.addInitScript(savesData)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (cause) => complaints.push(`script: ${cause.message}`))
  page.on('console', (it) => {
    // The browser notes every refused request here too; that a refusal is shown is the page's business.
    if (it.type() === 'error' && !it.text().startsWith('Failed to load resource')) complaints.push(it.text())
  })
  page.on('request', (it) => {
    if (!it.url().startsWith(origin) && !it.url().startsWith('data:')) complaints.push(`elsewhere: ${it.url()}`)
  })
  return {
    page,
    context,
    complaints,
    goTo: async (path) => {
      await page.goto(`${origin}/console${path}`)
    },
  }
}

export function passwordOf(stage: Stage, member: string, username: string): string {
  return stage.accounts.find((it) => it.member === member && it.username === username)!.password
}

export async function signIn(desk: Desk, stage: Stage, member: string, username: string): Promise<void> {
  const password = passwordOf(stage, member, username)
  await desk.goTo('/today')
  const { page } = desk
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(password)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('nav a').count(), { timeout: 60_000 }).toBeGreaterThan(0)
}

/** Purpose and file, when the page asks for them. */
export async function stateWork({ page }: Desk, reference = 'EX-2026-1'): Promise<void> {
  await page.locator('input[name=reference]').fill(reference)
  await page.keyboard.press('Enter')
}

const mostTabs = 150

/** Goes to another page of the console without loading the console anew, as a link does. */
export async function walkTo({ page }: Desk, path: string): Promise<void> {
  await page.evaluate(`(async () => {
    const before = document.querySelector('h1')
    history.pushState({}, '', '/console${path}')
    const isThere = () => ![null, before].includes(document.querySelector('h1'))
    for (const end = performance.now() + 60_000; !isThere(); ) {
      if (performance.now() > end) throw new Error('the page did not come')
      await new Promise((resume) => setTimeout(resume, 5))
    }
  })()`)
}

/** Goes to something with the Tab key alone, as one who has no mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor()
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    if ((await target.first().and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} is not reached by ${mostTabs} tabs`)
}

/** Goes to a button, link or choice with the Tab key and presses it. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

/** Goes to a field with the Tab key and types. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.type(text)
}
