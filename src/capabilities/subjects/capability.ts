import type { Capability } from '#capabilities/capability'
import { subjectKind } from '#capabilities/subjects/record'
import * as routes from '#capabilities/subjects/routes'

export const subjects: Capability = { name: 'subjects', kinds: [subjectKind], operations: Object.values(routes) }
