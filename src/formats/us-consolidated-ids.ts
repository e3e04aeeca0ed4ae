import { addNote, type ListEntry } from '#formats/list-entry'
import { addIdentifier } from '#formats/list-identifier'
import { addOfacSegment } from '#formats/ofac-remarks'
import { isProtected } from '#formats/protected-characteristics'

const numbered =
  /passport|\bid\b|\bno\b|\bno\.|number|#|code|card|license|licence|certificate|c\.u\.r\.p|r\.f\.c|\bnit\b|\bruc\b|\brif\b|\bssn\b|d\.n\.i|d-u-n-s|\bbik\b|\bisin\b|registration|registry|vat\b|\bcuit\b|mercantil/i

/**
 * One item of the ids column, the label last: 'PK, 2013-09-09, 2008-09-09, 4117921, Passport' (country, expiry, issue, number),
 * 'Male, Gender', 'IMO 9051624, Vessel Registration Identification'. With one date only, which of the two it is cannot be told.
 */
export function addUsId(entry: ListEntry, item: string): void {
  const parts = item.split(', ')
  const label = (parts.pop() ?? '').trim()
  if (isProtected(label)) return
  const value = parts.join(', ')
  if (value === '') addNote(entry, label)
  else if (numbered.test(label) && /\d/.test(value)) addNumber(entry, label, parts)
  else if (!addOfacSegment(entry, `${label} ${value}`)) addNote(entry, `${label} ${value}`)
}

function addNumber(entry: ListEntry, label: string, parts: string[]): void {
  if (parts.length === 1 && addOfacSegment(entry, `${label} ${parts[0]}`)) return
  const rest = [...parts]
  const country = /^[A-Z]{2}$/.test(rest[0] ?? '') && rest.length > 1 ? rest.shift() : undefined
  const dates: string[] = []
  while (rest.length > 1 && /^\d{4}-\d{2}-\d{2}$/.test(rest[0]!)) dates.push(rest.shift()!)
  const [endDate, startDate] = dates.length === 2 ? dates : []
  const summary = dates.length === 1 ? `issued or expires ${dates[0]}` : ''
  addIdentifier(entry, { type: label, number: rest.join(', '), country, startDate, endDate, summary })
}
