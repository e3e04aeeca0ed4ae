import type { Capability } from '#capabilities/capability'
import {
  grantKind,
  type PermissionRefusal,
  type PermissionRequest,
  refusalKind,
  requestKind,
} from '#capabilities/records/record'
import * as routes from '#capabilities/records/routes'
import { fault } from '#capabilities/records/rules'
import { migrations } from '#capabilities/records/store'
import type { RecordReceiver } from '#wire/receiver'

/** A request for permission that reaches the owner waits there for a decision. */
const receiveRequest: RecordReceiver = async (record, { store, identity }) => {
  const { about } = record.body as unknown as PermissionRequest
  const target = await store.db.selectFrom('records').select('owner').where('id', '=', about).executeTakeFirst()
  if (target?.owner !== identity.me)
    throw fault('records/refused', 'This node does not own the record that the request is about.', {
      rule: 'owner-only',
    })
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

const receiveGrant: RecordReceiver = async (record) => {
  const { about } = record.body as { about: string }
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

const receiveRefusal: RecordReceiver = async (record) => {
  const { request } = record.body as unknown as PermissionRefusal
  return {
    rows: [
      {
        op: 'update',
        table: 'permission_requests',
        where: { id: request },
        values: { state: 'refused', answer: record.id },
      },
    ],
    touched: [{ type: 'permission-refusal', id: record.id }],
  }
}

export const records: Capability = {
  name: 'records',
  migrations,
  kinds: [requestKind, grantKind, refusalKind],
  operations: Object.values(routes),
  records: { 'permission-request': receiveRequest, grant: receiveGrant, 'permission-refusal': receiveRefusal },
}
