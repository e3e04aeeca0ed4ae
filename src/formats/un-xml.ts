import { rejection } from '#formats/faults'
import { finishEntry, type ListItem } from '#formats/list-entry'
import type { Chunks } from '#formats/text'
import { unEntry } from '#formats/un-entry'
import { childText, readXmlElements } from '#formats/xml-elements'

const shape = {
  root: 'CONSOLIDATED_LIST',
  items: new Set(['INDIVIDUAL', 'ENTITY']),
  notThis: 'formats/not-un-list',
} as const

/**
 * Reads the United Nations Security Council Consolidated List as XML (https://scsanctions.un.org/resources/xml/en/
 * consolidated.xml): a header, then every individual (Person) and entity (Organization) in the order of the file. An entry
 * without DATAID, with one already seen or without a name is rejected. Throws `formats/not-un-list` and the faults of
 * `readXmlElements`. A fault in the middle means that the list is not whole: what was yielded before is not the list.
 */
export async function* readUnList(chunks: Chunks): AsyncGenerator<ListItem> {
  const seen = new Set<string>()
  for await (const item of readXmlElements(chunks, shape)) {
    if (item.kind === 'root') {
      yield { kind: 'header', source: 'un-sc', generatedAt: item.attributes.dateGenerated ?? null }
      continue
    }
    const ref = childText(item.element, 'DATAID')
    const where = `line ${item.line}`
    if (!/^[\w.-]{1,64}$/.test(ref)) yield rejection(where, 'formats/no-ref', 'The entry has no DATAID to go by.')
    else if (seen.has(ref)) yield rejection(where, 'formats/duplicate-ref', `The DATAID ${ref} was already read.`)
    else {
      seen.add(ref)
      yield finishEntry(unEntry(ref, item.element), ref)
    }
  }
}
