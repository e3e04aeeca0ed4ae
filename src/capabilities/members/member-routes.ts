import { z } from 'zod'
import { KeyReply } from '#capabilities/members/key-reply'
import { endingKeys, shownKey, soonFrom } from '#capabilities/members/key-windows'
import { readHeldByThem, readHeldFromThem } from '#capabilities/members/member-store'
import { readConfirmed, readPeers } from '#capabilities/members/store'
import { operation } from '#http/operation'
import { findMember } from '#protocol/directory'
import { MemberId } from '#protocol/handling'

const Counts = z.array(z.object({ type: z.string(), state: z.string(), count: z.number() }))

export const standing = operation({
  id: 'members.standing',
  method: 'get',
  path: '/members/{member}/standing',
  summary:
    'How one member stands with this node: last contact, what waits for it, and how much each holds of the other, in numbers',
  access: { roles: ['administrator', 'supervisor', 'auditor'], scope: 'read' },
  params: z.object({ member: MemberId }),
  reply: z.object({
    member: z.string(),
    seenAt: z.string().nullable(),
    failingSince: z.string().nullable(),
    problem: z.string().nullable(),
    waiting: z.number(),
    oldestWaiting: z.string().nullable(),
    suspended: z.string().nullable(),
    taken: z.number(),
    sent: z.number(),
    directoryVersion: z.number().nullable(),
    /** Records of ours that the member holds or is to get, by type and by what it said. */
    ours: Counts,
    /** Records of the member that this node holds, by type and state. */
    theirs: Counts,
  }),
  command: { words: 'members standing', positional: ['member'] },
  handle: async ({ params: { member }, services: { store, directories } }) => {
    findMember(directories.current(), member)
    const [[state], confirmed, ours, theirs] = await Promise.all([
      readPeers(store, [member]),
      readConfirmed(store),
      readHeldByThem(store, member),
      readHeldFromThem(store, member),
    ])
    return { ...state!, directoryVersion: confirmed.get(member) ?? null, ours, theirs }
  },
})

export const ownKeys = operation({
  id: 'keys.own',
  method: 'get',
  path: '/directory/own-keys',
  summary: 'The keys of this node in the directory, and which of them this machine has',
  access: { roles: ['administrator', 'supervisor', 'auditor'], scope: 'read' },
  reply: z.object({
    items: z.array(
      KeyReply.extend({
        /** Whether the secret part is on this machine; null when the node cannot tell before the key is in use. */
        held: z.boolean().nullable(),
        inUse: z.boolean(),
      }),
    ),
    /** Uses for which the last key ends soon and no later one is listed. */
    ending: z.array(z.object({ use: z.enum(['sign', 'seal']), kid: z.string(), notAfter: z.string() })),
  }),
  command: { words: 'keys own', columns: ['use', 'kid', 'notBefore', 'notAfter', 'state', 'held', 'inUse'] },
  handle: async ({ services: { store, identity, directories } }) => {
    const now = store.clock.now()
    const directory = directories.current()
    const signing = identity.signingKey().kid
    const sealing = new Set(identity.sealingKeys().map((it) => it.kid))
    const items = findMember(directory, identity.me).keys.map((key) => {
      const held = key.use === 'seal' ? sealing.has(key.kid) : key.kid === signing ? true : null
      return { ...shownKey(key, now), held, inUse: key.kid === signing || (key.use === 'seal' && held === true) }
    })
    const ending = endingKeys(directory, now).filter((it) => it.member === identity.me)
    return { items, ending: ending.map(({ use, kid, notAfter }) => ({ use, kid, notAfter })) }
  },
})

export const ending = operation({
  id: 'keys.ending',
  method: 'get',
  path: '/directory/ending-keys',
  summary: 'Members whose last key for a use ends soon, with nothing to follow it',
  access: { roles: 'signed-in', scope: 'read' },
  reply: z.object({
    items: z.array(
      z.object({
        member: z.string(),
        name: z.string(),
        use: z.enum(['sign', 'seal']),
        kid: z.string(),
        notAfter: z.string(),
        since: z.string(),
      }),
    ),
  }),
  command: { words: 'keys ending', columns: ['member', 'use', 'notAfter'] },
  handle: async ({ services: { store, directories } }) => {
    const items = endingKeys(directories.current(), store.clock.now())
    return { items: items.map((it) => ({ ...it, since: soonFrom(it.notAfter).toISOString() })) }
  },
})
