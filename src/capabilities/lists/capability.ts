import type { Capability } from '#capabilities/capability'
import { listingKind } from '#capabilities/lists/record'
import * as routes from '#capabilities/lists/routes'
import { migrations } from '#capabilities/lists/store'

export const lists: Capability = { name: 'lists', migrations, kinds: [listingKind], operations: Object.values(routes) }
