import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exerciseSeeds } from '#node/exercise-seeds'
import { type Desk, openDesk, press, signIn, stateWork, typeInto } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

let stage: Stage
let browser: Browser

beforeAll(async () => {
  const seeds = exerciseSeeds(new Date())
  stage = await openStage({ running: ['fr', 'ke'], played: ['other'], seeds: (member) => seeds[member] ?? {} })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

async function deskOf(member: string, username: string): Promise<Desk> {
  const desk = await openDesk(browser, { stage, member, ahead: true })
  await signIn(desk, stage, member, username)
  return desk
}

const name = 'Tariq Console-Exercise'
const hostile = `<img src=x onerror="document.title='broken'">`

describe('the story through two consoles, with the keyboard alone', () => {
  it('records, shares, finds, decides, confirms and takes back', async () => {
    const [paris, nairobi] = [await deskOf('fr', 'officer'), await deskOf('ke', 'officer')]
    const [one, other] = [paris.page, nairobi.page]
    await record(nairobi, [name, '1987-03-09'])
    await record(paris, [name, '1987-03-09', hostile])

    // Shared with Kenya after the preview says what Kenya will see.
    await press(one, one.getByRole('button', { name: 'Share' }))
    await press(one, one.getByRole('checkbox', { name: /Kenya/ }), 'Space')
    await one.getByText('sees the whole record').first().waitFor()
    await press(one, one.getByRole('button', { name: 'Share with 1' }))
    await one.locator('.ledger .state-held').first().waitFor()

    // Kenya's queue shows the candidate by itself, and an officer decides.
    await other.keyboard.press('t')
    await press(other, other.getByRole('link', { name: `Decide ${name}` }))
    await other.getByText('Do not act on this alone').first().waitFor()
    await typeInto(other, other.getByLabel('Note'), 'Same name, same day of birth.')
    await press(other, other.getByRole('button', { name: 'It is the same' }))
    await other.getByText('waits for the owner').first().waitFor()

    // France answers from its own queue; Kenya sees it without doing anything.
    await one.keyboard.press('t')
    await press(one, one.getByRole('link', { name: `Answer ${name}` }))
    await typeInto(one, one.getByLabel('Note'), 'Confirmed from the file.')
    await press(one, one.getByRole('button', { name: 'Answer' }))
    await one.getByText('confirmed', { exact: false }).first().waitFor()
    await other.getByText('Tell the owner').first().waitFor()

    // Found by its name, and taken back: Kenya erases, and the ledger says so.
    await one.keyboard.press('Control+k')
    await typeInto(one, one.getByRole('combobox', { name: 'Go to' }), name)
    await one
      .getByRole('option', { name: /Person/ })
      .first()
      .waitFor()
    await one.keyboard.press('Enter')
    await one.getByRole('heading', { name }).first().waitFor()
    await press(one, one.getByRole('button', { name: 'Take back' }))
    await typeInto(one, one.getByLabel('Reason, told to every holder'), 'Recorded by mistake.')
    await press(one, one.getByRole('button', { name: 'Take it back from everybody' }))
    await one.locator('.ledger .state-erased').first().waitFor()

    expect(paris.complaints).toEqual([])
    expect(nairobi.complaints).toEqual([])
    expect(await one.title()).not.toBe('broken')
    await Promise.all([paris.context.close(), nairobi.context.close()])
  }, 180_000)

  async function record(desk: Desk, [first, born, alias]: readonly string[]): Promise<void> {
    const { page } = desk
    await page.keyboard.press('Control+k')
    await typeInto(page, page.getByRole('combobox', { name: 'Go to' }), 'record a subject')
    await page
      .getByRole('option', { name: /Record a subject/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await stateWork(desk)
    const values = page.getByLabel('Value')
    await typeInto(page, values.nth(0), first!)
    await press(page, page.getByRole('button', { name: 'Add a fact' }))
    await press(page, page.getByRole('combobox', { name: 'Property' }).nth(1), 'ArrowDown')
    await choose(page, 'Date of birth')
    await typeInto(page, values.nth(1), born!)
    if (alias !== undefined) {
      await press(page, page.getByRole('button', { name: 'Add a fact' }))
      await typeInto(page, values.nth(2), alias)
    }
    await press(page, page.getByRole('combobox', { name: 'Category' }), 'ArrowDown')
    await choose(page, 'Suspect')
    await press(page, page.getByRole('button', { name: 'Record', exact: true }))
    await page.waitForURL(/subjects\/rec_/)
    await page.getByRole('heading', { name: first! }).first().waitFor()
  }

  /** Takes one of the choices that are open, with the arrows. */
  async function choose(page: Page, choice: string): Promise<void> {
    const wanted = page.getByRole('option', { name: choice, exact: true })
    await wanted.waitFor()
    for (let steps = 0; steps < 60; steps++) {
      if ((await wanted.getAttribute('data-combobox-selected')) !== null) return page.keyboard.press('Enter')
      await page.keyboard.press('ArrowDown')
    }
    throw new Error(`${choice} is not reached with the arrows`)
  }
})

describe('a person who leaves', () => {
  it('leaves nothing of a record in the browser', async () => {
    const desk = await deskOf('fr', 'officer')
    const { page } = desk
    await page.getByRole('link', { name: 'Subjects' }).click()
    await stateWork(desk)
    await page.getByText('Rachid Benhaddou-Exercice').first().waitFor()
    await page.getByRole('button', { name: /Duty officer/ }).click()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.locator('input[name=username]').waitFor()
    const left = await page.evaluate(`(async () => JSON.stringify([
      document.body.innerText, { ...localStorage }, { ...sessionStorage }, await caches.keys(), await indexedDB.databases(),
    ]))()`)
    expect(left).not.toContain('Benhaddou')
    await desk.goTo('/subjects')
    await page.locator('input[name=username]').waitFor()
    await desk.context.close()
  })
})
