import { describe, expect, it } from 'vitest'
import { articles, gods, honorifics, legalForms, particles, servants } from '#matching/lexicon'
import {
  article,
  formStart,
  god,
  hasTrait,
  honorific,
  numberWord,
  particle,
  servant,
  traitsOf,
} from '#matching/word-traits'

describe('traitsOf', () => {
  it.each([
    ['articles', articles, article],
    ['particles', particles, particle],
    ['titles', honorifics, honorific],
    ['servants', servants, servant],
    ['names of God', gods, god],
  ] as const)('knows the %s of the lexicon', (_, words, trait) => {
    expect([...words].filter((word) => !hasTrait(word, trait))).toEqual([])
  })

  it('knows every beginning of a legal form', () => {
    const beginnings = [...legalForms.keys()].flatMap((form) =>
      form.split(' ').map((_, at, words) => words.slice(0, at + 1).join(' ')),
    )
    expect(beginnings.filter((text) => !hasTrait(text, formStart))).toEqual([])
  })

  it('keeps several traits of one word apart', () => {
    expect(traitsOf('ii') & numberWord).toBe(numberWord)
    expect(traitsOf('zarmalwi')).toBe(0)
  })
})
