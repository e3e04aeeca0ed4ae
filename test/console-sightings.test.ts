import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTime } from '#kernel/clock'
import { asPerson } from './api-kit.ts'
import { type Desk, openDesk, press, signIn, stateWork, tabTo, typeInto } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage, until } from './stage-kit.ts'

/** An officer who has no mouse records where somebody was met, and sees what that makes of the way. */

let stage: Stage
let browser: Browser
let desk: Desk
let about = ''

const now = new Date()
const handling = {
  audience: { members: [], groups: [], sectors: [] },
  tlp: 'AMBER',
  codes: [],
  purposes: ['counter-terrorism'],
  onward: 'ask',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'assessment',
  basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 2(g)' },
  reviewAt: addTime(now, 1, 'months'),
  expiresAt: addTime(now, 1, 'years'),
}

beforeAll(async () => {
  stage = await openStage({ running: ['fr', 'ke'] })
  const nairobi = asPerson(stage, 'ke', 'officer')
  const statements = { n: { property: 'name', value: 'Idris Okello EXERCISE' } }
  const made = await nairobi('/api/v1/subjects', { body: { handling, body: { schema: 'Person', statements } } })
  about = made.json.id
  await nairobi(`/api/v1/records/${about}/share`, { body: { with: { members: ['fr'] } } })
  await until(
    () => asPerson(stage, 'fr', 'officer')(`/api/v1/records/${about}`),
    (it) => it.status === 200,
  )
  browser = await openBrowser()
  desk = await openDesk(browser, { stage, member: 'fr' })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

async function record(place: string, local: string, [latitude, longitude]: readonly [string, string]): Promise<void> {
  const { page } = desk
  await press(page, page.getByRole('link', { name: 'Record a sighting' }))
  await typeInto(page, page.getByLabel(/^Place/), place)
  await tabTo(page, page.locator('input[type=datetime-local]').first())
  await page.locator('input[type=datetime-local]').first().fill(local)
  await typeInto(page, page.getByLabel('Latitude'), latitude)
  await typeInto(page, page.getByLabel('Longitude'), longitude)
  await press(page, page.getByRole('button', { name: 'Record the sighting' }))
  await page.getByText('on its way to the owner').waitFor()
}

describe('the way of a subject', () => {
  it('grows by sightings that are recorded with keys alone, and says in words which journey cannot be', async () => {
    const { page } = desk
    await signIn(desk, stage, 'fr', 'officer')
    await desk.goTo(`/movements/${about}`)
    await stateWork(desk)
    await page.getByText('No sightings').waitFor()
    await record('Lyon (EXERCISE)', '2026-11-20T10:00', ['45.76', '4.86'])
    await record('Nairobi (EXERCISE)', '2026-11-20T11:00', ['-1.32', '36.93'])
    const legs = page.locator('section[aria-labelledby=legs] tbody tr')
    await expect.poll(() => legs.count()).toBe(1)
    expect(await legs.innerText()).toMatch(/Impossible journey/)
    const { json } = await until(
      () => asPerson(stage, 'ke', 'officer')(`/api/v1/movements/${about}`),
      (it) => it.json.sightings?.length === 2,
    )
    expect(json.legs[0].marks).toEqual(['impossible'])
  })

  it('is mended when its author corrects a sighting', async () => {
    const { page } = desk
    await press(page, page.getByRole('link', { name: 'Correct Nairobi (EXERCISE)' }))
    await page.getByText('Nothing is changed yet').waitFor()
    const from = page.locator('input[type=datetime-local]').first()
    await tabTo(page, from)
    await from.fill('2026-11-20T22:00')
    await page.getByText('What changes since version 1').waitFor()
    await press(page, page.getByRole('button', { name: 'Record version 2' }))
    await page.getByText('The correction was recorded').waitFor()
    await page.getByText('No journey calls for a question').waitFor()
    expect(desk.complaints).toEqual([])
  })
})
