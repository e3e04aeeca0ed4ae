import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exerciseSeeds } from '#node/exercise-seeds'
import { asPerson } from './api-kit.ts'
import { type Desk, openDesk, passwordOf, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

let stage: Stage
let browser: Browser

beforeAll(async () => {
  const seeds = exerciseSeeds(new Date())
  stage = await openStage({ running: ['fr'], played: ['other'], seeds: (member) => seeds[member] ?? {} })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

async function deskOf(username = 'officer'): Promise<Desk> {
  const desk = await openDesk(browser, { stage, member: 'fr' })
  await signIn(desk, stage, 'fr', username)
  return desk
}

const subject = (name: string) => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  return {
    handling: {
      audience: { members: [], groups: [], sectors: [] },
      tlp: 'AMBER',
      codes: [],
      purposes: ['counter-terrorism'],
      onward: 'ask',
      grading: { scheme: 'admiralty', source: 'B', information: '3' },
      category: 'suspect',
      nature: 'assessment',
      basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3(b)' },
      reviewAt: inDays(30),
      expiresAt: inDays(300),
    },
    body: { schema: 'Person', statements: { n1: { property: 'name', value: name } } },
  }
}

describe('a session that ends in the middle of work', () => {
  it('covers the work, keeps what was typed for its person, and goes on after the sign-in', async () => {
    const desk = await deskOf()
    const { page } = desk
    await desk.goTo('/subjects/new')
    await stateWork(desk)
    const value = page.getByLabel('Value').first()
    await value.fill('Typed before the session ended')
    await page.getByRole('combobox', { name: 'Category' }).click()
    await page.getByRole('option', { name: 'Suspect' }).click()
    await desk.context.clearCookies()
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByText('Your session has ended').first().waitFor()
    await value.waitFor({ state: 'hidden' })

    await page.locator('input[name=password]').fill(passwordOf(stage, 'fr', 'officer'))
    await page.keyboard.press('Enter')
    await expect.poll(() => value.inputValue()).toBe('Typed before the session ended')
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByRole('heading', { name: 'Typed before the session ended' }).first().waitFor()
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })

  it('shows nothing of it to another person', async () => {
    const desk = await deskOf()
    const { page } = desk
    await desk.goTo('/subjects')
    await stateWork(desk)
    await page.getByText('Rachid Benhaddou-Exercice').first().waitFor()
    await desk.context.clearCookies()
    await page.evaluate("fetch('/api/v1/me')") // whatever asks next finds out
    await page.getByRole('link', { name: 'Members' }).click()
    await page.getByText('Your session has ended').first().waitFor()
    await page.locator('input[name=username]').fill('auditor')
    await page.locator('input[name=password]').fill(passwordOf(stage, 'fr', 'auditor'))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Data protection auditor/ }).waitFor()
    await expect.poll(() => page.locator('body').innerHTML()).not.toContain('Benhaddou')
    await desk.context.close()
  })
})

describe('a bad line', () => {
  it('says since when it is lost, and shows what came meanwhile once it is back', async () => {
    const desk = await deskOf()
    const { page } = desk
    await desk.goTo('/subjects')
    await stateWork(desk)
    await page.getByText('Rachid Benhaddou-Exercice').first().waitFor()
    const port = stage.port('fr')
    await stage.stop('fr')
    await page.getByText('The connection was lost').first().waitFor()
    await stage.start('fr')
    expect(stage.port('fr')).toBe(port)
    await asPerson(stage, 'fr', 'officer')('/api/v1/subjects', { body: subject('Came Meanwhile-Exercise') })
    await page.getByText('Came Meanwhile-Exercise').first().waitFor()
    await expect.poll(() => page.getByText('The connection was lost').count()).toBe(0)
    await desk.context.close()
  })

  it('of a slow network still lets an officer sign in and read', async () => {
    const desk = await openDesk(browser, { stage, member: 'fr', ahead: true })
    const session = await desk.context.newCDPSession(desk.page)
    await session.send('Network.enable')
    // Slow 3G as browsers' tools define it: 400 ms, 400 kbit/s both ways.
    const speed = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }
    await session.send('Network.emulateNetworkConditions', { offline: false, ...speed })
    await signIn(desk, stage, 'fr', 'officer')
    await desk.page.getByRole('link', { name: 'Subjects' }).click()
    await stateWork(desk)
    await desk.page.getByText('Rachid Benhaddou-Exercice').first().waitFor()
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  }, 180_000)
})

describe('the keys', () => {
  it('go to a record by its name, through a list, and tell themselves', async () => {
    const desk = await deskOf()
    const { page } = desk
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('subj')
    await page
      .getByRole('option', { name: /Subjects/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await stateWork(desk)
    await page.getByText('Rachid Benhaddou-Exercice').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const first = await page.locator('table.queue tbody a').first().innerText()
    await expect.poll(() => page.locator(':focus').innerText()).toBe(first)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: first }).first().waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await page.getByRole('heading', { name: 'Today' }).first().waitFor()
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })
})

describe('a list of a hundred thousand rows', () => {
  it('shows no blank row, however it is scrolled', async () => {
    const desk = await deskOf()
    const { page } = desk
    await desk.goTo('/design/list')
    await page.getByText('Exercise 1', { exact: true }).first().waitFor()
    // In each frame after a jump or a flick, the middle of the window is a row with its number.
    const blank = await page.evaluate<number>(`(async () => {
      const frame = () => new Promise((resume) => requestAnimationFrame(resume))
      const height = document.documentElement.scrollHeight
      let blank = 0
      const look = async () => {
        await frame()
        for (const y of [150, innerHeight / 2, innerHeight - 20]) {
          const row = document.elementFromPoint(innerWidth / 2, y)?.closest('tr')
          if (row === null || row === undefined || row.classList.contains('gap')) blank++
        }
      }
      for (let step = 0; step < 40; step++) { scrollBy(0, 400); await look() }
      for (const share of [0.1, 0.9, 0.5, 0.99, 0.3]) { scrollTo(0, height * share); await look(); await look() }
      return blank
    })()`)
    expect(blank).toBe(0)
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
    await page.getByText('Exercise 100000', { exact: true }).first().waitFor()
    await desk.context.close()
  })
})

describe('what drops down from the bar', () => {
  it('opens and closes by key, by a press elsewhere, and when the focus goes on', async () => {
    const { page, context } = await deskOf()
    const [person, choices] = [page.locator('button.person'), page.locator('button.person + .dropped')]
    await person.focus()
    await page.keyboard.press('Enter')
    await choices.getByLabel('Language').waitFor()
    expect(await person.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await choices.waitFor({ state: 'hidden' })
    expect(await page.evaluate('document.activeElement.className')).toBe('person')

    await person.click()
    await choices.waitFor()
    await page.mouse.click(400, 600)
    await choices.waitFor({ state: 'hidden' })

    const [bell, news] = [page.locator('button.bell'), page.locator('button.bell + .dropped')]
    await bell.click()
    await news.getByRole('link', { name: 'Everything that waits' }).waitFor()
    for (const _ of [1, 2]) await page.keyboard.press('Tab')
    await news.waitFor({ state: 'hidden' })
    await bell.click()
    await news.getByRole('link', { name: 'Everything that waits' }).click()
    await news.waitFor({ state: 'hidden' })
    await context.close()
  })
})
