import type { ListEntry } from '#formats/list-entry'
import { addIdentifier } from '#formats/list-identifier'
import { readPeriod } from '#formats/ofac-periods'
import type { References } from '#formats/ofac-references'
import { childrenOf, childText, type XmlElement } from '#formats/xml-elements'

/** One IDRegDocument: its kind, number, issuing country and authority, and its dates of issue and expiry. */
export function addOfacDocument(entry: ListEntry, document: XmlElement, references: References): void {
  const dates = new Map<string, string>()
  for (const it of childrenOf(document, 'DocumentDate')) {
    const label = references.text('IDRegDocDateType', it.attributes.IDRegDocDateTypeID)
    const period = it.children.find((child) => child.name === 'DatePeriod')
    const date = period === undefined ? null : readPeriod(period)
    if (date !== null) dates.set(/expir/i.test(label) ? 'end' : /issue/i.test(label) ? 'start' : label, date.date)
  }
  const others = [...dates].filter(([label]) => label !== 'start' && label !== 'end').map((it) => it.join(' '))
  addIdentifier(entry, {
    type: references.text('IDRegDocType', document.attributes.IDRegDocTypeID) || 'Document',
    number: childText(document, 'IDRegistrationNo'),
    country: references.text('Country', document.attributes['IssuedBy-CountryID']),
    authority: childText(document, 'IssuingAuthority'),
    startDate: dates.get('start'),
    endDate: dates.get('end'),
    summary: [childText(document, 'Comment'), ...others].filter(Boolean).join('; '),
  })
}
