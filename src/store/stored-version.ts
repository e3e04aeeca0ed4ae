import type { RecordId } from '#kernel/ids'
import { parseJson } from '#kernel/json'
import type { Disclosure, SignedRecord } from '#protocol/record'
import { markVerified, type Verified } from '#protocol/verified'
import type { Store } from '#store/store'

const limits = { bytes: 16_777_216, depth: 48 }

/** A version as it was written, with all the disclosures that this node holds. It was verified before. */
export function storedVersion({
  signed,
  disclosures,
}: {
  signed: string
  disclosures: string
}): Verified<SignedRecord> {
  const { text, signature } = parseJson(signed, limits) as Pick<SignedRecord, 'text' | 'signature'>
  return markVerified({ text, signature, disclosures: parseJson(disclosures, limits) as Disclosure[] })
}

/** A version that this node has, and whether it is the newest that it has; `undefined` when it has not exactly this one. */
export async function readVersion(
  store: Store,
  { id, version, hash }: { id: RecordId; version: number; hash: string },
): Promise<{ record: Verified<SignedRecord>; isNewest: boolean } | undefined> {
  const row = await store.db
    .selectFrom('record_versions as it')
    .innerJoin('records', 'records.id', 'it.record_id')
    .select(['it.signed', 'it.disclosures', 'records.version as newest'])
    .where('it.record_id', '=', id)
    .where('it.version', '=', version)
    .where('it.hash', '=', hash)
    .executeTakeFirst()
  return row && { record: storedVersion(row), isNewest: row.newest === version }
}
