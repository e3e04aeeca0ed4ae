import { fault } from '#capabilities/sightings/faults'
import { checkCompanions } from '#capabilities/sightings/forming'
import type { Sighting } from '#capabilities/sightings/record'
import type { RecordId } from '#kernel/ids'
import { readHolders } from '#store/holdings'
import type { RecordReceiver } from '#wire/receiver'

/**
 * The owner of the record takes sightings from those to whom the record went, and answers everybody else as if there were no
 * such record. Others to whom a sighting is sent do not say whether they hold the record: its holders are not told of each other.
 */
export const receiveSighting: RecordReceiver = async (record, { store }) => {
  const body = record.body as unknown as Sighting
  checkCompanions(body, record.marks, record.issuedAt)
  const rows = await store.db
    .selectFrom('records')
    .select(['id', 'owner', 'type', 'state'])
    .where('id', 'in', [body.about, record.id])
    .execute()
  const about = rows.find((it) => it.id === body.about)
  if (body.aboutOwner !== store.me && about?.owner !== store.me) return {}
  // A correction of what is here comes through, though the record was taken back from its author meanwhile.
  if (rows.some((it) => it.id === record.id)) return {}
  const known =
    about !== undefined &&
    about.owner === store.me &&
    body.aboutOwner === store.me &&
    ['subject', 'notice'].includes(about.type) &&
    about.state !== 'erased' &&
    (await readHolders(store, about.id as RecordId)).includes(record.owner)
  if (!known) throw fault('sightings/unknown-record', `There is no record ${body.about} that ${record.owner} holds.`)
  return {}
}
