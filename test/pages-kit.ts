import { readdirSync, readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { tell, weigh } from './axe-kit.ts'
import type { Desk } from './browser.ts'
import { type Looks, openLooks, tolerance } from './looks.ts'

/** Looking at what is open in every language, light and dark, and saying what is wrong with it. */

/**
 * A theme changes nothing but colours, and these are the same in every language: dark is looked at once for each direction of
 * reading. From one look to the next the language changes or the theme, never both, because each change draws the page anew.
 */
const looks = [
  { language: 'en', scheme: 'dark', rules: 'colours' },
  { language: 'en', scheme: 'light', rules: 'all' },
  { language: 'fr', scheme: 'light', rules: 'all but contrast' },
  { language: 'es', scheme: 'light', rules: 'all but contrast' },
  { language: 'ar', scheme: 'light', rules: 'all but contrast' },
  { language: 'ar', scheme: 'dark', rules: 'colours' },
] as const
type Look = (typeof looks)[number]
const sheetOf = ({ language, scheme }: Look) => `${language}-${scheme}`

const keeping = process.env.COMITY_LOOKS === 'keep'
const sheets = new Map<string, Looks>(looks.map(sheetOf).map((it) => [it, openLooks(it)]))

/** Writes the new looks when they are to be kept. */
export function closeLooks(): void {
  if (keeping) for (const it of sheets.values()) it.write()
}

const source = new URL('../src/', import.meta.url)
const words = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((it) => it.endsWith('words/en.json'))
  .flatMap((it) => Object.keys(JSON.parse(readFileSync(new URL(it, source), 'utf8'))))
/** A key that no word stands for shows as it is. */
const bareKey = new RegExp(`(?:^|\\s)(?:${[...new Set(words)].join('|')})\\.[a-z]\\w*`, 'i')

/** One who looks at the pages of one person. */
export interface Looker {
  /** Looks at what is open. `slow` says how many signs of waiting belong to it. Returns what is wrong. */
  look(name: string, options?: { slow?: number }): Promise<string[]>
}

export async function openLooker({ page, context }: Desk): Promise<Looker> {
  const session = await context.newCDPSession(page)
  return {
    async look(name, { slow = 0 } = {}) {
      const wrong: string[] = []
      for (const one of looks) {
        const sheet = sheetOf(one)
        const where = `${name}, ${sheet}`
        const seen = await take(page, { ...one, slow })
        wrong.push(...tell(await weigh(page, one.rules), where))
        const bare = bareKey.exec(seen.said)
        if (bare !== null) wrong.push(`${where}: no words for ${bare[0].trim()}`)
        if (seen.slow !== slow) wrong.push(`${where}: ${seen.slow} signs of waiting`)
        if (seen.direction !== (one.language === 'ar' ? 'rtl' : 'ltr')) wrong.push(`${where}: reads ${seen.direction}`)
        if (seen.beyond > 0) wrong.push(`${where}: wider than the window`)
        wrong.push(...(await compare(session, { name, sheet })).map((it) => `${where}: ${it}`))
      }
      return wrong
    },
  }
}

interface Seen {
  readonly said: string
  readonly slow: number
  readonly direction: string
  /** By how much the page is wider than the window, in pixels. */
  readonly beyond: number
}

/** Puts the page into a language and theme, and waits until it is there, at its top, with its fonts. */
async function take(page: Page, { language, scheme, slow }: Look & { slow: number }): Promise<Seen> {
  await page.emulateMedia({ colorScheme: scheme })
  return page.evaluate(`(async () => {
    const root = document.documentElement
    const count = () => document.querySelectorAll('.slow').length
    dispatchEvent(new StorageEvent('storage', { key: 'comity-language', newValue: '${language}' }))
    const there = () => root.lang === '${language}' && root.dataset.mantineColorScheme === '${scheme}' && count() === ${slow}
    for (const end = performance.now() + 20_000; !there() && performance.now() < end; )
      await new Promise((resume) => requestAnimationFrame(resume))
    await document.fonts.ready
    scrollTo(0, 0)
    return {
      said: document.body.innerText,
      slow: count(),
      direction: root.lang === '${language}' ? root.dir : 'as before',
      beyond: root.scrollWidth - innerWidth,
    }
  })()`)
}

/** As much of the window as is compared: a quarter of its width and height, which takes a fraction of the time of the whole. */
const clip = { x: 0, y: 0, width: 1280, height: 720, scale: 0.25 }
const betweenMilliseconds = 250
const mostPictures = 20

/** Compares with the look that is kept, or keeps the new one, once two pictures in a row agree. Returns what is wrong. */
async function compare(session: CDPSession, { name, sheet }: { name: string; sheet: string }): Promise<string[]> {
  const looks = sheets.get(sheet)!
  let before: Buffer | undefined
  for (let pictures = 1; ; pictures++) {
    const { data } = await session.send('Page.captureScreenshot', { clip, optimizeForSpeed: true })
    const picture = Buffer.from(data, 'base64')
    const share = looks.differs(name, picture)
    if (!keeping && share !== undefined && share <= tolerance.share) return []
    if (before?.equals(picture) || pictures === mostPictures) {
      if (keeping) looks.keep(name, picture)
      else if (share === undefined) return ['no look is kept of this page']
      else return [`${Math.round(share * 1_000) / 10} % looks different`]
      return []
    }
    before = picture
    await new Promise((resume) => setTimeout(resume, betweenMilliseconds))
  }
}
