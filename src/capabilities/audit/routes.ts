import { z } from 'zod'
import { cosignedNotes, makeCheckpoint } from '#capabilities/audit/checkpoint'
import { readLeaves } from '#capabilities/audit/entries'
import { fault } from '#capabilities/audit/faults'
import { keepKeys, originOf, readKeys, verifierOf } from '#capabilities/audit/keys'
import {
  nodesOf,
  readCheckpoint,
  readCheckpoints,
  readFrontier,
  readRoot,
  readWitnessHeads,
} from '#capabilities/audit/store'
import { operation } from '#http/operation'
import { toHex } from '#kernel/bytes'
import { formatVerifierKey } from '#ledger/note'
import { consistencyProof, inclusionProof } from '#ledger/proof'
import { audited } from '#store/audited'
import type { Store } from '#store/store'

const auditors = { roles: ['auditor'], scope: 'audit' } as const
const Index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const nullable = z.string().nullable()

const ledger = { type: 'ledger', id: 'audit' } as const

const Note = z.object({
  size: z.number(),
  root: z.string(),
  at: z.string(),
  note: z.string(),
  cosigners: z.array(z.object({ member: z.string(), at: z.string() })),
})

export const checkpoint = operation({
  id: 'audit.checkpoint',
  method: 'get',
  path: '/audit/checkpoint',
  summary: 'The newest signed checkpoint of the audit ledger with its cosignatures, or all of them, smallest first',
  access: auditors,
  query: z.object({
    all: z.string().max(5).optional().describe('Give all notes, in pages'),
    after: z.coerce.number().int().min(-1).default(-1).describe('The size where the page before ended'),
    limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  }),
  reply: Note.extend({ origin: z.string(), notes: z.array(Note), next: z.number().nullable() }),
  command: { words: 'audit checkpoint', columns: ['origin', 'size', 'root', 'at', 'cosigners'] },
  handle: async ({ query: { all, after, limit }, services }) => {
    const { store, identity } = services
    const made = await makeCheckpoint(services)
    const [latest] = await cosignedNotes(store, [made])
    const rows = all === undefined || all === 'false' ? [] : await readCheckpoints(store, after, limit)
    return {
      ...latest!,
      origin: originOf(identity.directory(), identity.me),
      notes: await cosignedNotes(store, rows),
      next: rows.length < limit ? null : (rows.at(-1)?.size ?? null),
    }
  },
})

export const leaves = operation({
  id: 'audit.leaves',
  method: 'get',
  path: '/audit/leaves',
  summary:
    'Leaves of the ledger with their commitments, salts and entries, for the whole trail to be verified elsewhere',
  access: auditors,
  query: z.object({ from: Index.default(0), limit: z.coerce.number().int().min(1).max(1_000).default(1_000) }),
  reply: z.object({
    leaves: z.array(
      z.object({
        index: z.number(),
        commitment: z.string(),
        leafHash: nullable,
        salt: nullable,
        entry: z.unknown(),
      }),
    ),
    next: z.number().nullable(),
  }),
  handle: async ({ query: { from, limit }, caller, services, commit }) => {
    const { leaves, next } = await readLeaves(services.store, from, limit)
    const audit = [audited('export', caller, { object: ledger, details: { from, leaves: leaves.length } })]
    return commit({ audit }, { leaves, next })
  },
})

async function sizeUpTo(store: Store, asked: number | undefined): Promise<number> {
  const size = asked ?? (await readCheckpoint(store))?.size ?? 0
  const head = await readFrontier(store)
  if (size > head.size) throw fault('audit/out-of-range', `The ledger has ${head.size} entries, not ${size}.`)
  return size
}

export const inclusion = operation({
  id: 'audit.prove-inclusion',
  method: 'get',
  path: '/audit/proof/inclusion',
  summary: 'The proof that an entry stands at an index of the ledger of a size (RFC 9162 section 2.1.3)',
  access: auditors,
  query: z.object({ index: Index, size: Index.optional().describe('Size of a checkpoint; the newest when absent') }),
  reply: z.object({
    index: z.number(),
    size: z.number(),
    leafHash: z.string(),
    root: z.string(),
    proof: z.array(z.string()),
  }),
  command: { words: 'audit prove-inclusion', positional: ['index'] },
  handle: async ({ query: { index, size: asked }, services: { store } }) => {
    const size = await sizeUpTo(store, asked)
    const readNode = nodesOf(store)
    const proof = await inclusionProof({ index, size }, readNode)
    const leafHash = await readNode(0, index)
    if (leafHash === undefined) throw fault('audit/out-of-range', `The ledger has no entry ${index}.`)
    const root = await readRoot(store, size)
    return { index, size, leafHash: toHex(leafHash), root: toHex(root), proof: proof.map(toHex) }
  },
})

export const consistency = operation({
  id: 'audit.prove-consistency',
  method: 'get',
  path: '/audit/proof/consistency',
  summary: 'The proof that the ledger of a size only added to that of an earlier size (RFC 9162 section 2.1.4)',
  access: auditors,
  query: z.object({ from: Index, to: Index.optional().describe('Size of a checkpoint; the newest when absent') }),
  reply: z.object({
    from: z.number(),
    to: z.number(),
    fromRoot: z.string(),
    toRoot: z.string(),
    proof: z.array(z.string()),
  }),
  command: { words: 'audit prove-consistency', positional: ['from'] },
  handle: async ({ query: { from, to: asked }, services: { store } }) => {
    const to = await sizeUpTo(store, asked)
    const proof = await consistencyProof({ oldSize: from, newSize: to }, nodesOf(store))
    const [fromRoot, toRoot] = await Promise.all([readRoot(store, from), readRoot(store, to)])
    return { from, to, fromRoot: toHex(fromRoot), toRoot: toHex(toRoot), proof: proof.map(toHex) }
  },
})

export const keys = operation({
  id: 'audit.keys',
  method: 'get',
  path: '/audit/keys',
  summary: 'The keys under which this ledger and its witnesses sign, as C2SP verifier keys, from the directories',
  access: auditors,
  reply: z.object({
    origin: z.string(),
    items: z.array(
      z.object({
        member: z.string(),
        use: z.enum(['log', 'witness']),
        key: z.string(),
        notBefore: z.string(),
        notAfter: z.string(),
        revokedAt: nullable,
      }),
    ),
  }),
  command: { words: 'audit keys', columns: ['member', 'use', 'key', 'notAfter', 'revokedAt'] },
  handle: async ({ services }) => {
    const { store, identity } = services
    const directory = identity.directory()
    await keepKeys(services)
    const items = (await readKeys(store)).flatMap((it) =>
      (['log', 'witness'] as const).map((use) => ({
        member: it.member,
        use,
        key: formatVerifierKey(verifierOf(directory, it, use)),
        notBefore: it.notBefore,
        notAfter: it.notAfter,
        revokedAt: it.revokedAt,
      })),
    )
    return { origin: originOf(directory, identity.me), items }
  },
})

export const witnessed = operation({
  id: 'audit.witnessed',
  method: 'get',
  path: '/audit/witnessed',
  summary:
    'For each peer the last checkpoint of its ledger that this node cosigned, to compare with what the peer shows',
  access: auditors,
  reply: z.object({
    items: z.array(
      z.object({ member: z.string(), size: z.number(), root: z.string(), note: z.string(), at: z.string() }),
    ),
  }),
  command: { words: 'audit witnessed', columns: ['member', 'size', 'root', 'at'] },
  handle: async ({ services: { store } }) => ({
    items: (await readWitnessHeads(store)).map((it) => ({ ...it, at: it.at.toISOString() })),
  }),
})
