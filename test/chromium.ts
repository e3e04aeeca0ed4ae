import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The system's Chromium. A missing one is installed from Debian's packages when that is possible; else this fails and says how. */
export async function openBrowser(): Promise<Browser> {
  let executablePath = places.find((it) => it !== undefined && existsSync(it))
  if (executablePath === undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    executablePath = places.find((it) => it !== undefined && existsSync(it))
  }
  if (executablePath === undefined)
    throw new Error('There is no Chromium. Install it (apt-get install chromium), or name one in CHROMIUM.')
  // The suggestions below the address bar are a page of their own in each window, which nobody sees here, and cost as much as
  // the console's first page. Naming features replaces what Playwright names, so its part is here too.
  const without = [
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'WebUIOmniboxFullPopup',
    'AimEnabled',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'LensOverlay',
    'MediaRouter',
    'PaintHolding',
    'ThirdPartyStoragePartitioning',
    'AvoidCorsURLLoaderRestartOnRedirect',
    'OptimizationHints',
    'NetworkTimeServiceQuerying',
    'PreconnectToSearch',
  ]
  // No machine of a test has a graphics card: WebGL is drawn by SwiftShader, and pages without its detour, which is dearer.
  const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--use-angle=swiftshader',
    '--disable-gpu-compositing',
    `--disable-features=${without.join(',')}`,
  ]
  return chromium.launch({ executablePath, args })
}
