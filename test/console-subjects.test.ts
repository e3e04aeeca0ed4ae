import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { header, person, said } from '#capabilities/subjects/subject.fixture'
import { asPerson } from './api-kit.ts'
import { isSound } from './axe-kit.ts'
import { type Desk, openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

/** A subject from its first fact to a merge that is taken back, by officers at their consoles. */

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await openStage({ running: ['fr'], played: ['other'] })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

const hostile = `<img src=x onerror="document.title='broken'">`
const now = new Date()

async function deskOf(username: string): Promise<Desk> {
  const desk = await openDesk(browser, { stage, member: 'fr' })
  await signIn(desk, stage, 'fr', username)
  await desk.page.getByRole('link', { name: 'Subjects', exact: true }).click()
  await stateWork(desk)
  return desk
}

const officer = (path: string, body?: object) =>
  asPerson(stage, 'fr', 'officer')(path, body === undefined ? {} : { body })

async function recorded(body: object): Promise<string> {
  const { status, json } = await officer('/api/v1/subjects', { handling: header(now), body, marks: {} })
  expect(status).toBe(201)
  return json.id
}

/** Goes within the console, as a link does: what is signed in and what is stated stays. */
async function go({ page }: Desk, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', '/console${path}'); dispatchEvent(new PopStateEvent('popstate', { state: null }))`,
  )
}

/** Presses Tab until what has the focus is called this. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 120; press++) {
    await page.keyboard.press('Tab')
    const said = await page.evaluate(`(() => {
      const it = document.activeElement
      return (it?.labels?.[0]?.innerText ?? it?.getAttribute('aria-label') ?? it?.innerText ?? '').trim()
    })()`)
    if (String(said).replace(/\s*\*$/, '') === name) return
  }
  throw new Error(`Tab does not come to ${name}`)
}

async function left(...desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    expect(await desk.page.title()).not.toBe('broken')
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  }
}

describe('a new subject', () => {
  it('is recorded with the keyboard alone, and says beside the field what is missing, with the rule', async () => {
    const desk = await deskOf('officer')
    const { page } = desk
    await page.getByRole('link', { name: 'Record a subject' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Record a subject' }).first().waitFor()
    await page.getByLabel('Value').first().waitFor()
    await tabTo(page, 'Value')
    await page.keyboard.type('Keyboard Exercise')
    await tabTo(page, 'Add a fact')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByLabel('Value').count()).toBe(2)
    await tabTo(page, 'Value')
    await page.keyboard.type(hostile)
    await page.keyboard.press('Enter')
    await page.getByText('Directive (EU) 2016/680 article 6').first().waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.labels?.[0]?.innerText')).toBe('Category')
    await isSound(desk.page)
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: 'Suspect' }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('combobox', { name: 'Category' }).inputValue()).toBe('Suspect')
    await tabTo(page, 'Record')
    await page.keyboard.press('Enter')
    await page.waitForURL(/subjects\/rec_/)
    await page.getByRole('heading', { name: 'Keyboard Exercise' }).first().waitFor()
    await page.getByText(hostile).first().waitFor()
    await left(desk)
  }, 120_000)
})

describe('a new version', () => {
  it('shows what changes before it is saved, and beside it what a colleague changed meanwhile', async () => {
    const id = await recorded(person({ a: said('name', 'Conflict Exercise'), b: said('alias', 'First') }))
    const [mine, theirs] = [await deskOf('officer'), await deskOf('supervisor')]
    for (const desk of [mine, theirs]) {
      await go(desk, `/subjects/${id}/edit`)
      await desk.page.getByLabel('Value').first().waitFor()
    }
    const fill = async ({ page }: Desk, at: number, value: string) => page.getByLabel('Value').nth(at).fill(value)
    const review = ({ page }: Desk) => page.getByRole('button', { name: 'Show what changes' }).click()

    await fill(theirs, 1, 'Changed by the other')
    await review(theirs)
    await theirs.page.getByRole('cell', { name: '+ Changed by the other' }).first().waitFor()
    await theirs.page.getByText('Nobody else holds this record').first().waitFor()
    await isSound(theirs.page)
    await theirs.page.getByRole('button', { name: 'Save version 2' }).click()
    await theirs.page.waitForURL(/subjects\/rec_\w+$/)

    await fill(mine, 0, `Conflict Exercise ${hostile}`)
    await fill(mine, 1, 'Changed by me')
    await mine.page
      .getByRole('button', { name: /^Details/ })
      .first()
      .click()
    await mine.page.getByLabel('Source', { exact: true }).fill(hostile)
    await review(mine)
    await mine.page.getByRole('button', { name: 'Save version 2' }).click()
    await mine.page.getByRole('heading', { name: 'Version 2 came first' }).first().waitFor()
    await mine.page.getByRole('row', { name: /Alias/ }).getByText('Changed by the other').first().waitFor()
    await isSound(mine.page)
    await mine.page.getByRole('radio', { name: 'The other’s' }).check()
    await mine.page.getByRole('button', { name: 'Put mine on version 2' }).click()
    await mine.page.getByRole('button', { name: 'Save version 3' }).click()
    await mine.page.waitForURL(/subjects\/rec_\w+$/)
    await mine.page.getByRole('rowheader', { name: '3', exact: true }).first().waitFor()

    const { json } = await officer(`/api/v1/records/${id}`)
    expect(json.body.statements).toEqual({
      a: { property: 'name', value: `Conflict Exercise ${hostile}`, source: hostile },
      b: { property: 'alias', value: 'Changed by the other' },
    })
    // Any two versions are compared in the history, chosen in the address.
    await go(mine, `/subjects/${id}?was=1&is=2`)
    await mine.page.getByText('From version 1 to version 2').first().waitFor()
    await mine.page.getByRole('cell', { name: '− First' }).first().waitFor()
    await left(mine, theirs)
  }, 120_000)
})

describe('a relation', () => {
  it('that is drawn in the graph is written in the form, reviewed, and appears in the graph', async () => {
    const company = await recorded({ schema: 'Company', statements: { n: said('name', 'Drawn Exercise Ltd') } })
    const relation = { schema: 'Ownership', other: { record: company as `rec_${string}` }, statements: {} } as const
    const id = await recorded(person({ n: said('name', 'Graph Exercise') }, { relations: { r: relation } }))
    const desk = await deskOf('officer')
    const { page } = desk
    await go(desk, `/subjects/${id}`)
    const graph = page.locator('section.network')
    await graph.getByRole('button', { name: 'Connect' }).click()
    await graph
      .getByRole('button', { name: 'Drawn Exercise Ltd' })
      .or(graph.getByRole('link', { name: 'Drawn Exercise Ltd' }))
      .last()
      .click()
    await page.waitForURL(/edit\?relate=rec_/)
    const drawn = page.getByRole('group', { name: 'Link', exact: true })
    await drawn.first().waitFor()
    await expect
      .poll(() => drawn.getByRole('combobox', { name: 'Find the record' }).inputValue())
      .toContain('Drawn Exercise Ltd')
    await drawn.getByRole('button', { name: 'Add a fact' }).click()
    await drawn.getByLabel('Value').fill(hostile)
    await page.getByRole('button', { name: 'Show what changes' }).click()
    await page.getByRole('rowheader', { name: /Link/ }).first().waitFor()
    await page.getByRole('button', { name: 'Save version 2' }).click()
    await page.waitForURL(/subjects\/rec_\w+$/)
    await expect.poll(() => graph.getByRole('button', { name: /^Edit: / }).count()).toBe(2)
    await left(desk)
  }, 120_000)
})

describe('two subjects that are one', () => {
  it('are merged by a person with a reason, and parted again', async () => {
    const about = { b: said('birthDate', '1979-11-30'), c: said('nationality', 'ke') }
    const kept = await recorded(person({ n: said('name', 'Ignatius Merge-Exercise'), ...about }))
    const other = await recorded(
      person({ n: said('name', 'Ignatius Merge-Exercise'), ...about, p: said('phone', hostile) }),
    )
    const desk = await deskOf('officer')
    const { page } = desk
    await page.getByRole('link', { name: 'Today', exact: true }).click()
    await page.getByRole('link', { name: /Compare Ignatius/ }).click()
    await page.getByRole('heading', { name: 'Are these two the same?' }).first().waitFor()
    await page
      .getByRole('rowheader', { name: /Date of birth agrees/ })
      .first()
      .waitFor()
    await isSound(desk.page)
    await page.getByRole('button', { name: 'They are the same: merge' }).click()
    await page.getByLabel('Reason').fill(hostile)
    await page.getByRole('button', { name: 'Merge them' }).click()
    await page.waitForURL(new RegExp(`subjects/${kept}$`))
    const brought = page.getByRole('cell', { name: `${other}, version 1`, exact: true })
    await brought.first().waitFor()

    await page.getByRole('button', { name: 'Take the merge back' }).click()
    await page.getByLabel('Why they are two').fill('They are twins.')
    await page.getByRole('button', { name: 'Part them again' }).click()
    await page.getByText('taken back').first().waitFor()
    await expect.poll(() => brought.count()).toBe(0)
    expect((await officer(`/api/v1/records/${other}`)).json.state).toBe('active')
    await left(desk)
  }, 120_000)
})

describe('the document', () => {
  it('is saved as a file that bears the name of the subject', async () => {
    const id = await recorded(person({ n: said('name', 'Document Exercise'), x: said('notes', hostile) }))
    const desk = await deskOf('officer')
    const { page } = desk
    await go(desk, `/subjects/${id}`)
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as PDF' }).click()
    const file = await saving
    expect(file.suggestedFilename()).toBe(`${id}-v1.pdf`)
    const bytes = readFileSync(await file.path()).toString('latin1')
    expect(bytes).toMatch(/^%PDF-/)
    expect(bytes).toContain('(Document Exercise)')
    await left(desk)
  }, 120_000)
})

describe('the list', () => {
  it('is narrowed in the address, but for what is typed, and says so when nothing fits', async () => {
    await recorded({ schema: 'Vessel', statements: { n: said('name', 'MV Listed Exercise') } })
    const desk = await deskOf('officer')
    const { page } = desk
    await go(desk, '/subjects?schema=Vessel')
    await page.getByRole('link', { name: 'MV Listed Exercise' }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: /Keyboard Exercise/ }).count()).toBe(0)
    await page.getByLabel('Contains').fill(hostile)
    await page.keyboard.press('Enter')
    await page.getByText('Nothing fits').first().waitFor()
    // What was typed is left in no history.
    await expect.poll(() => page.url()).toContain('schema=Vessel')
    expect(page.url()).not.toContain('onerror')
    await isSound(desk.page)
    await left(desk)
  }, 120_000)
})
