import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, asPerson } from './api-kit.ts'
import { isSound } from './axe-kit.ts'
import { type Desk, openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage, until } from './stage-kit.ts'
import { header } from './wire-kit.ts'

/** Sharing, the second person, receipts, permission both ways and recall, through the consoles of three nodes. */

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await openStage({ running: ['fr', 'ke', 'id'] })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

const hostile = `<img src=x onerror="document.title='broken'">`
const name = 'Sami Exercise-Sharing'

async function deskOf(member: string, username: string, look: { locale?: string; dark?: boolean } = {}): Promise<Desk> {
  const desk = await openDesk(browser, { stage, member, ...look })
  await signIn(desk, stage, member, username)
  return desk
}

/** A subject of France, with a hostile alias and an associate. */
async function record(change: Parameters<typeof header>[0] = {}, called = name): Promise<string> {
  const body = {
    schema: 'Person',
    statements: {
      a1: { property: 'name', value: called },
      a2: { property: 'alias', value: hostile },
      a3: { property: 'phone', value: '+33 7 00 00 12 34' },
    },
    relations: {
      r1: {
        schema: 'Associate',
        other: { schema: 'Person', statements: { n1: { property: 'name', value: 'Leïla Exercise' } } },
        statements: { s1: { property: 'relationship', value: 'landlady' } },
      },
    },
  }
  const handling = header({ audience: { members: [], groups: [], sectors: [] }, codes: [{ code: 'H2' }], ...change })
  const made = await asPerson(stage, 'fr', 'officer')('/api/v1/subjects', { body: { handling, body } } as Ask)
  expect(made.status, made.text).toBe(201)
  return made.json.id
}

async function leaveSound(...desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    expect(desk.complaints).toEqual([])
    expect(await desk.page.title()).not.toBe('broken')
    await desk.context.close()
  }
}

/** Chooses from a select with a search field, and leaves it. */
async function choose({ page }: Desk, label: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
  await page.keyboard.press('Tab')
}

describe('records through the consoles', () => {
  it('are shared after a preview, passed on by a grant, and taken back from the derived copy too', async () => {
    const [paris, chief, nairobi, jakarta] = await Promise.all([
      deskOf('fr', 'officer'),
      deskOf('fr', 'supervisor'),
      deskOf('ke', 'officer'),
      deskOf('id', 'officer'),
    ])
    const id = await record()

    // What each will see, before anything leaves: the associate is kept from Indonesia, the rule says so.
    await paris.goTo(`/records/${id}`)
    await paris.page.getByRole('button', { name: 'Share' }).click()
    await stateWork(paris)
    const dialog = paris.page.getByRole('dialog')
    await dialog.getByLabel('Find by name, kind or country').fill('kenya')
    await dialog.getByRole('checkbox', { name: /Indonesia/ }).waitFor({ state: 'detached' })
    await dialog.getByRole('checkbox', { name: /Kenya/ }).check()
    await dialog.getByText('sees the whole record').first().waitFor()
    await isSound(paris.page)
    await dialog.getByRole('button', { name: 'Share with 1' }).click()
    await paris.page.locator('.ledger .state-held').first().waitFor()
    await paris.page.getByText('All have answered.', { exact: true }).first().waitFor()

    // Kenya may not pass it on, and is told by which rule and what to do instead.
    await nairobi.goTo(`/records/${id}`)
    await nairobi.page.getByRole('button', { name: 'Pass on' }).click()
    await stateWork(nairobi)
    await choose(nairobi, 'To whom', /Indonesia/)
    await nairobi.page.getByRole('dialog').getByText('H2: not to be passed on without').first().waitFor()
    await nairobi.page.keyboard.press('Escape')
    await nairobi.page.getByRole('button', { name: "Ask the owner's permission" }).click()
    await choose(nairobi, 'To whom it would go', /Indonesia/)
    await nairobi.page.getByLabel('Reason, told to the owner').fill(`He travels to Jakarta. ${hostile}`)
    await isSound(nairobi.page)
    await nairobi.page.getByRole('button', { name: /^Ask France/ }).click()
    await nairobi.page.getByRole('dialog').waitFor({ state: 'detached' })

    // France's supervisor finds it in the queue and grants it for ten days.
    await chief.page.getByRole('link', { name: `Decide ${name}` }).click()
    await chief.page.getByText('He travels to Jakarta.').first().waitFor()
    await chief.page.getByRole('button', { name: 'Grant' }).click()
    await chief.page.getByLabel('Days until it ends by itself').fill('10')
    await chief.page.getByLabel('Reason, which the asker reads').fill('Necessary for this journey.')
    await isSound(chief.page)
    await chief.page.getByRole('button', { name: 'Grant for days: 10' }).click()
    await chief.page.getByText('Necessary for this journey.').first().waitFor()
    await chief.goTo('/permissions?show=grants')
    await chief.page
      .getByRole('row', { name: new RegExp(name) })
      .first()
      .waitFor()
    await isSound(chief.page)

    // Kenya hears of it and passes it on from the answer, seeing what Indonesia will see.
    await nairobi.page.getByRole('link', { name: 'Today' }).click()
    await nairobi.page.getByRole('link', { name: `Take note ${name}` }).click()
    await nairobi.page.getByRole('button', { name: 'Pass on' }).click()
    await nairobi.page.getByText('sees the whole record').first().waitFor()
    await nairobi.page.getByRole('button', { name: /^Pass on to Indonesia/ }).click()
    await nairobi.page.getByRole('dialog').waitFor({ state: 'detached' })
    await nairobi.page.getByRole('button', { name: 'Noted' }).click()
    await nairobi.page.getByRole('button', { name: 'Noted' }).waitFor({ state: 'detached' })
    await paris.page.locator('.ledger tr', { hasText: 'Indonesia' }).getByText('via').first().waitFor()
    await until(
      async () => (await asPerson(stage, 'id', 'officer')(`/api/v1/records/${id}`)).status,
      (status) => status === 200,
      60_000,
    )
    await jakarta.goTo(`/records/${id}`)
    await jakarta.page.getByRole('heading', { name }).first().waitFor()

    // Recall: the dialog names who is told, by way of whom, and what it cannot do; the answers come in by themselves.
    await paris.page.getByRole('button', { name: 'Take back' }).click()
    await dialog.getByText('Will be told to erase it: 2').first().waitFor()
    await dialog.getByText('No cryptography can force').first().waitFor()
    await dialog.getByText('Grants on it').first().waitFor()
    await isSound(paris.page)
    await dialog.getByLabel('Reason, told to every holder').fill('Recorded by mistake.')
    await dialog.getByRole('button', { name: 'Take it back from everybody' }).click()
    await paris.page.locator('.ledger .state-erased').nth(1).waitFor()
    await paris.page.getByText('All have answered.', { exact: true }).first().waitFor()
    await isSound(paris.page)
    const gone = await asPerson(stage, 'id', 'officer')(`/api/v1/records/${id}`)
    expect(gone.status).toBe(404)
    await leaveSound(paris, chief, nairobi, jakarta)
  }, 300_000)

  it('that a rule does not leave to one person wait for a supervisor, with a mark kept in the preview', async () => {
    const [paris, chief] = await Promise.all([deskOf('fr', 'officer'), deskOf('fr', 'supervisor')])
    const witness = 'Noor Exercise-Witness'
    const id = await record({ category: 'witness' }, witness)
    await paris.goTo(`/records/${id}`)
    await paris.page.getByRole('button', { name: 'Share' }).click()
    await stateWork(paris)
    const dialog = paris.page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: /Kenya/ }).check()
    await dialog.getByRole('checkbox', { name: /Indonesia/ }).check()
    await choose(paris, /Keep a fact from somebody/, /Phone/)
    await dialog
      .getByRole('group', { name: /Keep from: Phone/ })
      .getByRole('checkbox', { name: /Indonesia/ })
      .check()
    await dialog.getByText('sees the record without some fields: 1').first().waitFor()
    await dialog.getByText('does not include the member').first().waitFor()
    await dialog.getByText('A second person is needed').first().waitFor()
    await dialog.getByLabel('Why it is needed').fill('They have to protect her.')
    await isSound(paris.page)
    await dialog.getByRole('button', { name: 'Ask a second person to share with 2' }).click()
    await dialog.getByText('Nothing has left yet').first().waitFor()
    await dialog.getByRole('link', { name: 'See how it stands' }).click()
    await paris.page.getByText('never the one who asked').first().waitFor()

    await chief.page.getByRole('link', { name: `Decide ${witness}` }).click()
    await chief.page.getByText('They have to protect her.').first().waitFor()
    await chief.page.getByText('sees the record without some fields: 1').first().waitFor()
    await isSound(chief.page)
    await chief.page.getByRole('button', { name: 'Approve: share with 2' }).click()
    await chief.page.getByLabel('Reason, for the one who asked').fill('Agreed.')
    await chief.page.getByRole('dialog').getByRole('button', { name: 'Approve: share with 2' }).click()
    await chief.page.getByText('approved and done').first().waitFor()

    // Whoever asked sees the end of it without doing anything, and Indonesia has no trace of the phone.
    await paris.page.getByText('approved and done').first().waitFor()
    await paris.page.getByRole('button', { name: 'Noted' }).click()
    const there = await until(
      () => asPerson(stage, 'id', 'officer')(`/api/v1/records/${id}`),
      (it) => it.status === 200,
      60_000,
    )
    expect(there.text).toContain(witness)
    expect(there.text).not.toContain('12 34')
    await leaveSound(paris, chief)
  }, 300_000)

  it.each([{ locale: 'ar', dark: true }])(
    'have pages that pass axe in $locale, dark: $dark',
    async (look) => {
      const desk = await deskOf('fr', 'supervisor', look)
      const { page } = desk
      for (const path of ['/permissions', '/permissions?show=ours', '/approvals?show=all', '/receipts']) {
        await desk.goTo(path)
        await page.locator('h1').first().waitFor()
        await page.locator('.slow').waitFor({ state: 'detached' })
        await isSound(desk.page)
        expect(await page.locator('body').innerText()).not.toMatch(/\b(?:web|records)\.[a-z]\w*/)
      }
      await leaveSound(desk)
    },
    60_000,
  )
})
