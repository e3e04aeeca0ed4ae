import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exerciseSeeds } from '#node/exercise-seeds'
import { type Desk, openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

let stage: Stage
let browser: Browser

beforeAll(async () => {
  const seeds = exerciseSeeds(new Date())
  stage = await openStage({ running: ['fr', 'ke'], seeds: (member) => seeds[member] ?? {} })
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

const hostile = `<img src=x onerror="document.title='broken'">`
const stored = `JSON.stringify([{ ...localStorage }, { ...sessionStorage }])`
const draftIs = ({ page }: Desk, status: string) => page.locator(`[data-draft=${status}]`).first().waitFor()

/** A browser with a purpose stated keeps it until it is loaded again. */
async function open(desk: Desk, path: string): Promise<void> {
  await desk.goTo(path)
  await stateWork(desk)
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What the test of every page does not come to: the same in Arabic and dark, without a text that was forgotten. */
async function isSound({ page }: Desk, where: string): Promise<void> {
  const speak = async (language: string) => {
    await page.evaluate(
      `dispatchEvent(new StorageEvent('storage', { key: 'comity-language', newValue: '${language}' }))`,
    )
    await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' })
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await speak('ar')
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })",
  )
  const said = violations.flatMap((it) =>
    it.nodes.map((one) => `${it.id} ${one.target.join(' ')} ${one.failureSummary}`),
  )
  expect(said, where).toEqual([])
  expect(await page.locator('body').innerText(), where).not.toMatch(/(?:^|\s)(?:web|messages|threats|drafts)\.[a-z]\w*/)
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), where).toBeLessThanOrEqual(0)
  await speak('en')
  await page.emulateMedia({ colorScheme: 'light' })
}

describe('a message', () => {
  it('is written through a lost connection, sent, answered, checked and found', async () => {
    const [paris, nairobi] = [await deskOf('fr', 'officer'), await deskOf('ke', 'officer')]
    const { page } = paris
    await open(paris, '/messages/new')
    await page.getByRole('combobox', { name: 'To', exact: true }).click()
    await page.getByRole('option', { name: /Kenya/ }).click()
    await page.keyboard.press('Escape')
    await page.getByLabel('Urgent').check()
    await page.getByText('The recipients have 8 hours to answer.').first().waitFor()
    await page.getByRole('textbox', { name: 'Subject', exact: true }).fill(`A flat ${hostile}`)
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(`Who rents it? ${hostile}`)
    await draftIs(paris, 'saved')

    // Without a connection what is typed is kept, and comes back after a reload.
    await paris.context.setOffline(true)
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(`Who rents the Mombasa flat? ${hostile}`)
    await draftIs(paris, 'kept')
    await expect.poll(() => page.evaluate(stored)).toContain('Mombasa')
    await paris.context.setOffline(false)
    await page.reload()
    await stateWork(paris)
    const text = page.getByRole('textbox', { name: 'Text', exact: true })
    await expect.poll(() => text.inputValue()).toBe(`Who rents the Mombasa flat? ${hostile}`)
    await draftIs(paris, 'saved')

    // The same person at another machine goes on there; what both wrote is put side by side.
    const home = await deskOf('fr', 'officer')
    await home.goTo('/messages?box=drafts')
    await home.page.getByRole('link', { name: /A flat/ }).click()
    await stateWork(home)
    await draftIs(home, 'saved')
    await home.page.getByRole('textbox', { name: 'Text', exact: true }).fill('Written at home')
    await draftIs(home, 'saved')
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(`Who rents the flat at Nyali? ${hostile}`)
    await draftIs(paris, 'choose')
    await page.getByText('Written at home').first().waitFor()
    await isSound(paris, 'the choice between two drafts')
    await page.getByRole('button', { name: 'Keep the one of this window' }).click()
    await draftIs(paris, 'saved')
    await home.context.close()

    const picture = PNG.sync.write(
      Object.assign(new PNG({ width: 40, height: 20 }), { data: Buffer.alloc(3200, 0x7f) }),
    )
    await page.locator('input[type=file]').setInputFiles([
      {
        name: `plan ${hostile.replaceAll('/', '')}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(`floor,${hostile}\n`),
      },
      { name: 'door.png', mimeType: 'image/png', buffer: picture },
    ])
    await page.locator('.chosen-files .hash').nth(1).waitFor()
    await page.getByRole('button', { name: 'Send to 1' }).click()
    await page.getByText('The message was sent to:').first().waitFor()
    await page.getByRole('link', { name: 'Open the message' }).click()
    await page.locator('.receipts strong', { hasText: 'arrived' }).first().waitFor()
    await expect.poll(() => page.evaluate(stored)).not.toContain('Nyali')

    // Kenya sees the clock, and reads what is attached without opening it.
    const there = nairobi.page
    await nairobi.goTo('/messages')
    await there.locator('tr', { hasText: 'A flat' }).locator('.clock').first().waitFor()
    await there.getByRole('link', { name: /A flat/ }).click()
    await there.getByText('eu-2023-977.urgent-directly-accessible').first().waitFor()
    await there.getByRole('button', { name: /^Preview plan/ }).click()
    await there.locator('.preview pre', { hasText: hostile }).first().waitFor()
    await there.getByRole('button', { name: 'Close' }).last().click()
    await there.getByRole('button', { name: /^Preview door/ }).click()
    await there.locator('.preview canvas[width="40"]').first().waitFor()
    await there.getByRole('button', { name: 'Close' }).last().click()
    const [download] = await Promise.all([
      there.waitForEvent('download'),
      there.getByRole('button', { name: /^Download door/ }).click(),
    ])
    expect((await readFile(await download.path())).equals(picture)).toBe(true)
    const checked = there.getByText('Checked here: the hash is that of the message.')
    await expect.poll(() => checked.count()).toBe(2)
    await page.locator('.receipts strong', { hasText: 'read' }).first().waitFor()

    await there.getByRole('button', { name: 'Answer', exact: true }).click()
    await stateWork(nairobi)
    await there.getByRole('textbox', { name: 'Text', exact: true }).fill(`Idris Exercise rents it. ${hostile}`)
    await draftIs(nairobi, 'saved')
    await there.getByRole('button', { name: /Send the answer/ }).click()
    await there.getByText('The answer was sent.').first().waitFor()
    await page.getByText('Idris Exercise rents it.').first().waitFor()
    await page
      .getByRole('cell', { name: /Answered/ })
      .first()
      .waitFor()
    await isSound(paris, 'a conversation')

    // A search is made for a purpose, and its address can be shared with a colleague.
    await paris.goTo('/messages?box=out')
    await page.getByLabel('Words in subject or text').fill('nyali rents')
    await page.keyboard.press('Enter')
    await stateWork(paris)
    await page.locator('.excerpt', { hasText: 'Who rents the flat at Nyali?' }).first().waitFor()
    await expect.poll(() => page.url()).toContain('q=nyali')
    await page.getByLabel('State').selectOption('open')
    await page.getByText('No message fits').first().waitFor()
    await page.goBack()
    await page.locator('.excerpt').first().waitFor()

    expect([await page.title(), await there.title()]).not.toContain('broken')
    expect(paris.complaints).toEqual([])
    expect(nairobi.complaints).toEqual([])
    await Promise.all([paris.context.close(), nairobi.context.close()])
  }, 300_000)

  it('that is begun leaves nothing in the browser at sign-out, in any window', async () => {
    const desk = await deskOf('fr', 'supervisor')
    const { page, context } = desk
    await open(desk, '/messages/new')
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Only for my eyes')
    await draftIs(desk, 'saved')
    const second = await context.newPage()
    await second.goto(page.url())
    await stateWork({ ...desk, page: second })
    await second.locator('[data-draft=saved]').first().waitFor()
    await second.getByRole('textbox', { name: 'Subject', exact: true }).fill('From the second window')
    await expect.poll(() => second.evaluate(stored)).toMatch(/second window/)
    expect(await second.evaluate(stored)).toContain('eyes')
    await second.locator('[data-draft=saved]').first().waitFor()

    await page.locator('button.person').click()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    for (const it of [page, second]) {
      await it.locator('input[name=username]').waitFor()
      await expect.poll(() => it.evaluate(stored)).not.toMatch(/eyes|second window|comity\.draft/)
      await expect.poll(() => it.locator('body').innerText()).not.toContain('eyes')
    }

    // A colleague at the same machine finds no draft of somebody else.
    await signIn(desk, stage, 'fr', 'officer')
    await desk.goTo('/messages?box=drafts')
    await page.getByText('No drafts').first().waitFor()
    expect(desk.complaints).toEqual([])
    await context.close()
  }, 300_000)
})

describe('a warning', () => {
  it('is written, changed beside a colleague, shared, printed and closed', async () => {
    const [paris, chief] = [await deskOf('fr', 'officer'), await deskOf('fr', 'supervisor')]
    const { page } = paris
    await open(paris, '/threats/new')
    await page.getByRole('textbox', { name: 'Title' }).fill(`A depot ${hostile}`)
    await page.getByRole('textbox', { name: 'What', exact: true }).fill(`It may burn. ${hostile}`)
    await page.getByRole('textbox', { name: 'Method' }).fill(hostile)
    await page.getByRole('textbox', { name: 'Basis for the assessment' }).fill(`A source. ${hostile}`)
    await page.getByRole('button', { name: 'Add a place' }).click()
    await page.getByRole('textbox', { name: 'Place' }).fill(`The port ${hostile}`)
    await page.getByLabel('Latitude').fill('-4.06')
    await page.getByLabel('Longitude').fill('39.66')
    await draftIs(paris, 'saved')
    await page.reload()
    await stateWork(paris)
    const place = page.getByRole('textbox', { name: 'Place' })
    await expect.poll(() => place.inputValue()).toBe(`The port ${hostile}`)
    await page.getByRole('button', { name: 'Record the warning' }).click()
    await page.getByText('The warning was recorded.').first().waitFor()
    await page.locator('.places-list', { hasText: '-4.060, 39.660' }).first().waitFor()
    await page.waitForURL(/threats\/rec_\w+$/)
    const id = page.url().split('/').at(-1)!

    // What changes is shown before it is recorded; a colleague is first, and both are put together.
    await page.getByRole('link', { name: 'Change' }).click()
    await page.getByText('Nothing is changed yet.').first().waitFor()
    await page.getByRole('textbox', { name: 'Advice' }).fill(`Close the gate. ${hostile}`)
    await page.getByRole('textbox', { name: 'Method' }).fill('A vehicle')
    await page.locator('.diff ins', { hasText: 'Close the gate.' }).first().waitFor()
    await draftIs(paris, 'saved')

    await open(chief, `/threats/${id}/edit`)
    await chief.page.getByRole('textbox', { name: 'Method' }).fill('A boat')
    await chief.page.getByRole('textbox', { name: 'What', exact: true }).fill('It may burn on Friday.')
    await chief.page.getByRole('button', { name: 'Record version 2' }).click()
    await chief.page.getByText('The new version was recorded').first().waitFor()

    await page.getByRole('button', { name: 'Record version 2' }).click()
    await page.getByRole('heading', { name: 'Version 2 came first' }).first().waitFor()
    await isSound(paris, 'a version that came first')
    await page.getByRole('radio', { name: 'The other’s' }).check()
    await page.getByRole('button', { name: 'Put mine on version 2' }).click()
    await page.locator('.diff ins', { hasText: 'Close the gate.' }).first().waitFor()
    await expect.poll(() => page.locator('.diff tbody tr').count()).toBe(1)
    await page.getByRole('button', { name: 'Record version 3' }).click()
    await page.getByText('The new version was recorded').first().waitFor()
    const facts = page.locator('table.facts').first()
    await expect.poll(() => facts.innerText()).toMatch(/A boat/)
    await expect.poll(() => facts.innerText()).toMatch(/on Friday[\s\S]*Close the gate/)

    await page.getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByRole('checkbox', { name: /Kenya/ }).check()
    await page.getByRole('button', { name: 'Share with 1' }).click()
    await page.locator('.ledger .state-held').first().waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.locator('.acts').first().waitFor({ state: 'hidden' })
    await page.getByText('EXERCISE').first().waitFor()
    await page.emulateMedia({ media: 'screen' })

    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByLabel('Reason for closing').fill(`The cell was arrested. ${hostile}`)
    await page.getByRole('button', { name: 'Close the warning' }).click()
    await page.getByText('The warning was closed').first().waitFor()

    const nairobi = await deskOf('ke', 'officer')
    await open(nairobi, '/threats?show=all')
    await nairobi.page
      .getByRole('row', { name: /A depot.*Closed/ })
      .first()
      .waitFor()
    await nairobi.page.getByLabel('How soon').selectOption('imminent')
    await nairobi.page.getByText('No warnings').first().waitFor()
    await nairobi.page.waitForURL(/show=all.*imminence=imminent/)
    await nairobi.page.goBack()
    await nairobi.page.getByRole('link', { name: /A depot/ }).click()
    await nairobi.page.getByText('The cell was arrested.').first().waitFor()

    for (const it of [paris, chief, nairobi]) {
      expect(await it.page.title()).not.toBe('broken')
      expect(it.complaints).toEqual([])
      await it.context.close()
    }
  }, 300_000)
})
