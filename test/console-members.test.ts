import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PrivateJwk } from '#protocol/keys'
import { isSound } from './axe-kit.ts'
import { type Desk, openDesk, signIn, stateWork } from './browser.ts'
import { openBrowser } from './chromium.ts'
import { openStage, type Stage } from './stage-kit.ts'

let stage: Stage
let browser: Browser
let keys: readonly PrivateJwk[]

const sample = readFileSync(new URL('../src/formats/samples/un-exercise.xml', import.meta.url), 'utf8')
const hostile = `<img src=x onerror="document.title='broken'">`
const hostileXml = hostile.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

beforeAll(async () => {
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString()
  stage = await openStage({
    running: ['fr', 'ke'],
    played: ['other'],
    // Every word that a directory may hold is hostile, and a key of France ends soon.
    directory: (document) => ({
      ...document,
      members: document.members.map((it) => ({
        ...it,
        ...(it.id === 'other'
          ? {
              name: hostile,
              mandates: [hostile],
              roles: [hostile.slice(0, 64)],
              contact: { desk: hostile, email: hostile, phone: hostile, hours: hostile },
            }
          : {}),
        keys: it.keys.map((key) => (it.id === 'fr' && key.use === 'sign' ? { ...key, notAfter: soon } : key)),
      })),
    }),
  })
  keys = stage.material.directoryKeys
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await stage?.[Symbol.asyncDispose]()
})

async function deskOf(member: string, username: string): Promise<Desk> {
  const desk = await openDesk(browser, { stage, member })
  await signIn(desk, stage, member, username)
  return desk
}

async function leave(desk: Desk): Promise<void> {
  expect(desk.complaints).toEqual([])
  expect(await desk.page.title()).not.toBe('broken')
  await desk.context.close()
}

async function choose(page: Page, label: RegExp | string, file: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: label }).click(),
  ])
  await chooser.setFiles(file)
}

function fileOf(name: string, content: string): string {
  const file = join(stage.root, name)
  writeFileSync(file, content)
  return file
}

describe('a published list', () => {
  async function importFile(desk: Desk, file: string): Promise<void> {
    const { page } = desk
    await page.getByRole('button', { name: 'Import United Nations' }).click()
    await choose(page, /Consolidated list/, file)
    await page.getByRole('button', { name: 'Hand in and import' }).click()
  }

  it('is imported while one is elsewhere, and its second import shows what it changed', async () => {
    const desk = await deskOf('fr', 'officer')
    const { page } = desk
    await desk.goTo('/lists')
    await importFile(desk, fileOf('first.xml', sample))
    // Left at once, and found again: the node imports by itself.
    await page.getByRole('link', { name: 'Members' }).click()
    await page.getByRole('link', { name: 'Lists' }).click()
    await page
      .getByText(/^Imported in/)
      .first()
      .waitFor()

    const added = '<INDIVIDUAL><DATAID>999999</DATAID><FIRST_NAME>NEW EXERCISE</FIRST_NAME></INDIVIDUAL></INDIVIDUALS>'
    const next = sample
      .replace('Invented judge', hostileXml)
      .replace(/<ENTITY>[\s\S]*?<\/ENTITY>/, '')
      .replace('</INDIVIDUALS>', added)
    await importFile(desk, fileOf('second.xml', next))
    await page.getByRole('link', { name: 'Changed 1' }).click()
    await page.getByText('Invented judge').first().waitFor()
    await page.locator('ins', { hasText: hostile }).first().waitFor()
    await isSound(desk.page)
    await page.getByText('Removed', { exact: true }).click()
    await page.getByText('Removed from the list and withdrawn').first().waitFor()
    await page.waitForURL(/change=removed/)

    // A file of another kind says why, in the history too.
    await page.getByRole('link', { name: 'Imports' }).click()
    await importFile(desk, fileOf('page.xml', '<!doctype html><title>Gone</title>'))
    await page.getByText('The last import changed nothing').first().waitFor()
    await page.getByText('Failed: nothing was changed').first().waitFor()
    await isSound(desk.page)

    await page.getByRole('tab', { name: 'Entries' }).click()
    await stateWork(desk)
    await page.getByLabel('Name or number').fill('talib')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=talib/)
    await page.locator('table.queue tbody a').first().click()
    await page.locator('.strip').first().waitFor()
    await page.locator('td', { hasText: hostile }).first().waitFor()
    await leave(desk)
  }, 120_000)
})

describe('a change of the directory', () => {
  it('is proposed, signed in the browser with two keys, put in force, and seen at another node', async () => {
    const desk = await deskOf('fr', 'admin')
    const { page } = desk
    const sent: string[] = []
    page.on('request', (it) => void sent.push(`${it.url()} ${it.postData() ?? ''}`))
    await page.getByText('Key to sign with ends').first().waitFor()
    await page.getByRole('link', { name: 'Members' }).click()
    await page.getByRole('link', { name: 'Directory', exact: true }).click()
    await page.getByRole('link', { name: 'Propose a change' }).click()
    await page.getByRole('combobox', { name: 'Member' }).click()
    await page.getByRole('option', { name: /Kenya/ }).click()
    await page.getByLabel('Phone').fill(`+254 ${hostile}`.slice(0, 64))
    await page.getByRole('button', { name: 'Add to the proposal' }).click()
    await page.getByLabel('Reason, for those who sign').fill(`Another number. ${hostile}`)
    await isSound(desk.page)
    await page.getByRole('button', { name: 'Propose', exact: true }).click()
    await page.getByRole('heading', { name: 'Proposed directory, version 2' }).first().waitFor()
    await page.locator('ins', { hasText: '+254' }).first().waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Put in force' }).isDisabled()).toBe(true)

    // One key after the other, each from a file of its keeper; a key of nobody's is not taken.
    const signWith = (name: string, it: object) =>
      choose(page, /File of a directory key|key.*\.json/, fileOf(name, JSON.stringify(it)))
    await signWith('key-one.json', keys[0]!)
    await page.getByRole('button', { name: /^Sign version 2/ }).click()
    await page.getByText('1 have signed, 2 must.').first().waitFor()
    await signWith('key-two.json', { keys: [keys[1]] })
    await page.getByRole('button', { name: /^Sign version 2/ }).click()
    await page.getByText('Nothing: 2 have signed').first().waitFor()
    await isSound(desk.page)
    await page.getByRole('button', { name: 'Put in force' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click()
    await page
      .getByText(/· in force ·/)
      .first()
      .waitFor()

    // The secret part of a key is nowhere: not in what was sent, not in what the browser keeps.
    const kept = await page.evaluate(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])',
    )
    for (const { d } of keys) expect([...sent, kept].join('\n')).not.toContain(d)
    await leave(desk)

    const nairobi = await deskOf('ke', 'officer')
    await nairobi.goTo('/members')
    await expect
      .poll(
        async () => {
          await nairobi.page.reload()
          await nairobi.page.locator('.in-force').first().waitFor()
          return nairobi.page.locator('.in-force').innerText()
        },
        { timeout: 60_000 },
      )
      .toMatch(/Version 2/)
    await nairobi.page.getByText('+254').first().waitFor()
    await isSound(nairobi.page)
    await leave(nairobi)
  }, 120_000)
})

describe('the pages of those who watch the node', () => {
  it('show a stopped peer, its queue, and how it stands, with what to do', async () => {
    const desk = await deskOf('fr', 'supervisor')
    const { page } = desk
    await stage.stop('ke')
    await stage.node('fr').services.store.commit({
      send: [{ to: 'ke', purpose: 'oversight', content: { kind: 'read', id: `rec_${'0'.repeat(32)}`, version: 1 } }],
      audit: [],
    })
    await page.getByRole('link', { name: 'This node' }).click()
    const row = page.getByRole('row', { name: /Kenya/ })
    await row.getByText('wire/no-answer').first().waitFor()
    await row.getByText('sent, not answered: 1').first().waitFor()
    await row.getByText('needs attention').first().waitFor()
    await isSound(desk.page)
    await row.getByRole('link').click()
    await page.getByRole('heading', { name: /Kenya/ }).first().waitFor()
    await page.getByText('Failing since').first().waitFor()
    await isSound(desk.page)
    await desk.goTo('/members?q=kenya')
    await page.getByText('1 of 3 members').first().waitFor()
    await stage.start('ke')
    await leave(desk)
  }, 120_000)
})
