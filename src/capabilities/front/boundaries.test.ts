import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readerOfBoundaries } from '#capabilities/front/boundaries'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comity-boundaries-'))
})
afterEach(() => rm(folder, { recursive: true }))

const lay = (text: string) => writeFile(join(folder, 'boundaries.topojson'), text)
const world = readFileSync(createRequire(import.meta.url).resolve('world-atlas/countries-110m.json'), 'utf8')

describe('readerOfBoundaries', () => {
  it('finds nothing where an office has laid none down', async () => {
    expect(await readerOfBoundaries(folder)()).toBeUndefined()
  })

  it('gives the file as it is, and the next one once it is replaced', async () => {
    const read = readerOfBoundaries(folder)
    await lay(world)
    expect(await read()).toEqual({ text: world, problem: undefined })
    const changed = JSON.stringify({ ...JSON.parse(world), note: 'own' })
    await lay(changed)
    expect((await read())?.text).toBe(changed)
  })

  it.each([
    ['no JSON', '{'],
    ['GeoJSON', '{"type":"FeatureCollection","features":[]}'],
    ['no countries', '{"type":"Topology","arcs":[],"objects":{"land":{"type":"GeometryCollection","geometries":[]}}}'],
    [
      'arcs that are no numbers',
      '{"type":"Topology","arcs":[],"objects":{"countries":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[["a"]]}]}}}',
    ],
  ])('refuses %s, and says why', async (_, text) => {
    await lay(text)
    const found = await readerOfBoundaries(folder)()
    expect(found?.text).toBeUndefined()
    expect(found?.problem).toContain('boundaries.topojson')
  })
})
