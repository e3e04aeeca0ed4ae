import type { Browser, Page } from 'playwright-core'
import type { LaunchedFederation } from '#node/launch'
import { median } from './bench.ts'

const slowdown = 4
const seconds = 4
const runs = 3

interface Graphs {
  readonly browser: Browser
  readonly federation: LaunchedFederation
  readonly member: string
}

/**
 * Frames in a second that a browser without graphics card draws while a graph of 5,000 nodes and 20,000 relations is dragged
 * about: [with what the console does for speed, drawn anew for every frame], both with a processor four times slower.
 */
export async function graphFrames({ browser, federation, member }: Graphs): Promise<readonly [number, number]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
  const page = await context.newPage()
  const account = federation.accounts.find((it) => it.member === member && it.username === 'officer')!
  const origin = federation.url(member)
  await page.goto(`${origin}/console/today`)
  await page.locator('input[name=username]').fill(account.username)
  await page.locator('input[name=password]').fill(account.password)
  await page.keyboard.press('Enter')
  await page.locator('nav a').first().waitFor()
  const measured: number[] = []
  for (const unsparing of ['', '&unsparing=true']) {
    await page.goto(`${origin}/console/design/widgets?graph=large${unsparing}`)
    await page.locator('.network-place[data-arranged=true]').waitFor({ timeout: 300_000 })
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    const frames: number[] = []
    for (let run = 0; run < runs; run++) frames.push(await framesWhileDragged(page))
    measured.push(median(frames))
    await session.detach()
  }
  await context.close()
  return [measured[0]!, measured[1]!]
}

const count = `new Promise((resume) => {
  const start = performance.now()
  let frames = -1
  const next = () => {
    frames++
    const taken = performance.now() - start
    if (taken > ${seconds * 1_000}) resume((frames * 1_000) / taken)
    else requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
})`

/** The pointer goes in wide rings, as fast as the browser takes it; the browser counts the frames that it shows. */
async function framesWhileDragged(page: Page): Promise<number> {
  const box = (await page.locator('.network-stage').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  let going = true
  const drag = async () => {
    for (let step = 0; going; step++)
      await page.mouse.move(x + 180 * Math.sin(step / 12), y + 100 * Math.cos(step / 17))
  }
  const dragging = drag()
  const frames = (await page.evaluate(count)) as number
  going = false
  await dragging
  await page.mouse.up()
  return frames
}
