import { fault, formatLimits, rejection } from '#formats/faults'
import {
  addLink,
  addNote,
  addProgramme,
  finishEntry,
  type ListEntry,
  type ListItem,
  newEntry,
  promoteName,
} from '#formats/list-entry'
import type { ListPlace } from '#formats/list-identifier'
import { addOfacDocument } from '#formats/ofac-documents'
import { addOfacFeature, readOfacPlace } from '#formats/ofac-features'
import { addPartyNames } from '#formats/ofac-party-names'
import { readPoint } from '#formats/ofac-periods'
import { openReferences, type References, referenceNames } from '#formats/ofac-references'
import type { Chunks } from '#formats/text'
import { attribute, childrenOf, childText, readXmlElements, type XmlElement } from '#formats/xml-elements'
import type { SchemaName } from '#protocol/vocabulary'

const sections = [
  'DateOfIssue',
  'Location',
  'IDRegDocument',
  'DistinctParty',
  'ProfileRelationship',
  'SanctionsEntry',
] as const
const shape = {
  root: 'Sanctions',
  items: new Set<string>([...referenceNames, ...sections]),
  notThis: 'formats/not-ofac-list',
} as const
const schemas: Readonly<Record<string, SchemaName>> = {
  individual: 'Person',
  entity: 'Organization',
  vessel: 'Vessel',
  aircraft: 'Airplane',
}

/**
 * Reads OFAC's advanced model (sdn_advanced.xml, cons_advanced.xml; namespace …/exports/ADVANCED_XML): one entry for each
 * profile, with its names in every script, features, documents, relationships and designations. The schema fixes the order
 * of the sections: code lists, locations and documents come before the parties and are held; designations and relationships
 * come behind them, so entries are held until the end and given out then. Rejected: a profile without an id or of an unknown
 * kind, a document, designation or relationship whose party the file does not have. Throws `formats/not-ofac-list`,
 * `formats/too-large` and the faults of `readXmlElements`.
 */
export async function* readOfacAdvanced(chunks: Chunks): AsyncGenerator<ListItem> {
  const reading = startReading()
  let generatedAt: string | null = null
  for await (const item of readXmlElements(chunks, shape)) {
    if (item.kind === 'root') continue
    if (item.element.name === 'DateOfIssue') generatedAt = readPoint(item.element)
    else reading.take(item.element, item.line)
  }
  yield { kind: 'header', source: 'ofac-advanced', generatedAt }
  yield* reading.finish()
}

function startReading() {
  const references = openReferences()
  const places = new Map<string, ListPlace>()
  const documents = new Map<string, XmlElement[]>()
  const entries = new Map<string, ListEntry>()
  const rejected: ListItem[] = []
  let held = 0

  const addDocument = (document: XmlElement) => {
    if (entries.size > 0) throw fault('formats/not-ofac-list', 'Documents stand behind the parties that hold them.')
    const identity = attribute(document, 'IdentityID')
    const list = documents.get(identity)
    if (list === undefined) documents.set(identity, [document])
    else list.push(document)
    if (++held > formatLimits.sideRows) throw fault('formats/too-large', 'The file has too many documents.')
  }

  const addParty = (party: XmlElement, line: number) => {
    const profiles = childrenOf(party, 'Profile')
    for (const profile of profiles) {
      const ref = attribute(profile, 'ID') || attribute(party, 'FixedRef')
      if (!/^[\w.-]{1,64}$/.test(ref))
        rejected.push(rejection(`line ${line}`, 'formats/no-ref', 'The profile has no ID to go by.'))
      else if (entries.has(ref))
        rejected.push(rejection(`line ${line}`, 'formats/duplicate-ref', `The profile ${ref} was already read.`))
      else addProfile(ref, profile, party)
    }
    if (profiles.length === 0) rejected.push(rejection(`line ${line}`, 'formats/no-name', 'The party has no profile.'))
  }

  const addProfile = (ref: string, profile: XmlElement, party: XmlElement) => {
    const kind = kindOf(profile, references)
    const schema = schemas[kind.toLowerCase()]
    if (schema === undefined) {
      rejected.push(rejection(ref, 'formats/unknown-type', `The kind '${kind.slice(0, 64)}' is unknown.`))
      return
    }
    const entry = newEntry(ref, schema)
    const identities = childrenOf(profile, 'Identity')
    for (const identity of identities.toSorted((a, b) => rank(a) - rank(b))) {
      addPartyNames(entry, identity, references)
      const id = attribute(identity, 'ID')
      for (const document of documents.get(id) ?? []) addOfacDocument(entry, document, references)
      documents.delete(id)
    }
    promoteName(entry)
    const onMissing = (id: string) =>
      rejected.push(rejection(ref, 'formats/orphan', `The file has no location ${id.slice(0, 64)}.`))
    for (const feature of [...childrenOf(profile, 'Feature'), ...childrenOf(party, 'Feature')])
      addOfacFeature(entry, feature, { references, places, onMissing })
    for (const it of [party, profile]) addNote(entry, childText(it, 'Comment'))
    entries.set(ref, entry)
    if (entries.size > formatLimits.entries) throw fault('formats/too-large', 'The file has too many parties.')
  }

  const addDesignation = (designation: XmlElement) => {
    const ref = attribute(designation, 'ProfileID')
    const entry = entries.get(ref)
    if (entry === undefined) rejected.push(rejection(ref, 'formats/orphan', `No party has the profile ${ref}.`))
    else addOfacDesignation(entry, designation, references)
  }

  const addRelationship = (relationship: XmlElement) => {
    const [from, to] = ['From-ProfileID', 'To-ProfileID'].map((it) => entries.get(attribute(relationship, it)))
    if (from === undefined || to === undefined) {
      const where = `relationship ${attribute(relationship, 'ID')}`
      rejected.push(rejection(where, 'formats/orphan', 'An end of the relationship is not in the file.'))
      return
    }
    const name = to.names[0]?.value ?? to.ref
    addLink(from, name)
    const kind = references.text('RelationType', relationship.attributes.RelationTypeID)
    addNote(from, [`${kind || 'Linked to'}: ${name}`, childText(relationship, 'Comment')].filter(Boolean).join('; '))
  }

  return {
    take(element: XmlElement, line: number): void {
      if (references.take(element)) return
      if (element.name === 'Location') places.set(attribute(element, 'ID'), readOfacPlace(element, references))
      else if (element.name === 'IDRegDocument') addDocument(element)
      else if (element.name === 'DistinctParty') addParty(element, line)
      else if (element.name === 'ProfileRelationship') addRelationship(element)
      else addDesignation(element)
    },
    *finish(): Generator<ListItem> {
      for (const [ref, entry] of entries) yield finishEntry(entry, ref)
      yield* rejected
      for (const it of [...documents.values()].flat()) {
        const id = attribute(it, 'ID')
        yield rejection(`document ${id}`, 'formats/orphan', 'The party that holds the document is not in the file.')
      }
    },
  }
}

function rank(identity: XmlElement): number {
  return identity.attributes.Primary === 'true' ? 0 : 1
}

/** The sub-type says 'Vessel' or 'Aircraft'; of persons and organisations it says 'Unknown', and the type tells them apart. */
function kindOf(profile: XmlElement, references: References): string {
  const id = profile.attributes.PartySubTypeID
  const subType = references.text('PartySubType', id)
  if (schemas[subType.toLowerCase()] !== undefined) return subType
  return references.text('PartyType', references.element('PartySubType', id)?.attributes.PartyTypeID)
}

/** A SanctionsEntry: the list, the programmes among its measures, when and on what basis it was made. */
function addOfacDesignation(entry: ListEntry, designation: XmlElement, references: References): void {
  const list = references.text('List', designation.attributes.ListID)
  if (list !== '') addNote(entry, `List: ${list}`)
  for (const measure of childrenOf(designation, 'SanctionsMeasure')) {
    const kind = references.text('SanctionsType', measure.attributes.SanctionsTypeID)
    const comment = childText(measure, 'Comment')
    if (/^program$/i.test(kind) && comment !== '') addProgramme(entry, comment)
    else addNote(entry, [kind, comment].filter(Boolean).join(': '))
  }
  for (const event of childrenOf(designation, 'EntryEvent')) {
    const date = childrenOf(event, 'Date').map(readPoint)[0] ?? null
    if (date !== null && (entry.listedOn === null || date < entry.listedOn)) entry.listedOn = date
    const basis = references.text('LegalBasis', event.attributes.LegalBasisID)
    if (basis !== '' && basis !== 'Unknown') addNote(entry, `Legal basis: ${basis}`)
    addNote(entry, childText(event, 'Comment'))
  }
}
