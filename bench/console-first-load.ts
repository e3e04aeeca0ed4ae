import { readdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'

const words = new URL('../src/web/words', import.meta.url)
const languages = readdirSync(words).map((it) => it.replace('.json', ''))

export interface FirstLoad {
  readonly language: string
  /** Bytes as they came over the wire, and unpacked. */
  readonly packed: number
  readonly plain: number
}

/**
 * What a browser without cache fetches of the console from its address until Today is shown and its fonts are there, in every
 * language, each in a context of its own: the largest first.
 */
export async function firstLoads(browser: Browser, open: (page: Page) => Promise<void>): Promise<readonly FirstLoad[]> {
  const loads: FirstLoad[] = []
  for (const language of languages) loads.push(await firstLoad(browser, { language, open }))
  return loads.sort((a, b) => b.packed - a.packed)
}

async function firstLoad(
  browser: Browser,
  { language, open }: { language: string; open: (page: Page) => Promise<void> },
): Promise<FirstLoad> {
  const context = await browser.newContext({ locale: language })
  const page = await context.newPage()
  const measuring: Promise<{ packed: number; plain: number }>[] = []
  page.on('response', (it) => {
    if (!it.url().includes('/console/')) return
    const measure = async () => {
      const [{ responseBodySize }, body] = await Promise.all([it.request().sizes(), it.body()])
      return { packed: responseBodySize, plain: body.length }
    }
    measuring.push(measure())
  })
  await open(page)
  await page.evaluate('document.fonts.ready')
  const shown = await page.evaluate('document.documentElement.lang')
  if (shown !== language) throw new Error(`The console is shown in ${shown}, not in ${language}`)
  const sizes = await Promise.all(measuring)
  await context.close()
  const sum = (part: 'packed' | 'plain') => sizes.reduce((all, it) => all + it[part], 0)
  return { language, packed: sum('packed'), plain: sum('plain') }
}
