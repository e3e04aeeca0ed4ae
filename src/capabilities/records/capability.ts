import type { Capability } from '#capabilities/capability'
import * as approvalRoutes from '#capabilities/records/approval-routes'
import { knowsOfApproval } from '#capabilities/records/approval-store'
import * as permissionRoutes from '#capabilities/records/permission-routes'
import * as receiptRoutes from '#capabilities/records/receipt-routes'
import { receiveGrant, receiveRefusal, receiveRequest } from '#capabilities/records/receive'
import { grantKind, refusalKind, requestKind } from '#capabilities/records/record'
import * as routes from '#capabilities/records/routes'
import * as shareRoutes from '#capabilities/records/share-routes'
import { migrations } from '#capabilities/records/store'

export const records: Capability = {
  name: 'records',
  migrations,
  kinds: [requestKind, grantKind, refusalKind],
  operations: [routes, shareRoutes, approvalRoutes, permissionRoutes, receiptRoutes].flatMap((it) => Object.values(it)),
  records: { 'permission-request': receiveRequest, grant: receiveGrant, 'permission-refusal': receiveRefusal },
  work: { approval: knowsOfApproval },
}
