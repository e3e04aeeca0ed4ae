import type { Segment } from '#formats/travel/edifact-segment'
import { sexOf } from '#formats/travel/stated-sex'
import { type TravelCountry, travelCountry } from '#formats/travel/travel-country'
import { type ResolvedDate, resolveDate, resolveNamedDate } from '#formats/travel/travel-dates'
import { type TravelName, travelName } from '#formats/travel/travel-name'
import type { StatedSex, TravelDocument } from '#formats/travel/traveller'
import codes from './paxlst-codes.json' with { type: 'json' }

const documentKinds: Readonly<Record<string, string>> = codes.documents

/** What one SSR DOCS says of its traveller. */
export interface DocsRecord {
  readonly document: TravelDocument | null
  readonly nationality: TravelCountry | null
  readonly birthDate: ResolvedDate | null
  readonly sex: StatedSex | null
  /** The sex came with the mark of an infant ('MI', 'FI'). */
  readonly isInfant: boolean
  readonly name: TravelName | null
  /** The fields did not stand in their order, and were found by the birth date among them. */
  readonly wasMisaligned: boolean
}

export interface StatedAddress {
  /** 'R' residence, 'D' destination, 'B' birth; empty when not said. */
  readonly type: string
  readonly country: TravelCountry | null
  /** Street, city, region and postal code, as far as they are given. */
  readonly lines: readonly string[]
}

/** The slash-separated text of an SSR that has one: the component with the most slashes, and what follows it. */
export function slashText(segment: Segment): string[] | null {
  for (const element of segment.elements) {
    const at = element.findIndex((it) => it.split('/').length > 3)
    if (at === -1) continue
    const fields = element
      .slice(at)
      .join(':')
      .split('/')
      .map((it) => it.trim())
    return fields[0] === '' ? fields.slice(1) : fields
  }
  return null
}

/**
 * SSR DOCS: type, issuer, number, nationality, birth date, sex, expiry, family name, given names. Null when there is nothing in it.
 */
export function readDocs(fields: readonly string[], today: string): DocsRecord | null {
  const birthAt = fields.findIndex(isDate)
  const isShifted = birthAt !== -1 && birthAt !== 4 && !isDate(fields[4] ?? '') && (fields[4] ?? '') !== ''
  const shift = isShifted ? birthAt - 4 : 0
  const at = (index: number) => fields[index + shift] ?? ''
  const [type, issuer, number] = shift < 0 ? ['', '', fields[Math.max(0, birthAt - 2)] ?? ''] : [at(0), at(1), at(2)]
  const sex = sexOf(at(5))
  const expiry = dateOf(at(6), 'expiry', today)
  const document: TravelDocument = {
    type: type.toUpperCase(),
    kind: documentKinds[type.toUpperCase()] ?? null,
    number,
    issuer: travelCountry(issuer),
    expiry,
  }
  const hasDocument = type !== '' || number !== '' || issuer !== '' || expiry !== null
  const record: DocsRecord = {
    document: hasDocument ? document : null,
    nationality: travelCountry(at(3)),
    birthDate: dateOf(at(4), 'birth', today),
    sex: at(5) === '' ? null : { raw: at(5), value: sex },
    isInfant: /^[MF]I$/i.test(at(5)),
    name: travelName(at(7), fields.slice(8 + shift, 10 + shift)),
    wasMisaligned: isShifted,
  }
  return hasDocument || record.nationality !== null || record.birthDate !== null || record.name !== null ? record : null
}

/** SSR DOCO: place of birth, type, number, place of issue, date of issue, country where it holds. */
export function readDoco(fields: readonly string[]): { document: TravelDocument | null; birthPlace: string | null } {
  const [birthPlace = '', type = '', number = '', , , country = ''] = fields
  const code = type.toUpperCase()
  const document = {
    type: code,
    kind: documentKinds[code] ?? null,
    number,
    issuer: travelCountry(country),
    expiry: null,
  }
  return { document: number === '' ? null : document, birthPlace: birthPlace === '' ? null : birthPlace }
}

/** SSR DOCA: type, country, street, city, region, postal code. */
export function readDoca(fields: readonly string[]): StatedAddress | null {
  const [type = '', country = '', ...lines] = fields
  const filled = lines.slice(0, 4).filter((it) => it !== '')
  return country === '' && filled.length === 0 ? null : { type, country: travelCountry(country), lines: filled }
}

const isDate = (text: string) => /^\d{2}[A-Z]{3}(?:\d{2}|\d{4})$/i.test(text)

function dateOf(text: string, use: 'birth' | 'expiry', today: string): ResolvedDate | null {
  if (text === '') return null
  return isDate(text) ? resolveNamedDate(text, use, today) : resolveDate(text, use, today)
}
