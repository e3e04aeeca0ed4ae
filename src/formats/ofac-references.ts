import { plainText } from '#formats/text'
import { attribute, type XmlElement } from '#formats/xml-elements'

/** The code lists at the head of OFAC's advanced file whose values other sections name by their ID. */
export const referenceNames = [
  'AliasType',
  'AreaCode',
  'Country',
  'DetailReference',
  'EntryEventType',
  'FeatureType',
  'IDRegDocDateType',
  'IDRegDocType',
  'LegalBasis',
  'List',
  'LocPartType',
  'NamePartType',
  'PartySubType',
  'PartyType',
  'RelationType',
  'SanctionsType',
  'Script',
] as const
export type ReferenceName = (typeof referenceNames)[number]

export interface References {
  take(element: XmlElement): boolean
  /** The text of a value; empty when the file does not have it. */
  text(name: ReferenceName, id: string | undefined): string
  element(name: ReferenceName, id: string | undefined): XmlElement | undefined
}

export function openReferences(): References {
  const values = new Map<string, XmlElement>()
  const known = new Set<string>(referenceNames)
  const element = (name: ReferenceName, id: string | undefined) => values.get(`${name} ${id}`)
  return {
    take(value) {
      if (!known.has(value.name)) return false
      values.set(`${value.name} ${attribute(value, 'ID')}`, value)
      return true
    },
    element,
    text: (name, id) => plainText(element(name, id)?.text ?? ''),
  }
}
