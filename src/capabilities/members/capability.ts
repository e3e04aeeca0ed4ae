import type { Capability } from '#capabilities/capability'
import { startCourier } from '#capabilities/members/courier'
import * as routes from '#capabilities/members/routes'
import { migrations } from '#capabilities/members/store'

export const members: Capability = {
  name: 'members',
  migrations,
  operations: Object.values(routes),
  start: async (services) => startCourier(services),
}
