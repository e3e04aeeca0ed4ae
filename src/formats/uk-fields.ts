import { addName, addNote, addProgramme, addProperty, addRemark, type ListEntry } from '#formats/list-entry'
import { addCountry, addIdentifier, addPlace } from '#formats/list-identifier'
import { calendarDate, partialDate } from '#formats/partial-date'
import { plainText } from '#formats/text'

/** What the list says of a subject, by the names of its XML elements; the CSV has the same under other headers. */

export type UkField = (entry: ListEntry, text: string) => void

const property =
  (name: string): UkField =>
  (entry, text) =>
    addProperty(entry, name, text)
const note =
  (words: string): UkField =>
  (entry, text) =>
    addNote(entry, `${words}: ${text}`)
const skip: UkField = () => {}

/** Elements and columns with one value. Several in one cell are numbered: '(1) Iran (2) Iraq'. */
export const ukFields: Readonly<Record<string, UkField>> = {
  UniqueID: skip,
  IndividualEntityShip: skip,
  LastUpdated: (entry, text) => {
    const date = ukDate(text)
    if (date !== null && (entry.updatedOn === null || date > entry.updatedOn)) entry.updatedOn = date
  },
  DateDesignated: (entry, text) => {
    const date = ukDate(text)
    if (date === null) addNote(entry, `Designated: ${text}`)
    else if (entry.listedOn === null || date < entry.listedOn) entry.listedOn = date
  },
  OFSIGroupID: note('OFSI group'),
  UNReferenceNumber: note('UN reference'),
  RegimeName: (entry, text) => addProgramme(entry, text),
  DesignationSource: note('Designated by'),
  SanctionsImposed: (entry, text) => {
    for (const it of text.split('|')) addNote(entry, `Sanction: ${it.trim()}`)
  },
  OtherInformation: (entry, text) => addRemark(entry, plainText(text, 131_072)),
  UKStatementofReasons: note('Reasons'),
  Title: property('title'),
  PhoneNumber: property('phone'),
  EmailAddress: (entry, text) => {
    for (const it of text.split(/[;,\s]+/)) addProperty(entry, 'email', it)
  },
  Website: property('website'),
  DOB: addUkBirthDate,
  Nationality: (entry, text) => addCountry(entry, entry.schema === 'Person' ? 'nationality' : 'country', text),
  Position: property('position'),
  Gender: (entry, text) => {
    const gender = text.toLowerCase()
    if (gender === 'male' || gender === 'female') addProperty(entry, 'gender', gender)
    else addNote(entry, `Gender: ${text}`)
  },
  TypeOfEntity: property('legalForm'),
  Subsidiary: note('Subsidiary'),
  ParentCompany: note('Parent company'),
  BusinessRegistrationNumber: (entry, text) =>
    addIdentifier(entry, { type: 'Business registration number', number: text }),
  IMONumber: (entry, text) => addIdentifier(entry, { type: 'IMO number', number: text }),
  CurrentOwnerOperator: property('owner'),
  PreviousOwnerOperator: note('Previous owner or operator'),
  CurrentBelievedFlagOfShip: (entry, text) => addCountry(entry, 'flag', text),
  PreviousFlag: note('Previous flag'),
  TypeOfShip: property('type'),
  TonnageOfShip: property('tonnage'),
  LengthOfShip: note('Length'),
  YearBuilt: (entry, text) => {
    const date = partialDate(text)
    if (date === null) addNote(entry, `Built: ${text}`)
    else addProperty(entry, 'buildDate', date)
  },
  HullIdentificationNumber: (entry, text) =>
    addIdentifier(entry, { type: 'Hull identification number (HIN)', number: text }),
}

export interface UkName {
  /** Name 1 to 5, then the family name or the whole name of what is no person: Name 6. */
  readonly parts: readonly string[]
  readonly type: string
  readonly strength: string
}

export function addUkName(entry: ListEntry, { parts, type, strength }: UkName): void {
  const isPrimary = /^primary name$/i.test(type.trim())
  const isLow = /low/i.test(strength)
  const quality = [isPrimary ? '' : type.trim(), strength.trim()].filter(Boolean).join(', ')
  addName(entry, {
    value: parts.join(' '),
    kind: isPrimary ? 'name' : isLow ? 'weakAlias' : 'alias',
    quality: quality || null,
  })
  if (!isPrimary || entry.schema !== 'Person') return
  const [first, second, third, fourth, fifth, last] = parts
  addProperty(entry, 'firstName', first ?? '')
  addProperty(entry, 'secondName', second ?? '')
  addProperty(entry, 'middleName', [third, fourth, fifth].filter(Boolean).join(' '))
  addProperty(entry, 'lastName', last ?? '')
}

/** A name in its own script is as good as the primary one. */
export function addUkNonLatinName(entry: ListEntry, text: string): void {
  addName(entry, { value: text, kind: 'alias', quality: null })
}

export function addUkAddress(entry: ListEntry, lines: readonly string[], postalCode: string, country: string): void {
  const filled = lines.map((it) => plainText(it)).filter((it) => it !== '')
  addPlace(entry, {
    street: filled.slice(0, -1).join(', '),
    city: filled.at(-1) ?? '',
    postalCode,
    country,
  })
}

export function addUkDocument(entry: ListEntry, type: string, number: string, information: string): void {
  const country = information.length <= 60 ? information : ''
  addIdentifier(entry, { type, number, country, ...(country === '' ? { summary: information } : {}) })
}

/** 'dd/mm/1950' says the year alone, '00/03/1950' the month; the parts that are not known are letters or noughts. */
export function ukDate(text: string): string | null {
  const found = /^([\ddD]{1,2})[/-]([\dmM]{1,2})[/-](\d{4})$/.exec(text.trim())
  if (found === null) return partialDate(text)
  const part = (written: string) => (/^0*$|[a-z]/i.test(written) ? undefined : written)
  const month = part(found[2]!)
  return calendarDate(found[3]!, month, month === undefined ? undefined : part(found[1]!))
}

function addUkBirthDate(entry: ListEntry, text: string): void {
  const date = ukDate(text)
  if (date === null) addNote(entry, `Date of birth: ${text}`)
  else addProperty(entry, 'birthDate', date)
}

/** '(1) Iran (2) Iraq' are two values. */
export function numbered(text: string): string[] {
  const line = text.trim()
  const parts = /^\(1\)/.test(line) ? line.split(/\(\d{1,2}\)/) : [line]
  return parts.map((it) => plainText(it, 131_072)).filter((it) => it !== '')
}
