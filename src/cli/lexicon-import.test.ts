import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runWith, startServer, temporaryFolder, testTerminal } from '#cli/terminal.fixture'

const table = { state: 'loaded', forms: 2, memberships: 2, bytes: 262_176 }
const pack = { importedAt: '2026-01-02T00:00:00.000Z', sha256: 'a'.repeat(64), lines: 1, rejected: 0 }

describe('lexicon import', () => {
  it('hands the file in as it is and shows what the node made of it', async () => {
    using folder = temporaryFolder()
    await using server = await startServer(() => ({ body: { ...table, pack } }))
    const file = join(folder.path, 'pack.txt')
    writeFileSync(file, 'osmar, osmer => Q103\n')
    const env = { XDG_CONFIG_HOME: folder.path, COMITY_URL: server.url, COMITY_TOKEN: 't' }
    const terminal = testTerminal({ env })
    expect(await runWith(['lexicon', 'import', file], { terminal })).toBe(0)
    expect(terminal.stdout()).toMatch(/loaded[\s\S]*rejected/)
    expect(server.asked).toMatchObject([{ method: 'PUT', url: '/api/v1/lexicon', body: 'osmar, osmer => Q103\n' }])
    const missing = testTerminal({ env })
    expect(await runWith(['lexicon', 'import', `${file}.gz`], { terminal: missing })).not.toBe(0)
    expect(missing.stderr()).toContain('There is no file')
  })
})
