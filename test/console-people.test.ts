import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeAt, stepAt } from '#capabilities/people/totp'
import { isSound } from './axe-kit.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

const hostile = `<img src=x onerror="document.title='broken'">`

async function deskOf(username: string, look: { locale?: string; dark?: boolean } = {}): Promise<Desk> {
  const desk = await openDesk(browser, { stage, member: 'fr', ...look })
  await signIn(desk, stage, 'fr', username)
  return desk
}

const passwordOf = (username: string) =>
  stage.accounts.find((it) => it.member === 'fr' && it.username === username)!.password

/** The first step of a sign-in, typed. */
async function typePassword(desk: Desk, username: string): Promise<void> {
  await desk.goTo('/account')
  const { page } = desk
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(passwordOf(username))
  await page.keyboard.press('Enter')
}

/** The code of a later step than that of any code before, for which the node need not wait: one step ahead is accepted. */
function nextCode(secret: string, last: { step: number }): string {
  last.step = Math.max(last.step + 1, stepAt(new Date()))
  return codeAt(secret, last.step)
}

describe('a second factor', () => {
  it('is set up, asked for, refused when it is wrong, and stood in for by a recovery code, once', async () => {
    const desk = await deskOf('officer')
    const { page } = desk
    await page.getByRole('button', { name: 'Duty officer' }).click()
    await page.getByRole('link', { name: 'Account' }).click()
    await page.getByRole('button', { name: 'Set up an authenticator' }).click()
    await page.getByLabel('Current password').last().fill(passwordOf('officer'))
    await page.getByRole('button', { name: 'Next' }).click()
    const secret = (await page.locator('.secret').innerText()).replaceAll(/\s/g, '')
    await page
      .getByRole('img', { name: /QR code/ })
      .first()
      .waitFor()
    await isSound(page, 'setting up an authenticator')
    const last = { step: 0 }
    await page.getByLabel('Code that the authenticator shows now').fill(nextCode(secret, last))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect.poll(() => page.locator('.recovery-codes li').count()).toBe(10)
    const codes = await page.locator('.recovery-codes li').allInnerTexts()
    await isSound(page, 'recovery codes')
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('Nobody gets into your account with the password alone.').first().waitFor()
    expect(desk.complaints).toEqual([])
    await desk.context.close()

    const again = await openDesk(browser, { stage, member: 'fr' })
    await typePassword(again, 'officer')
    await again.page.getByRole('heading', { name: 'Second step' }).first().waitFor()
    await isSound(again.page, 'the second step')
    const code = again.page.locator('input[name=code]')
    expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
    await expect.poll(() => again.page.evaluate('document.activeElement.name')).toBe('code')
    expect((await again.page.request.get(`http://localhost:${stage.port('fr')}/api/v1/me`)).status()).toBe(401)
    await again.page.keyboard.type('000000')
    await again.page.keyboard.press('Enter')
    await again.page.getByText('This code was not accepted.').first().waitFor()
    await code.fill(nextCode(secret, last))
    await again.page.keyboard.press('Enter')
    await again.page.getByRole('heading', { name: 'Account' }).first().waitFor()
    await again.page.getByText('Password and authenticator').first().waitFor()
    await again.page.context().clearCookies()

    for (const [attempt, works] of [true, false].entries()) {
      const third = await openDesk(browser, { stage, member: 'fr' })
      await typePassword(third, 'officer')
      await third.page.getByRole('button', { name: 'Use a recovery code instead' }).click()
      await third.page.locator('input[name=code]').fill(` ${codes[0]!.toUpperCase()} `)
      await third.page.keyboard.press('Enter')
      if (works) await third.page.getByText('Left: 9').first().waitFor()
      else await third.page.getByText('This code was not accepted.').first().waitFor()
      expect(third.complaints, String(attempt)).toEqual([])
      await third.context.close()
    }
    expect(again.complaints).toEqual([])
    await again.context.close()
  }, 120_000)
})

describe('a role that needs a second factor', () => {
  it('is asked for it before anything else, and an administrator helps whoever lost it', async () => {
    const admin = await deskOf('admin')
    await admin.goTo('/people?tab=policy')
    await admin.page.getByRole('checkbox', { name: 'Legal officer' }).check()
    await admin.page.getByRole('button', { name: 'Set these rules' }).click()
    await admin.page.getByLabel('Reason, for the audit').fill(hostile)
    await isSound(admin.page, 'naming the rules')
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Set these rules' }).click()
    await admin.page.getByText('without a second factor: 1').first().waitFor()

    const legal = await openDesk(browser, { stage, member: 'fr' })
    await typePassword(legal, 'legal')
    await legal.page.getByRole('heading', { name: 'Set up your second factor' }).first().waitFor()
    const secret = (await legal.page.locator('.secret').innerText()).replaceAll(/\s/g, '')
    await isSound(legal.page, 'setting up at sign-in')
    await legal.page.getByLabel('Code that the authenticator shows now').fill(codeAt(secret, stepAt(new Date())))
    await legal.page.keyboard.press('Enter')
    await legal.page.getByRole('button', { name: 'I have kept them' }).click()
    await legal.page.getByText('Nobody gets into your account with the password alone.').first().waitFor()

    await admin.goTo('/people?role=legal')
    await admin.page.getByRole('button', { name: /Reset the second factor/ }).click()
    await admin.page.getByLabel('Reason, for the audit').fill(hostile)
    await admin.page.getByRole('button', { name: 'Reset this second factor' }).click()
    await admin.page
      .getByText(/The second factor of .* is reset/)
      .first()
      .waitFor()
    await typePassword(legal, 'legal')
    await legal.page.getByRole('heading', { name: 'Set up your second factor' }).first().waitFor()
    expect([...admin.complaints, ...legal.complaints]).toEqual([])
    await Promise.all([admin.context.close(), legal.context.close()])
  }, 120_000)
})

describe('a passkey', () => {
  it('is made under any name, is the second step after the password, and signs in alone', async () => {
    const desk = await deskOf('supervisor')
    const { page, context } = desk
    const devices = await context.newCDPSession(page)
    await devices.send('WebAuthn.enable')
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await desk.goTo('/account')
    await page.getByLabel('Name of the passkey').fill(hostile)
    await page.getByRole('button', { name: 'Register a passkey' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.locator('tr', { hasText: hostile }).first().waitFor()

    const leave = async () => {
      await page.getByRole('button', { name: /Duty supervisor/ }).click()
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.locator('input[name=username]').waitFor()
    }
    await leave()
    await typePassword(desk, 'supervisor')
    await page.getByRole('heading', { name: 'Second step' }).first().waitFor()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('Password and passkey').first().waitFor()
    await leave()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('heading', { name: 'Account' }).first().waitFor()
    await page.getByRole('cell', { name: 'Passkey', exact: true }).first().waitFor()

    // Elsewhere the same person is signed in too, until it is ended from here.
    const elsewhere = await openDesk(browser, { stage, member: 'fr' })
    const port = stage.port('fr')
    const answer = await elsewhere.page.request.post(`http://localhost:${port}/api/v1/sign-in`, {
      data: { username: 'supervisor', password: passwordOf('supervisor') },
    })
    expect((await answer.json()).next).toBe('second-factor')
    await elsewhere.context.close()
    await page.getByRole('button', { name: 'Remove', exact: false }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('Whoever knows your password gets in.').first().waitFor()
    const again = await deskOf('supervisor')
    await desk.goTo('/account')
    await page.getByRole('button', { name: 'End all other sessions' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End all other sessions' }).click()
    await page.getByText('Other sessions that have ended: 1.').first().waitFor()
    await again.page.reload()
    await again.page.locator('input[name=username]').waitFor()
    expect(await page.title()).not.toBe('broken')
    expect([...desk.complaints, ...again.complaints]).toEqual([])
    await Promise.all([context.close(), again.context.close()])
  }, 120_000)
})

describe('people and tokens', () => {
  it('are found, added, suspended and revoked by their names, whatever these are', async () => {
    const desk = await deskOf('admin')
    const { page } = desk
    await desk.goTo('/people')
    await page.getByRole('button', { name: 'Add a person' }).click()
    await page.getByRole('dialog').locator('input[name=username]').fill('mallory')
    await page.getByRole('dialog').locator('input[name=name]').fill(hostile)
    await page.getByRole('checkbox', { name: 'Officer', exact: true }).check()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByLabel('Name or user name').fill('<img')
    await page.keyboard.press('Enter')
    await page.waitForURL(/text=/)
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    await isSound(page, 'people')
    await page.getByRole('button', { name: /^Suspend/ }).click()
    await page.getByRole('button', { name: 'Suspend this person' }).click()
    await page.getByText('Suspended since').first().waitFor()

    const ask = page.request
    const made = await ask.post(`http://localhost:${stage.port('fr')}/api/v1/tokens`, {
      data: { name: hostile, scopes: ['read'], purpose: 'oversight', reference: hostile },
    })
    expect(made.status()).toBe(201)
    await desk.goTo('/people?tab=tokens&tokens=valid')
    const row = page.locator('tr', { hasText: hostile })
    await isSound(page, 'tokens')
    await row.getByRole('button', { name: /Revoke/ }).click()
    await page.getByLabel('Reason, for the audit').fill(hostile)
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await desk.goTo('/people?tab=tokens&tokens=ended')
    await row.getByText('Revoked').first().waitFor()
    expect(await page.title()).not.toBe('broken')
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  }, 120_000)
})

describe('the audit', () => {
  it('finds entries by their parts, proves one and the whole ledger, and gives them away marked as exercise', async () => {
    const officer = stage.token('fr', 'officer')
    const base = `http://localhost:${stage.port('fr')}/api/v1`
    const desk = await deskOf('auditor')
    const { page } = desk
    const headers = { authorization: `Bearer ${officer}`, 'comity-purpose': 'counter-terrorism' }
    for (let count = 0; count < 60; count++)
      await fetch(`${base}/subjects?limit=1`, {
        headers: { ...headers, 'comity-reference': `UTF-8''${encodeURIComponent(`${hostile} ${count}`)}` },
      })
    await desk.goTo('/audit')
    await page.getByLabel('Case or file, or a part of it').fill('<img')
    await page.getByRole('combobox', { name: 'Person' }).click()
    await page.getByRole('option', { name: /Duty officer/ }).click()
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.waitForURL(/reference=/)
    const rows = page.locator('table.queue > tbody > tr:not([hidden])')
    await expect.poll(() => rows.count()).toBe(50)
    await page.getByText(`${hostile} 59`).first().waitFor()
    await page.getByRole('button', { name: 'Older' }).click()
    await expect.poll(() => rows.count()).toBe(10)
    await page.getByRole('button', { name: 'Newer' }).click()
    await expect.poll(() => rows.count()).toBe(50)
    await page.goBack()
    await expect.poll(() => rows.count()).toBe(10)

    await page
      .getByRole('button', { name: /Show and prove/ })
      .first()
      .click()
    await page
      .getByText(/Proven in this browser/)
      .first()
      .waitFor()
    await isSound(page, 'an entry')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as CSV' }).click()
    const file = await download
    expect(file.suggestedFilename()).toContain('EXERCISE')
    const text = await readFile(await file.path(), 'utf8')
    expect(text.split('\r\n').filter((it) => it.includes('<img'))).toHaveLength(60)
    expect(text).toMatch(/^\uFEFFEXERCISE,/)

    await page.getByRole('tab', { name: 'The ledger itself' }).click()
    await page.getByRole('button', { name: 'Verify', exact: true }).click()
    await page.getByText('The trail is intact.').first().waitFor()
    await page.getByText('Every checkpoint bears a valid signature of this node.').first().waitFor()
    await isSound(page, 'the ledger')
    expect(await page.title()).not.toBe('broken')
    expect(desk.complaints).toEqual([])
    await desk.context.close()
  }, 120_000)
})
