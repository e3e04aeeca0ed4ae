import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exerciseSeeds } from '#node/exercise-seeds'
import { type Desk, openDesk, signIn, stateWork } from './browser.ts'
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
  const desk = await openDesk(browser, { stage, member })
  await signIn(desk, stage, member, username)
  return desk
}

const name = 'Tariq Console-Exercise'
const hostile = `<img src=x onerror="document.title='broken'">`

describe('the story through two consoles', () => {
  it('records, shares, finds, decides, confirms and takes back', async () => {
    const [paris, nairobi] = [await deskOf('fr', 'officer'), await deskOf('ke', 'officer')]
    await record(nairobi, [name, '1987-03-09'])
    const id = await record(paris, [name, '1987-03-09', hostile])

    // Shared with Kenya after the preview says what Kenya will see.
    await paris.page.getByRole('button', { name: 'Share' }).click()
    await paris.page.getByRole('checkbox', { name: /Kenya/ }).check()
    await paris.page.getByText('sees the whole record').waitFor()
    await paris.page.getByRole('button', { name: 'Share with 1' }).click()
    await paris.page.locator('.ledger .state-held').waitFor()

    // Kenya's queue shows the candidate by itself, and an officer decides.
    await nairobi.page.getByRole('link', { name: 'Today' }).click()
    await nairobi.page.getByRole('link', { name: `Decide ${name}` }).click()
    await nairobi.page.getByText('Do not act on this alone').waitFor()
    await nairobi.page.getByLabel('Note').fill('Same name, same day of birth.')
    await nairobi.page.getByRole('button', { name: 'It is the same' }).click()
    await nairobi.page.getByText('waits for the owner').waitFor()

    // France answers from its own queue; Kenya sees it without doing anything.
    await paris.page.getByRole('link', { name: 'Today' }).click()
    await paris.page.getByRole('link', { name: `Answer ${name}` }).click()
    await paris.page.getByLabel('Note').fill('Confirmed from the file.')
    await paris.page.getByRole('button', { name: 'Answer' }).click()
    await paris.page.getByText('confirmed', { exact: false }).first().waitFor()
    await nairobi.page.getByText('Tell the owner').waitFor()

    // Taken back: Kenya erases, and the ledger says so.
    await paris.goTo(`/subjects/${id}`)
    await paris.page.getByRole('button', { name: 'Take back' }).click()
    await paris.page.getByLabel('Reason, told to every holder').fill('Recorded by mistake.')
    await paris.page.getByRole('button', { name: 'Take it back from everybody' }).click()
    await paris.page.locator('.ledger .state-erased').waitFor()

    expect(paris.complaints).toEqual([])
    expect(nairobi.complaints).toEqual([])
    expect(await paris.page.title()).not.toBe('broken')
    await Promise.all([paris.context.close(), nairobi.context.close()])
  }, 120_000)

  async function record(desk: Desk, [first, born, alias]: readonly string[]): Promise<string> {
    const { page } = desk
    await page.getByRole('link', { name: 'Subjects' }).click()
    await stateWork(desk)
    await page.getByRole('link', { name: 'Record a subject' }).click()
    await page.getByLabel('Value').first().fill(first!)
    await page.getByRole('button', { name: 'Add a fact' }).click()
    await page.getByRole('combobox', { name: 'Property' }).nth(1).click()
    await page.getByRole('option', { name: 'Date of birth' }).click()
    await page.getByLabel('Value').nth(1).fill(born!)
    if (alias !== undefined) {
      await page.getByRole('button', { name: 'Add a fact' }).click()
      await page.getByLabel('Value').nth(2).fill(alias)
    }
    await page.getByRole('combobox', { name: 'Category' }).click()
    await page.getByRole('option', { name: 'Suspect' }).click()
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.waitForURL(/subjects\/rec_/)
    await page.getByRole('heading', { name: first! }).waitFor()
    return page.url().split('/').at(-1)!
  }
})

describe('a person who leaves', () => {
  it('leaves nothing of a record in the browser', async () => {
    const desk = await deskOf('fr', 'officer')
    const { page } = desk
    await page.getByRole('link', { name: 'Subjects' }).click()
    await stateWork(desk)
    await page.getByText('Rachid Benhaddou-Exercice').waitFor()
    await page.getByRole('button', { name: /Duty officer/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
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
