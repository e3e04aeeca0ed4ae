import { audit } from '#capabilities/audit/capability'
import { border } from '#capabilities/border/capability'
import type { Capability } from '#capabilities/capability'
import { documents } from '#capabilities/documents/capability'
import { drafts } from '#capabilities/drafts/capability'
import { exercise } from '#capabilities/exercise/capability'
import { front } from '#capabilities/front/capability'
import { lists } from '#capabilities/lists/capability'
import { members } from '#capabilities/members/capability'
import { messages } from '#capabilities/messages/capability'
import { notices } from '#capabilities/notices/capability'
import { people } from '#capabilities/people/capability'
import { records } from '#capabilities/records/capability'
import { screening } from '#capabilities/screening/capability'
import { sightings } from '#capabilities/sightings/capability'
import { subjects } from '#capabilities/subjects/capability'
import { threats } from '#capabilities/threats/capability'

/** All capabilities of a node, in the order in which their tables are made. */
export const capabilities: readonly Capability[] = [
  people,
  records,
  subjects,
  lists,
  screening,
  messages,
  threats,
  notices,
  border,
  documents,
  sightings,
  drafts,
  audit,
  members,
  exercise,
  front,
]
