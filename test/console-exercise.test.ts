import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { offerDesks } from './exercise-kit.ts'
import { openStage, type Stage } from './stage-kit.ts'
import { playTale } from './tale-kit.ts'

const offices = ['secretariat', 'fr', 'ke', 'horizon-bank', 'id'] as const

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

/** What is done on the page of the exercise, whoever's console it is. */
function playerAt({ page }: Desk) {
  const done = () => page.locator('[role=status].standing-done').first().waitFor()
  return {
    done,
    here: (member: string) => expect.poll(() => page.url()).toContain(`${originOf(member)}/console/exercise?`),
    step: (title: string | RegExp) => page.getByRole('heading', { level: 2, name: title }).first().waitFor(),
    play: async () => {
      await page.getByRole('button', { name: 'Do this step' }).click()
      await done()
    },
    next: () => page.locator('.story-next a').click(),
    heldAs: (member: string, state: string) =>
      page
        .locator('.ledger tbody tr')
        .filter({ has: page.locator('th > .member', { hasText: member }) }) // not who is named as `via`
        .locator(`.state-${state}`)
        .first()
        .waitFor(),
    refused: (name: RegExp) => page.getByRole('row', { name }).first().waitFor(),
    goTo: (member: string, step: string, run: string, username: string) =>
      page.goto(`${originOf(member)}/console/exercise?step=${step}&run=${run}&as=${username}`),
  }
}

async function endWell(desk: Desk): Promise<void> {
  expect(complaintsOf(desk)).toEqual([])
  expect(stage.errors).toEqual([])
  await desk.context.close()
}

describe('the story of a record', () => {
  it('is played from the consoles of its offices, by their own buttons and links', async () => {
    const desk = await openDesk(browser, { stage, member: 'ke' })
    const { page } = desk
    const { here, step, play, next, heldAs, done, goTo, refused } = playerAt(desk)

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

    // The bank holds it without the associates.
    await page.getByRole('link', { name: 'Horizon Bank: the record' }).click()
    await signInAs(desk, 'Officer')
    await page.getByText('FR7630006000011234567890189').first().waitFor()
    expect(await page.locator('body').innerText()).not.toContain('Idris Okello')

    // Kenya's node finds the candidate by itself; an unconfirmed hit says what may be done.
    await goTo('ke', 'candidate', run, 'officer')
    await done()
    await next()
    await step(/decides: it is the same man/)
    await play()
    await page.getByText('do not act on this alone').first().waitFor()
    await playTale(stage, 'records', { run, from: 'confirm', to: 'action' })

    // Passing on is refused and asked for; a supervisor answers, in place of the officer.
    await goTo('ke', 'ask', run, 'officer')
    await play()
    await refused(/Pass it on without permission H2/)
    await next()
    await here('fr')
    await page.getByText('This step is for the role: Supervisor.').first().waitFor()
    await signInAs(desk, 'Supervisor')
    await play()
    await playTale(stage, 'records', { run, from: 'onward', to: 'correct' })

    // The recall reaches every holder.
    await goTo('fr', 'recall', run, 'supervisor')
    await play()
    await next()
    await step('The receipts come in')
    await done()
    for (const it of ['Kenya', 'Horizon Bank', 'Indonesia']) await heldAs(it, 'erased')
    await next()
    await play()
    await refused(/Share for another purpose purpose/)
    await refused(/Share after the expiry expiry/)
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
    await endWell(desk)
  }, 240_000)

  it('can be played again in the same federation', async () => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    const { page } = desk
    const { play } = playerAt(desk)
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
    await play()
    // The traveller of the first round is still on file at Kenya, and meets the new record.
    await expect.poll(() => page.url()).toMatch(/run=rec_/)
    const run = new URL(page.url()).searchParams.get('run')!
    await playTale(stage, 'records', { run, from: 'share', to: 'candidate' })
    await endWell(desk)
  }, 120_000)
})

describe('the story of notices', () => {
  it('is chosen beside the other, and shows what each office sees of a red notice', async () => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    const { page } = desk
    const { here, step, play, next, done, goTo, refused } = playerAt(desk)
    await desk.goTo('/exercise?as=officer')
    await signInAs(desk, 'Officer')
    await page
      .getByRole('navigation', { name: 'Stories' })
      .getByRole('link', { name: 'Notices and the border' })
      .click()
    await step('France drafts a red notice, and forgets something')
    await play()
    await refused(/Submit it without the penalty RPD 83/)
    await isSound(desk, 'draft')
    const run = new URL(page.url()).searchParams.get('run')!
    await next()
    await step('Corrected, it goes to the secretariat and to nobody else')
    await play()

    // Two of the Secretariat decide; one alone is refused.
    await next()
    await here('secretariat')
    await signInAs(desk, 'Legal officer')
    await play()
    await refused(/Decide alone RPD 86/)
    await next()
    await signInAs(desk, 'Supervisor')
    await play()

    // It is in force in Indonesia, whose law allows less; a passenger list has Kenya ask France.
    await next()
    await here('id')
    await signInAs(desk, 'Officer')
    await done()
    await page.getByRole('row', { name: /Permitted here at most Ask the issuer/ }).waitFor()
    await goTo('ke', 'passengers', run, 'officer')
    await signInAs(desk, 'Officer')
    await play()
    await page.getByText('3 in the list; 2 whole, 1 incomplete; fitted by an alert: 1').waitFor()
    await page.getByRole('link', { name: 'Kenya: the alert met' }).click()
    await page.getByRole('heading', { name: 'Tarek Miloud Vasilenko' }).first().waitFor()

    // Nothing shows at the counter, to whoever has no right to know.
    await playTale(stage, 'notices', { run, from: 'answer', to: 'publish-discreet' })
    const counter = await openDesk(browser, { stage, member: 'ke' })
    await counter.goTo(`/exercise?step=counter&run=${run}&as=border`)
    await signInAs(counter, 'Border desk')
    await playerAt(counter).play()
    await counter.page.getByText('no alert is shown').waitFor()
    await counter.context.close()
    await playTale(stage, 'notices', { run, from: 'told' })

    // Kenya still knows of the notice that it no longer has, and Indonesia remembers who misused the channel.
    await goTo('ke', 'end', run, 'officer')
    await done()
    await goTo('id', 'memory', run, 'officer')
    await done()
    await page.getByRole('row', { name: /remembered of Kenya Political/ }).waitFor()
    await isSound(desk, 'memory')
    await endWell(desk)
  }, 240_000)
})

describe('the page of the exercise', () => {
  it.each([
    { locale: 'fr', dark: true, step: 'onward' },
    { locale: 'ar', dark: false, step: 'publish' },
  ])('passes axe in $locale, dark: $dark', async ({ step, ...look }) => {
    const desk = await openDesk(browser, { stage, member: 'id', ...look })
    await desk.goTo(`/exercise?step=${step}&as=officer`)
    await desk.page.locator('.exercise-accounts button').first().click()
    await desk.page.locator('.story-step h2').first().waitFor()
    await isSound(desk, `exercise in ${look.locale}`)
    expect(complaintsOf(desk)).toEqual([])
    await desk.context.close()
  })
})
