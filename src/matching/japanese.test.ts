import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readingsOf as readings } from '#matching/readings'
import { compareTerms, makeTerm } from '#matching/term'
import { tokenise } from '#matching/tokens'
import data from './japanese.json' with { type: 'json' }

const person = { isPerson: true, isOrganisation: false }
const readingsOf = (name: string) => tokenise(name, person).map(({ text }) => readings(text.replaceAll('ụ', '')))

/** Whether each word of the Latin name is among the readings of one in Han. */
function expectReading(han: string, latin: string): void {
  const tokens = tokenise(han, person)
  const words = latin.split(' ')
  expect(tokens.length, han).toBe(words.length)
  for (const [at, word] of words.entries()) {
    const likeness = compareTerms(makeTerm(tokens[at]!.text), makeTerm(word))
    expect(likeness, `${han} ${word}`).toBeGreaterThan(0.9)
  }
}

describe('readJapanese', () => {
  it.each([
    ['榊原 綾香', 'sakakibara ayaka'],
    ['石塚健一', 'ishizuka kenichi'],
    ['野々村 真', 'nonomura makoto'],
    ['東 和彦', 'higashi kazuhiko'],
    ['高橋みなみ', 'takahashi minami'],
    ['林 直樹', 'hayashi naoki'],
    ['桐谷 美鈴', 'kiritani misuzu'],
    ['高桥 诚', 'takahashi makoto'],
    ['太郎 佐藤', 'taro sato'],
  ])('reads %s as %s', expectReading)

  it('knows more than one reading of a given name, and one of a common surname', () => {
    expect(readingsOf('佐藤 裕子')[1]).toEqual(expect.arrayContaining(['yuko', 'hiroko']))
    expect(readingsOf('佐藤 裕子')[0]).toEqual(['sato'])
  })

  it('leaves Chinese and Korean names as they are', () => {
    expect(readingsOf('王小明')).toEqual([['wang'], ['xiaoming']])
    expect(readingsOf('林 明')).toEqual([['lin'], ['ming']])
    expect(readingsOf('金正姬')).toEqual([['jin'], ['zhengji']])
    expect(readingsOf('小明 王')).toEqual([['xiaoming'], ['wang']])
    expect(readingsOf('马丁内斯')).toHaveLength(1)
  })

  it('reads whatever characters stand in its tables, in at most four ways', () => {
    const characters = `${data.family} ${data.personal}`.split(' ').filter((_, at) => at % 2 === 0)
    const word = fc.array(fc.constantFrom(...characters), { minLength: 2, maxLength: 3 }).map((list) => list.join(''))
    fc.assert(
      fc.property(word, word, (first, second) => {
        for (const { text } of tokenise(`${first} ${second}`, person)) {
          expect(readings(text).length).toBeLessThanOrEqual(5)
          expect(makeTerm(text).phones).not.toBe('')
        }
      }),
    )
  })
})
