import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import { sitAt } from '../../../test/desk-kit.ts'

/** The API of one node for one person who writes drafts. */
export const author = (node: RunningNode, id: string, role: Role = 'officer') => sitAt(node, { id, roles: [role] })
