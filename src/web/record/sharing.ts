import type { Audience, Mark, MemberKind } from '#protocol/handling'
import type { ListedMember } from '../design/member-name'
import type { Group } from './acting'

/** What is chosen in the dialog before anything leaves. */
export interface Sharing {
  readonly with: Audience
  /** Of each field that is kept from somebody, by its pointer: the members that it is kept from. */
  readonly keptFrom: Readonly<Record<string, readonly string[]>>
}

export interface Known {
  readonly members: readonly ListedMember[]
  readonly groups: readonly Group[]
}

export function admits(audience: Audience | undefined, member: ListedMember, groups: readonly Group[]): boolean {
  if (audience === undefined) return true
  return (
    audience.members.includes(member.id) ||
    audience.sectors.includes(member.kind as MemberKind) ||
    groups.some((it) => audience.groups.includes(it.id) && it.members.includes(member.id))
  )
}

/** The members whom an audience names, by name, group or sector. */
export function membersOf(audience: Audience, { members, groups }: Known): ListedMember[] {
  return members.filter((it) => admits(audience, it, groups))
}

/**
 * The marks that keep fields as chosen. A mark names those who may see a field, so that whoever the record is shared with
 * later does not: only a person who says so lets them.
 */
export function marksOf(
  { with: audience, keptFrom }: Sharing,
  marks: Readonly<Record<string, Mark>>,
  { known, holders }: { known: Known; holders: readonly string[] },
): Record<string, Mark> {
  const chosen = membersOf(audience, known).map((it) => it.id)
  return Object.fromEntries(
    Object.entries(keptFrom).map(([pointer, from]) => {
      const before = marks[pointer]
      const admitted = before?.audience === undefined ? holders : membersOf(before.audience, known).map((it) => it.id)
      const members = [...new Set([...admitted, ...chosen])].filter((it) => !from.includes(it))
      return [pointer, { ...before, audience: { members, groups: [], sectors: [] } }]
    }),
  )
}
