import { z } from 'zod'
import {
  judgeDirectory,
  judgeFollower,
  judgeKeys,
  judgeLedger,
  judgePeer,
  judgeQuarantine,
  judgeRetention,
  worstFirst,
} from '#capabilities/members/health-rules'
import { readNode, readQueues } from '#capabilities/members/health-store'
import { endingKeys } from '#capabilities/members/key-windows'
import { startedAt } from '#capabilities/members/started'
import { operation } from '#http/operation'

const Judged = { standing: z.enum(['good', 'attention', 'bad']), advice: z.string().nullable() }

const HealthReply = z.object({
  at: z.string(),
  node: z.object({ version: z.string(), startedAt: z.string(), exercise: z.boolean() }),
  database: z.object({ bytes: z.number(), answerMilliseconds: z.number() }),
  directory: z.object({ version: z.number(), expiresAt: z.string(), ...Judged }),
  keys: z.object({ ending: z.array(z.object({ use: z.string(), notAfter: z.string() })), ...Judged }),
  peers: z.array(
    z.object({
      member: z.string(),
      name: z.string(),
      seenAt: z.string().nullable(),
      failingSince: z.string().nullable(),
      problem: z.string().nullable(),
      suspended: z.string().nullable(),
      waiting: z.number(),
      sealed: z.number(),
      oldest: z.string().nullable(),
      taken: z.number(),
      missing: z.number(),
      ...Judged,
    }),
  ),
  quarantine: z.object({ kept: z.number(), newest: z.string().nullable(), notKept: z.number(), ...Judged }),
  ledger: z.object({
    size: z.number(),
    checkpoint: z.object({ size: z.number(), at: z.string() }).nullable(),
    ...Judged,
  }),
  followers: z.array(z.object({ name: z.string(), behind: z.number(), since: z.string().nullable(), ...Judged })),
  retention: z.object({ cleanedAt: z.string().nullable(), ...Judged }),
})

const iso = (at: Date | null) => at?.toISOString() ?? null

export const health = operation({
  id: 'health.show',
  method: 'get',
  path: '/health',
  summary:
    'How the node stands: peers and queues, gaps, quarantine, ledger, followers, database; nothing of any record',
  access: { roles: ['administrator', 'supervisor'], scope: 'read' },
  reply: HealthReply,
  command: { words: 'health' },
  handle: async ({ services }) => {
    const { store, directories, identity, settings } = services
    const now = store.clock.now()
    const directory = directories.current()
    const others = directory.members.filter((it) => it.id !== identity.me)
    const [queues, node] = await Promise.all([
      readQueues(
        store,
        others.map((it) => it.id),
      ),
      readNode(store),
    ])
    const memberOf = new Map(others.map((it) => [it.id, it]))
    const since = { startedAt: startedAt(services), now }
    const ending = endingKeys(directory, now).filter((it) => it.member === identity.me)
    const { quarantine, ledger, followers, cleanedAt } = node
    return {
      at: now.toISOString(),
      node: { version: settings.version, startedAt: since.startedAt.toISOString(), exercise: settings.exercise },
      database: { bytes: node.databaseBytes, answerMilliseconds: node.answerMilliseconds },
      directory: {
        version: directory.version,
        expiresAt: directory.expiresAt,
        ...judgeDirectory(directory.expiresAt, now),
      },
      keys: { ending: ending.map(({ use, notAfter }) => ({ use, notAfter })), ...judgeKeys(ending, now) },
      peers: worstFirst(
        queues.map((it) => ({
          ...it,
          name: memberOf.get(it.member)?.name ?? it.member,
          seenAt: iso(it.seenAt),
          failingSince: iso(it.failingSince),
          oldest: iso(it.oldest),
          ...judgePeer(it, { suspendedByDirectory: memberOf.get(it.member)?.suspended ?? false, now }),
        })),
      ),
      quarantine: { ...quarantine, newest: iso(quarantine.newest), ...judgeQuarantine(quarantine, now) },
      ledger: {
        size: ledger.size,
        checkpoint: ledger.checkpoint && { size: ledger.checkpoint.size, at: ledger.checkpoint.at.toISOString() },
        ...judgeLedger(ledger, since),
      },
      followers: followers.map((it) => ({ ...it, since: iso(it.since), ...judgeFollower(it, now) })),
      retention: { cleanedAt: iso(cleanedAt), ...judgeRetention(cleanedAt, since) },
    }
  },
})
