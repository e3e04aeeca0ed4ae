import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { exerciseMembers } from '#node/exercise-members'
import { exerciseSeeds } from '#node/exercise-seeds'
import { type LaunchedFederation, launchFederation } from '#node/launch'
import { openBrowser } from '../test/chromium.ts'
import { type Bench, median } from './bench.ts'
import { firstLoads } from './console-first-load.ts'
import { graphFrames } from './console-graph.ts'

const member = 'fr'
const loads = 5
const slowdown = 4

export const consoleBench: Bench = {
  name: 'console',
  metrics: [
    {
      name: 'console/first_load_gzip_kb',
      unit: 'kB',
      what: 'all that a browser fetches of the console, fonts too, from the address until Today is shown, in the language that needs most; must be below 300',
      baseline: 'the same without compression',
    },
    {
      name: 'console/today_interactive_ms',
      unit: 'ms',
      what: 'from the address to the queue of Today, signed in, with a processor four times slower; must be below 2500',
      baseline: 'the same without slowing the processor',
    },
    {
      name: 'console/navigation_ms',
      unit: 'ms',
      what: 'from the last data of a page to the page, by the slowest of all in the navigation, with a processor four times slower; must be below 200',
      baseline: 'the same without slowing the processor',
    },
    {
      name: 'console/graph_fps',
      unit: 'frames/s',
      what: 'a graph of 5,000 nodes and 20,000 relations dragged about, without graphics card, with a processor four times slower; must be above 30',
      baseline: 'the same graph drawn anew for every frame',
    },
  ],
  async run({ folder, wants, report, say }) {
    const members = exerciseMembers.filter((it) => it.id === member).map((it) => ({ ...it, port: 0 }))
    const seeds = exerciseSeeds(new Date())
    say('starting a node and a browser')
    await using federation = await launchFederation({
      root: join(folder, 'console'),
      name: 'Comity bench',
      members,
      seeds,
    })
    await using browser = await openBrowser()
    const origin = federation.url(member)
    if (wants('console/first_load_gzip_kb')) {
      const loads = await firstLoads(browser, (page) => signIn(page, federation, origin))
      say(loads.map((it) => `${it.language} ${Math.round(it.packed / 1_000)} kB`).join(', '))
      report('console/first_load_gzip_kb', loads[0]!.packed / 1_000, loads[0]!.plain / 1_000)
    }
    const context = await browser.newContext()
    const page = await context.newPage()
    await signIn(page, federation, origin)
    const session = await context.newCDPSession(page)
    const slow = (rate: number) => session.send('Emulation.setCPUThrottlingRate', { rate })
    if (wants('console/today_interactive_ms')) {
      say(`${loads} loads of Today`)
      const plain = await times(page, `${origin}/console/today`)
      await slow(slowdown)
      report('console/today_interactive_ms', await times(page, `${origin}/console/today`), plain)
      await slow(1)
    }
    if (wants('console/navigation_ms')) {
      say('going to every page')
      await walk(page) // once, so that every page's code is there
      const plain = Math.max(...(await walk(page)))
      await slow(slowdown)
      report('console/navigation_ms', Math.max(...(await walk(page))), plain)
    }
    await context.close()
    if (wants('console/graph_fps')) {
      say('a large graph, dragged')
      report('console/graph_fps', ...(await graphFrames({ browser, federation, member })))
    }
  },
}

async function signIn(page: Page, federation: LaunchedFederation, origin: string): Promise<void> {
  const account = federation.accounts.find((it) => it.member === member && it.username === 'officer')!
  await page.goto(`${origin}/console/today`)
  await page.locator('input[name=username]').fill(account.username)
  await page.locator('input[name=password]').fill(account.password)
  await page.keyboard.press('Enter')
  await today(page).waitFor()
}

/**
 * Goes to each page of the navigation and says how long each took, in ms, from the end of its last reply until nothing changed
 * any more.
 */
function walk(page: Page): Promise<number[]> {
  return page.evaluate(`(async () => {
    const taken = []
    for (const link of [...document.querySelectorAll('nav.duties a')]) {
      const begun = performance.now()
      let last = begun
      const watch = new MutationObserver(() => { last = performance.now() })
      watch.observe(document.getElementById('content'), { childList: true, subtree: true, characterData: true })
      link.click()
      while (performance.now() - Math.max(last, begun) < 400 || document.querySelector('.slow') !== null)
        await new Promise((resume) => setTimeout(resume, 20))
      watch.disconnect()
      const replies = performance.getEntriesByType('resource').filter((it) => it.startTime >= begun)
      const data = Math.max(begun, ...replies.map((it) => it.responseEnd).filter((it) => it <= last))
      taken.push(last - data)
      performance.clearResourceTimings()
    }
    return taken
  })()`)
}

/** What waits, or that nothing does. */
const today = (page: Page) => page.locator('main table.queue, main .empty').first()

async function times(page: Page, address: string): Promise<number> {
  const taken: number[] = []
  for (let load = 0; load < loads; load++) {
    const started = performance.now()
    await page.goto(address, { waitUntil: 'commit' })
    await today(page).waitFor()
    taken.push(performance.now() - started)
  }
  return median(taken)
}
