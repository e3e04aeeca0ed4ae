import { addHeld, addProperty, type ListEntry } from '#formats/list-entry'
import { partialDate } from '#formats/partial-date'
import { countryOf } from '#kernel/countries'
import type { SchemaName } from '#protocol/vocabulary'

/** Labels whose number registers the subject with an authority; the number is also a property of the subject. */
const registrations =
  /^(registration (number|id)|(uk |business )?company number|company number|commercial registry|c\.r\. no|business (registration|number)|folio mercantil|matricula mercantil|trade license|license|public registration|chamber of commerce|dubai chamber|certificate of incorporation|enterprise number|registered charity|legal entity number|branch unit|file number|un(ited|ified) social credit|government gazette|economic register)/i
const taxes =
  /^(tax id|nit\b|r\.?f\.?c\b|ruc\b|rif\b|v\.a\.t|us fein|italian fiscal|c\.u\.i\.t|rtn\b|fiscal code|cuit\b|trn\b)/i
/** Labels that no 'No.', 'Number', 'ID' or '#' ends. */
const bareLabels =
  /^((?:diplomatic |stateless person |british national overseas |u\.s\.a\. )?passport(?: booklet:?| #| no\.:?)?|ssn|nit #|nit|ruc #|ruc|rif #|rif|r\.f\.c\. #|r\.f\.c\.|rfc|c\.u\.r\.p\. #|c\.u\.r\.p\.|c\.u\.i\.t\.|c\.u\.i\.p\.|c\.u\.i\.|d\.n\.i\.|i\.f\.e\.|rtn|us fein|license|credencial electoral|cartilla de servicio militar nacional|personal id card|tazkira national id card|italian fiscal code|chinese commercial code|bik \(ru\)|cnp \(personal numerical code\)|numero de identidad|matricula mercantil no|visanumberid|moroccan personal id|v\.a\.t\. number|un\/locode|c\.i\.f\.|n\.i\.e\.|rsin|uae identification|tarjeta profesional|romanian (?:c\.r\.|tax registration|permanent resident)|seafarer's identification document|numero unico de identificacao tributaria \(nuit\))(?:[: ] ?|(?<=#))(?=\S)/i
const namedLabels =
  /^([\p{L}'’./()& -]{2,60}?(?:\bNo\.|\bNumber|\bID|\bCode(?: \([A-Z]{3,6}\))?(?: Certificate \([A-Z]{3,6}\))?| #))(?: No\.| Number| #)?:? ?(?=\S)/u
const date = '((?:\\d{1,2} )?(?:[A-Z][a-z]{2} )?\\d{4})'
const period = new RegExp(`^(.*?)(?: issued ${date}(?: to ${date})?)?(?: expires ${date}(?: to ${date})?)?$`)

/** Which property of the subject itself a number of this label also is; null when it is only a document's. */
export function propertyOfNumber(label: string, schema: SchemaName): 'registrationNumber' | 'taxNumber' | null {
  if (registrations.test(label)) return 'registrationNumber'
  return taxes.test(label) && schema !== 'Vessel' && schema !== 'Airplane' ? 'taxNumber' : null
}

interface NumberedDocument {
  readonly label: string
  readonly number: string
  readonly country: string | null
  readonly startDate: string | null
  readonly endDate: string | null
  readonly summary: string
}

/**
 * Adds 'LABEL NUMBER (Country) issued 01 Jan 2010 expires 01 Jan 2020' as a held Passport or Identification; a number of a
 * registration or a tax is also the subject's own. False when the text is nothing of the kind: no known label, or no digit.
 */
export function addOfacNumber(entry: ListEntry, text: string): boolean {
  if (text.length > 300 || /^(?:former|previous|fax)\b/i.test(text)) return false
  const found = readDocument(text)
  if (found === null) return false
  const { label, number } = found
  addHeld(entry, /passport/i.test(label) ? 'Passport' : 'Identification', {
    type: label,
    number,
    country: found.country,
    startDate: found.startDate,
    endDate: found.endDate,
    summary: found.summary,
  })
  const property = propertyOfNumber(label, entry.schema)
  if (property !== null) addProperty(entry, property, number)
  return true
}

function readDocument(text: string): NumberedDocument | null {
  const [, head, issued, issuedTo, expires, expiresTo] = period.exec(text) as unknown as [string, string, ...string[]]
  const label = (bareLabels.exec(head) ?? namedLabels.exec(head))?.[0]
  if (label === undefined) return null
  const { written, brackets } = takeBrackets(head.slice(label.length).trim())
  const { system, number, prose } = takeProse(written)
  if (!/\d/.test(number) && !/^[A-Z]{10,20}$/.test(number)) return null
  const places = [...brackets, ...prose.split(', ')]
  const country = places.map(countryOf).find((it) => it !== null) ?? null
  return {
    label: `${label.replace(/[:\s]+$/, '').replace(/ #$/, '')}${system}`,
    number,
    country,
    startDate: issued === undefined ? null : partialDate(issued),
    endDate: expires === undefined ? null : partialDate(expires),
    summary: [
      ...brackets.filter((it) => countryOf(it) === null),
      countryOf(prose) === null ? prose : '',
      issuedTo === undefined ? '' : `issued ${issued} to ${issuedTo}`,
      expiresTo === undefined ? '' : `expires ${expires} to ${expiresTo}`,
    ]
      .filter((it) => it !== '')
      .join('; '),
  }
}

/** 'CUD: A2014', '1372584, Kenya', 'OR801168 issued under the name …': the system and the prose stand apart. */
function takeProse(written: string): { system: string; number: string; prose: string } {
  const system = /^[A-Z]{2,5}(?=: \d|: [A-Z])/.exec(written)?.[0] ?? ''
  const text = system === '' ? written : written.slice(system.length + 2)
  const at = text.search(/, | (?:and|issued|expired|at) /)
  const number = (at === -1 ? text : text.slice(0, at)).replace(/^\((\d+)\)$/, '$1')
  return {
    system: system === '' ? '' : ` (${system})`,
    number: /^(?:issued|expires)\b/.test(number) ? '' : number,
    prose: at === -1 ? '' : text.slice(at).replace(/^,? /, ''),
  }
}

/** '343997 (Jalisco) (Mexico)' is the number 343997 with two remarks; 'C234897(0)' is a number as it stands. */
function takeBrackets(text: string): { written: string; brackets: string[] } {
  const brackets: string[] = []
  let written = text
  while (written.endsWith(')')) {
    const open = written.lastIndexOf(' (')
    if (open <= 0) break
    brackets.unshift(written.slice(open + 2, -1))
    written = written.slice(0, open).trim()
  }
  return { written, brackets }
}
