import {
  addName,
  addNote,
  addProgramme,
  addProperty,
  addRemark,
  type ListEntry,
  newEntry,
  promoteName,
} from '#formats/list-entry'
import { addBirthPlace, addCountry, addIdentifier, addPlace, countryCodeOf } from '#formats/list-identifier'
import { calendarDate, dateRange, partialDate } from '#formats/partial-date'
import { plainText } from '#formats/text'
import { attribute, childrenOf, childText, leavesOf, type XmlElement } from '#formats/xml-elements'

type Field = (entry: ListEntry, element: XmlElement) => void

const fields: Readonly<Record<string, Field>> = {
  subjectType: () => {},
  regulationSummary: () => {},
  regulation: addRegulation,
  nameAlias: addNameAlias,
  citizenship: (entry, it) => addCountry(entry, entry.schema === 'Person' ? 'nationality' : 'country', countryText(it)),
  birthdate: addBirthDate,
  address: addAddress,
  identification: addIdentification,
  remark: (entry, it) => addRemark(entry, plainText(it.text)),
}

/** One sanctionEntity as an entry. An element that this reader does not know becomes a note. */
export function euEntry(ref: string, element: XmlElement): ListEntry {
  const subject = element.children.find((it) => it.name === 'subjectType')
  const code = subject === undefined ? '' : attribute(subject, 'code') || attribute(subject, 'classificationCode')
  const entry = newEntry(ref, /^p/i.test(code) ? 'Person' : 'Organization')
  entry.reference = attribute(element, 'euReferenceNumber') || null
  entry.listedOn = partialDate(attribute(element, 'designationDate'))
  const united = attribute(element, 'unitedNationId')
  if (united !== '') addNote(entry, `UN reference: ${united}`)
  addNote(entry, attribute(element, 'designationDetails'))
  for (const child of element.children) {
    const field = fields[child.name]
    if (field !== undefined) field(entry, child)
    else for (const leaf of leavesOf(child)) addNote(entry, `${leaf.name}: ${leaf.text}`)
  }
  promoteName(entry)
  return entry
}

/** The list marks no name as the first: the first strong one is. What is not strong is a weak alias. */
function addNameAlias(entry: ListEntry, element: XmlElement): void {
  const [first, middle, last] = ['firstName', 'middleName', 'lastName'].map((it) => attribute(element, it))
  const value = attribute(element, 'wholeName') || [first, middle, last].filter(Boolean).join(' ')
  const remarks = childrenOf(element, 'remark').map((it) => plainText(it.text))
  const isLow = remarks.some((it) => /\blow? quality\b/i.test(it))
  const isWeak = attribute(element, 'strong') === 'false' || isLow
  const isFirst = !entry.names.some((it) => it.kind === 'name')
  const lang = attribute(element, 'nameLanguage').toLowerCase()
  addName(entry, {
    value,
    kind: isWeak ? 'weakAlias' : isFirst ? 'name' : 'alias',
    quality: isLow ? 'low quality' : isWeak ? 'not strong' : null,
    ...(/^[a-z]{2,3}$/.test(lang) ? { lang } : {}),
  })
  if (entry.schema === 'Person' && !isWeak && isFirst) {
    for (const [property, text] of Object.entries({ firstName: first, middleName: middle, lastName: last }))
      addProperty(entry, property, text ?? '')
  }
  for (const it of lettered(attribute(element, 'title'))) addProperty(entry, 'title', it)
  for (const it of lettered(attribute(element, 'function'))) addProperty(entry, 'position', it)
  const gender = attribute(element, 'gender').toUpperCase()
  if (gender === 'M' || gender === 'F') addProperty(entry, 'gender', gender === 'M' ? 'male' : 'female')
  for (const it of remarks)
    if (!/^\W*(?:\w+ )?quality(?: a\.?k\.?a\.?)?\W*$/i.test(it)) addNote(entry, `${value}: ${it}`)
}

/** '(a) Mullah, (b) Maulavi' names two. */
function lettered(text: string): string[] {
  return text
    .split(/\([a-h]\) ?/)
    .map((it) => it.replace(/[,;]? ?$/, ''))
    .filter((it) => it !== '')
}

function addBirthDate(entry: ListEntry, element: XmlElement): void {
  const [year, month, day] = ['year', 'monthOfYear', 'dayOfMonth'].map((it) => attribute(element, it))
  const range = dateRange(attribute(element, 'yearRangeFrom'), attribute(element, 'yearRangeTo'))
  const date =
    partialDate(attribute(element, 'birthdate')) ??
    (year ? calendarDate(year, month || undefined, (month && day) || undefined) : null) ??
    range
  const calendar = attribute(element, 'calendarType')
  const isOther = calendar !== '' && !/^gregorian$/i.test(calendar)
  if (date !== null && !isOther) {
    addProperty(entry, 'birthDate', date)
    if (attribute(element, 'circa') === 'true') addNote(entry, `Date of birth ${date}: approximate (circa)`)
  } else if (date !== null) addNote(entry, `Date of birth: ${date} (${calendar} calendar)`)
  const places = ['city', 'place', 'region', 'zipCode'].map((it) => attribute(element, it))
  addBirthPlace(entry, [...places, countryText(element)], countryText(element))
  for (const it of childrenOf(element, 'remark')) addNote(entry, `Date of birth: ${it.text}`)
}

function addAddress(entry: ListEntry, element: XmlElement): void {
  const poBox = attribute(element, 'poBox')
  const summary: string[] = []
  for (const child of element.children) {
    if (child.name === 'remark') summary.push(plainText(child.text))
    else if (child.name === 'contactInfo') addContact(entry, attribute(child, 'key'), attribute(child, 'value'))
  }
  addPlace(entry, {
    street: [attribute(element, 'street'), poBox && `P.O. Box ${poBox}`].filter(Boolean).join(', '),
    city: attribute(element, 'city') || attribute(element, 'place'),
    state: attribute(element, 'region'),
    postalCode: attribute(element, 'zipCode'),
    country: countryText(element),
    summary: [attribute(element, 'city') && attribute(element, 'place'), ...summary].filter(Boolean).join('; '),
  })
}

const contacts: readonly (readonly [RegExp, string])[] = [
  [/mail/i, 'email'],
  [/web/i, 'website'],
  [/phone|mobile|tel/i, 'phone'],
  [/swift|bic/i, 'swiftBic'],
]

function addContact(entry: ListEntry, key: string, value: string): void {
  const property = /fax/i.test(key) ? undefined : contacts.find(([pattern]) => pattern.test(key))?.[1]
  for (const it of value.split(/[;,] ?/).filter(Boolean)) {
    if (property === undefined) addNote(entry, `${key}: ${it}`)
    else addProperty(entry, property, it)
  }
}

const states = {
  diplomatic: 'diplomatic',
  knownExpired: 'known to be expired',
  knownFalse: 'known to be false',
  reportedLost: 'reported lost',
  revokedByIssuer: 'revoked by its issuer',
} as const

function addIdentification(entry: ListEntry, element: XmlElement): void {
  const number = attribute(element, 'number') || attribute(element, 'latinNumber')
  const latin = attribute(element, 'latinNumber')
  const said = Object.entries(states).filter(([it]) => element.attributes[it] === 'true')
  const remarks = childrenOf(element, 'remark').map((it) => plainText(it.text))
  const onDocument = attribute(element, 'nameOnDocument')
  addIdentifier(entry, {
    type: attribute(element, 'identificationTypeDescription') || attribute(element, 'identificationTypeCode'),
    number,
    country: countryText(element),
    authority: attribute(element, 'issuedBy'),
    startDate: partialDate(attribute(element, 'issueDate') || attribute(element, 'validFrom')),
    endDate: partialDate(attribute(element, 'validTo')),
    summary: [
      latin === number ? '' : latin,
      onDocument && `in the name of ${onDocument}`,
      attribute(element, 'region'),
      ...said.map(([, words]) => words),
      ...remarks,
    ]
      .filter(Boolean)
      .join('; '),
  })
}

function addRegulation(entry: ListEntry, element: XmlElement): void {
  addProgramme(entry, attribute(element, 'programme'))
  const published = partialDate(attribute(element, 'publicationDate'))
  if (published !== null && (entry.updatedOn === null || published > entry.updatedOn)) entry.updatedOn = published
  entry.listedOn ??= partialDate(attribute(element, 'entryIntoForceDate'))
  const title = attribute(element, 'numberTitle')
  if (title !== '') addNote(entry, `Regulation: ${title}${published === null ? '' : `, ${published}`}`)
  addProperty(entry, 'sourceUrl', childText(element, 'publicationUrl'))
}

/** The code where it is of a country of today, else the words; the list says '00' and 'UNKNOWN' for nothing. */
function countryText(element: XmlElement): string {
  const [code, words] = ['countryIso2Code', 'countryDescription'].map((it) => attribute(element, it)) as [
    string,
    string,
  ]
  if (countryCodeOf(words) !== null) return words
  if (countryCodeOf(code) !== null) return code
  return /^unknown$/i.test(words) ? '' : words
}
