import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeAt, stepAt } from '#capabilities/people/totp'
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

async function isSound(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const said = violations.flatMap((it) => it.nodes.map((one) => `${where}: ${it.id} ${one.target.join(' ')}`))
  expect(said).toEqual([])
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
    await page.getByRole('link', { name: 'Account' }).click()
    await page.getByRole('button', { name: 'Set up an authenticator' }).click()
    await page.getByLabel('Current password').last().fill(passwordOf('officer'))
    await page.getByRole('button', { name: 'Next' }).click()
    const secret = (await page.locator('.secret').innerText()).replaceAll(/\s/g, '')
    await page.getByRole('img', { name: /QR code/ }).waitFor()
    await isSound(page, 'setting up an authenticator')
    const last = { step: 0 }
    await page.getByLabel('Code that the authenticator shows now').fill(nextCode(secret, last))
    await page.getByRole('button', { name: 'Confirm' }).click()
    const codes = await page.locator('.recovery-codes li').allInnerTexts()
    expect(codes).toHaveLength(10)
    await isSound(page, 'recovery codes')
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('Nobody gets into your account with the password alone.').waitFor()
    expect(desk.complaints).toEqual([])
    await desk.context.close()

    const again = await openDesk(browser, { stage, member: 'fr' })
    await typePassword(again, 'officer')
    await again.page.getByRole('heading', { name: 'Second step' }).waitFor()
    await isSound(again.page, 'the second step')
    const code = again.page.locator('input[name=code]')
    expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
    expect(await again.page.evaluate('document.activeElement.name')).toBe('code')
    expect((await again.page.request.get(`http://localhost:${stage.port('fr')}/api/v1/me`)).status()).toBe(401)
    await again.page.keyboard.type('000000')
    await again.page.keyboard.press('Enter')
    await again.page.getByText('This code was not accepted.').waitFor()
    await code.fill(nextCode(secret, last))
    await again.page.keyboard.press('Enter')
    await again.page.getByRole('heading', { name: 'Account' }).waitFor()
    await again.page.getByText('Password and authenticator').waitFor()
    await again.page.context().clearCookies()

    for (const [attempt, works] of [true, false].entries()) {
      const third = await openDesk(browser, { stage, member: 'fr' })
      await typePassword(third, 'officer')
      await third.page.getByRole('button', { name: 'Use a recovery code instead' }).click()
      await third.page.getByLabel('Recovery code', { exact: true }).fill(` ${codes[0]!.toUpperCase()} `)
      await third.page.keyboard.press('Enter')
      if (works) await third.page.getByText('Left: 9').waitFor()
      else await third.page.getByText('This code was not accepted.').waitFor()
      expect(third.complaints, String(attempt)).toEqual([])
      await third.context.close()
    }
    expect(again.complaints).toEqual([])
    await again.context.close()
  }, 120_000)
})
