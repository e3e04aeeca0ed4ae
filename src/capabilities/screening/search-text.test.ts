import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSearchText } from '#capabilities/screening/search-text'

const kinds = (text: string) => readSearchText(text).readings.map((it) => it.as)

describe('readSearchText', () => {
  it.each([
    ['Yusuf Harun al-Mansouri', ['name']],
    ['يوسف هارون المنصوري', ['name']],
    ['Fund 2', ['name']],
    ['name@exercise.example', ['email']],
    ['+254 700 000 123', ['phone']],
    ['IMO 9074729', ['imo']],
    ['9074729', ['imo', 'document']],
    ['FR76 3000 6000 0112 3456 7890 189', ['account']],
    ['0x52908400098527886E0F7030069857D2E4169EE7', ['wallet']],
    ['EX1234567', ['document']],
    ['', []],
  ])('takes %s for %j', (text, as) => {
    expect(kinds(text)).toEqual(as)
  })

  it('says whether the check digits hold', () => {
    expect(readSearchText('FR7630006000011234567890189').readings[0]).toMatchObject({ as: 'account', checked: true })
    expect(readSearchText('FR7630006000011234567890180').readings[0]).toMatchObject({ as: 'account', checked: false })
    expect(readSearchText('IMO 9074728').readings[0]).toMatchObject({ as: 'imo', checked: false })
  })

  it('reads a date and a document beside a name, in any order', () => {
    expect(readSearchText('Yusuf Harun 1984-03-07 P1234567').properties).toEqual({
      name: ['Yusuf Harun'],
      birthDate: ['1984-03-07'],
      passportNumber: ['P1234567'],
      idNumber: ['P1234567'],
      registrationNumber: ['P1234567'],
    })
    expect(kinds('07/03/1984 يوسف')).toEqual(['name', 'date'])
  })

  it('reads a year and a written date beside a name, as people note them down', () => {
    const read = (text: string) => readSearchText(text).properties
    expect(read('Yusuf Harun 1984')).toEqual({ name: ['Yusuf Harun'], birthDate: ['1984'] })
    expect(read('يوسف هارون ١٩٨٤')).toEqual({ name: ['يوسف هارون'], birthDate: ['1984'] })
    expect(read('Yusuf Harun (1984)')).toEqual({ name: ['Yusuf Harun'], birthDate: ['1984'] })
    expect(read('Yusuf Harun 7 March 1984')).toEqual({ name: ['Yusuf Harun'], birthDate: ['7 March 1984'] })
    expect(read('March 7, 1984 Yusuf Harun')).toEqual({ name: ['Yusuf Harun'], birthDate: ['March 7, 1984'] })
    expect(read('Yusuf 7 de marzo de 1984 Harun')).toEqual({ name: ['Yusuf Harun'], birthDate: ['7 de marzo de 1984'] })
    expect(read('يوسف 7 مارس 1984')).toEqual({ name: ['يوسف'], birthDate: ['7 مارس 1984'] })
    expect(read('Harun 10')).toEqual({ name: ['Harun 10'] })
    expect(read('1984')).toEqual({ name: ['1984'] })
  })

  it('leaves a year in the name of what is no person', () => {
    expect(readSearchText('Fund Exercise 2010').otherwise).toEqual({ name: ['Fund Exercise 2010'] })
    expect(readSearchText('Fund Exercise 2').otherwise).toEqual({ name: ['Fund Exercise 2'] })
  })

  it('reads digits of other scripts', () => {
    expect(readSearchText('يوسف ١٩٨٤-٠٣-٠٧').properties).toEqual({ name: ['يوسف'], birthDate: ['1984-03-07'] })
    expect(readSearchText('۱۲۳۴۵۶۷۸۹۰').properties.idNumber).toEqual(['1234567890'])
  })

  it('asks for nothing that was not typed, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
        const { readings, properties } = readSearchText(text)
        expect(Object.values(properties).flat().length).toBeGreaterThanOrEqual(readings.length)
        expect(readings.every((it) => it.text.trim() !== '')).toBe(true)
      }),
    )
  })
})
