import { addNote, addProperty, type ListEntry } from '#formats/list-entry'
import { dateRange, partialDate } from '#formats/partial-date'
import { childText, leavesOf, type XmlElement } from '#formats/xml-elements'

const known = new Set(['TYPE_OF_DATE', 'DATE', 'YEAR', 'FROM_YEAR', 'TO_YEAR', 'NOTE'])
const approximate = /^(approximately|approx\.?|circa)$/i

/**
 * Adds one date of birth. TYPE_OF_DATE is EXACT, APPROXIMATELY or BETWEEN (UN sc-sanctions.xsd); the date may stand in
 * DATE, in YEAR, in FROM_YEAR and TO_YEAR, or only in words in NOTE. An approximate date gets a note beside it.
 */
export function addUnBirthDate(entry: ListEntry, element: XmlElement): void {
  const type = childText(element, 'TYPE_OF_DATE')
  const note = childText(element, 'NOTE')
  const exact = partialDate(childText(element, 'DATE'))
  const fromNote = exact === null ? partialDate(`${note} ${childText(element, 'YEAR')}`) : null
  const between = dateRange(childText(element, 'FROM_YEAR'), childText(element, 'TO_YEAR'))
  const date = exact ?? fromNote ?? partialDate(childText(element, 'YEAR')) ?? between
  const remarks: string[] = []
  if (type === 'APPROXIMATELY' || approximate.test(note)) remarks.push('approximate (circa)')
  else if (!['', 'EXACT', 'BETWEEN'].includes(type)) remarks.push(type)
  if (
    note !== '' &&
    (fromNote === null || fromNote === partialDate(childText(element, 'YEAR'))) &&
    !approximate.test(note)
  )
    remarks.push(note)

  if (date !== null) addProperty(entry, 'birthDate', date)
  else remarks.push(...['DATE', 'YEAR', 'FROM_YEAR', 'TO_YEAR'].map((it) => childText(element, it)).filter(Boolean))
  if (remarks.length > 0) addNote(entry, `Date of birth${date === null ? '' : ` ${date}`}: ${remarks.join('; ')}`)
  for (const leaf of leavesOf(element)) if (!known.has(leaf.name)) addNote(entry, `Date of birth: ${leaf.text}`)
}
