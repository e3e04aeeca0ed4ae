// @ts-nocheck
import { createRequire } from 'node:module'
import { it } from 'vitest'
import { openScene } from '../../../test/kit.ts'
import { round } from '../audit/clock.ts'

const require = createRequire('/tmp/pw/x.js')
const { chromium } = require('playwright-core')
const { AxeBuilder } = require('@axe-core/playwright')
it('shots', async () => {
  await using scene = await openScene(['fr', 'ke', 'id', 'horizon-bank'])
  await scene.stop('id')
  const fr = scene.node('fr')
  for (const to of ['ke', 'id'])
    await fr.services.store.commit({
      audit: [
        {
          act: 'view',
          outcome: 'permitted',
          actor: { member: 'fr', via: 'system' },
          purpose: null,
          reference: null,
          object: null,
          owner: null,
          recipient: null,
          rule: null,
          reason: null,
          details: {},
        },
      ],
      send: [{ to, purpose: 'oversight', content: { kind: 'read', id: `rec_${'0'.repeat(32)}`, version: 1 } }],
    })
  await round(fr.services)
  await new Promise((r) => setTimeout(r, 2500))
  const base = scene.material.directory.document.members.find((m) => m.id === 'fr')!.endpoint.url
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  const shot = async (name, path, { width = 1280, height = 900, scheme = 'light', act } = {}) => {
    const page = await (await browser.newContext({ viewport: { width, height }, colorScheme: scheme })).newPage()
    const said = []
    const requests = new Set()
    page.on('console', (m) => said.push(m.type() + ': ' + m.text().slice(0, 300)))
    page.on('pageerror', (e) => said.push('error: ' + String(e).slice(0, 300)))
    page.on('request', (r) => requests.add(r.url().slice(0, 90)))
    await page.goto(base + path)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(800)
    if (act) await act(page)
    await page.screenshot({ path: `/tmp/${name}.png`, fullPage: true })
    const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    console.log(
      name,
      JSON.stringify(said),
      [...requests].filter((u) => !u.startsWith(base)).join(' '),
      'AXE',
      axe.violations
        .map(
          (v) =>
            `${v.id}(${v.nodes.length}) ${v.nodes
              .map((n) => n.target)
              .slice(0, 20)
              .join(' ; ')}`,
        )
        .join(' | '),
    )
    await page.context().close()
  }
  await shot('api-op', '/api#/audit/audit.entries', {
    height: 1200,
    act: async (p) => {
      await p.getByText('Try it out').first().click()
      await p.locator('.execute').first().click()
      await p.waitForTimeout(1500)
    },
  })
  await shot('api-dark', '/api#/members/members.list', { scheme: 'dark', height: 1200 })
  await shot('api-post', '/api#/people/people.create', { height: 1200 })
  await browser.close()
}, 300000)
