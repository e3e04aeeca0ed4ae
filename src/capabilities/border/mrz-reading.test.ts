import { describe, expect, it } from 'vitest'
import { readZone } from '#capabilities/border/mrz-reading'
import { writeMrz } from '#formats/travel/mrz-write'
import { isFault } from '#kernel/fault'

const today = '2026-11-27'
const zone = writeMrz('TD3', {
  documentCode: 'P',
  issuer: 'KEN',
  documentNumber: 'AK0123456',
  nationality: 'KEN',
  birthDate: '840703',
  sex: 'M',
  expiryDate: '300101',
  primary: 'OKELLO',
  secondary: 'IDRIS',
}).join('\n')

describe('readZone', () => {
  it('gives who is shown and the verdict of every field', () => {
    const { zone: read, presented } = readZone(zone, today)
    expect(presented).toEqual({
      names: ['IDRIS OKELLO'],
      birthDate: '1984-07-03',
      birthDates: [],
      nationalities: ['ke'],
      documents: [{ number: 'AK0123456', kind: 'passport', issuer: 'ke', issuerCode: 'KEN', expiry: '2030-01-01' }],
    })
    expect(read).toMatchObject({ format: 'TD3', checksAgree: true, composite: 'ok' })
    expect(read.fields.find((it) => it.name === 'names')?.verdict).toBe('none')
  })

  it('corrects nothing: a misread number is looked up as it reads, and a likelier one is offered', () => {
    const misread = zone.replace('AK0123456', 'AKO123456')
    const { zone: read, presented } = readZone(misread, today)
    expect(presented.documents[0]!.number).toBe('AKO123456')
    expect(read.checksAgree).toBe(false)
    expect(read.suggestions.find((it) => it.field === 'documentNumber')?.readings).toContain('AK0123456')
  })

  it('says when there is no zone', () => {
    expect(() => readZone('hello', today)).toThrow(expect.toSatisfy((it) => isFault(it, 'border/unreadable')))
  })
})
