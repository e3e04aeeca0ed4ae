import type { Capability } from '#capabilities/capability'
import { lists } from '#capabilities/lists/capability'
import { people } from '#capabilities/people/capability'
import { records } from '#capabilities/records/capability'
import { screening } from '#capabilities/screening/capability'
import { subjects } from '#capabilities/subjects/capability'

/** All capabilities of a node, in the order in which their tables are made. */
export const capabilities: readonly Capability[] = [people, records, subjects, lists, screening]
