import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type Clock, systemClock } from '#kernel/clock'
import { readConfig } from '#node/config'
import { exerciseMembers } from '#node/exercise-members'
import { type FederationMaterial, planFederation, writeFederation } from '#node/federation'
import { openNode, type RunningNode } from '#node/open-node'
import { ensurePattern, pattern, urlOf, withClient } from './pattern.ts'

/** A database of its own on the PostgreSQL of this run, gone when disposed of: empty, or with the tables of a node in it. */
export async function freshDatabase({ empty = false } = {}): Promise<{ url: string } & AsyncDisposable> {
  const server = inject('postgres')
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await withClient(server, async (client) => {
    if (!empty) await ensurePattern(client, server)
    const of = empty ? 'template0' : pattern
    await client.query(`create database ${pg.escapeIdentifier(name)} template ${of} strategy file_copy`)
  })
  return {
    url: urlOf(server, name),
    [Symbol.asyncDispose]: () =>
      withClient(server, async (client) => {
        await client.query(`drop database ${pg.escapeIdentifier(name)} with (force)`)
      }),
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

export interface Scene extends AsyncDisposable {
  readonly material: FederationMaterial
  readonly root: string
  node(member: string): RunningNode
  /** Switches a node on, or on again. */
  start(member: string): Promise<RunningNode>
  stop(member: string): Promise<void>
  databaseUrl(member: string): string
}

/** Several nodes in this process, each with its own database, keys and port, over real HTTP on the loopback. */
export async function openScene(
  members: readonly string[] = ['fr', 'ke', 'id', 'horizon-bank'],
  { clock = systemClock }: { clock?: Clock } = {},
): Promise<Scene> {
  const cleanup = new AsyncDisposableStack()
  const root = mkdtempSync(join(tmpdir(), 'comity-scene-'))
  cleanup.defer(() => rmSync(root, { recursive: true, force: true }))
  const plans = await Promise.all(
    exerciseMembers.filter((it) => members.includes(it.id)).map(async (it) => ({ ...it, port: await freePort() })),
  )
  const material = await planFederation({
    name: 'Comity test',
    exercise: true,
    members: plans,
    groups: [],
    now: clock.now(),
  })
  const databases = new Map<string, string>()
  for (const it of plans) databases.set(it.id, cleanup.use(await freshDatabase()).url)
  const files = writeFederation(root, material, (member) => databases.get(member))
  const running = new Map<string, RunningNode>()

  const scene: Scene = {
    material,
    root,
    node(member) {
      const node = running.get(member)
      if (node === undefined) throw new Error(`${member} is not running`)
      return node
    },
    async start(member) {
      const node = await openNode(readConfig(files.get(member)!), {
        clock,
        retry: { firstMilliseconds: 20, longestMilliseconds: 200 },
      })
      running.set(member, node)
      return node
    },
    async stop(member) {
      await running.get(member)?.[Symbol.asyncDispose]()
      running.delete(member)
    },
    databaseUrl: (member) => databases.get(member)!,
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.keys()].map((it) => scene.stop(it)))
      await cleanup.disposeAsync()
    },
  }
  for (const it of plans) await scene.start(it.id)
  return scene
}
