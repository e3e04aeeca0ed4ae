import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { offerDesks } from './exercise-kit.ts'
import { openStage, type Stage } from './stage-kit.ts'

const offices = ['fr', 'ke', 'horizon-bank', 'id'] as const

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await openStage({ running: offices, config: offerDesks })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

const originOf = (member: string) => `http://localhost:${stage.port(member)}`

/** What the browser complained of, but for going to the other offices, which is what the story does. */
const complaintsOf = ({ complaints }: Desk) =>
  complaints.filter((it) => !offices.some((one) => it.startsWith(`elsewhere: ${originOf(one)}/`)))

async function signInAs({ page }: Desk, role: string): Promise<void> {
  await page.getByRole('button', { name: `Sign in as: ${role}` }).click()
}

async function isSound({ page }: Desk, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const said = violations.flatMap((it) =>
    it.nodes.map((one) => `${where}: ${it.id} ${one.target.join(' ')} ${one.failureSummary}`),
  )
  expect(said).toEqual([])
  expect(await page.locator('body').innerText(), where).not.toMatch(/\b(?:exercise|web)\.[a-z]\w*/)
}

describe('the story of the exercise', () => {
  it('is played from the consoles of its offices, by their own buttons and links alone', async () => {
    const desk = await openDesk(browser, { stage, member: 'ke' })
    const { page } = desk
    const here = (member: string) => expect.poll(() => page.url()).toContain(`${originOf(member)}/console/exercise?`)
    const step = (title: string | RegExp) => page.getByRole('heading', { level: 2, name: title }).first().waitFor()
    const done = () => page.locator('[role=status].standing-done').first().waitFor()
    const play = async () => {
      await page.getByRole('button', { name: 'Do this step' }).click()
      await done()
    }
    const next = () => page.locator('.story-next a').click()
    const heldAs = (member: string, state: string) =>
      page
        .locator('.ledger tbody tr')
        .filter({ has: page.locator('th > .member', { hasText: member }) }) // not who is named as `via`
        .locator(`.state-${state}`)
        .first()
        .waitFor()

    // Kenya records a traveller, of whom nobody else knows.
    await desk.goTo('/exercise?as=officer')
    await isSound(desk, 'sign-in')
    await signInAs(desk, 'Officer')
    await step('Kenya has a traveller on file')
    await play()
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('Next: what France sees')
    await page.keyboard.press('Enter')

    // France records the suspect and shares him.
    await here('fr')
    await signInAs(desk, 'Officer')
    await step('France records a suspect')
    await play()
    await expect.poll(() => page.url()).toMatch(/run=rec_[0-9a-f]{32}/)
    const run = new URL(page.url()).searchParams.get('run')!
    await next()
    await step('France shares it with Kenya and the bank')
    await play()
    await heldAs('Kenya', 'held')
    await heldAs('Horizon Bank', 'held')

    // The bank holds it without the associates, Indonesia not at all.
    await page.getByRole('link', { name: 'Horizon Bank: the record' }).click()
    await signInAs(desk, 'Officer')
    await page.getByRole('heading', { name: 'Yusuf Harun al-Mansouri' }).first().waitFor()
    await page.getByText('FR7630006000011234567890189').first().waitFor()
    expect(await page.locator('body').innerText()).not.toContain('Idris Okello')
    await page.goBack()
    await page.goBack()

    // Kenya's node finds the candidate by itself; an officer decides, and its unconfirmed hit says what may be done.
    await desk.page.goto(`${originOf('fr')}/console/exercise?step=share&run=${run}`)
    await next()
    await here('ke')
    await step("Kenya's node finds a candidate")
    await done()
    await next()
    await step(/decides: it is the same man/)
    await play()
    await page.getByText('do not act on this alone').first().waitFor()
    await next()

    // France confirms against the clock, and Kenya sees what its own law allows.
    await here('fr')
    await step('France confirms against the clock')
    await page.locator('.story-step .clock').first().waitFor()
    await play()
    await next()
    await here('ke')
    await step('Kenya acts as its own law allows')
    await page.getByText('What the law here allows:').first().waitFor()
    await play()

    // Passing on is refused, asked for, granted by a supervisor, done.
    await next()
    await step('Kenya may not pass it on, and asks')
    await play()
    await page
      .getByRole('row', { name: /Pass it on without permission H2/ })
      .first()
      .waitFor()
    await next()
    await here('fr')
    await step('France grants Indonesia for thirty days')
    await page.getByText('This step is for the role: Supervisor.').first().waitFor()
    await signInAs(desk, 'Supervisor')
    await play()
    await next()
    await here('ke')
    await step('Kenya passes it on to Indonesia')
    await play()
    await next()

    // A correction reaches every holder, and so does the recall.
    await here('fr')
    await step('France corrects the date of birth')
    await heldAs('Indonesia', 'held')
    await play()
    await next()
    await step('France takes the record back')
    await play()
    await next()
    await step('The receipts come in')
    await done()
    for (const it of ['Kenya', 'Horizon Bank', 'Indonesia']) await heldAs(it, 'erased')
    await next()

    await step('What is unlawful is refused, with its rule')
    await play()
    await page
      .getByRole('row', { name: /Share for another purpose purpose/ })
      .first()
      .waitFor()
    await page
      .getByRole('row', { name: /Share after the expiry expiry/ })
      .first()
      .waitFor()
    await expect.poll(() => page.locator('.story-step table tbody tr').count()).toBe(3)
    await isSound(desk, 'refusals')
    await next()

    await step('An auditor verifies the trail')
    await signInAs(desk, 'Auditor')
    await play()
    await page.getByText('all lead to the signed root').first().waitFor()
    await page.getByText('The copy is not intact. Altered:').first().waitFor()
    await page.getByText('How to do it by hand').first().click()
    await page.getByText('At France, as auditor, “Audit ledger”, “Verify”.').first().waitFor()

    // All of it is in the nodes: what the pages of the offices themselves show.
    await page.goto(`${originOf('ke')}/console/exercise?step=recall&run=${run}`)
    await done()
    await page.goto(`${originOf('ke')}/console/hits`)
    await page.locator('main td', { hasText: 'withdrawn' }).first().waitFor()
    await page.goto(`${originOf('ke')}/console/subjects/${run}`)
    await page.getByRole('alert').first().waitFor()
    expect(complaintsOf(desk)).toEqual([])
    expect(stage.errors).toEqual([])
    await desk.context.close()
  }, 240_000)

  it('can be played again in the same federation', async () => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    const { page } = desk
    await desk.goTo('/exercise?as=supervisor')
    await signInAs(desk, 'Supervisor')
    await page.getByText('Start over').click()
    await page.getByRole('button', { name: /Take back what is left here/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Take back/ })
      .click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Begin a new round' }).click()
    await page
      .locator('.story-steps')
      .getByRole('link', { name: /France records a suspect/ })
      .click()
    await page.getByRole('button', { name: 'Do this step' }).click()
    await page.locator('[role=status].standing-done').first().waitFor()
    await page
      .locator('.story-steps')
      .getByRole('link', { name: /France shares it/ })
      .click()
    await page.getByRole('button', { name: 'Do this step' }).click()
    await page.locator('.ledger .state-held').first().waitFor()

    // The traveller of the first round is still on file at Kenya, and meets the new record.
    await page.locator('.story-next a').click()
    await signInAs(desk, 'Officer')
    await page.locator('[role=status].standing-done').first().waitFor()
    expect(complaintsOf(desk)).toEqual([])
    await desk.context.close()
  }, 120_000)
})

describe('the page of the exercise', () => {
  it.each([
    { locale: 'fr', dark: true },
    { locale: 'ar', dark: false },
  ])('passes axe in $locale, dark: $dark', async (look) => {
    const desk = await openDesk(browser, { stage, member: 'id', ...look })
    await desk.goTo('/exercise?step=onward&as=officer')
    await desk.page.locator('.exercise-accounts button').first().click()
    await desk.page.locator('.story-step h2').first().waitFor()
    await isSound(desk, `exercise in ${look.locale}`)
    expect(complaintsOf(desk)).toEqual([])
    await desk.context.close()
  })
})
