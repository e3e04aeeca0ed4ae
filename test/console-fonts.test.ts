import { readFileSync } from 'node:fs'
import type { Browser, CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

interface Used {
  readonly familyName: string
  readonly isCustomFont: boolean
}

const assigned = /^\p{Assigned}$/u
const letterOrMark = /^[\p{L}\p{M}\p{Nd}]$/u
const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).filter(
    (it) => assigned.test(it) && !lacking.has(it.codePointAt(0)!),
  )

/** What the typeface itself lacks: a Maghribi form of feh, and forms that stand alone and are drawn as the letter itself is. */
const lacking = new Set([
  0x6a2, 0xfb52, 0xfb56, 0xfb5a, 0xfb5e, 0xfb62, 0xfb66, 0xfb6a, 0xfb6e, 0xfb72, 0xfb76, 0xfb7a, 0xfb7e, 0xfb82, 0xfb84,
  0xfb86, 0xfb88, 0xfb8a, 0xfb8c, 0xfb8e, 0xfb92, 0xfb96, 0xfb9a, 0xfb9e, 0xfba0, 0xfba2, 0xfba3, 0xfbaa,
])
const arabic = between(0x600, 0x6ff).filter((it) => letterOrMark.test(it))
const presentation = [...between(0xfb50, 0xfbb1), ...between(0xfe70, 0xfefc)]

/** Invented. */
const names = [
  'عبد الرحمن بن يوسف الصائغ',
  'مُحَمَّدٌ ٱلْأَمِين',
  'گلپایگانی، ژاله چوپان‌زاده',
  'ڈاکٹر ٹیپو پڑھے گھوڑے والا',
  'کۆمەڵە ڕێبین',
  'ھۓ ؟ ۱۲۳ ١٢٣',
]

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await stage[Symbol.asyncDispose]()
})

/** A page of the console with these texts on it, the fonts that each is set in, and the Arabic fonts that it fetched. */
async function set(texts: readonly string[], weight = 400) {
  const desk = await openDesk(browser, { stage, member: 'fr' })
  const { page } = desk
  const fetched: string[] = []
  page.on('request', (it) => {
    const name = it.url().split('/').at(-1)!
    if (name.includes('plex-sans-arabic')) fetched.push(name)
  })
  await desk.goTo('/today')
  await page.locator('input[name=username]').waitFor()
  await page.evaluate(`document.body.append(...${JSON.stringify(texts)}.map((it) => {
    const line = document.createElement('p')
    line.className = 'set'
    line.style.fontWeight = '${weight}'
    line.textContent = it
    return line
  }))`)
  const session = await desk.context.newCDPSession(page)
  const fonts = await fontsOf(desk, session)
  await desk.context.close()
  return { fonts, fetched }
}

async function fontsOf({ page }: Desk, session: CDPSession): Promise<readonly (readonly Used[])[]> {
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  const { root } = await session.send('DOM.getDocument', { depth: 0 })
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.set' })
  const read = async () => {
    // What was set in one font may need a second when the first has come.
    await page.evaluate(`new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)))`)
    await page.evaluate('document.fonts.ready')
    const used: Used[][] = []
    for (const nodeId of nodeIds) used.push((await session.send('CSS.getPlatformFontsForNode', { nodeId })).fonts)
    return used
  }
  let [before, now] = [await read(), await read()]
  while (JSON.stringify(before) !== JSON.stringify(now)) [before, now] = [now, await read()]
  return now
}

const foreign = (texts: readonly string[], fonts: readonly (readonly Used[])[]) =>
  texts.flatMap((text, at) => {
    const others = fonts[at]!.filter((it) => !it.isCustomFont).map((it) => it.familyName)
    return others.length === 0 ? [] : [`${text} U+${text.codePointAt(0)!.toString(16)}: ${others.join(', ')}`]
  })

describe('fonts', () => {
  test.each([400, 600])(
    'names in Arabic, Persian, Urdu and Kurdish need only the small part, at weight %d',
    async (weight) => {
      const { fonts, fetched } = await set(names, weight)
      expect(foreign(names, fonts)).toEqual([])
      expect(fetched).toEqual([expect.stringMatching(`^ibm-plex-sans-arabic-first-${weight}-`)])
    },
  )

  test('no Arabic letter, mark, digit or presentation form falls back to a font of the system', async () => {
    // A mark stands on a letter, as it does in a name.
    const texts = [...arabic, ...presentation].map((it) => (/\p{M}/u.test(it) ? `ب${it}` : it))
    const { fonts } = await set(texts)
    expect(texts.length).toBeGreaterThan(400)
    expect(fonts.every((it) => it.length > 0)).toBe(true)
    expect(foreign(texts, fonts)).toEqual([])
  })

  test('a letter and a mark that the small part lacks come from the same file', async () => {
    const { fonts, fetched } = await set(['ب\u0656'])
    expect(fonts[0]!.filter((it) => it.isCustomFont)).toHaveLength(1)
    expect(fetched.some((it) => it.startsWith('ibm-plex-sans-arabic-arabic-400'))).toBe(true)
  })

  test('the words of the console in Arabic are within the small part', () => {
    const { families } = JSON.parse(readFileSync(new URL('../scripts/fonts.json', import.meta.url), 'utf8'))
    const ranges = (families as { subset: string; first: string }[]).map(({ first }) =>
      first.split(',').map((it) =>
        it
          .slice(2)
          .split('-')
          .map((hex) => Number.parseInt(hex, 16)),
      ),
    )
    const known = (letter: string) =>
      ranges.flat().some(([from, to = from]) => letter.codePointAt(0)! >= from! && letter.codePointAt(0)! <= to!)
    const unknown = ['en', 'fr', 'es', 'ar'].flatMap((language) => {
      const words = readFileSync(new URL(`../src/web/words/${language}.json`, import.meta.url), 'utf8')
      return [...new Set(words)].filter((it) => letterOrMark.test(it) && !known(it)).map((it) => `${language}: ${it}`)
    })
    expect(unknown).toEqual([])
  })
})
