import type { Capability } from '#capabilities/capability'
import { startCourier } from '#capabilities/members/courier'
import * as healthRoutes from '#capabilities/members/health-routes'
import * as memberRoutes from '#capabilities/members/member-routes'
import * as proposalRoutes from '#capabilities/members/proposal-routes'
import * as routes from '#capabilities/members/routes'
import { noteStart } from '#capabilities/members/started'
import { migrations } from '#capabilities/members/store'
import { roles } from '#policy/roles'

const watchers = ['administrator', 'supervisor', 'auditor'] as const

export const members: Capability = {
  name: 'members',
  migrations,
  operations: [routes, memberRoutes, proposalRoutes, healthRoutes].flatMap((it) => Object.values(it)),
  administered: {
    directory: roles, // the one in force is everybody's
    'directory-proposal': watchers,
    peer: watchers,
    quarantine: ['administrator', 'auditor'],
  },
  start: async (services) => {
    noteStart(services)
    return startCourier(services)
  },
}
