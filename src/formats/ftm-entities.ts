import { formatLimits } from '#formats/faults'
import { addValue, type ListEntry, type ListHeld } from '#formats/list-entry'
import { textParts } from '#formats/text'
import { hashOf } from '#kernel/canonical'
import type { FtmEntity } from '#protocol/ftm-entity'
import { hasProperty } from '#protocol/vocabulary'

/**
 * A list entry as FollowTheMoney entities: the subject, then what it holds, each pointing back with `holder` where its
 * schema has that property. An address has none; its text is also the subject's `address`. Ids are `prefix-ref` and, for
 * what is held, that and a hash of its content, so that they stay the same when the list is read again. FollowTheMoney knows
 * no intervals: '1960/1962' becomes the years 1960, 1961, 1962. What has no property becomes a note.
 */
export function ftmEntities(entry: ListEntry, prefix: string): FtmEntity[] {
  const id = `${prefix}-${entry.ref}`
  const properties: Record<string, string[]> = {}
  for (const name of entry.names) addValue(properties, name.kind, name.value)
  copyProperties(entry.properties, properties)
  for (const programme of entry.programmes) addValue(properties, 'programId', programme)
  for (const held of entry.held) {
    if (held.schema === 'Address') for (const text of held.properties.full ?? []) addValue(properties, 'address', text)
  }
  for (const note of notesOf(entry)) for (const part of textParts(note)) addValue(properties, 'notes', part)
  const root: FtmEntity = { id, schema: entry.schema, caption: entry.names[0]!.value, properties }
  return [root, ...entry.held.map((held) => heldEntity(held, id))]
}

function heldEntity(held: ListHeld, holder: string): FtmEntity {
  const properties: Record<string, string[]> = {}
  copyProperties(held.properties, properties)
  if (hasProperty(held.schema, 'holder')) properties.holder = [holder]
  const id = `${holder}-${hashOf([held.schema, held.properties]).slice(0, 12)}`
  return { id, schema: held.schema, properties }
}

function copyProperties(from: Readonly<Record<string, string[]>>, to: Record<string, string[]>): void {
  for (const [property, values] of Object.entries(from)) {
    for (const value of values) {
      for (const text of property.endsWith('Date') ? yearsOf(value) : [value]) addValue(to, property, text)
    }
  }
}

function yearsOf(date: string): string[] {
  const found = /^(\d{4})[-\d]*\/(\d{4})[-\d]*$/.exec(date)
  if (found === null) return [date]
  const [first, last] = [Number(found[1]), Number(found[2])]
  if (last - first > 50) return [found[1]!, found[2]!]
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
}

function notesOf(entry: ListEntry): string[] {
  return [
    entry.reference === null ? '' : `Reference ${entry.reference}`,
    entry.listedOn === null ? '' : `Listed on ${entry.listedOn}`,
    entry.updatedOn === null ? '' : `Updated on ${entry.updatedOn}`,
    ...entry.linkedTo.map((it) => `Linked to ${it}`),
    entry.remarks ?? '',
  ].slice(0, formatLimits.valuesPerProperty)
}
