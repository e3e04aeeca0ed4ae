import type { PermissionRefusal, PermissionRequest } from '#capabilities/records/record'
import { fault } from '#capabilities/records/rules'
import type { RecordId } from '#kernel/ids'
import type { Grant } from '#protocol/grant'
import { readHoldings } from '#store/holdings'
import type { Receiving, RecordReceiver } from '#wire/receiver'

/** A request for permission that reaches the owner waits there for a decision. */
export const receiveRequest: RecordReceiver = async (record, { store, identity }) => {
  const { about } = record.body as unknown as PermissionRequest
  const target = await store.db.selectFrom('records').select('owner').where('id', '=', about).executeTakeFirst()
  const holders = await readHoldings(store, about)
  // One answer for both: a member learns nothing of records that it was not given.
  if (target?.owner !== identity.me || !holders.some((it) => it.member === record.owner))
    throw fault('records/refused', 'This node gave that member no such record of its own.', { rule: 'owner-only' })
  return {
    rows: [
      {
        op: 'insert',
        table: 'permission_requests',
        values: { id: record.id, about, asker: record.owner, state: 'open' },
        orIgnore: true,
      },
    ],
    touched: [{ type: 'permission-request', id: record.id }],
  }
}

/** Only who owns the record that we asked about can answer the request. */
async function checkAnswerer(about: string, answerer: string, { store }: Receiving): Promise<void> {
  const target = await store.db
    .selectFrom('records')
    .select('owner')
    .where('id', '=', about as RecordId)
    .executeTakeFirst()
  if (target?.owner !== answerer)
    throw fault('records/refused', `${answerer} does not own the record that the answer is about.`, {
      rule: 'owner-only',
    })
}

export const receiveGrant: RecordReceiver = async (record, receiving) => {
  const { about, holder } = record.body as unknown as Grant
  await checkAnswerer(about, record.owner, receiving)
  // One to another holder is shown to us because it names us as a recipient: it answers nothing that we asked.
  if (holder !== receiving.identity.me) return {}
  return {
    rows: [
      {
        op: 'update',
        table: 'permission_requests',
        where: { about, state: 'open' },
        values: { state: 'granted', answer: record.id },
      },
    ],
    touched: [{ type: 'grant', id: record.id }],
  }
}

export const receiveRefusal: RecordReceiver = async (record, receiving) => {
  const { about, request } = record.body as unknown as PermissionRefusal
  await checkAnswerer(about, record.owner, receiving)
  return {
    rows: [
      {
        op: 'update',
        table: 'permission_requests',
        where: { id: request, about, state: 'open' },
        values: { state: 'refused', answer: record.id },
      },
    ],
    touched: [{ type: 'permission-refusal', id: record.id }],
  }
}
