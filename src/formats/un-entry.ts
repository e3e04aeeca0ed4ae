import { addName, addNote, addProperty, addValue, type ListEntry, newEntry } from '#formats/list-entry'
import { partialDate } from '#formats/partial-date'
import { plainText } from '#formats/text'
import { addUnAlias } from '#formats/un-alias'
import { addUnBirthDate } from '#formats/un-birth-date'
import { addUnDocument } from '#formats/un-document'
import { addOtherWritings, readWrittenName, splitNames } from '#formats/un-names'
import { addUnAddress, addUnBirthPlace } from '#formats/un-place'
import { childText, leavesOf, type XmlElement } from '#formats/xml-elements'
import { countryOf } from '#kernel/countries'

type Field = (entry: ListEntry, element: XmlElement) => void

/** The UN gives name parts by position, not by meaning; FollowTheMoney's properties of the same positions take them. */
const nameParts = [
  ['FIRST_NAME', 'firstName'],
  ['SECOND_NAME', 'secondName'],
  ['THIRD_NAME', 'middleName'],
  ['FOURTH_NAME', 'lastName'],
] as const

const skip: Field = () => {}
const fields: Readonly<Record<string, Field>> = {
  DATAID: skip, // the ref
  FIRST_NAME: skip, // the name parts are joined into one name
  SECOND_NAME: skip,
  THIRD_NAME: skip,
  FOURTH_NAME: skip,
  VERSIONNUM: skip, // of the UN's own database, 1 throughout
  SORT_KEY: skip,
  SORT_KEY_LAST_MOD: skip,
  UN_LIST_TYPE: (entry, element) => {
    for (const text of textsOf(element)) if (!entry.programmes.includes(text)) entry.programmes.push(text)
  },
  REFERENCE_NUMBER: (entry, element) => {
    entry.reference = plainText(element.text, 64) || null
  },
  LISTED_ON: (entry, element) => {
    const text = plainText(element.text)
    entry.listedOn = partialDate(text)
    if (entry.listedOn === null && text !== '') addNote(entry, `Listed on: ${text}`)
  },
  LAST_DAY_UPDATED: addUpdates,
  LIST_TYPE: (entry, element) => {
    for (const text of textsOf(element)) if (text !== 'UN List') addNote(entry, `List: ${text}`)
  },
  NAME_ORIGINAL_SCRIPT: (entry, element) => addName(entry, { value: element.text, kind: 'name', quality: null }),
  GENDER: addGender,
  COMMENTS1: addComment,
  NATIONALITY: (entry, element) => {
    for (const text of textsOf(element)) addNationality(entry, text)
  },
  DESIGNATION: (entry, element) => {
    for (const text of textsOf(element)) addProperty(entry, 'position', text)
  },
  TITLE: (entry, element) => {
    for (const text of textsOf(element)) addProperty(entry, 'title', text)
  },
  INDIVIDUAL_ALIAS: addUnAlias,
  ENTITY_ALIAS: addUnAlias,
  INDIVIDUAL_ADDRESS: addUnAddress,
  ENTITY_ADDRESS: addUnAddress,
  INDIVIDUAL_DATE_OF_BIRTH: addUnBirthDate,
  INDIVIDUAL_PLACE_OF_BIRTH: addUnBirthPlace,
  INDIVIDUAL_DOCUMENT: addUnDocument,
}

/** One INDIVIDUAL or ENTITY element as an entry. An element that this reader does not know becomes a note. */
export function unEntry(ref: string, element: XmlElement): ListEntry {
  const isPerson = element.name === 'INDIVIDUAL'
  const entry = newEntry(ref, isPerson ? 'Person' : 'Organization')
  addNames(entry, nameParts.map(([tag]) => childText(element, tag)).join(' '))
  if (isPerson) for (const [tag, property] of nameParts) addProperty(entry, property, childText(element, tag))
  for (const child of element.children) {
    const field = fields[child.name]
    if (field !== undefined) field(entry, child)
    else for (const leaf of leavesOf(child)) addNote(entry, `${leaf.name}: ${leaf.text}`)
  }
  return entry
}

/** The name as the list writes it; where it writes its acronym in brackets behind it, also without. */
function addNames(entry: ListEntry, written: string): void {
  const as = { kind: 'name', quality: null } as const
  for (const text of splitNames(written)) {
    const name = readWrittenName(text)
    addName(entry, { value: text, ...as })
    if (name.others.length > 0) addName(entry, { value: name.base, ...as })
    addOtherWritings(entry, name, as)
  }
}

function textsOf(element: XmlElement): string[] {
  return leavesOf(element).map((it) => plainText(it.text))
}

function addGender(entry: ListEntry, element: XmlElement): void {
  const text = plainText(element.text)
  const gender = text.toLowerCase()
  if (gender === 'male' || gender === 'female') addProperty(entry, 'gender', gender)
  else if (text !== '') addNote(entry, `Gender: ${text}`)
}

/** The gender often stands only in the comment: 'Gender: Male.' */
function addComment(entry: ListEntry, element: XmlElement): void {
  addNote(entry, element.text)
  const gender = /\bgender:? \[?(male|female)\b/i.exec(element.text.slice(0, 4_096))?.[1]
  if (gender !== undefined) addProperty(entry, 'gender', gender.toLowerCase())
}

function addNationality(entry: ListEntry, text: string): void {
  if (/^(na|n\/a|-)$/.test(text)) return // the list's way of saying nothing
  const country = countryOf(text)
  if (country === null) addNote(entry, `Nationality: ${text}`)
  else addProperty(entry, entry.schema === 'Person' ? 'nationality' : 'country', country)
}

/** The latest amendment is the date of update; the earlier ones stay in a note. */
function addUpdates(entry: ListEntry, element: XmlElement): void {
  const dates: Record<string, string[]> = {}
  for (const text of textsOf(element)) {
    const date = partialDate(text)
    if (date === null) addNote(entry, `Updated: ${text}`)
    else addValue(dates, 'all', date)
  }
  const all = (dates.all ?? []).sort()
  entry.updatedOn = all.at(-1) ?? entry.updatedOn
  if (all.length > 1) addNote(entry, `Amended on ${all.join(', ')}`)
}
