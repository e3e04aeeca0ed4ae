import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#cli/terminal.fixture'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

describe('main', () => {
  it('helps, from a cache the second time', () => {
    using folder = temporaryFolder()
    const env = { ...process.env, XDG_CACHE_HOME: folder.path, XDG_CONFIG_HOME: folder.path }
    const help = () => spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8', env })
    const first = help()
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(first.stdout).toContain('records …')
    expect(first.stdout).toContain('serve')
    expect(help().stdout).toBe(first.stdout)
  })

  it('ends with 2 and a guess for a command that is not there', () => {
    using folder = temporaryFolder()
    const env = { ...process.env, XDG_CACHE_HOME: folder.path, XDG_CONFIG_HOME: folder.path }
    const run = spawnSync(process.execPath, [main, 'recodrs', 'show'], { encoding: 'utf8', env })
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain('Did you mean: comity records show')
  })
})
