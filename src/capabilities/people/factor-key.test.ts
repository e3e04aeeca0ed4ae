import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSecret, sealSecret } from '#capabilities/people/factor-key'

const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'comity-factor-')))
const [here, elsewhere] = folders.map((dataDirectory) => ({ dataDirectory })) as [
  { dataDirectory: string },
  { dataDirectory: string },
]
afterAll(() => {
  for (const it of folders) rmSync(it, { recursive: true, force: true })
})

describe('sealSecret', () => {
  it('opens for its person alone, under a key that only the node can read', () => {
    const sealed = sealSecret('GEZDGNBVGY3TQOJQ', 'per_a', here)
    expect(sealed).not.toContain('GEZDGNBVGY3TQOJQ')
    expect(openSecret(sealed, 'per_a', here)).toBe('GEZDGNBVGY3TQOJQ')
    expect(sealSecret('GEZDGNBVGY3TQOJQ', 'per_a', here)).not.toBe(sealed)
    expect(() => openSecret(sealed, 'per_b', here)).toThrow(
      expect.objectContaining({ code: 'people/factor-unreadable' }),
    )
    expect(statSync(join(here.dataDirectory, 'second-factor.key')).mode & 0o777).toBe(0o600)
  })

  it('does not open where the key is another', () => {
    const sealed = sealSecret('GEZDGNBVGY3TQOJQ', 'per_a', here)
    expect(() => openSecret(sealed, 'per_a', elsewhere)).toThrow(
      expect.objectContaining({ code: 'people/factor-unreadable' }),
    )
  })
})
