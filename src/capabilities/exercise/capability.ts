import type { Capability } from '#capabilities/capability'
import * as routes from '#capabilities/exercise/routes'

export const exercise: Capability = { name: 'exercise', operations: Object.values(routes) }
