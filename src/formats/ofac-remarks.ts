import { formatLimits } from '#formats/faults'
import { addHeld, addLink, addName, addNote, addProperty, addRemark, type ListEntry } from '#formats/list-entry'
import { addOfacNumber } from '#formats/ofac-numbers'
import { ofacName } from '#formats/ofac-side-files'
import { dateRange, partialDate } from '#formats/partial-date'
import { plainText } from '#formats/text'
import { countryOf } from '#kernel/countries'

type Segment = (entry: ListEntry, rest: string) => boolean

/** What a part of the remarks begins with, and what takes its rest; a taker that cannot use the rest says false. */
const segments: readonly (readonly [RegExp, Segment])[] = [
  [/^DOB /, addBirthDate],
  [/^POB /, addBirthPlace],
  [/^nationality /, (entry, rest) => addNationality(entry, rest, 'nationality')],
  [/^citizen /, (entry, rest) => addNationality(entry, rest, 'citizenship')],
  [/^Nationality of Registration /, (entry, rest) => addCountry(entry, 'country', rest)],
  [/^Gender (?=(?:fe)?male$)/i, (entry, rest) => add(entry, 'gender', rest.toLowerCase())],
  [/^(?=(?:[afn]\.k|d\.b)\.a\. ')/, addQuotedName],
  [/^Linked To: /, addLinked],
  [/^Digital Currency Address - /, addWallet],
  [/^E-?mail(?: Address)?:? ?(?=\S+@)/i, (entry, rest) => add(entry, 'email', rest)],
  [/^(?:Website:? (?=\S)|(?=www\.\S+$))/i, (entry, rest) => add(entry, 'website', rest)],
  [/^(?:Alt\. )?(?:Phone|Telephone)(?: Number| No\.)?:? (?=[\d(+])/i, (entry, rest) => add(entry, 'phone', rest)],
  [/^SWIFT\/BIC (?=[A-Z\d]{8,11}$)/, (entry, rest) => add(entry, 'swiftBic', rest)],
  [/^MMSI (?=\d{9}$)/, (entry, rest) => add(entry, 'mmsi', rest)],
  [/^Vessel Registration Identification IMO (?=\d{7}$)/, (entry, rest) => add(entry, 'imoNumber', rest)],
  [/^Vessel Registration Identification (?=\d+$)/, (entry, rest) => add(entry, 'registrationNumber', rest)],
  [/^Other Vessel Call Sign /, (entry, rest) => add(entry, 'callSign', rest)],
  [/^Other Vessel Type /, (entry, rest) => add(entry, 'type', rest)],
  [/^Other Vessel Flag /, (entry, rest) => addCountry(entry, 'flag', rest)],
  [/^Aircraft Model /, (entry, rest) => add(entry, 'model', rest)],
  [/^Aircraft Operator /, (entry, rest) => add(entry, 'operator', rest)],
  [/^Aircraft Manufacture Date /, (entry, rest) => addDate(entry, 'buildDate', rest)],
  [/^Aircraft Manufacturer's Serial Number \(MSN\) /, (entry, rest) => add(entry, 'serialNumber', rest)],
  [/^Aircraft Construction Number \([^)]{1,60}\) /, (entry, rest) => add(entry, 'serialNumber', rest)],
  [/^Aircraft Serial Identification /, (entry, rest) => add(entry, 'serialNumber', rest)],
  [/^Aircraft Tail Number /, (entry, rest) => add(entry, 'registrationNumber', rest)],
  [/^Aircraft Mode S Transponder Code /, (entry, rest) => add(entry, 'icaoCode', rest)],
  [/^Organization Established Date /, (entry, rest) => addDate(entry, 'incorporationDate', rest)],
  [/^Organization Type: /, (entry, rest) => add(entry, 'sector', rest)],
  [/^Rank /, (entry, rest) => add(entry, 'title', rest)],
  [/^(?:Alternate Title[,:]|(?:Alt\. )?Position:|Title) /, (entry, rest) => add(entry, 'position', rest)],
]

/** Remarks longer than their column go on in the comments file, in the middle of a word. */
export function joinRemarks(remarks: string | null, comments: readonly string[]): string | null {
  let whole = remarks ?? ''
  for (const comment of comments) whole += whole === '' || !/\.\s*$/.test(whole) ? comment : ` ; ${comment}`
  return whole.trim() === '' ? null : whole
}

/**
 * Takes OFAC's remarks apart at their semicolons ('DOB 08 Sep 1966; POB Privalka, Grodno Oblast, Belarus; nationality
 * Belarus; a.k.a. 'X'; Passport 1 (Belarus) expires 01 Jan 2030; …') into properties, weak names, links and held documents.
 * What none of it is stays in the entry's remarks, in order.
 */
export function addOfacRemarks(entry: ListEntry, remarks: string | null): void {
  if (remarks === null) return
  const rest: string[] = []
  const pieces = remarks
    .slice(0, formatLimits.field)
    .replace(/\.\s*$/, keepAbbreviation)
    .split(';')
  for (const piece of pieces) {
    const text = plainText(piece)
    if (text !== '' && !addOfacSegment(entry, text)) rest.push(text)
  }
  if (rest.length > 0) addRemark(entry, rest.join('; '))
}

/** The remarks end in a full stop, and so do abbreviations: 'S.A.' keeps its own. */
function keepAbbreviation(stop: string, at: number, text: string): string {
  return /[ .][A-Za-z]$/.test(text.slice(Math.max(0, at - 2), at)) ? stop : ''
}

/** Takes one part of the remarks, such as 'Aircraft Model B747'; false when it is nothing that is known. */
export function addOfacSegment(entry: ListEntry, text: string): boolean {
  const bare = text.startsWith('alt. ') ? text.slice(5) : text
  const titles = [...(entry.properties.position ?? []), ...(entry.properties.title ?? [])]
  if (titles.some((it) => it === text || it === `${text}.`)) return true // OFAC repeats the title column in the remarks
  for (const [start, take] of segments) {
    const found = start.exec(bare)
    if (found !== null) return take(entry, bare.slice(found[0].length))
  }
  return addOfacNumber(entry, bare)
}

function add(entry: ListEntry, property: string, value: string): boolean {
  addProperty(entry, property, value)
  return true
}

function addDate(entry: ListEntry, property: string, text: string): boolean {
  const date = readDate(text)
  return date !== null && add(entry, property, date)
}

function addCountry(entry: ListEntry, property: string, text: string): boolean {
  const country = countryOf(text)
  return country !== null && add(entry, property, country)
}

function addBirthDate(entry: ListEntry, rest: string): boolean {
  const circa = rest.startsWith('circa ')
  const text = circa ? rest.slice(6) : rest
  const date = readDate(text)
  if (date === null) return false
  if (circa) addNote(entry, `Date of birth ${date}: approximate (circa)`)
  return add(entry, 'birthDate', date)
}

function readDate(text: string): string | null {
  const [from, to] = /^\d{4}-\d{4}$/.test(text) ? text.split('-') : text.split(' to ')
  return to === undefined ? partialDate(text) : dateRange(from!, to)
}

function addBirthPlace(entry: ListEntry, rest: string): boolean {
  const parts = rest.split(', ')
  // the country is the last part, or the last two: 'Korea, North', 'Congo, Democratic Republic of the'
  const country = countryOf(parts.slice(-2).join(', ')) ?? countryOf(parts.at(-1)!)
  if (country !== null) addProperty(entry, 'birthCountry', country)
  return add(entry, 'birthPlace', rest)
}

function addNationality(entry: ListEntry, rest: string, property: string): boolean {
  return addCountry(entry, entry.schema === 'Person' ? property : 'country', rest)
}

function addQuotedName(entry: ListEntry, rest: string): boolean {
  const quality = rest.slice(0, 6)
  const quoted = rest.slice(7).trim()
  if (quoted.length < 3 || !quoted.endsWith("'")) return false
  const { value } = ofacName(entry.schema, quoted.slice(1, -1))
  // OFAC's rule: a name in quotation marks is a weak alias (OFAC FAQ 122)
  addName(entry, { value, kind: quality === 'f.k.a.' ? 'previousName' : 'weakAlias', quality })
  return true
}

function addLinked(entry: ListEntry, rest: string): boolean {
  addLink(entry, rest)
  return true
}

function addWallet(entry: ListEntry, rest: string): boolean {
  const found = /^([A-Z\d]{2,10}) (\S{10,200})$/.exec(rest)
  if (found === null) return false
  addHeld(entry, 'CryptoWallet', { publicKey: found[2]!, currency: found[1]! })
  return true
}
