import { z } from 'zod'
import type { ListEntry } from '#formats/list-entry'
import type { FtmEntity } from '#protocol/ftm-entity'
import type { RecordKind } from '#protocol/record-kind'
import { heldSchemata, nodeSchemata } from '#protocol/vocabulary'

/** One entry of a published list, as a record of the node that imported it. Grading and category stand in the header. */

const Text = z.string().max(16_384)
const Properties = z.record(z.string().max(64), z.array(Text).max(2_000))

export const Listing = z.strictObject({
  list: z.string().regex(/^[a-z0-9-]{2,40}$/),
  ref: z.string().max(64),
  reference: Text.nullable(),
  schema: z.enum(nodeSchemata),
  names: z
    .array(
      z.strictObject({
        value: Text,
        kind: z.enum(['name', 'alias', 'weakAlias', 'previousName']),
        quality: Text.nullable(),
        lang: z.string().max(20).optional(),
        script: z.string().max(20).optional(),
      }),
    )
    .max(2_000),
  properties: Properties,
  held: z.array(z.strictObject({ schema: z.enum(heldSchemata), properties: Properties })).max(1_000),
  programmes: z.array(Text).max(200),
  linkedTo: z.array(Text).max(2_000),
  listedOn: Text.nullable(),
  updatedOn: Text.nullable(),
  remarks: Text.nullable(),
})
export type Listing = z.infer<typeof Listing>

export function listingOf(list: string, entry: ListEntry): Listing {
  return { list, ...entry } as unknown as Listing
}

const identifying: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Passport: { number: 'passportNumber', passportNumber: 'passportNumber' },
  Identification: { number: 'idNumber' },
  BankAccount: { iban: 'iban', accountNumber: 'accountNumber' },
  CryptoWallet: { publicKey: 'publicKey' },
  Address: { full: 'address', country: 'country' },
}

/** The entry as one flat entity, for matching. */
export function flattenListing({ schema, names, properties, held, programmes }: Listing, id: string): FtmEntity {
  const flat: Record<string, string[]> = { ...properties, programId: programmes }
  const add = (property: string, value: string) => {
    const values = flat[property] ?? []
    if (!values.includes(value)) flat[property] = [...values, value]
  }
  for (const { kind, value } of names) add(kind, value)
  for (const it of held) {
    for (const [from, to] of Object.entries(identifying[it.schema] ?? {})) {
      for (const value of it.properties[from] ?? []) add(to, value)
    }
  }
  return { id, schema, caption: names[0]?.value ?? id, properties: flat }
}

export const listingKind: RecordKind<Listing> = {
  type: 'listing',
  schema: 1,
  Body: Listing,
  caption: ({ names, reference, ref }) => names[0]?.value ?? reference ?? ref,
  matching: { as: 'list', entity: flattenListing },
}
