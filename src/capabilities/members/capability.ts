import type { Capability } from '#capabilities/capability'
import { startCourier } from '#capabilities/members/courier'
import * as healthRoutes from '#capabilities/members/health-routes'
import * as memberRoutes from '#capabilities/members/member-routes'
import * as proposalRoutes from '#capabilities/members/proposal-routes'
import * as routes from '#capabilities/members/routes'
import { noteStart } from '#capabilities/members/started'
import { migrations } from '#capabilities/members/store'

export const members: Capability = {
  name: 'members',
  migrations,
  operations: [routes, memberRoutes, proposalRoutes, healthRoutes].flatMap((it) => Object.values(it)),
  start: async (services) => {
    noteStart(services)
    return startCourier(services)
  },
}
