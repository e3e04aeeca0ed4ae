import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTerms, keysOf, makeTerm, similarityFloor } from '#matching/term'

const compare = (a: string, b: string) => compareTerms(makeTerm(a), makeTerm(b))
const sharesKey = (a: string, b: string) => {
  const keys = new Set(keysOf(makeTerm(a)))
  return keysOf(makeTerm(b)).some((key) => keys.has(key))
}

describe('compareTerms', () => {
  it.each([
    ['mohammed', 'muhammad'],
    ['محمد', 'mohamad'],
    ['mehmet', 'muhammad'],
    ['يوسف', 'yusuf'],
    ['قذافي', 'gaddafi'],
    ['قذافي', 'kadhafi'],
    ['ظواهري', 'zawahiri'],
    ['جمال', 'gamal'],
    ['حجازي', 'hijazi'],
    ['عيسي', 'essa'],
    ['سعددين', 'saddin'],
    ['kharun', 'harun'],
    ['almansouri', 'mansouri'],
    ['yevgeny', 'evgeni'],
    ['katherine', 'catherine'],
    ['oualid', 'walid'],
  ])('%s and %s are spellings of one name, and share a key', (a, b) => {
    expect(compare(a, b)).toBeGreaterThanOrEqual(similarityFloor)
    expect(sharesKey(a, b)).toBe(true)
  })

  it.each([
    ['bush', 'habbash'],
    ['omar', 'amir'],
    ['ali', 'ala'],
    ['hassan', 'hussein'],
    ['wei', 'wu'],
    ['2', '3'],
    ['mv2', 'mv3'],
  ])('%s and %s are two names', (a, b) => {
    expect(compare(a, b)).toBe(0)
  })

  it('is symmetric, bounded, and 1 for the same word only', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[a-z]{1,14}$/),
      fc.stringMatching(/^[ابتثجحخدذرزسشصضطظعغفقكلمنهويةى]{1,9}$/),
    )
    fc.assert(
      fc.property(word, word, (a, b) => {
        const similarity = compare(a, b)
        expect(similarity).toBe(compare(b, a))
        expect(similarity).toBeGreaterThanOrEqual(0)
        if (a === b) expect(similarity).toBe(1)
        else expect(similarity).toBeLessThan(1)
      }),
      { numRuns: 2_000 },
    )
  })
})
