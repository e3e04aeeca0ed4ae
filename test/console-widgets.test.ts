import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSound } from './axe-kit.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

/** One for each language, signed in once; each test has the page anew. */
const desks = new Map<string, Desk>()

async function deskIn(locale: string): Promise<Desk> {
  const known = desks.get(locale)
  if (known !== undefined) return known
  const desk = await openDesk(browser, { stage, member: 'fr', locale })
  await signIn(desk, stage, 'fr', 'officer')
  desks.set(locale, desk)
  return desk
}

/** A desk at the three pieces, drawn. Without a graphics card that takes its time. */
async function drawn({ locale = 'en', dark = false } = {}): Promise<Desk> {
  const desk = await deskIn(locale)
  await desk.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
  await desk.goTo('/design/widgets')
  await desk.page.locator('.network-place[data-arranged=true]').first().waitFor({ timeout: 90_000 })
  await desk.page.locator('.places-map[data-ready=true]').first().waitFor({ timeout: 90_000 })
  return desk
}

/** How many pixels have this colour, give or take what the graphics card rounds. */
function countColour({ data }: PNG, colour: string): number {
  const wanted = [...Buffer.from(colour, 'hex')]
  let count = 0
  for (let at = 0; at < data.length; at += 4)
    if (wanted.every((it, part) => Math.abs(data[at + part]! - it) <= 3)) count++
  return count
}

const shotOf = async (place: Locator) => PNG.sync.read(await place.screenshot())

describe('graph, map and timeline', () => {
  it('draw, are worked with the keyboard alone, and ask nobody else for anything', { timeout: 180_000 }, async () => {
    const desk = await drawn()
    const { page } = desk
    const graph = page.getByRole('application', { name: 'Graph of' })
    const map = page.getByRole('region', { name: 'Map of the places' })
    const timeline = page.getByRole('application', { name: 'Timeline' })

    // The colours are those of the tokens: nodes and areas in that of links, land and water apart.
    expect(countColour(await shotOf(page.locator('.network-stage')), '1d4f8f')).toBeGreaterThan(500)
    const ofMap = await shotOf(page.locator('.places-map'))
    expect(countColour(ofMap, 'ffffff')).toBeGreaterThan(10_000)
    expect(countColour(ofMap, 'f5f6f8')).toBeGreaterThan(10_000)
    expect(countColour(await shotOf(page.locator('.timeline-plot')), '1d4f8f')).toBeGreaterThan(50)

    // The graph: the arrows go from node to node, Escape to the list, Enter opens.
    await graph.focus()
    const said = page.locator('.network-status [role=status]')
    await expect.poll(() => said.innerText()).toContain('Yusuf Exercise-Mansouri')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => said.innerText()).not.toContain('Yusuf')
    for (const key of ['+', '-', '0', 'Escape']) await page.keyboard.press(key)
    await expect.poll(() => page.evaluate('document.activeElement.type')).toBe('search')

    // A relation is drawn by name: from one node, "Connect", to another.
    await page.keyboard.type('yusuf')
    await page.locator('.network-list').getByRole('button', { name: 'Yusuf Exercise-Mansouri' }).last().press('Enter')
    await page.getByRole('button', { name: 'Connect' }).press('Enter')
    await page.getByText('A relation from Yusuf Exercise-Mansouri to').first().waitFor()
    await page.getByLabel('Find the other end by name').fill('star')
    await page.locator('.network-list').getByRole('button', { name: 'MV Exercise Star' }).press('Enter')
    await page.getByRole('application', { name: 'Graph of 13 nodes and 15 relations' }).waitFor()
    await page.getByRole('button', { name: 'Edit: Owner, Horizon Freight Exercise Ltd' }).press('Enter')
    await expect.poll(() => page.locator('output').innerText()).toBe('e5')

    // Kinds of relation are left out.
    await page.getByRole('button', { name: 'Kinds of relation' }).press('Enter')
    await page.getByRole('checkbox', { name: /^Ownership/ }).press('Space')
    await page.getByRole('application', { name: 'Graph of 13 nodes and 11 relations' }).waitFor()
    await page.keyboard.press('Escape')

    // The map: a place of the table is found, the keys move the map and what is on it.
    await page.getByRole('button', { name: 'Jakarta' }).first().press('Enter')
    await expect.poll(() => page.locator('.places tr[aria-current=true]').innerText()).toContain('Jakarta')
    const mark = page.locator('.place-mark').first()
    const before = await mark.getAttribute('style')
    await map.focus()
    await page.keyboard.press('+')
    await expect.poll(() => mark.getAttribute('style')).not.toBe(before)
    const closer = await mark.getAttribute('style')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => mark.getAttribute('style')).not.toBe(closer)
    await page.getByText('Not drawn at this scale: Gibraltar.').first().waitFor()
    await expect.poll(() => page.locator('.places').innerText()).toContain('no position on the legal status')

    // The timeline: its entries in the order of time, and as a table.
    await timeline.focus()
    await page.keyboard.press('ArrowRight')
    const when = page.locator('.timeline-status [role=status]')
    await expect.poll(() => when.innerText()).toContain('Born, Mar 9, 1987')
    await page.keyboard.press('+')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => when.innerText()).toContain('2004')
    await page.getByText('As a table').press('Enter')
    await page.getByRole('rowheader', { name: 'Seen in Nairobi', exact: true }).first().waitFor()

    expect(await page.title()).not.toBe('broken')
    expect(desk.complaints).toEqual([])
  })

  it('save the graph as a picture that bears the exercise mark', { timeout: 120_000 }, async () => {
    const desk = await drawn()
    const saved = desk.page.waitForEvent('download')
    await desk.page.getByRole('button', { name: 'Save as picture' }).click()
    const picture = PNG.sync.read(readFileSync(await (await saved).path()))
    expect(countColour(picture, 'ffd54a')).toBeGreaterThan(picture.width * 15)
    expect(countColour(picture, '1d4f8f')).toBeGreaterThan(500)
    expect(desk.complaints).toEqual([])
  })

  it('are moved and enlarged with the fingers, while the page stays', { timeout: 180_000 }, async () => {
    const desk = await drawn()
    const { page, context } = desk
    const session = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints.map((it, id) => ({ ...it, id })) })
    /** Two fingers part about the middle of a place, from 40 pixels to 200. */
    const pinch = async (place: Locator) => {
      await place.scrollIntoViewIfNeeded()
      const box = (await place.boundingBox())!
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      const apart = (by: number) => [
        { x: x - by, y },
        { x: x + by, y },
      ]
      await touch('touchStart', ...apart(20))
      for (let by = 30; by <= 100; by += 10) await touch('touchMove', ...apart(by))
    }
    const scrolled = () => page.evaluate<number>('scrollY')
    const changed = async (place: Locator) => {
      const before = await place.screenshot()
      await pinch(place)
      const at = await scrolled()
      await touch('touchEnd')
      await expect.poll(async () => before.equals(await place.screenshot())).toBe(false)
      expect(await scrolled()).toBe(at)
    }
    await changed(page.locator('.network-stage'))
    await changed(page.locator('.places-map'))

    await page.getByRole('button', { name: 'Load 5,000' }).click()
    await page.locator('.network-stage.large').waitFor()
    await page.locator('.network-place[data-arranged=true]').waitFor({ timeout: 90_000 })
    const stage = page.locator('.network-stage.large')
    await pinch(stage)
    const scale = async () => {
      const transform = await page.evaluate<string>(`document.querySelector('.network-over').style.transform`)
      return Number(/scale\(([\d.]+)\)/.exec(transform)?.[1])
    }
    await expect.poll(scale).toBeGreaterThan(4.5)
    await touch('touchEnd')
    const at = await scrolled()
    const { x, y } = (await stage.boundingBox())!
    await touch('touchStart', { x: x + 100, y: y + 300 })
    for (let moved = 10; moved <= 120; moved += 10) await touch('touchMove', { x: x + 100, y: y + 300 - moved })
    await touch('touchEnd')
    expect(await scrolled()).toBe(at)
    expect(desk.complaints).toEqual([])
  })

  it('fill the screen with all that belongs to the graph, and give it back', { timeout: 180_000 }, async () => {
    const { page } = await drawn()
    await page.getByRole('button', { name: 'Full screen' }).click()
    const filled = page.locator('.network:fullscreen')
    await filled.waitFor()
    // The picture is drawn anew in its new size.
    const stage = (await filled.locator('.network-stage').boundingBox())!
    expect(stage.height).toBeGreaterThan(500)
    await expect
      .poll(() => page.evaluate<number>(`document.querySelector('.network-over').height / devicePixelRatio`))
      .toBeCloseTo(stage.height - 2, 0)
    await filled.getByRole('button', { name: 'Help: Relations' }).click()
    await filled.locator('.help').waitFor()
    await page.keyboard.press('Escape')
    await page.evaluate('document.fullscreenElement && document.exitFullscreen()')
    await filled.waitFor({ state: 'detached' })
  })

  it('say of a large graph that it is drawn sparingly', { timeout: 120_000 }, async () => {
    const desk = await deskIn('en')
    await desk.goTo('/design/widgets?graph=large')
    await desk.page.getByRole('application', { name: 'Graph of 5000 nodes and 20000 relations' }).waitFor()
    await desk.page.getByText('Large graph: relations are thin lines').first().waitFor()
    await desk.page
      .getByText(/^Arranging: \d+ %/)
      .first()
      .waitFor()
    expect(desk.complaints).toEqual([])
  })

  it.each([
    { locale: 'en', dark: false },
    { locale: 'en', dark: true },
    { locale: 'ar', dark: true },
  ])('pass axe in $locale, dark: $dark', { timeout: 120_000 }, async (look) => {
    const desk = await drawn(look)
    const { page } = desk
    await isSound(page)
    expect(await page.locator('body').innerText()).not.toMatch(/\b(?:web|network|places|timeline)\.[a-z]\w*/)
    // Neither graph nor map nor time is mirrored.
    const directions = `['.network-stage', '.places-map', '.timeline-plot']
      .map((it) => getComputedStyle(document.querySelector(it)).direction).join()`
    expect(await page.evaluate(directions)).toBe('ltr,ltr,ltr')
    expect(desk.complaints).toEqual([])
  })
})

describe('boundaries of an office', () => {
  const file = () => join(stage.root, 'fr', 'boundaries.topojson')
  const square = {
    type: 'Topology',
    arcs: [
      [
        [-60, -40],
        [60, -40],
        [60, 40],
        [-60, 40],
        [-60, -40],
      ],
    ],
    objects: { countries: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', id: '250', arcs: [[0]] }] } },
  }

  it('take the place of those that the console brings', { timeout: 120_000 }, async () => {
    writeFileSync(file(), JSON.stringify(square))
    const desk = await drawn()
    await desk.page.getByText('Boundaries: laid down by this office.').first().waitFor()
    await desk.page
      .getByText(/Not drawn at this scale: Indonesia, Kenya/)
      .first()
      .waitFor()
    expect(desk.complaints).toEqual([])
  })

  it('that cannot be used show nothing else in their place', { timeout: 120_000 }, async () => {
    writeFileSync(file(), '{}')
    const response = await fetch(`http://localhost:${stage.port('fr')}/console/boundaries.json`)
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('')
    rmSync(file())
    expect((await fetch(`http://localhost:${stage.port('fr')}/console/boundaries.json`)).status).toBe(204)
  })
})
