import { startClock } from '#capabilities/audit/clock'
import * as entryRoutes from '#capabilities/audit/entry-routes'
import { receiveCheckpoint, receiveCosignature } from '#capabilities/audit/receive'
import * as routes from '#capabilities/audit/routes'
import { migrations } from '#capabilities/audit/store'
import type { Capability } from '#capabilities/capability'

export const audit: Capability = {
  name: 'audit',
  migrations,
  operations: [entryRoutes, routes].flatMap((it) => Object.values(it)),
  contents: { checkpoint: receiveCheckpoint, cosignature: receiveCosignature },
  start: startClock,
}
