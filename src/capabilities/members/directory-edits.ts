import { z } from 'zod'
import { fault } from '#capabilities/members/rules'
import { hashOf } from '#kernel/canonical'
import { type Directory, type DirectoryKey, Member } from '#protocol/directory'
import { GroupId, Instant, MemberId } from '#protocol/handling'
import { PublicJwk, thumbprint } from '#protocol/keys'

/** What a person can ask to be changed in the directory, one thing at a time; several make one proposal. */

const NewKey = z.strictObject({ jwk: PublicJwk, notBefore: Instant, notAfter: Instant })
const { contact: Contact, endpoint: Endpoint } = Member.shape

export const Edit = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add-member'),
    member: Member.omit({ keys: true }).extend({ keys: z.array(NewKey).min(1).max(32) }),
  }),
  z.strictObject({ kind: z.literal('suspend'), member: MemberId, suspended: z.boolean() }),
  z.strictObject({ kind: z.literal('add-key'), member: MemberId, key: NewKey }),
  z.strictObject({ kind: z.literal('revoke-key'), member: MemberId, kid: z.string().max(64), at: Instant }),
  z.strictObject({ kind: z.literal('contact'), member: MemberId, contact: Contact }),
  z.strictObject({ kind: z.literal('endpoint'), member: MemberId, endpoint: Endpoint }),
  z.strictObject({
    kind: z.literal('group'),
    group: z.strictObject({
      id: GroupId,
      name: z.string().trim().min(1).max(200),
      members: z.array(MemberId).max(1_000),
    }),
  }),
  z.strictObject({ kind: z.literal('remove-group'), group: GroupId }),
  z.strictObject({ kind: z.literal('expiry'), expiresAt: Instant }),
])
export type Edit = z.infer<typeof Edit>

/** The directory that follows the one in force, with these changes, ready to be signed. Throws `proposals/*`, `member/unknown`. */
export async function applyEdits(current: Directory, edits: readonly Edit[], now: Date): Promise<Directory> {
  let next: Directory = current
  for (const edit of edits) next = await applyEdit(next, edit)
  if (hashOf(next) === hashOf(current)) throw fault('proposals/no-change', 'This changes nothing in the directory.')
  return { ...next, version: current.version + 1, previous: hashOf(current), issuedAt: now.toISOString() }
}

async function applyEdit(directory: Directory, edit: Edit): Promise<Directory> {
  switch (edit.kind) {
    case 'add-member': {
      if (directory.members.some((it) => it.id === edit.member.id))
        throw fault('proposals/member-exists', `${edit.member.id} is a member already.`)
      const keys = await Promise.all(edit.member.keys.map(listedKey))
      return { ...directory, members: [...directory.members, { ...edit.member, keys }] }
    }
    case 'suspend':
      return withMember(directory, edit.member, (it) => ({ ...it, suspended: edit.suspended }))
    case 'add-key': {
      const key = await listedKey(edit.key)
      return withMember(directory, edit.member, (it) => ({ ...it, keys: [...it.keys, key] }))
    }
    case 'revoke-key':
      return withMember(directory, edit.member, (it) => ({ ...it, keys: revoked(it.keys, edit) }))
    case 'contact':
      return withMember(directory, edit.member, (it) => ({ ...it, contact: edit.contact }))
    case 'endpoint':
      return withMember(directory, edit.member, (it) => ({ ...it, endpoint: edit.endpoint }))
    case 'group':
      return {
        ...directory,
        groups: [...directory.groups.filter((it) => it.id !== edit.group.id), edit.group],
      }
    case 'remove-group':
      return { ...directory, groups: directory.groups.filter((it) => it.id !== edit.group) }
    case 'expiry':
      return { ...directory, expiresAt: edit.expiresAt }
  }
}

async function listedKey({ jwk, notBefore, notAfter }: z.infer<typeof NewKey>): Promise<DirectoryKey> {
  return { kid: await thumbprint(jwk), use: jwk.crv === 'Ed25519' ? 'sign' : 'seal', jwk, notBefore, notAfter }
}

function revoked(keys: readonly DirectoryKey[], { kid, at }: { kid: string; at: string }): DirectoryKey[] {
  if (!keys.some((it) => it.kid === kid)) throw fault('proposals/no-key', `The member has no key ${kid}.`)
  return keys.map((it) => (it.kid === kid ? { ...it, revokedAt: at } : it))
}

function withMember(directory: Directory, id: string, change: (member: Member) => Member): Directory {
  if (!directory.members.some((it) => it.id === id)) throw fault('proposals/no-member', `${id} is no member.`)
  return { ...directory, members: directory.members.map((it) => (it.id === id ? change(it) : it)) }
}
