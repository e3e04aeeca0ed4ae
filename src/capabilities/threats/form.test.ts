import { describe, expect, it } from 'vitest'
import { bodyOf, emptyForm, formOf, instantOf, localOf, marksFor } from '#capabilities/threats/form'
import { Threat } from '#capabilities/threats/record'
import { warning } from '#capabilities/threats/warning.fixture'

const now = new Date('2026-11-22T12:00:17.345Z')

describe('formOf and bodyOf', () => {
  it('give back the warning as it was when nothing is touched, to the millisecond', () => {
    const body = warning(now) as Threat
    expect(bodyOf(formOf(body), body)).toEqual(body)
  })

  it('leave out what was left empty, so that a field withheld from this person stays as it is', () => {
    const { method: _, where: __, basisForAssessment: ___, linked: ____, ...seen } = warning(now)
    expect(bodyOf(formOf(seen as Threat), seen)).toEqual(seen)
  })

  it('say that all places and links were taken out', () => {
    const body = warning(now) as Threat
    const changed = bodyOf({ ...formOf(body), places: [], linked: [] }, body)
    expect(changed).toMatchObject({ where: [], linked: [] })
  })

  it('make a new warning that the schema takes', () => {
    const form = { ...emptyForm(localOf(now)), title: 'A depot', what: 'It may burn.', basisForAssessment: 'A source.' }
    expect(Threat.safeParse(bodyOf(form)).success).toBe(true)
    const place = { key: 0, place: 'Port', country: 'KE', latitude: '-4.06', longitude: '39.66', radius: '' }
    expect(bodyOf({ ...form, places: [place] }).where).toEqual([
      { place: 'Port', country: 'ke', latitude: -4.06, longitude: 39.66 },
    ])
  })

  it('change an instant only when its minute was changed', () => {
    const before = now.toISOString()
    expect(instantOf(localOf(before), before)).toBe(before)
    const later = new Date(now.getTime() + 60_000)
    expect(instantOf(localOf(later), before)).toBe(`${later.toISOString().slice(0, 16)}:00.000Z`)
  })
})

describe('marksFor', () => {
  it('keeps the marks of fields that are there', () => {
    expect(marksFor({ method: 'Vehicle' }, { '/body/method': 1, '/body/where': 2 })).toEqual({ '/body/method': 1 })
  })
})
