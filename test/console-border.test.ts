import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installAlerts, removeAlerts, setAlerts, setDocuments } from '#capabilities/border/alerts.fixture'
import { paxlst } from '#capabilities/border/messages.fixture'
import { handIn, office, recordAlert } from '#capabilities/border/office.fixture'
import { writeMrz } from '#formats/travel/mrz-write'
import type { RecordId } from '#kernel/ids'
import { type Desk, openDesk, signIn } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { until } from './desk-kit.ts'
import { openStage, type Stage } from './stage-kit.ts'

beforeAll(installAlerts)
afterAll(removeAlerts)

const zoneOf = (number: string, primary = 'OKELLO') =>
  writeMrz('TD3', {
    documentCode: 'P',
    issuer: 'KEN',
    documentNumber: number,
    nationality: 'KEN',
    birthDate: '840703',
    sex: 'M',
    expiryDate: '300101',
    primary,
    secondary: 'IDRIS',
  })

let stage: Stage
let browser: Browser
let alert: RecordId

beforeAll(async () => {
  stage = await openStage({ running: ['fr', 'ke'] })
  browser = await openBrowser()
  const [ke, fr] = [office(stage.node('ke')), office(stage.node('fr'))]
  alert = await recordAlert(ke, { with: ['fr'] })
  await until(
    () => fr.officer('GET', `/records/${alert}`),
    (it) => it.status === 200,
  )
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Sound by axe as it stands, and a picture for a person who looks. */
async function show({ page }: Desk, name: string): Promise<void> {
  await page.evaluate(axe)
  const asked = `{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }`
  const violations = await page.evaluate<AxeResults['violations']>(`axe.run(${asked}).then((it) => it.violations)`)
  expect(violations.flatMap((it) => it.nodes.map((node) => `${name}: ${it.id} ${node.target.join(' ')}`))).toEqual([])
  const folder = process.env.COMITY_PICTURES
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

async function type({ page }: Desk, lines: readonly string[]): Promise<void> {
  await page.locator('textarea.zone').and(page.locator(':focus')).waitFor()
  for (const line of lines) {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
}

describe('the border desk in a browser', () => {
  it('answers to a scanned zone, keeps what was done by one digit, and takes the next traveller by one key', async () => {
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await signIn(desk, stage, 'fr', 'border')
    const { page } = desk
    const duties = await page.locator('nav a').allInnerTexts()
    expect(duties).not.toContain('Alerts met')
    await desk.goTo('/border/check')
    await type(desk, zoneOf('AK0123456'))
    await page.locator('.verdict-panel.is-nothing').waitFor()
    await page.keyboard.press('1')
    await page.getByText('Kept.').waitFor()
    await show(desk, 'nothing')
    await page.keyboard.press('Escape')
    await page.locator('textarea.zone').and(page.locator(':focus')).waitFor()
    expect(await page.locator('.verdict-panel').count()).toBe(0)

    setDocuments('fr', ({ number }) =>
      number === 'AK0123456'
        ? [{ issuer: 'ke', number, kind: 'passport', status: 'stolen', owner: 'ke', declaredAt: '2026-01-01' }]
        : [],
    )
    setAlerts('fr', [{ alert: { id: alert, owner: 'ke', permitted: 'arrest' }, surname: 'okello' }])
    await type(desk, zoneOf('AK0123456'))
    await page.locator('.verdict-panel.is-alert').waitFor()
    await page.getByText('a name alone is no reason').waitFor()
    expect(await page.getByText('Detain').count()).toBe(0)
    await show(desk, 'name-only')
    await page.keyboard.press('Escape')

    // What is misread is looked up as it reads; the likelier number is a person's to take.
    setAlerts('fr', [])
    await type(
      desk,
      zoneOf('AK0123456').map((it) => it.replace('AK0123456', 'AKO123456')),
    )
    await page.locator('.verdict-panel.is-inspect').waitFor()
    await show(desk, 'misread')
    await page.getByRole('button', { name: 'AK0123456' }).click()
    await page.locator('.verdict-panel.is-document').waitFor()
    await show(desk, 'document')
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })

  it('has the officer compare, ask the owner, answer and return', async () => {
    setDocuments('fr', () => [])
    setAlerts('fr', [
      {
        alert: { id: alert, owner: 'ke', discreet: true },
        surname: 'okello',
        birthDate: '1984-07-03',
        number: 'AK0123456',
      },
    ])
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await signIn(desk, stage, 'fr', 'officer')
    const { page } = desk
    await desk.goTo('/border/check')
    await type(desk, zoneOf('AK0123456'))
    await page.getByText('Discreet: nothing may show').waitFor()
    await show(desk, 'discreet-officer')
    setAlerts('fr', [{ alert: { id: alert, owner: 'ke' }, surname: 'okello', birthDate: '1984-07-03' }])
    await page.keyboard.press('Escape')
    await type(desk, zoneOf('ZZ9999999'))
    await page.getByText('Compare photograph').waitFor()
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByRole('button', { name: 'Probably the same: ask the owner' }).waitFor()
    await show(desk, 'candidate')
    await page.getByLabel('Note').fill('By the photograph.')
    await page.getByRole('button', { name: 'Probably the same: ask the owner' }).click()
    await page.getByRole('link', { name: 'Open the hit' }).click()
    await page.getByText('A person compared before this was reported.').waitFor()
    await page.getByRole('button', { name: 'Fill in the return' }).click()
    await show(desk, 'return')
    await page.getByLabel('Reason for the check').fill('Entry')
    await page.getByLabel('Companions, one name a line').fill('EXERCISE Companion')
    await page.getByRole('button', { name: 'Send the return' }).click()
    await page.getByText('Companions, for a short time').waitFor()
    await show(desk, 'hit')
    await desk.goTo('/border/hits')
    await page.locator('table.queue').first().waitFor()
    await show(desk, 'hits')
    await desk.context.close()

    const there = await openDesk(browser, { stage, member: 'ke' })
    await signIn(there, stage, 'ke', 'officer')
    await there.page
      .getByRole('link', { name: /EXERCISE Okello/ })
      .first()
      .click()
    await there.page.getByRole('button', { name: 'Answer' }).waitFor()
    await show(there, 'owner')
    await there.page.getByLabel('Note').fill('It is the man.')
    await there.page.getByRole('button', { name: 'Answer' }).click()
    await there.page.getByText('Confirmed: it is the subject').waitFor()
    expect([...desk.complaints, ...there.complaints]).toEqual([])
    await there.context.close()
  })

  it('takes a passenger message and shows what came in and what came out', async () => {
    setAlerts('fr', [{ alert: { id: alert, owner: 'ke' }, surname: 'okello', birthDate: '1984-07-03' }])
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await signIn(desk, stage, 'fr', 'officer')
    const { page } = desk
    await desk.goTo('/border/messages')
    const okello = { name: 'OKELLO:IDRIS', birth: '840703', number: 'AK0123456', reference: 'P1' }
    const other = { name: 'EXEMPEL:INGRID', birth: '700101', number: 'SE1', reference: 'P2' }
    const buffer = Buffer.from(paxlst([okello, other, { name: 'MWANGI:AMINA' }]))
    await page.locator('input[type=file]').setInputFiles({ name: 'list.edi', mimeType: 'text/plain', buffer })
    await page.getByLabel('Answer passenger by passenger (CUSRES)').check()
    await page.getByRole('button', { name: 'Hand in' }).click()
    await page.getByText('Report to the carrier').first().waitFor()
    await page.getByRole('link', { name: 'more than the name agrees' }).waitFor()
    await page.getByText('Answer to the carrier (CUSRES)').first().waitFor()
    await show(desk, 'message')
    await desk.goTo('/border/messages')
    await page.locator('table.queue').waitFor()
    await show(desk, 'messages')
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })

  it('lets a person decide on a hit what the carrier is told, and gives the answer anew', async () => {
    setAlerts('fr', [
      { alert: { id: alert, owner: 'ke' }, surname: 'okello', number: 'AK0123456', birthDate: '1984-07-03' },
    ])
    const fr = office(stage.node('fr'))
    const okello = { name: 'OKELLO:IDRIS', birth: '840703', number: 'AK0123456', reference: 'P1' }
    const { body: taken } = await handIn(stage.node('fr'), 'desk=fr-cdg-2e&answer=cusres', paxlst([okello]))
    const { body: message } = await until(
      () => fr.officer('GET', `/border/messages/${taken.id}`),
      (it) => it.body.passengers[0].candidates[0]?.state === 'reported',
    )
    const { body: candidate } = await fr.officer('GET', `/border/candidates/${message.passengers[0].candidates[0].id}`)
    const desk = await openDesk(browser, { stage, member: 'fr' })
    await signIn(desk, stage, 'fr', 'officer')
    const { page } = desk
    await desk.goTo(`/border/hits/${candidate.hit}`)
    await page.getByText('Nothing about this alert').waitFor()
    expect(await page.getByRole('link', { name: 'The way across borders' }).getAttribute('href')).toContain(
      `/movements/${alert}`,
    )
    await page.getByRole('combobox', { name: 'Tell the carrier' }).click()
    await page.getByRole('option', { name: 'Check the documents again before boarding' }).click()
    await page.getByRole('form', { name: 'Decide' }).getByLabel('Note').fill('Decided at the second line.')
    await page.getByRole('button', { name: 'Decide' }).click()
    await page.getByText('Told: check the documents again before boarding').waitFor()
    await show(desk, 'hit-carrier')
    await page.getByRole('link', { name: 'Open the passenger message' }).click()
    await page.getByText('Send it this answer').waitFor()
    await page.getByText('ERC+2Z').waitFor()
    await show(desk, 'message-told')
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  })
})
