import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { languageFor, readCarriers } from '#capabilities/border/carriers'
import { readManifest } from '#capabilities/border/manifest'
import { paxlst } from '#capabilities/border/messages.fixture'
import { renderCarrierReport } from '#formats/travel/carrier-report'
import type { Services } from '#http/services'

const folder = mkdtempSync(join(tmpdir(), 'comity-carriers-'))
afterAll(() => rmSync(folder, { recursive: true }))
const read = (value?: unknown) => {
  if (value !== undefined) writeFileSync(join(folder, 'carriers.json'), JSON.stringify(value))
  const services = { store: { me: 'fr' }, settings: { dataDirectory: folder } } as unknown as Services
  readCarriers(services)
  return services.store
}

describe('languageFor', () => {
  it('is English unless the node knows the carrier by a name of its messages', async () => {
    const { senders, report } = await readManifest(paxlst([{ number: 'ZZ1' }]), '2026-11-27')
    expect(senders).toEqual(['EXAIR', 'EXERCISE AIR'])
    expect(languageFor(read(), senders)).toBe('en')
    const store = read([{ name: 'Exercise Air', language: 'fr' }])
    expect(languageFor(store, senders)).toBe('fr')
    expect(languageFor(store, ['OTHER AIR'])).toBe('en')
    const text = renderCarrierReport(report, languageFor(store, senders))
    expect(text).toContain('ERREUR no-name')
    expect(text).toContain('attendu : Le nom de la personne.')
    expect(renderCarrierReport(report, 'ar')).toContain('اسم الشخص')
  })

  it.each([[[{ name: 'Exercise Air', language: 'tlh' }]], [{}]])('stops a start with %j', (value) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ code: 'border/bad-carriers' }))
  })
})
