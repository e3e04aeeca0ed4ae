import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { clustersOf } from './cluster'
import countries from './countries.json'
import { countryName, gather, numericOf, type PlaceAt } from './place'
import { unrolled, withoutSeam } from './seam'

const require = createRequire(import.meta.url)
const atlas = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json'), 'utf8')) as {
  objects: { countries: { geometries: { id?: string; properties: { name: string } }[] } }
}

describe('numericOf', () => {
  it('names countries as the atlas does', () => {
    const names = new Map(atlas.objects.countries.geometries.map((it) => [it.id, it.properties.name]))
    const known = {
      FR: 'France',
      KE: 'Kenya',
      ID: 'Indonesia',
      JP: 'Japan',
      BR: 'Brazil',
      ZA: 'South Africa',
      IS: 'Iceland',
    }
    for (const [code, name] of Object.entries(known)) expect(names.get(numericOf(code))).toBe(name)
  })

  it('knows every code once, and nothing that is no code', () => {
    const codes = Object.values(countries.numeric)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.every((it) => /^\d{3}$/.test(it))).toBe(true)
    expect(numericOf('fr')).toBe('250')
    expect(numericOf('XX')).toBeUndefined()
    expect(numericOf('constructor')).toBeUndefined()
  })
})

describe('countryName', () => {
  it('speaks the language of the page, and gives back what is no code', () => {
    expect(countryName('ke', 'ar')).toBe('كينيا')
    expect(countryName('KE', 'es')).toBe('Kenia')
    expect(countryName('Atlantis', 'en')).toBe('Atlantis')
  })
})

const at = (latitude: number, longitude: number, id = `${latitude} ${longitude}`): PlaceAt => ({
  id,
  label: id,
  at: { latitude, longitude },
})

describe('gather', () => {
  it('keeps points, areas and what is nowhere apart', () => {
    const found = gather([
      at(1, 2),
      at(91, 0),
      { id: 'c', label: '', at: { country: 'fr' } },
      { id: 'x', label: '', at: { country: 'QQ' } },
    ])
    expect(found.points.map((it) => it.id)).toEqual(['1 2'])
    expect([...found.areas.keys()]).toEqual(['FR'])
    expect(found.nowhere.map((it) => it.id)).toEqual(['91 0', 'x'])
  })
})

describe('clustersOf', () => {
  const project = ({ at: { latitude, longitude } }: PlaceAt) => ({ x: longitude * 10, y: latitude * 10 })

  it('puts together what lies within reach, and loses nothing', () => {
    const places = [at(0, 0), at(0, 1), at(0, 9), at(-0.5, -0.5)]
    const found = clustersOf(places, project, 20)
    expect(found.map((it) => it.places.length)).toEqual([3, 1])
    expect(found[0]!.longitude).toBeCloseTo(1 / 6)
  })
})

describe('withoutSeam', () => {
  it('breaks a line where the map ends, and leaves out what runs along its edge', () => {
    expect(
      withoutSeam([
        [178, 1],
        [179, 1],
        [-179, 1],
        [-178, 1],
      ]),
    ).toEqual([
      [
        [178, 1],
        [179, 1],
      ],
      [
        [-179, 1],
        [-178, 1],
      ],
    ])
    expect(
      withoutSeam([
        [180, 1],
        [180, 2],
        [180, 3],
      ]),
    ).toEqual([])
  })
})

describe('unrolled', () => {
  it('draws on beyond the edge', () => {
    const ring = [
      [179, 0],
      [-179, 0],
      [-179, 1],
      [179, 1],
      [179, 0],
    ]
    const found = unrolled({ type: 'Polygon', coordinates: [ring] })
    expect(found).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [179, 0],
          [181, 0],
          [181, 1],
          [179, 1],
          [179, 0],
        ],
      ],
    })
  })

  it('closes a ring around the globe along its pole', () => {
    const ring = [
      [-90, -70],
      [0, -70],
      [90, -70],
      [179, -70],
      [-179, -70],
      [-90, -70],
    ]
    const found = unrolled({ type: 'Polygon', coordinates: [ring] })
    expect(found.type === 'Polygon' && found.coordinates[0]!.slice(-3)).toEqual([
      [270, -90],
      [-90, -90],
      [-90, -70],
    ])
  })
})
