import type { ShownRecord } from '../design/record-head'
import type { Me } from '../node'
import type { Role } from '../part'

export const acts = ['share', 'suspend', 'reinstate', 'recall', 'readers', 'ask', 'pass-on'] as const
export type ActName = (typeof acts)[number]

const writers: readonly Role[] = ['officer', 'supervisor']

/** What this person may try with a record. The node decides again, with the rule, when it is done. */
export function actsFor(
  { owner, state, handling }: ShownRecord,
  { member, roles }: Pick<Me, 'member' | 'roles'>,
): ActName[] {
  const has = (wanted: readonly Role[]) => wanted.some((it) => roles.includes(it))
  if (state !== 'active' && state !== 'suspended') return []
  if (owner !== member.id)
    return [
      ...(has([...writers, 'legal']) ? (['ask'] as const) : []),
      ...(has(writers) && state === 'active' ? (['pass-on'] as const) : []),
      ...(has(['supervisor']) && handling.tlp === 'RED' ? (['readers'] as const) : []),
    ]
  return [
    ...(has(writers) ? (['share', state === 'active' ? 'suspend' : 'reinstate'] as const) : []),
    ...(has([...writers, 'legal']) ? (['recall'] as const) : []),
    ...(has(['supervisor']) && handling.tlp === 'RED' ? (['readers'] as const) : []),
  ]
}
