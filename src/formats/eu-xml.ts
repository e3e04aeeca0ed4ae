import { euEntry } from '#formats/eu-entry'
import { rejection } from '#formats/faults'
import { finishEntry, type ListItem } from '#formats/list-entry'
import type { Chunks } from '#formats/text'
import { attribute, readXmlElements } from '#formats/xml-elements'

const shape = { root: 'export', items: new Set(['sanctionEntity']), notThis: 'formats/not-eu-list' } as const

/**
 * Reads the consolidated list of financial sanctions of the European Union (FSF, xmlFullSanctionsList_1_1; namespace
 * http://eu.europa.ec/fpi/fsd/export): a header, then each sanctionEntity by its logicalId. Rejected: one without a
 * logicalId, with one already read, or without a name. Throws `formats/not-eu-list`, also when the root is an export of
 * something else, and the faults of `readXmlElements`.
 */
export async function* readEuList(chunks: Chunks): AsyncGenerator<ListItem> {
  const seen = new Set<string>()
  for await (const item of readXmlElements(chunks, shape)) {
    if (item.kind === 'root') {
      yield { kind: 'header', source: 'eu-fsf', generatedAt: item.attributes.generationDate ?? null }
      continue
    }
    const ref = attribute(item.element, 'logicalId')
    const where = `line ${item.line}`
    if (!/^[\w.-]{1,64}$/.test(ref)) yield rejection(where, 'formats/no-ref', 'The entity has no logicalId to go by.')
    else if (seen.has(ref)) yield rejection(where, 'formats/duplicate-ref', `The logicalId ${ref} was already read.`)
    else {
      seen.add(ref)
      yield finishEntry(euEntry(ref, item.element), ref)
    }
  }
}
