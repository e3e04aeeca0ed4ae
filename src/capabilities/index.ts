import type { Capability } from '#capabilities/capability'
import { records } from '#capabilities/records/capability'
import { subjects } from '#capabilities/subjects/capability'

/** All capabilities of a node, in the order in which their tables are made. */
export const capabilities: readonly Capability[] = [records, subjects]
