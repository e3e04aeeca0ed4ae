import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exerciseSeeds } from '#node/exercise-seeds'
import type { Role } from '#policy/roles'
import { type Desk, openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { type Furniture, furnish } from './furnish.ts'
import { openLooks, tolerance } from './looks.ts'
import { openStage, type Stage } from './stage-kit.ts'

/**
 * Every page of every capability, as its role sees it, in every language and theme: sound by axe, in the words of its language,
 * without a complaint of the browser, and looking as it did when a person last looked (`test/looks`). After a change that is
 * meant, `COMITY_LOOKS=keep npx vitest run test/console-pages.test.ts` keeps the new looks.
 */

const keeping = process.env.COMITY_LOOKS === 'keep'
const languages = ['en', 'fr', 'es', 'ar'] as const
const schemes = ['light', 'dark'] as const
const looks = languages.flatMap((language) =>
  schemes.map((scheme) => ({ language, scheme, name: `${language}-${scheme}` })),
)
/** Colours are those of the theme, whatever the language: they are weighed once for each direction of reading. */
const coloured: ReadonlySet<string> = new Set(['en', 'ar'])
const sheets = new Map(looks.map((it) => [it.name, openLooks(it.name)]))

/** As far as this test needs it: what a capability's `console.ts` declares. */
interface ConsolePage {
  readonly path: string
  readonly roles: readonly Role[] | 'signed-in'
}

const usernames: Record<Role, string> = {
  officer: 'officer',
  supervisor: 'supervisor',
  legal: 'legal',
  border: 'border',
  auditor: 'auditor',
  administrator: 'admin',
}

const source = new URL('../src/', import.meta.url)
const words = (language: string) =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((it) => it.endsWith(`words/${language}.json`))
    .flatMap((it) => Object.keys(JSON.parse(readFileSync(new URL(it, source), 'utf8'))))
/** A key that no word stands for shows as it is. */
const bareKey = new RegExp(`(?:^|\\s)(?:${[...new Set(words('en'))].join('|')})\\.[a-z]\\w*`, 'i')

const parts = await Promise.all(
  readdirSync(new URL('capabilities/', source))
    .map((it) => new URL(`capabilities/${it}/console.ts`, source))
    .filter((it) => existsSync(it))
    .map(async (it) => (await import(it.href)) as { console: { pages: ConsolePage[] } }),
)
const shellPages: ConsolePage[] = ['/today', '/design', '/design/widgets', '/nowhere'].map((path) => ({
  path,
  roles: ['officer'],
}))
const pages = [...shellPages, ...parts.flatMap((it) => it.console.pages)].sort((a, b) => (a.path < b.path ? -1 : 1))
const roleOf = ({ roles }: ConsolePage): Role => (roles === 'signed-in' ? 'officer' : roles[0]!)

let stage: Stage
let browser: Browser
let furniture: Furniture
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

beforeAll(async () => {
  const seeds = exerciseSeeds(new Date())
  stage = await openStage({ running: ['fr', 'ke'], seeds: (member) => seeds[member] ?? {} })
  ;[browser, furniture] = await Promise.all([openBrowser(), furnish(stage)])
}, 300_000)

afterAll(async () => {
  if (keeping) for (const it of sheets.values()) it.write()
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

/** The address of a page, with something to show in it. */
function addressOf(path: string): string {
  const address = path.includes('$') ? furniture[path] : path
  if (address === undefined) throw new Error(`test/furnish.ts has no sample for ${path}`)
  return address
}

async function take(desk: Desk, language: string, scheme: 'light' | 'dark'): Promise<void> {
  const { page } = desk
  await page.emulateMedia({ colorScheme: scheme })
  await page.evaluate(`dispatchEvent(new StorageEvent('storage', { key: 'comity-language', newValue: '${language}' }))`)
  const shown = `html[lang=${language}][data-mantine-color-scheme=${scheme}]`
  await page.locator(shown).waitFor({ state: 'attached' })
}

/**
 * What axe finds. A theme changes nothing but colours, so dark is asked by the rules of colour alone, and light by all of them;
 * contrast, the dearest, is left to the languages that stand for the others.
 */
async function weigh({ page }: Desk, { language, scheme }: (typeof looks)[number]): Promise<AxeResults['violations']> {
  if (scheme === 'dark' && !coloured.has(language)) return []
  const rules =
    scheme === 'dark'
      ? `runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }`
      : `runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
         rules: { 'color-contrast': { enabled: ${coloured.has(language)} } }`
  // What is sound is neither described nor carried over; of the rules asked, none reads the style sheets.
  const asked = `{ ${rules}, resultTypes: ['violations'], preload: { assets: ['media'] } }`
  return page.evaluate(`axe.run(${asked}).then(({ violations }) => violations)`)
}

/** Looks at what is open in every language and theme. Returns what is wrong. */
async function look(desk: Desk, name: string): Promise<string[]> {
  const { page } = desk
  const wrong: string[] = []
  await page.evaluate(axe)
  for (const one of looks) {
    const { language, scheme, name: sheet } = one
    await take(desk, language, scheme)
    await expect.poll(() => page.locator('.slow').count(), { timeout: 20_000 }).toBe(name === '/design' ? 1 : 0)
    const where = `${name}, ${sheet}`
    for (const it of await weigh(desk, one))
      for (const node of it.nodes) wrong.push(`${where}: ${it.id} ${node.target.join(' ')} ${node.failureSummary}`)
    const said = await page.locator('body').innerText()
    const bare = bareKey.exec(said)
    if (bare !== null) wrong.push(`${where}: no words for ${bare[0].trim()}`)
    const direction = await page.evaluate('document.documentElement.dir')
    if (direction !== (language === 'ar' ? 'rtl' : 'ltr')) wrong.push(`${where}: reads ${direction}`)
    if ((await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) > 0)
      wrong.push(`${where}: wider than the window`)
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    const kept = sheets.get(sheet)!
    if (keeping) kept.keep(name, picture)
    else {
      const share = kept.differs(name, picture)
      if (share === undefined) wrong.push(`${where}: no look is kept of this page`)
      else if (share > tolerance.share) wrong.push(`${where}: ${Math.round(share * 1_000) / 10} % looks different`)
    }
  }
  return wrong
}

describe('every page', () => {
  it('of the sign-in is sound', { timeout: 120_000 }, async () => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await desk.goTo('/today')
    await desk.page.locator('input[name=username]').waitFor()
    expect(await look(desk, 'sign-in')).toEqual([])
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })

  it.each([...new Set(pages.map(roleOf))])('of the role %s is sound', { timeout: 600_000 }, async (role) => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await signIn(desk, stage, 'fr', usernames[role])
    const wrong: string[] = []
    for (const page of pages.filter((it) => roleOf(it) === role)) {
      await desk.goTo(addressOf(page.path))
      await desk.page.locator('h1').first().waitFor()
      if ((await desk.page.locator('input[name=reference]').count()) > 0) {
        if (page.path === '/subjects') wrong.push(...(await look(desk, `${page.path} before its purpose`)))
        await stateWork(desk)
        await desk.page.locator('input[name=reference]').waitFor({ state: 'detached' })
      }
      wrong.push(...(await look(desk, page.path)))
    }
    expect(wrong).toEqual([])
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })
})
