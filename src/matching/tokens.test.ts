import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTerms, makeTerm } from '#matching/term'
import { tokenise, tokenLimit } from '#matching/tokens'

const person = { isPerson: true, isOrganisation: false }
const organisation = { isPerson: false, isOrganisation: true }
const texts = (name: string, context = person) => tokenise(name, context).map((token) => token.text)
const kinds = (name: string, context = person) => tokenise(name, context).map((token) => `${token.kind}:${token.text}`)

describe('tokenise', () => {
  it('joins Arabic compounds under one spelling', () => {
    for (const name of [
      'Abd al-Rahman',
      'Abdul Rahman',
      'Abdulrahman',
      'Abdurrahman',
      'Abd ar-Rahman',
      'Abdel-Rahman',
    ]) {
      expect(texts(name)).toEqual(['abdurahman'])
    }
    for (const name of ['Abdullah', 'Abdallah', 'Abd Allah', 'Abdullahi']) expect(texts(name)).toEqual(['abdallah'])
    for (const name of ['Nur al-Din', 'Nur ad-Din', 'Nuruddin', 'Nur Uddin', 'Nureddine']) {
      expect(texts(name)).toEqual(['nurdin'])
    }
    expect(texts('Habib Ullah')).toEqual(texts('Habibullah'))
    expect(texts('Abu Bakr al-Jindawi')).toEqual(['abubakr', 'jindawi'])
    expect(texts('عبد الرحمن')).toEqual(texts('عبدالرحمن'))
    expect(texts('صلاح الدين')).toEqual(texts('صلاحالدين'))
  })

  it('drops the article where something follows', () => {
    expect(texts('Al-Mansouri')).toEqual(['mansouri'])
    expect(texts('ash-Shami')).toEqual(['ash', 'shami']) // at the beginning it may be a name
    expect(texts('Omar ash-Shami')).toEqual(['omar', 'shami'])
    expect(texts('المنصوري')).toEqual(['منصوري'])
  })

  it('turns a name in comma order and keeps the roles', () => {
    expect(tokenise('AL-MANSOURI, Yusuf Harun', person).map(({ text, role }) => [text, role])).toEqual([
      ['yusuf', 'given'],
      ['harun', 'given'],
      ['mansouri', 'family'],
    ])
    expect(texts('ANGLO-TARVASIAN CO., LTD.', organisation)).toEqual(['anglo', 'tarvasian', 'ltd'])
  })

  it('reads the machine readable zone of a passport, and digits that a reader of print took for letters', () => {
    expect(tokenise('AL<MANSOURI<<YUSUF<HARUN<<<<<<', person).map(({ text, role }) => [text, role])).toEqual([
      ['yusuf', 'given'],
      ['harun', 'given'],
      ['mansouri', 'family'],
    ])
    expect(texts('M0HAMMED 1BRAHIM TARHUN1')).toEqual(['mohammed', 'ibrahim', 'tarhuni'])
    expect(kinds('Fund 10A')).toEqual(['name:fund', 'number:10a'])
  })

  it('reads digits for letters in a word of an organisation, and leaves numbers and codes', () => {
    expect(kinds('Dravnik 5hipping Gr0up 1td', organisation)).toEqual([
      'name:dravnik',
      'name:shipping',
      'name:group',
      'legal:ltd',
    ])
    for (const code of ['fund2', 'unit7', '200g', 'cetc55', 'a1', '4star'])
      expect(kinds(`Dravnik ${code}`, organisation), code).toEqual(['name:dravnik', `number:${code}`])
  })

  it('reads letters that stand apart as one word, but for a legal form, and ordinals as numbers', () => {
    expect(kinds('S.M.G.', organisation)).toEqual(['name:smg'])
    expect(kinds('T.A.R.V.A. A.S.', organisation)).toEqual(['name:tarva', 'legal:plc'])
    expect(kinds('B R C S.A.', organisation)).toEqual(['name:brc', 'legal:plc'])
    expect(texts('J. R. Tarhuni')).toEqual(['j', 'r', 'tarhuni'])
    expect(texts('46th Institute', organisation)).toEqual(texts('Institute No. 46', organisation).toReversed())
  })

  it('makes one name of abd, however it is typed, and what follows', () => {
    for (const name of ['Abdl Haq', 'Adbul Haq', 'Abdul Haq']) expect(texts(name)).toEqual(['abduhaq'])
  })

  it('drops what Arabic joins to a word: and the, by the, for the', () => {
    expect(texts('التوحيد والجهاد')).toEqual(['توحيد', 'جهاد'])
    expect(texts('أهل السنة للدعوة')).toEqual(['اهل', 'سنة', 'دعوة'])
    expect(texts('عبد الحي')).toEqual(texts('عبدالحی'))
  })

  it('cuts Japanese names by their surname, and reads foreign names in Han script by sound', () => {
    expect(texts('山田太郎')).toEqual(['yamada', 'taro'])
    expect(texts('小泉 純一郎')).toEqual(['koizumi', 'junichiro'])
    const [given] = tokenise('穆罕默德·哈桑', person)
    expect(compareTerms(makeTerm(given!.text), makeTerm('muhammad'))).toBeGreaterThan(0.8)
  })

  it('tells legal forms, titles, particles and patronymics apart', () => {
    expect(kinds('L.L.C. Tarvasia', organisation)).toEqual(['legal:ltd', 'name:tarvasia'])
    expect(kinds('ООО «Ромашка»', organisation)).toEqual(['legal:ltd', 'name:romashka'])
    expect(kinds('华威有限公司', organisation)).toEqual(['name:huawei', 'legal:ltd'])
    expect(kinds('CORP', organisation)).toEqual(['name:corp'])
    expect(kinds('Sheikh Omar bin Salih Tarhuni')).toEqual([
      'honorific:sheikh',
      'name:omar',
      'particle:bin',
      'name:salih',
      'name:tarhuni',
    ])
    expect(kinds('Dmitri Sergeevich Volkhonsky')[1]).toBe('patronymic:sergeevich')
    expect(kinds('VOLKHONSKY, Dmitri Sergeevich')[1]).toBe('patronymic:sergeevich')
    expect(kinds('Le Thanh')).toEqual(['name:le', 'name:thanh'])
    expect(kinds('Sheikh')).toEqual(['name:sheikh'])
  })

  it('cuts Chinese and Korean names into surname and given name, keeping the characters', () => {
    expect(tokenise('王伟', person).map(({ raw, text }) => [raw, text])).toEqual([
      ['王', 'wang'],
      ['伟', 'wei'],
    ])
    expect(texts('欧阳剑波')).toEqual(['ouyang', 'jianbo'])
    expect(tokenise('김정은', person).map(({ raw }) => raw)).toEqual(['김', '정', '은'])
  })

  it('takes any string and returns few tokens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), fc.boolean(), (text, isPerson) => {
        const tokens = tokenise(text, { isPerson, isOrganisation: !isPerson })
        expect(tokens.length).toBeLessThanOrEqual(tokenLimit)
        for (const token of tokens) expect(token.text).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })
})
