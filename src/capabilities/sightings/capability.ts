import type { Capability } from '#capabilities/capability'
import { startPurge } from '#capabilities/sightings/purge'
import { receiveSighting } from '#capabilities/sightings/receive'
import { sightingKind } from '#capabilities/sightings/record'
import * as routes from '#capabilities/sightings/routes'

export const sightings: Capability = {
  name: 'sightings',
  kinds: [sightingKind],
  operations: Object.values(routes),
  records: { [sightingKind.type]: receiveSighting },
  start: async (services) => startPurge(services),
}
