import { describe, expect, it } from 'vitest'
import { bodyOf, emptyForm, formOf, marksOf } from '#capabilities/sightings/form'
import { type Sighting, SightingInput } from '#capabilities/sightings/record'
import type { RecordId } from '#kernel/ids'

const about = `rec_${'1'.repeat(32)}` as RecordId

const whole: Sighting = {
  about,
  aboutOwner: 'ke',
  discreet: false,
  from: '2026-11-20T08:00:12.345Z',
  to: '2026-11-20T08:30:59.000Z',
  place: 'Lyon',
  country: 'fr',
  point: { latitude: 45.76, longitude: 4.859 },
  radiusKilometres: 2.5,
  sure: 'certain',
  source: 'camera',
  what: 'Bought a ticket.',
  objects: ['Passport'],
  route: { taken: 'Train', next: { place: 'Turin', country: 'it' } },
  companions: { count: 2, description: 'Two men.' },
}

describe('the form of a sighting', () => {
  it('gives back what there was, to the millisecond, when nothing was typed', () => {
    const { aboutOwner: _, discreet: __, ...input } = whole
    expect(bodyOf(formOf(whole), about, whole)).toEqual(input)
    const least: Sighting = { ...whole, to: whole.from }
    for (const it of ['country', 'point', 'radiusKilometres', 'what', 'objects', 'route', 'companions'] as const)
      delete (least as Partial<Sighting>)[it]
    const { aboutOwner: ___, discreet: ____, ...short } = least
    expect(bodyOf(formOf(least), about, least)).toEqual(short)
  })

  it('sends what the node takes, without what was left empty', () => {
    const form = { ...emptyForm, from: '2026-11-20T08:00', place: 'Lyon', country: 'FR', description: ' ' }
    const body = bodyOf(form, about)
    expect(SightingInput.safeParse(body).success).toBe(true)
    expect(Object.keys(body).sort()).toEqual(['about', 'country', 'from', 'place', 'source', 'sure', 'to'])
    expect(body).toMatchObject({ country: 'fr', to: body.from })
  })

  it('marks what is for named readers, leaves what else was marked, and takes a mark off again', () => {
    const companions = { tlp: 'RED', expiresAt: '2026-12-20T00:00:00.000Z' } as const
    const before = {
      '/body/companions': companions,
      '/body/what': { tlp: 'RED', audience: { members: ['ke'] } },
    } as const
    const form = formOf(whole, before as never)
    expect(form.red).toEqual(['what'])
    expect(marksOf(form, whole, before as never)).toEqual(before)
    expect(marksOf({ ...form, red: ['route', 'objects'] }, whole, before as never)).toEqual({
      '/body/companions': companions,
      '/body/what': { audience: { members: ['ke'] } },
      '/body/objects': { tlp: 'RED' },
      '/body/route': { tlp: 'RED' },
    })
    const { objects: _, companions: __, ...less } = whole
    expect(marksOf({ ...form, red: ['objects'] }, less, before as never)).toEqual({
      '/body/what': { audience: { members: ['ke'] } },
    })
  })

  it('leaves half a point for the node to refuse', () => {
    const form = { ...emptyForm, from: '2026-11-20T08:00', place: 'Lyon', latitude: '45' }
    expect(SightingInput.safeParse(bodyOf(form, about)).success).toBe(false)
  })
})
