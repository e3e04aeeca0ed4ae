import { z } from 'zod'
import { KeyReply } from '#capabilities/members/key-reply'
import { fault, handIn, reinstate, setAsideLimit, visibleDirectory } from '#capabilities/members/rules'
import {
  readConfirmed,
  readEvidence,
  readFork,
  readPeers,
  readQuarantine,
  readTaken,
  readUnkept,
} from '#capabilities/members/store'
import { operation } from '#http/operation'
import { pageOf } from '#http/shapes'
import { isFault } from '#kernel/fault'
import { findMember, SignedDirectory } from '#protocol/directory'
import { MemberId, memberKinds } from '#protocol/handling'
import { audited } from '#store/audited'
import { adoptDirectory } from '#wire/routes'

const Contact = z.object({ desk: z.string(), email: z.string(), phone: z.string(), hours: z.string() })

export const list = operation({
  id: 'members.list',
  method: 'get',
  path: '/members',
  summary:
    'The members of the federation, their contacts, keys and endpoints, and the groups that this node belongs to',
  access: { roles: 'signed-in', scope: 'read' },
  reply: z.object({
    federation: z.string(),
    exercise: z.boolean(),
    version: z.number(),
    issuedAt: z.string(),
    expiresAt: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(memberKinds),
        country: z.string().nullable(),
        mandates: z.array(z.string()),
        roles: z.array(z.string()),
        contact: Contact,
        suspended: z.boolean(),
        endpoint: z.string(),
        keys: z.array(KeyReply),
        self: z.boolean(),
        groups: z.array(z.string()),
      }),
    ),
    groups: z.array(z.object({ id: z.string(), name: z.string(), members: z.array(z.string()) })),
  }),
  command: { words: 'members list', columns: ['id', 'name', 'kind', 'country', 'suspended', 'groups'] },
  handle: async ({ services: { directories, identity, store } }) => {
    const directory = directories.current()
    const { federation, exercise, version, issuedAt, expiresAt } = directory
    const visible = visibleDirectory(directory, identity.me, store.clock.now())
    return { federation, exercise, version, issuedAt, expiresAt, ...visible }
  },
})

export const directory = operation({
  id: 'directory.show',
  method: 'get',
  path: '/directory',
  summary: 'The directory in force as it was signed, with the keys and endpoints of all members',
  access: { roles: ['administrator', 'auditor'], scope: 'read' },
  reply: SignedDirectory,
  command: { words: 'directory show' },
  handle: async ({ services }) => services.directories.signed(),
})

export const adopt = operation({
  id: 'directory.adopt',
  method: 'post',
  path: '/directory',
  summary: 'Put a newer signed directory in force, and hand it on to all peers',
  access: { roles: ['administrator'], scope: 'administer' },
  body: SignedDirectory,
  limitBytes: 33_554_432,
  reply: z.object({ version: z.number(), before: z.number() }),
  command: { words: 'directory adopt' },
  handle: async ({ body, caller, services, commit }) => {
    const { store, identity, directories } = services
    const before = directories.current().version
    try {
      const directory = await directories.verify(body)
      // It is in force before its handing in is written, which is what wakes the courier.
      if (directory.document.version > before) await adoptDirectory(directory, { store, me: identity.me, directories })
    } catch (cause) {
      // What is forbidden is audited for every operation alike.
      if (isFault(cause) && cause.kind !== 'forbidden') await store.commit(handIn(body.document, caller, cause))
      throw cause
    }
    return commit(handIn(body.document, caller), { version: body.document.version, before })
  },
})

const PeerReply = z.object({
  member: z.string(),
  name: z.string(),
  seenAt: z.string().nullable(),
  failingSince: z.string().nullable(),
  problem: z.string().nullable(),
  waiting: z.number(),
  oldestWaiting: z.string().nullable(),
  suspended: z.string().nullable(),
  taken: z.number(),
  sent: z.number(),
  directoryVersion: z.number().nullable(),
})

export const peers = operation({
  id: 'peers.list',
  method: 'get',
  path: '/peers',
  summary:
    'How each peer stands: last contact, what fails and since when, what waits for it, whether it is suspended here',
  access: { roles: ['administrator', 'supervisor', 'auditor'], scope: 'read' },
  reply: z.object({ items: z.array(PeerReply) }),
  command: {
    words: 'peers list',
    columns: ['member', 'seenAt', 'failingSince', 'problem', 'waiting', 'oldestWaiting', 'suspended'],
  },
  handle: async ({ services: { store, identity, directories } }) => {
    const members = directories.current().members.filter((it) => it.id !== identity.me)
    const nameOf = new Map(members.map((it) => [it.id, it.name]))
    const [states, versions] = await Promise.all([readPeers(store, [...nameOf.keys()]), readConfirmed(store)])
    return {
      items: states.map((it) => ({
        ...it,
        name: nameOf.get(it.member) ?? it.member,
        directoryVersion: versions.get(it.member) ?? null,
      })),
    }
  },
})

export const reinstatePeer = operation({
  id: 'peers.reinstate',
  method: 'post',
  path: '/peers/{member}/reinstate',
  summary: 'Lift the suspension of a peer after a fork, and say whose chain of envelopes goes on',
  access: { roles: ['administrator'], scope: 'administer' },
  params: z.object({ member: MemberId }),
  body: z.object({ chain: z.enum(['ours', 'theirs']).default('ours'), reason: z.string().trim().min(3).max(1_000) }),
  reply: z.object({ member: z.string(), chain: z.string() }),
  command: { words: 'peers reinstate', positional: ['member'] },
  handle: async ({ params: { member }, body, caller, services: { store, directories }, commit }) => {
    findMember(directories.current(), member)
    const [peer] = await readPeers(store, [member])
    const fork = body.chain === 'theirs' ? await readFork(store, member) : undefined
    const taken = fork === undefined ? [] : await readTaken(store, member, fork.sequence, setAsideLimit + 1)
    const change = reinstate(peer!, body, { caller, now: store.clock.now(), fork, taken })
    return commit(change, { member, chain: body.chain })
  },
})

const QuarantineItem = z.object({
  id: z.string(),
  sender: z.string(),
  code: z.string(),
  reason: z.string(),
  at: z.string(),
})

export const quarantine = operation({
  id: 'quarantine.list',
  method: 'get',
  path: '/quarantine',
  summary: 'What peers sent and this node refused, newest first, with the reason',
  access: { roles: ['administrator', 'auditor'], scope: 'read' },
  query: z.object({
    sender: z.string().max(32).optional(),
    code: z.string().max(80).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: z.coerce.number().int().min(1).optional(),
  }),
  reply: pageOf(QuarantineItem.extend({ evidenceBytes: z.number() })).extend({
    /** Refused in the last seven days without being kept: senders that no signature proves, beyond a number a day. */
    notKept: z.array(z.object({ day: z.string(), code: z.string(), count: z.number() })),
  }),
  command: { words: 'quarantine list', columns: ['id', 'at', 'sender', 'code', 'reason'] },
  handle: async ({ query, services }) => {
    const [items, notKept] = await Promise.all([readQuarantine(services.store, query), readUnkept(services.store)])
    return { items, next: items.length < query.limit ? null : (items.at(-1)?.id ?? null), notKept }
  },
})

export const evidence = operation({
  id: 'quarantine.show',
  method: 'get',
  path: '/quarantine/{id}',
  summary: 'One refused item with the evidence, as it came; looking at it is audited',
  access: { roles: ['auditor'], scope: 'audit' },
  params: z.object({ id: z.coerce.number().int().min(1) }),
  reply: QuarantineItem.extend({ evidence: z.string() }),
  command: { words: 'quarantine show', positional: ['id'] },
  handle: async ({ params, caller, services, commit }) => {
    const item = await readEvidence(services.store, params.id)
    if (item === undefined) throw fault('members/unknown-item', 'There is no such item in quarantine.')
    const object = { type: 'quarantine', id: item.id }
    return commit({ audit: [audited('view', caller, { object, details: { sender: item.sender } })] }, item)
  },
})
