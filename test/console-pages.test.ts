import { existsSync, readdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exerciseSeeds } from '#node/exercise-seeds'
import type { Role } from '#policy/roles'
import { openDesk, signIn, stateWork, walkTo } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { type Furniture, furnish } from './furnish.ts'
import { closeLooks, openLooker } from './pages-kit.ts'
import { openStage, type Stage } from './stage-kit.ts'

/**
 * Every page of every capability, as its role sees it, in every language, and in dark once in each direction of reading: sound by
 * axe, in the words of its language, without a complaint of the browser, and looking as it did when a person last looked
 * (`test/looks`). After a change that is meant, `COMITY_LOOKS=keep npx vitest run test/console-pages.test.ts` keeps the new looks.
 */

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

beforeAll(async () => {
  const seeds = exerciseSeeds(new Date())
  stage = await openStage({ running: ['fr', 'ke'], seeds: (member) => seeds[member] ?? {} })
  ;[browser, furniture] = await Promise.all([openBrowser(), furnish(stage)])
}, 300_000)

afterAll(async () => {
  closeLooks()
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

/** The address of a page, with something to show in it. */
function addressOf(path: string): string {
  const address = path.includes('$') ? furniture[path] : path
  if (address === undefined) throw new Error(`test/furnish.ts has no sample for ${path}`)
  return address
}

describe('every page', () => {
  it('of the sign-in is sound', { timeout: 120_000 }, async () => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await desk.goTo('/today')
    await desk.page.locator('input[name=username]').waitFor()
    const { look } = await openLooker(desk)
    expect(await look('sign-in')).toEqual([])
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })

  it.each([...new Set(pages.map(roleOf))])('of the role %s is sound', { timeout: 600_000 }, async (role) => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await signIn(desk, stage, 'fr', usernames[role])
    const { look } = await openLooker(desk)
    const wrong: string[] = []
    for (const page of pages.filter((it) => roleOf(it) === role)) {
      await walkTo(desk, addressOf(page.path))
      if ((await desk.page.locator('input[name=reference]').count()) > 0) {
        if (page.path === '/subjects') wrong.push(...(await look(`${page.path} before its purpose`)))
        await stateWork(desk)
        await desk.page.locator('input[name=reference]').waitFor({ state: 'detached' })
      }
      wrong.push(...(await look(page.path, { slow: page.path === '/design' ? 1 : 0 })))
    }
    expect(wrong).toEqual([])
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })
})
