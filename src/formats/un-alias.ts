import { addName, addNote, addProperty, type ListEntry, type NameKind } from '#formats/list-entry'
import { partialDate } from '#formats/partial-date'
import { plainText, scriptOf } from '#formats/text'
import { addOtherWritings, readWrittenName, splitNames } from '#formats/un-names'
import { childText, leavesOf, type XmlElement } from '#formats/xml-elements'
import { countryOf } from '#kernel/countries'

const known = new Set(['QUALITY', 'ALIAS_NAME', 'DATE_OF_BIRTH', 'CITY_OF_BIRTH', 'COUNTRY_OF_BIRTH', 'NOTE'])
const kinds: Readonly<Record<string, NameKind>> = {
  Good: 'alias',
  Low: 'weakAlias',
  'a.k.a.': 'alias',
  'f.k.a.': 'previousName',
}

/**
 * Adds the names in one alias. One ALIAS_NAME may hold several, parted by semicolons, and other writings in brackets; NOTE
 * may hold one in another script. The NOTE and the birth that goes with the alias become notes; the date and place of that
 * birth are also the subject's, because a document under the alias carries them.
 */
export function addUnAlias(entry: ListEntry, element: XmlElement): void {
  const quality = childText(element, 'QUALITY') || null
  const kind = kinds[quality ?? ''] ?? 'alias'
  const written = plainText(element.children.find((it) => it.name === 'ALIAS_NAME')?.text ?? '', 65_536)
  const note = childText(element, 'NOTE')
  for (const text of splitNames(written)) {
    const name = readWrittenName(text)
    addName(entry, { value: name.base, kind, quality })
    addOtherWritings(entry, name, { kind, quality })
    if (name.remark !== '') addNote(entry, `Alias '${name.base}': ${name.remark}`)
  }
  for (const value of namesInNote(note, written)) addName(entry, { value, kind, quality })
  addBirth(entry, element, { note, written })
}

/** 'original script: Абу Банат' beside a Latin name; 'Yunis al-Mauritani; Younis al-Mauritani' beside an Arabic one. */
function namesInNote(note: string, alias: string): string[] {
  const script = scriptOf(alias)
  if (script !== 'Latn' && script !== null) return note.includes(';') && !/[\d(]/.test(note) ? splitNames(note) : []
  const named = /\b(?:script|arabic)\s?:\s?([^;]{2,200})$/iu.exec(note)?.[1]
  return named === undefined || scriptOf(named) === 'Latn' ? [] : [named]
}

function addBirth(entry: ListEntry, element: XmlElement, alias: { note: string; written: string }): void {
  const born = childText(element, 'DATE_OF_BIRTH')
  const country = childText(element, 'COUNTRY_OF_BIRTH')
  const place = [childText(element, 'CITY_OF_BIRTH'), country].filter((it) => it !== '').join(', ')
  const date = partialDate(born)
  if (date !== null) addProperty(entry, 'birthDate', date)
  addProperty(entry, 'birthPlace', place)
  addProperty(entry, 'birthCountry', countryOf(country) ?? '')
  const others = leavesOf(element).filter((it) => !known.has(it.name) && it !== element)
  const remarks = [
    born === '' ? '' : `born ${date ?? born}`,
    place === '' ? '' : `born in ${place}`,
    alias.note,
    ...others.map((it) => plainText(it.text)),
  ].filter((it) => it !== '')
  if (remarks.length > 0) addNote(entry, `Alias '${alias.written}': ${remarks.join('; ')}`)
}
