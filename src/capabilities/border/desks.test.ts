import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { desksOf, findDesk, readDesks } from '#capabilities/border/desks'
import type { Services } from '#http/services'

describe('readDesks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-desks-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const services = () => ({ store: { me: 'fr' }, settings: { dataDirectory: folder } }) as unknown as Services
  const desk = { id: 'lyon-1', name: 'Lyon (EXERCISE)', code: 'FRLYS', kind: 'air' }
  const write = (value: unknown) => writeFileSync(join(folder, 'desks.json'), JSON.stringify(value))

  it('leaves the desks of the exercise where the node has no file', () => {
    const { store, settings } = services()
    readDesks({ store, settings })
    expect(desksOf(store).map((it) => it.id)).toEqual(['fr-cdg-2e', 'fr-calais'])
    expect(() => findDesk(store, 'ke-nbo-1a')).toThrow(expect.objectContaining({ code: 'border/unknown-desk' }))
  })

  it('takes those of the node in their place', () => {
    write([desk])
    const { store, settings } = services()
    readDesks({ store, settings })
    expect(desksOf(store)).toEqual([desk])
    expect(findDesk(store, 'lyon-1')).toEqual(desk)
    expect(() => findDesk(store, 'fr-cdg-2e')).toThrow(expect.objectContaining({ code: 'border/unknown-desk' }))
  })

  it.each([
    ['an id twice', [desk, { ...desk, name: 'Lyon, hall 2 (EXERCISE)' }]],
    ['a place that is no code', [{ ...desk, code: 'Lyon' }]],
    ['something else', { desks: [desk] }],
  ])('stops a start with %s', (_, value) => {
    write(value)
    expect(() => readDesks(services())).toThrow(expect.objectContaining({ code: 'border/bad-desks' }))
  })
})
