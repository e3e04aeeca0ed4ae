import type { Edit } from '#capabilities/members/directory-edits'
import { publicKeysIn } from '#capabilities/members/directory-key'
import type { Directory, Member } from '#protocol/directory'

/** The form of each change: which fields it has, what stands in them at first, and the edit that comes of them. */

export const editKinds = [
  'contact',
  'endpoint',
  'add-key',
  'revoke-key',
  'suspend',
  'restore',
  'add-member',
  'group',
  'remove-group',
  'expiry',
] as const
export type EditKind = (typeof editKinds)[number]

export interface EditField {
  readonly name: string
  readonly type: 'text' | 'long' | 'date' | 'kid' | 'memberKind' | 'members' | 'keys'
  readonly initial: string
  readonly optional?: boolean
}

/** What a change is about: a member, a group that is there, or nothing that has to be chosen first. */
export function subjectOf(kind: EditKind): 'member' | 'group' | null {
  if (kind === 'remove-group') return 'group'
  return kind === 'add-member' || kind === 'group' || kind === 'expiry' ? null : 'member'
}

const text = (name: string, initial = '', optional = false): EditField => ({ name, type: 'text', initial, optional })

export function fieldsFor(
  kind: EditKind,
  { member, directory, now }: { member: Member | undefined; directory: Directory; now: Date },
): readonly EditField[] {
  switch (kind) {
    case 'contact':
      return contactFields(member)
    case 'endpoint':
      return endpointFields(member)
    case 'add-key':
      return [{ name: 'keys', type: 'keys', initial: '' }, ...windowFields(now)]
    case 'revoke-key':
      return [{ name: 'kid', type: 'kid', initial: '' }]
    case 'add-member':
      return [
        text('id'),
        text('name'),
        { name: 'kind', type: 'memberKind', initial: 'state' },
        text('country', '', true),
        text('mandates', '', true),
        text('roles', '', true),
        ...endpointFields(undefined),
        ...contactFields(undefined),
        { name: 'keys', type: 'keys', initial: '' },
        ...windowFields(now),
      ]
    case 'group':
      return [text('id'), text('name'), { name: 'members', type: 'members', initial: '' }]
    case 'expiry':
      return [{ name: 'expiresAt', type: 'date', initial: directory.expiresAt.slice(0, 10) }]
    default:
      return []
  }
}

function contactFields(member: Member | undefined): EditField[] {
  const { desk = '', email = '', phone = '', hours = '24/7' } = member?.contact ?? {}
  return [text('desk', desk), text('email', email), text('phone', phone), text('hours', hours)]
}

function endpointFields(member: Member | undefined): EditField[] {
  const { url = 'https://', certificate = '' } = member?.endpoint ?? {}
  return [text('url', url), { name: 'certificate', type: 'long', initial: certificate, optional: true }]
}

function windowFields(now: Date): EditField[] {
  const inTwoYears = new Date(now)
  inTwoYears.setUTCFullYear(now.getUTCFullYear() + 2)
  return [
    { name: 'notBefore', type: 'date', initial: now.toISOString().slice(0, 10) },
    { name: 'notAfter', type: 'date', initial: inTwoYears.toISOString().slice(0, 10) },
  ]
}

type Values = Readonly<Record<string, string>>

const instant = (date: string | undefined) => `${date}T00:00:00.000Z`
const listIn = (value: string | undefined) =>
  (value ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')

/** One edit, or several: a file may hold a key to sign and one to seal. */
export function editsOf(kind: EditKind, subject: string, values: Values, now: Date): Edit[] {
  const { desk = '', email = '', phone = '', hours = '', url = '', certificate = '', id = '', name = '' } = values
  const contact = { desk, email, phone, hours }
  const endpoint = { url, ...(certificate === '' ? {} : { certificate }) }
  const keys = () =>
    publicKeysIn(values.keys ?? '').map((jwk) => ({
      jwk,
      notBefore: instant(values.notBefore),
      notAfter: instant(values.notAfter),
    }))
  switch (kind) {
    case 'contact':
      return [{ kind, member: subject, contact }]
    case 'endpoint':
      return [{ kind, member: subject, endpoint }]
    case 'add-key':
      return keys().map((key) => ({ kind, member: subject, key }))
    case 'revoke-key':
      return [{ kind, member: subject, kid: values.kid ?? '', at: now.toISOString() }]
    case 'suspend':
      return [{ kind, member: subject, suspended: true }]
    case 'restore':
      return [{ kind: 'suspend', member: subject, suspended: false }]
    case 'group':
      return [{ kind, group: { id, name, members: listIn(values.members) } }]
    case 'remove-group':
      return [{ kind, group: subject }]
    case 'expiry':
      return [{ kind, expiresAt: instant(values.expiresAt) }]
    case 'add-member': {
      const country = values.country === '' ? null : (values.country ?? null)
      const [mandates, roles] = [listIn(values.mandates), listIn(values.roles)]
      const about = { id, name, kind: values.kind as Member['kind'], country, mandates, endpoint, contact, roles }
      return [{ kind, member: { ...about, suspended: false, keys: keys() } }]
    }
  }
}
