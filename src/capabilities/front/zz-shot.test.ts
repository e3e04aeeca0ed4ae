import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { it } from 'vitest'
import { openScene } from '../../../test/kit.ts'

const run = promisify(execFile)
it('shots', async () => {
  await using scene = await openScene(['fr', 'ke', 'id', 'horizon-bank'])
  await scene.stop('id')
  const fr = scene.node('fr')
  for (const to of ['ke', 'id'])
    await fr.services.store.commit({
      audit: [],
      send: [{ to, purpose: 'oversight', content: { kind: 'read', id: `rec_${'0'.repeat(32)}`, version: 1 } }],
    })
  await new Promise((r) => setTimeout(r, 1500))
  const port = scene.material.directory.document.members.find((m) => m.id === 'fr')!.endpoint.url
  const shot = async (name: string, path: string, size = '1280,900', extra: string[] = []) => {
    const r = await run('chromium', [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--enable-logging=stderr',
      '--v=0',
      '--hide-scrollbars',
      `--user-data-dir=/tmp/chr-${name}`,
      `--window-size=${size}`,
      '--virtual-time-budget=8000',
      `--screenshot=/tmp/${name}.png`,
      ...extra,
      `${port}${path}`,
    ])
    console.log(
      name,
      r.stderr
        .split('\n')
        .filter((l) => /CONSOLE/.test(l))
        .slice(0, 12)
        .join('\n'),
      r.stderr.length,
    )
  }
  await shot('front-en', '/')
  await shot('api-dark', '/api#/audit/audit.entries', '1280,2200', [
    '--force-dark-mode',
    '--blink-settings=preferredColorScheme=0',
  ])
  await shot('front-ar', '/?lang=ar')
  await shot('front-dark', '/?lang=fr', '1280,900', ['--force-dark-mode', '--blink-settings=preferredColorScheme=0'])
  await shot('front-phone', '/?lang=es', '500,900')
  await shot('api', '/api', '1280,1400')
  await shot('api-op', '/api#/audit/audit.entries', '1280,2200')
  console.log(await (await fetch(`${port}/healthz`)).text())
}, 300000)
