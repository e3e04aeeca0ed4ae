import { describe, expect, it } from 'vitest'
import { mayBeCut } from '#matching/cut-name'
import { createMatchingIndex } from '#matching/name-index'

const index = createMatchingIndex()
const people = ['Chayapa Dejthamrong Krasuang Nilavadhanananda', 'Chayapa Thongchai Nilavadhanananda']
for (const [at, name] of people.entries())
  index.put({ id: `EXERCISE-${at}`, schema: 'Person', properties: { name: [name] } })

/** As the field of a zone of so many letters has the name, fillers read as blanks. */
const inField = (letters: number) =>
  'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<KRASUANG'.slice(0, letters).replaceAll(/<+/g, ' ').trim()

const ask = (name: string) =>
  index.search({ id: 'query', schema: 'Person', properties: { name: [name] } }, { threshold: 0 })

describe('a name that a machine readable zone cut', () => {
  it.each([39, 31, 30])('finds its bearer by a field of %i letters, and tells why', (letters) => {
    const [first, second] = ask(inField(letters))
    expect(first?.id).toBe('EXERCISE-0')
    expect(first!.score).toBeGreaterThan(0.7)
    expect(second?.score ?? 0).toBeLessThan(0.5)
    if (letters < 39) expect(first!.evidence.tokens.map((it) => it.rule)).toContain('cut')
  })

  it('is one that fills its field, in capitals: the same words written otherwise are whole', () => {
    expect(mayBeCut(inField(31))).toBe(true)
    expect(mayBeCut('Nilavadhanananda Chayapa Dejth')).toBe(false)
    expect(mayBeCut('NILAVADHANANANDA CHAYAPA')).toBe(false)
    expect(ask('NILAVADHANANANDA CHAYAPA DEJTHAM')[0]!.evidence.tokens.map((it) => it.rule)).not.toContain('cut')
  })
})
