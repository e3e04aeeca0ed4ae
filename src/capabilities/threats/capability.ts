import type { Capability } from '#capabilities/capability'
import { receiveThreat } from '#capabilities/threats/receive'
import { threatKind } from '#capabilities/threats/record'
import * as routes from '#capabilities/threats/routes'

export const threats: Capability = {
  name: 'threats',
  kinds: [threatKind],
  operations: Object.values(routes),
  records: { [threatKind.type]: receiveThreat },
}
