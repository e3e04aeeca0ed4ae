import type { Listing } from '#capabilities/lists/record'

/** What of an entry is different: values that it had and has no more, and those that are new. */
export interface FieldChange {
  readonly field: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Fields in the order in which a person reads an entry: names, what tells people apart, documents, the listing itself. */
export function compareListings(before: Listing, after: Listing): FieldChange[] {
  const [old, young] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...young.keys(), ...old.keys()])].flatMap((field) => {
    const [had, has] = [old.get(field) ?? [], young.get(field) ?? []]
    const change = { field, before: without(had, has), after: without(has, had) }
    return change.before.length === 0 && change.after.length === 0 ? [] : [change]
  })
}

/** Every value of an entry by its field; held documents and addresses are one line each. */
export function fieldsOf(listing: Listing): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  const add = (field: string, value: string | null) => {
    if (value === null || value === '') return
    const values = fields.get(field)
    if (values === undefined) fields.set(field, [value])
    else values.push(value)
  }
  add('schema', listing.schema)
  for (const { kind, value, quality } of listing.names) add(kind, quality === null ? value : `${value} (${quality})`)
  for (const [property, values] of Object.entries(listing.properties)) for (const it of values) add(property, it)
  for (const { schema, properties } of listing.held) add(schema, Object.values(properties).flat().join(' · '))
  for (const it of listing.programmes) add('programmes', it)
  for (const it of listing.linkedTo) add('linkedTo', it)
  for (const field of ['reference', 'listedOn', 'updatedOn', 'remarks'] as const) add(field, listing[field])
  return fields
}

function without(values: readonly string[], others: readonly string[]): string[] {
  return values.filter((it) => !others.includes(it))
}
