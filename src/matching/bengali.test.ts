import { describe, expect, it } from 'vitest'
import { foldWords } from '#matching/fold'
import { compareTerms, makeTerm } from '#matching/term'
import { tokenise } from '#matching/tokens'

const likeness = (a: string, b: string) =>
  compareTerms(makeTerm(foldWords(a)[0]!.text), makeTerm(foldWords(b)[0]!.text))

describe('respellBengali', () => {
  it.each([
    ['w written with o and a glide', 'সারোয়ার', ['Sarwar', 'Sarowar']],
    ['w at the beginning', 'ওয়াহিদ', ['Wahid']],
    ['y at the beginning', 'ইয়াকুব', ['Yakub', 'Yaqub']],
    ['a glide that is hardly heard', 'রাবেয়া', ['Rabeya', 'Rabea']],
    ['j that is z', 'আজিজুর', ['Azizur', 'Ajijur']],
    ['s that is sh', 'সুশান্ত', ['Sushanta', 'Susanta']],
    ['an inherent vowel as o and as a', 'মোহন', ['Mohan', 'Mohon']],
    ['y under a consonant', 'সত্যেন', ['Satyen', 'Saten']],
    ['ng at the end', 'সিং', ['Sing']],
  ])('reads %s', (_, native, spellings) => {
    for (const spelling of spellings) expect(likeness(native, spelling), `${native} ${spelling}`).toBeGreaterThan(0.85)
  })

  it('leaves different names apart', () => {
    expect(likeness('রহিমা', 'Karima')).toBeLessThan(0.85)
    expect(likeness('সুজন', 'Suman')).toBeLessThan(0.85)
    expect(likeness('অজয়', 'Vijay')).toBeLessThan(0.85)
  })

  it('joins the compounds of Arabic names', () => {
    const texts = (name: string) => tokenise(name, { isPerson: true, isOrganisation: false }).map(({ raw }) => raw)
    expect(texts('আব্দুল করিম মিয়া')).toEqual(['আব্দুল করিম', 'মিয়া'])
    expect(texts('নাসির উদ্দিন')).toEqual(['নাসির উদ্দিন'])
  })
})
