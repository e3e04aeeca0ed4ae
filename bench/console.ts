import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { exerciseMembers } from '#node/exercise-members'
import { exerciseSeeds } from '#node/exercise-seeds'
import { launchFederation } from '#node/launch'
import { openBrowser } from '../test/chromium.ts'
import { type Bench, median } from './bench.ts'
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
      what: 'all that a browser fetches of the console, fonts too, until the sign-in is shown; must be below 300',
      baseline: 'the same without compression',
    },
    {
      name: 'console/today_interactive_ms',
      unit: 'ms',
      what: 'from the address to the queue of Today, signed in, with a processor four times slower; must be below 2500',
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
      const page = await (await browser.newContext()).newPage()
      const sizes: { packed: number; plain: number }[] = []
      const measuring: Promise<void>[] = []
      page.on('response', (it) => {
        if (!it.url().includes('/console/')) return
        const measure = async () => {
          const [{ responseBodySize }, body] = await Promise.all([it.request().sizes(), it.body()])
          sizes.push({ packed: responseBodySize, plain: body.length })
        }
        measuring.push(measure())
      })
      await page.goto(`${origin}/console/`)
      await page.locator('input[name=password]').waitFor()
      await page.evaluate('document.fonts.ready')
      await Promise.all(measuring)
      const sum = (part: 'packed' | 'plain') => sizes.reduce((all, it) => all + it[part], 0) / 1_000
      report('console/first_load_gzip_kb', sum('packed'), sum('plain'))
    }
    if (wants('console/today_interactive_ms')) {
      say(`${loads} loads of Today`)
      const context = await browser.newContext()
      const page = await context.newPage()
      const account = federation.accounts.find((it) => it.member === member && it.username === 'officer')!
      await page.goto(`${origin}/console/today`)
      await page.locator('input[name=username]').fill(account.username)
      await page.locator('input[name=password]').fill(account.password)
      await page.keyboard.press('Enter')
      await today(page).waitFor()
      const plain = await times(page, `${origin}/console/today`)
      const session = await context.newCDPSession(page)
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
      report('console/today_interactive_ms', await times(page, `${origin}/console/today`), plain)
      await context.close()
    }
    if (wants('console/graph_fps')) {
      say('a large graph, dragged')
      report('console/graph_fps', ...(await graphFrames({ browser, federation, member })))
    }
  },
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
