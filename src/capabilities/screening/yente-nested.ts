import type { PlainEntity } from '#capabilities/screening/yente-shapes'
import type { RecordView } from '#store/reader'

/** The properties of FollowTheMoney under which what an entity holds is found from its side. */
const reverse: Readonly<Record<string, string>> = {
  Passport: 'identification',
  Identification: 'identification',
  BankAccount: 'bankAccounts',
  CryptoWallet: 'cryptoWallets',
  Address: 'addressEntity',
  Vehicle: 'ownershipOwner',
  Vessel: 'ownershipOwner',
  Airplane: 'ownershipOwner',
  Sanction: 'sanctions',
}

type Held = readonly [key: string, schema: string, properties: Record<string, string[]>]

/**
 * What a record holds, as entities of their own: documents, accounts, wallets, addresses, and for an entry of a list the
 * sanction. The body is that which the caller was given, so that what is kept from it is not here. Relations to other
 * records are not followed: each of them is asked for by itself.
 */
export function nestedOf(view: RecordView, dataset: string): Record<string, PlainEntity[]> {
  const nested: Record<string, PlainEntity[]> = {}
  const plain = { datasets: [dataset], referents: [], target: false, first_seen: null, last_seen: null }
  for (const [key, schema, properties] of heldIn(view.body)) {
    const property = reverse[schema] ?? 'unknownLinkTo'
    const caption = Object.values(properties).flat()[0] ?? schema
    const entity = { ...plain, id: `${view.id}-${key}`, caption, schema, properties, last_change: view.issuedAt }
    nested[property] = [...(nested[property] ?? []), entity]
  }
  return nested
}

function heldIn(body: RecordView['body']): Held[] {
  const found: Held[] = []
  for (const [index, it] of listOf(body.held).entries()) {
    found.push([`held-${index}`, String(it.schema), it.properties as Record<string, string[]>])
  }
  for (const [key, it] of Object.entries(recordOf(body.holds))) {
    const { schema, statements } = recordOf(it)
    found.push([`held-${key}`, String(schema), stated(recordOf(statements))])
  }
  const programmes = Array.isArray(body.programmes) ? body.programmes.map(String) : []
  if (programmes.length > 0) {
    const listingDate = typeof body.listedOn === 'string' ? { listingDate: [body.listedOn] } : {}
    found.push([
      'sanction',
      'Sanction',
      { program: programmes, authorityId: [String(body.reference ?? body.ref)], ...listingDate },
    ])
  }
  return found
}

function stated(statements: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const properties: Record<string, string[]> = {}
  for (const it of Object.values(statements)) {
    const { property, value } = recordOf(it)
    if (typeof property === 'string' && typeof value === 'string')
      properties[property] = [...(properties[property] ?? []), value]
  }
  return properties
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(recordOf) : []
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
