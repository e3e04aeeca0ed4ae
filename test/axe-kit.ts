import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const tags = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']`
/** Contrast is the dearest of all rules: where the same colours were weighed already, it can be left out. */
const asked = {
  all: `runOnly: ${tags}`,
  'all but contrast': `runOnly: ${tags}, rules: { 'color-contrast': { enabled: false } }`,
  colours: `runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }`,
}
export type Rules = keyof typeof asked

/** What is around every page, unless the page is in it. */
const around = '.skip, .exercise, .shell > :not(#content, :has(#content))'
const weighed = new WeakMap<Page, Set<string>>()

/** Of a page, what axe finds. What is around it is weighed once for each text and theme that it has, not on every page anew. */
export async function weigh(page: Page, rules: Rules): Promise<AxeResults['violations']> {
  const known = weighed.get(page) ?? new Set<string>()
  weighed.set(page, known)
  const frame = await page.evaluate<string>(`[
    document.documentElement.dataset.mantineColorScheme,
    ...[...document.querySelectorAll(${JSON.stringify(around)})].map((it) => it.innerText),
  ].join(' ')`)
  const what = known.has(`${rules} ${frame}`) ? `{ exclude: [[${JSON.stringify(around)}]] }` : 'document'
  known.add(`${rules} ${frame}`)
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe)
  // What is sound is neither described nor carried over; of the rules asked, none reads the style sheets.
  const how = `{ ${asked[rules]}, resultTypes: ['violations'], preload: { assets: ['media'] } }`
  return page.evaluate(`axe.run(${what}, ${how}).then(({ violations }) => violations)`)
}

export async function isSound(page: Page, where = page.url()): Promise<void> {
  expect(tell(await weigh(page, 'all'), where)).toEqual([])
}

/** A line for each thing that was found. */
export function tell(violations: AxeResults['violations'], where: string): string[] {
  return violations.flatMap((it) =>
    it.nodes.map((one) => `${where}: ${it.id} ${one.target.join(' ')} ${one.failureSummary}`),
  )
}
