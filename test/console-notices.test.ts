import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { header, redNotice, wholeTest } from '#capabilities/notices/notice.fixture'
import type { Notice } from '#capabilities/notices/record'
import { asPerson } from './api-kit.ts'
import { type Desk, openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage, until } from './stage-kit.ts'

/** A red notice from the desk of a bureau, through its review by two, to the officer of another state, in a real browser. */

const hostile = `<img src=x onerror="document.title='broken'">`

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await openStage({ running: ['secretariat', 'fr', 'ke'] })
  browser = await openBrowser()
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

const desks = new Map<string, Desk>()

/** The desk of a person, who signs in once and goes from test to test. */
async function deskOf(member: string, username: string): Promise<Desk> {
  const known = desks.get(`${member}/${username}`)
  if (known !== undefined) return known
  const desk = await openDesk(browser, { stage, member })
  await signIn(desk, stage, member, username)
  desks.set(`${member}/${username}`, desk)
  return desk
}

/** Opens a page under a purpose and file. */
async function openAt(desk: Desk, path: string): Promise<Desk['page']> {
  await desk.goTo(path)
  await stateWork(desk)
  return desk.page
}

/** What a person does through the API: what is looked at elsewhere in this file. */
async function post(member: string, username: string, path: string, body?: object): Promise<{ id: string }> {
  const asked = { method: 'POST', purpose: 'criminal-proceedings', ...(body === undefined ? {} : { body }) }
  const { status, json } = await asPerson(stage, member, username)(`/api/v1${path}`, asked)
  expect(status, JSON.stringify(json)).toBeLessThan(300)
  return json
}

function withName(lastName: string, change: Partial<Notice> = {}): Notice {
  const notice = redNotice(change)
  const subject = notice.subject!
  return { ...notice, subject: { ...subject, properties: { ...subject.properties, lastName: [lastName] } } }
}

/** A notice of France before its reviewers. */
async function submitted(notice: Notice): Promise<string> {
  const { id } = await post('fr', 'officer', '/notices', { handling: header(new Date()), body: notice })
  await post('fr', 'officer', `/notices/${id}/submit`)
  const reviewer = notice.channel === 'diffusion' ? 'fr' : 'secretariat'
  await placed(reviewer, 'legal', id, 'submitted')
  await post(reviewer, 'legal', `/notices/${id}/review/take`)
  return id
}

/** Decides on it by two: the one proposes, the other confirms. */
async function decided(reviewer: string, id: string, proposal: object): Promise<void> {
  await post(reviewer, 'legal', `/notices/${id}/review/propose`, {
    note: 'Looked at.',
    findings: wholeTest,
    ...proposal,
  })
  await post(reviewer, 'supervisor', `/notices/${id}/review/confirm`)
}

async function placed(member: string, username: string, id: string, place: string): Promise<void> {
  const look = () => asPerson(stage, member, username)(`/api/v1/notices/${id}`)
  expect((await until(look, (it) => it.json.place === place)).json.place).toBe(place)
}

/** No key of the words left over, nothing wider than the page. */
async function isWhole({ page }: Desk, where: string): Promise<void> {
  expect(await page.locator('body').innerText(), where).not.toMatch(/\bnotices\.[a-z]/i)
  const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  await expect.poll(() => page.evaluate(wider), { message: where }).toBe(0)
}

/** Nothing for axe to find either, where a page stands as no page of `console-pages.test.ts` does. */
async function isSound(desk: Desk, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: desk.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const said = violations.flatMap((it) =>
    it.nodes.map((one) => `${where}: ${it.id} ${one.target.join(' ')} ${one.failureSummary}`),
  )
  expect(said).toEqual([])
  await isWhole(desk, where)
}

function endWell(): void {
  for (const { complaints } of desks.values()) expect(complaints).toEqual([])
  expect(stage.errors).toEqual([])
}

/** A dialog is filled and said by its own words. */
async function say(
  { page }: Desk,
  button: string,
  fill: (dialog: ReturnType<Desk['page']['getByRole']>) => Promise<unknown>,
) {
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await fill(dialog)
  await dialog.getByRole('button', { name: button }).click()
  await dialog.waitFor({ state: 'detached' })
}

describe('a red notice', () => {
  it('is drafted without a penalty, corrected at its field, published by two, and in force in another state', async () => {
    const { judicial, facts, ...rest } = withName('Vasilenko')
    const { maximumPenaltyMonths: _, ...begun } = judicial!
    const body = { ...rest, facts: { ...facts, role: '…' }, judicial: begun }
    const { id } = await post('fr', 'officer', '/notices', { handling: header(new Date()), body })
    const officer = await deskOf('fr', 'officer')
    const { page } = officer
    await openAt(officer, '/notices')
    await page.getByRole('link', { name: 'Tarek Vasilenko' }).click()
    await page.getByRole('link', { name: 'Change', exact: true }).click()
    await page.getByRole('heading', { name: 'Check of the form' }).waitFor()
    await page.getByLabel('What the person did').fill(`Signed the transfers. ${hostile}`)

    // The gap stands at the field and in the check, with its article; it cannot be sent.
    const check = page.getByRole('complementary', { name: 'Check of the form' })
    const gap = check.getByRole('button', { name: 'The penalty is missing: the maximum, or the sentence.' })
    await expect.poll(() => check.getByRole('status').textContent()).toContain('Still to do: 2')
    await expect.poll(() => check.textContent()).toContain('RPD 83(2)(b)(iv)')
    const penalty = page.getByLabel('Maximum penalty, in months')
    const beneath = await penalty.getAttribute('aria-describedby')
    await expect.poll(() => page.locator(`[id="${beneath}"]`).textContent()).toContain('RPD 83(2)(b)(iv)')
    const send = page.getByRole('button', { name: 'Submit to the secretariat' })
    expect(await send.count()).toBe(0)

    // What was typed is kept: a reload loses nothing.
    await page.locator('[data-draft=saved]').waitFor()
    await page.reload()
    await stateWork(officer)
    await expect.poll(() => page.getByLabel('What the person did').inputValue()).toContain('Signed the transfers.')

    // The keyboard goes from the gap to its field. Too little is not enough.
    await gap.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe(await penalty.getAttribute('id'))
    await page.keyboard.type('12')
    await check.getByRole('button', { name: 'The penalty does not reach the threshold.' }).waitFor()
    await expect.poll(() => gap.count()).toBe(0)
    await penalty.fill('120')
    await send.click()
    await page.waitForURL(new RegExp(`notices/${id}$`))
    await page.getByText('It was submitted to its review.').waitFor()
    await page.getByRole('heading', { name: 'Tarek Vasilenko' }).waitFor()
    await isWhole(officer, 'submitted')

    // One reviewer weighs each factor and proposes; nothing is decided by that.
    const first = await deskOf('secretariat', 'legal')
    await first.page.getByText('Notice to review').first().waitFor()
    await first.page.getByRole('link', { name: /^Review/ }).click()
    await stateWork(first)
    await first.page.getByRole('button', { name: 'Take it up' }).click()
    await first.page.getByText('You have taken it up.').waitFor()
    for (const factor of await first.page.locator('fieldset.factor').all()) {
      await factor.getByLabel('Neither').check()
      await factor.getByRole('textbox').fill('Looked at; nothing speaks against it.')
    }
    await first.page.getByRole('combobox', { name: 'Decision' }).selectOption('Publish')
    await first.page.getByLabel('Reasoning').fill('The conditions are met.')
    await isWhole(first, 'review')
    await first.page.getByRole('button', { name: 'Propose to the second reviewer' }).click()
    await first.page.getByText('You proposed this. Another reviewer must confirm it or send it back.').waitFor()
    expect(await first.page.getByRole('button', { name: 'Confirm the decision' }).count()).toBe(0)

    // The second sees all of it and confirms.
    const second = await deskOf('secretariat', 'supervisor')
    await second.page.getByText('Decision to confirm').first().waitFor()
    await second.page.getByRole('link', { name: /^Confirm or send back/ }).click()
    await stateWork(second)
    await second.page.getByText('Looked at; nothing speaks against it.').first().waitFor()
    await isSound(second, 'proposal')
    await second.page.getByRole('button', { name: 'Confirm the decision' }).click()
    await second.page.getByRole('dialog').getByRole('button', { name: 'Confirm the decision' }).click()
    await second.page.getByText('The decision is signed and on its way.').waitFor()

    // It is in force in Kenya, whose officer reports back.
    const nairobi = await deskOf('ke', 'officer')
    await openAt(nairobi, '/notices?tab=received')
    await nairobi.page.getByRole('link', { name: 'Tarek Vasilenko' }).click({ timeout: 60_000 })
    await nairobi.page.getByText('In force here.').first().waitFor()
    await isWhole(nairobi, 'in force')
    await nairobi.page.getByRole('button', { name: 'Report: found' }).click()
    const dialog = nairobi.page.getByRole('dialog')
    await dialog.getByLabel('Where').fill('Mombasa')
    await dialog.getByLabel('Measures taken').fill('Seen at the port; nothing was shown.')
    await dialog.getByRole('button', { name: 'Tell the issuer' }).click()
    await nairobi.page.getByText('The issuer and its reviewer are told.').first().waitFor()

    // The issuer's page says who has it and what happened, without a reload, and Today that the papers are due.
    await page.getByText('the person was located').waitFor()
    await page.locator('#holders').getByText('Kenya').waitFor()
    await officer.goTo('/today')
    await page.getByRole('link', { name: /^Send the extradition papers/ }).waitFor()
    expect(await page.title()).not.toBe('broken')
    endWell()
  }, 300_000)
})

describe('a draft', () => {
  it('is saved with gaps, and what was only begun stays with who typed it', async () => {
    const desk = await deskOf('fr', 'officer')
    const { page } = desk
    await openAt(desk, '/notices/new?type=blue')
    await page.getByRole('textbox', { name: 'Our file' }).fill('EXERCISE 2026/7')
    await page.getByLabel('Last name').fill('Halvorsen')
    await page.getByLabel('What happened').fill('A car was rented under a false name.')
    const check = page.getByRole('complementary', { name: 'Check of the form' })
    await check.getByRole('button', { name: 'Place: Still empty.' }).waitFor()
    await page.getByRole('button', { name: 'Save as draft of the bureau' }).click()
    await page.waitForURL(/notices\/rec_.*\/edit/)
    await page.getByText('The draft was saved at the bureau.').waitFor()
    await expect.poll(() => page.getByLabel('What happened').inputValue()).toBe('A car was rented under a false name.')

    // The node refuses what the type does not allow, and the form says so at the field before.
    await page.getByRole('combobox', { name: 'Category' }).click()
    await page.getByRole('option', { name: 'Listed' }).click()
    await page.getByText('A notice of this type is about: Suspect').waitFor()
    expect(await page.getByRole('button', { name: 'Save as draft of the bureau' }).isDisabled()).toBe(true)
    await isWhole(desk, 'edit')
    endWell()
  }, 120_000)
})

describe('a review', () => {
  it('asks the issuer for information, is answered, and a second reviewer sends the proposal back', async () => {
    const id = await submitted(withName('Orlov'))
    const reviewer = await deskOf('secretariat', 'legal')
    await openAt(reviewer, `/notices/${id}/review`)
    await reviewer.page.getByRole('combobox', { name: 'Decision' }).selectOption('Ask the issuer for information')
    await reviewer.page.getByRole('combobox', { name: 'Reason' }).selectOption('The identity is not sufficient')
    await reviewer.page.getByLabel('Reasoning').fill('Which of the two birth dates is right?')
    await reviewer.page.getByRole('button', { name: 'Propose to the second reviewer' }).click()
    await reviewer.page.getByText('Your proposal waits for a second reviewer.').waitFor()
    await post('secretariat', 'supervisor', `/notices/${id}/review/confirm`)

    // The issuer finds the question in its work and answers it.
    const officer = await deskOf('fr', 'officer')
    await officer.goTo('/today')
    await officer.page.getByText('Information asked on our notice').first().waitFor()
    const page = await openAt(officer, `/notices/${id}`)
    await page.getByText('Next: the issuer answers what the reviewer asked.').first().waitFor()
    await isSound(officer, 'information asked')
    await page.getByRole('button', { name: 'Answer', exact: true }).click()
    await say(officer, 'Send the answer', async (dialog) => {
      await dialog.getByText('Which of the two birth dates is right?').waitFor()
      await dialog.getByRole('textbox').fill('The one of the passport.')
    })
    await page.getByText('The reviewer has your answer.').waitFor()

    // It goes on: the answer is there for both, and the second sends what the first proposes back.
    await placed('secretariat', 'legal', id, 'in-review')
    const proposal = { outcome: 'refused', reason: 'identity', note: 'Still thin.', findings: wholeTest }
    await post('secretariat', 'legal', `/notices/${id}/review/propose`, proposal)
    const second = await deskOf('secretariat', 'supervisor')
    await openAt(second, `/notices/${id}/review`)
    await second.page.getByText('The one of the passport.').first().waitFor()
    await second.page.getByRole('button', { name: 'Send it back' }).click()
    await say(second, 'Send it back', (dialog) => dialog.getByRole('textbox').fill('The passport settles it.'))
    await second.page.getByText('The proposal was sent back.').waitFor()
    await isWhole(second, 'sent back')
    await decided('secretariat', id, { outcome: 'published' })
    await placed('fr', 'officer', id, 'published')
    endWell()
  }, 180_000)

  it('suspends what is in force, lifts that, and cancels it: each holder is told', async () => {
    const id = await submitted(withName('Petrenko'))
    await decided('secretariat', id, { outcome: 'published' })
    await placed('ke', 'officer', id, 'published')
    const nairobi = await deskOf('ke', 'officer')
    const holder = await openAt(nairobi, `/notices/${id}`)
    await holder.getByText('In force here.').first().waitFor()

    const reviewer = await deskOf('secretariat', 'legal')
    await openAt(reviewer, `/notices/${id}`)
    await reviewer.page.getByRole('link', { name: 'Review', exact: true }).click()
    await reviewer.page.getByRole('combobox', { name: 'Decision' }).selectOption('Suspend')
    await reviewer.page.getByRole('combobox', { name: 'Reason' }).selectOption('Doubt whether the conditions are met')
    await reviewer.page.getByLabel('Reasoning').fill('A court is asked.')
    await isWhole(reviewer, 'suspending')
    await reviewer.page.getByRole('button', { name: 'Propose to the second reviewer' }).click()
    await reviewer.page.getByText('Your proposal waits for a second reviewer.').waitFor()
    await post('secretariat', 'supervisor', `/notices/${id}/review/confirm`)

    // The officer of the holder no longer sees it; its reviewers do, and nobody acts on it.
    await holder.getByRole('alert').first().waitFor()
    const gate = await deskOf('ke', 'legal')
    await openAt(gate, `/notices/${id}`)
    await gate.page.getByText('Not in force here.').first().waitFor()
    await gate.page.getByText('A court is asked.').first().waitFor()
    await isSound(gate, 'suspended')
    await decided('secretariat', id, { outcome: 'lifted' })
    await gate.page.getByText('In force here.').first().waitFor()

    await reviewer.page.getByRole('combobox', { name: 'Decision' }).waitFor()
    await decided('secretariat', id, { outcome: 'cancelled', reason: 'purpose-met' })
    const officer = await deskOf('fr', 'officer')
    await openAt(officer, `/notices/${id}`)
    await officer.page.getByText('It has ended: it was cancelled after its review.').first().waitFor()
    expect(await officer.page.getByRole('button', { name: 'End it' }).count()).toBe(0)
    await isSound(officer, 'cancelled')
    await gate.page.getByRole('alert').first().waitFor()
    endWell()
  }, 180_000)
})

describe('an issuer', () => {
  it('ends its notice, and those who held it give it back', async () => {
    const id = await submitted(withName('Radic'))
    await decided('secretariat', id, { outcome: 'published' })
    await placed('ke', 'officer', id, 'published')
    const officer = await deskOf('fr', 'officer')
    const page = await openAt(officer, `/notices/${id}`)
    await page.getByRole('button', { name: 'End it' }).click()
    await say(officer, 'End it everywhere', async (dialog) => {
      await dialog.getByRole('combobox', { name: 'How it ends' }).click()
      await page.getByRole('option', { name: 'Its purpose is met' }).click()
      await dialog.getByLabel('Reason, told to every holder').fill('The warrant was lifted.')
    })
    await page.getByText('The notice has ended, and every holder is told.').waitFor()
    await page.getByText('It has ended: the issuer took it back.').first().waitFor()
    await page.locator('#holders .state-erased').first().waitFor()
    await isWhole(officer, 'ended')
    expect((await asPerson(stage, 'ke', 'officer')(`/api/v1/notices/${id}`)).status).toBe(404)
    endWell()
  }, 120_000)
})

describe('the list of protected persons', () => {
  it('is kept by legal advisers alone and has a notice wait at the gate, where it is refused', async () => {
    const legal = await deskOf('ke', 'legal')
    const { page } = legal
    await openAt(legal, '/notices/shields')
    await page.getByText('Nobody is entered').waitFor()
    await page.getByRole('combobox', { name: 'Names' }).fill('Tarek Mirov')
    await page.getByRole('combobox', { name: 'Against requests of' }).click()
    await page.getByRole('option', { name: 'every state' }).click()
    await page.getByLabel('Note').fill('Decision of 2025 (EXERCISE)')
    await page.getByRole('button', { name: 'Enter', exact: true }).click()
    await page.getByRole('rowheader', { name: 'Tarek Mirov' }).waitFor()
    await isWhole(legal, 'shields')

    // A diffusion stays at the bureau until two of it have agreed.
    const id = await submitted(withName('Mirov', { channel: 'diffusion' }))
    await decided('fr', id, { outcome: 'published' })
    await placed('ke', 'legal', id, 'published')

    // Nobody in Kenya sees it but those who answer it; the issuer learns the note, never the ground.
    await legal.goTo('/today')
    await page.getByRole('link', { name: /^Answer/ }).click()
    await stateWork(legal)
    await page.getByText('May be a person whom this state protects').first().waitFor()
    await page.getByLabel('Refuse', { exact: true }).check()
    await page.getByLabel('Note for the issuer').fill('National law does not allow it.')
    await page.getByLabel('Ground', { exact: true }).selectOption('protection')
    await isWhole(legal, 'gate')
    await page.getByRole('button', { name: 'Refuse it here' }).click()
    await page.getByText('The answer is signed and on its way to the issuer.').waitFor()
    const officer = await deskOf('fr', 'officer')
    await openAt(officer, `/notices/${id}`)
    await officer.page.getByText('National law does not allow it.').waitFor()
    expect(await officer.page.locator('body').innerText()).not.toMatch(/protect/i)
    const refused = await asPerson(stage, 'ke', 'officer')(`/api/v1/notices/${id}`)
    expect(refused.status).toBe(404)

    // Looked at anew it is limited: the officers here have it, with no more than that.
    await page.getByLabel('Limit', { exact: true }).check()
    await page.getByLabel('At most').selectOption({ index: 1 })
    await page.getByLabel('Note for the issuer').fill('Only after a judge was asked.')
    await page.getByRole('button', { name: 'Limit it here' }).click()
    await page.getByText('Limited here').first().waitFor()
    const nairobi = await deskOf('ke', 'officer')
    await openAt(nairobi, `/notices/${id}`)
    await nairobi.page.getByText('In force here.').first().waitFor()
    await nairobi.page.getByText('Lowered because:').waitFor()
    await isWhole(nairobi, 'limited')
    await officer.page.getByText('limited there').first().waitFor()
    await page.getByText('Limited here').nth(1).waitFor()
    endWell()
  }, 180_000)
})
