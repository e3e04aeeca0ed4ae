import { describe, expect, it } from 'vitest'
import { linesOf } from '#capabilities/screening/evidence-lines'
import { languages, sayIn } from '#capabilities/screening/say'
import { reasonOf, shownValue } from '#capabilities/screening/say-evidence'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex } from '#matching/name-index'

const theirs: MatchEntity = {
  id: 'theirs',
  schema: 'Person',
  properties: {
    name: ['Yusuf Harun al-Mansouri'],
    alias: ['يوسف هارون المنصوري'],
    birthDate: ['1984-03-07'],
    nationality: ['ke'],
    gender: ['male'],
    email: ['theirs@exercise.example'],
    passportNumber: ['P1234567'],
  },
}

function compared(properties: Record<string, string[]>) {
  const ours: MatchEntity = { id: 'ours', schema: 'Person', properties }
  const index = createMatchingIndex()
  index.put(theirs)
  const [found] = index.search(ours, { limit: 1, threshold: 0.01 })
  return linesOf(found!, { ours, theirs })
}

describe('linesOf', () => {
  const lines = compared({
    name: ['يوسف المنصوري'],
    birthDate: ['1984-07-03'],
    nationality: ['fr'],
    gender: ['male'],
    phone: ['+254700000123'],
    email: ['ours@exercise.example'],
    passportNumber: ['P1234567'],
  })
  const of = (attribute: string) => lines.find((it) => it.attribute === attribute)

  it('puts what agrees first, what contradicts after it, then what does not weigh and what one side lacks', () => {
    const verdicts = lines.map((it) => it.verdict)
    expect(verdicts).toEqual([...verdicts].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
    expect(of('country')?.verdict).toBe('contradicts')
    expect(of('email')).toMatchObject({ verdict: 'apart', finding: 'other' })
    expect(of('phone')).toMatchObject({ verdict: 'missing', ours: '+254700000123', theirs: '' })
    expect(of('gender')).toMatchObject({ verdict: 'agrees', finding: 'same' })
  })
  const order = ['agrees', 'contradicts', 'apart', 'missing']

  it('says which words of the name met and by what', () => {
    expect(of('name')?.tokens.length).toBeGreaterThanOrEqual(2)
    expect(of('name')?.theirsOnly).toEqual(['هارون'])
  })

  it('counts the years between dates that contradict', () => {
    const far = compared({ name: ['Yusuf Harun al-Mansouri'], birthDate: ['1960-02-01'] })
    const date = far.find((it) => it.attribute === 'birthDate')
    expect(date).toMatchObject({ verdict: 'contradicts', years: 24 })
    expect(reasonOf(date!, sayIn('fr'), 'ours')).toBe("Au moins 24 ans d'écart.")
  })

  it.each(languages)('has words in %s for every reason there can be', (language) => {
    const say = sayIn(language)
    const all = [...lines, ...compared({ name: ['Yusuf Mansouri'], birthDate: ['1985'], gender: ['female'] })]
    for (const side of ['ours', 'typed', 'row'] as const)
      for (const it of all) {
        expect(reasonOf(it, say, side)).not.toMatch(/screening\.|\{\{/)
        expect(say(`screening.attributes.${it.attribute}`)).not.toContain('screening.')
      }
    expect(shownValue('country', 'fr, ke', { say, language })).not.toContain('fr')
  })
})
