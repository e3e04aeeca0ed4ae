import { addHeld, type ListEntry } from '#formats/list-entry'
import { dateIn, partialDate } from '#formats/partial-date'
import { childText, leavesOf, type XmlElement } from '#formats/xml-elements'
import { countryOf } from '#kernel/countries'

const known = new Set([
  'TYPE_OF_DOCUMENT',
  'TYPE_OF_DOCUMENT2',
  'NUMBER',
  'ISSUING_COUNTRY',
  'DATE_OF_ISSUE',
  'CITY_OF_ISSUE',
  'COUNTRY_OF_ISSUE',
  'NOTE',
])
const passport = /passport|passeport|pasaporte/i

/**
 * Adds one identity document. The UN writes numbers, dates and issuers into NUMBER, TYPE_OF_DOCUMENT2 or NOTE as prose now
 * and then ('Afghan passport number SE 012820', 'expires on 21 Jan. 2022'); what can be told from it is taken out and the
 * prose stays in the summary.
 */
export function addUnDocument(entry: ListEntry, element: XmlElement): void {
  const [type, detail, written, note] = ['TYPE_OF_DOCUMENT', 'TYPE_OF_DOCUMENT2', 'NUMBER', 'NOTE'].map((it) =>
    childText(element, it),
  ) as [string, string, string, string]
  const number = numberFrom(written) ?? numberIn(detail) ?? numberIn(note)
  const [city, where] = [childText(element, 'CITY_OF_ISSUE'), childText(element, 'COUNTRY_OF_ISSUE')]
  const issuer = childText(element, 'ISSUING_COUNTRY') || where
  const place = city === '' && where === issuer ? [] : [city, where].filter((it) => it !== '')
  const issuedOn = childText(element, 'DATE_OF_ISSUE')
  const prose = [written, note].join('; ')
  const startDate = partialDate(issuedOn) ?? dateAfter(prose, /issued (?:on |in )?/i, 22)
  const others = leavesOf(element).filter((it) => !known.has(it.name) && it !== element)
  const summary = [
    written === number ? '' : written,
    place.length === 0 ? '' : `Issued in ${place.join(', ')}`,
    partialDate(issuedOn) === null ? issuedOn : '',
    countryOf(issuer) === null ? issuer : '',
    note,
    ...others.map((it) => it.text),
  ]
  addHeld(entry, passport.test(`${type} ${detail}`) ? 'Passport' : 'Identification', {
    type: detail === '' || detail === type ? type : `${type}: ${detail}`,
    number,
    country: countryOf(issuer),
    startDate,
    endDate: dateAfter(prose, /expir[a-z]*|valid until|exp\./i, 45),
    summary: summary.filter((it) => it !== '').join('; '),
  })
}

/** 'CAR diplomatic passport no. D00000898' and '563210184 (Expires 18 Jun. 2018)' give the number alone. */
function numberFrom(text: string): string | null {
  if (text === '' || text.length > 200) return text || null
  const bare = text.endsWith(')') && text.includes(' (') ? text.slice(0, text.indexOf(' (')) : text
  const named = /^[^\d]{0,90}(?:\b(?:passport|number|no\.|nº|n°)[:\s]+|: ?)(\S.*)$/iu.exec(bare)
  return named === null ? bare : named[1]!
}

/** The first word of a sentence that can be a document number, with a letter prefix that stands apart ('L 191609'). */
function numberIn(text: string): string | null {
  const words = text.slice(0, 500).split(' ')
  for (const [index, raw] of words.entries()) {
    const word = raw.replace(/^[("]+|[.,;:)"]+$/g, '')
    const digits = word.replace(/\D/g, '').length
    if (digits < 3 || /^(19|20)\d\d$/.test(word) || /^\d{1,2}[./]\d/.test(word) || !/^[A-Z\d][A-Z\d/-]*$/.test(word))
      continue
    const before = words[index - 1] ?? ''
    return /^[A-Z]{1,2}-?$/.test(before) ? `${before} ${word}` : word
  }
  return null
}

function dateAfter(text: string, sign: RegExp, reach: number): string | null {
  const found = sign.exec(text)
  if (found === null) return null
  const end = found.index + found[0].length
  return dateIn(text.slice(end, end + reach))
}
