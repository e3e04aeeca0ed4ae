import { z } from 'zod'
import { describeCommands } from '#cli/catalogue'
import { commandOf } from '#cli/generated'
import type { Operation } from '#http/operation'
import { operation } from '#http/operation'

const handle = async () => {
  throw new Error('the command line never runs a handler')
}
const access = { roles: ['officer'], scope: 'read' } as const

/** Operations that show every form of input. */
export const operations: readonly Operation[] = [
  operation({
    id: 'things.list',
    method: 'get',
    path: '/things',
    summary: 'Things, newest first',
    access: { ...access, purpose: true },
    query: z.object({
      limit: z.coerce.number().int().min(1).default(50),
      after: z.string().max(64).optional(),
      state: z.enum(['open', 'closed']).optional(),
    }),
    reply: z.object({ items: z.array(z.object({ id: z.string() })) }),
    command: { words: 'things list', columns: ['id', 'caption', 'handling.tlp'] },
    handle,
  }),
  operation({
    id: 'things.show',
    method: 'get',
    path: '/things/{id}',
    summary: 'One thing',
    access,
    params: z.object({ id: z.string().regex(/^thg_[0-9a-f]+$/) }),
    reply: z.object({ id: z.string() }),
    command: { words: 'things show', positional: ['id'] },
    handle,
  }),
  operation({
    id: 'things.make',
    method: 'post',
    path: '/places/{place}/things',
    summary: 'Make a thing',
    access: { roles: ['officer'], scope: 'write' },
    params: z.object({ place: z.string() }),
    body: z.object({
      name: z.string().min(1).max(80).describe('What it is called'),
      to: z.array(z.string().regex(/^[a-z-]+$/)).min(1),
      kinds: z.array(z.enum(['a', 'b', 'c'])).default([]),
      notes: z.array(z.string()).optional(),
      days: z.number().int().default(30),
      share: z.number().optional(),
      secret: z.boolean().optional(),
      until: z.iso.datetime({ precision: 3 }).optional(),
      text: z.string().max(20_000).optional(),
      handling: z.object({ tlp: z.string() }).optional(),
      who: z.union([z.literal('all'), z.object({ member: z.string() })]).optional(),
      json: z.string().optional(),
    }),
    reply: z.object({ id: z.string() }),
    command: { words: 'things make', positional: ['place'] },
    handle,
  }),
  operation({
    id: 'records.share',
    method: 'post',
    path: '/records/{id}/share',
    summary: 'Share a record',
    access: { roles: ['officer'], scope: 'write', purpose: true },
    params: z.object({ id: z.string() }),
    body: z.object({
      with: z.strictObject({
        members: z.array(z.string()).default([]),
        groups: z.array(z.string()).default([]),
        sectors: z.array(z.string()).default([]),
      }),
      marks: z.record(z.string(), z.object({})).default({}),
    }),
    reply: z.object({ id: z.string() }),
    command: { words: 'share', positional: ['id'] },
    handle,
  }),
  operation({
    id: 'things.take',
    method: 'put',
    path: '/things',
    summary: 'Take what comes',
    access: { roles: 'anyone', scope: 'write' },
    body: z.array(z.string()),
    reply: z.object({}),
    command: { words: 'things take' },
    handle,
  }),
  operation({
    id: 'things.hidden',
    method: 'get',
    path: '/hidden',
    summary: 'No command',
    access,
    reply: z.object({}),
    handle,
  }),
]

export const commands = describeCommands(operations)
export const shapes = commands.map(commandOf)
