import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Subject } from '#capabilities/subjects/record'
import { addTime } from '#kernel/clock'
import { readConfig } from '#node/config'
import { exerciseMembers } from '#node/exercise-members'
import { planFederation, writeFederation } from '#node/federation'
import { openNode, type RunningNode } from '#node/open-node'
import { partyOf } from '#protocol/directory'
import type { Handling } from '#protocol/handling'
import { ensureDatabase, startPostgres } from '#store/bundled-postgres'
import type { Caller } from '#store/reader'

/** Two nodes: France in this process, so that it can be driven through its rules, and Kenya in one of its own. */
export interface Pair extends AsyncDisposable {
  readonly near: RunningNode
  readonly far: FarNode
  /** A database beside those of the nodes, on the same server. */
  database(name: string): Promise<string>
}

export const nearMember = 'fr'
export const farMember = 'ke'

/** What the far node tells: a candidate that its screening put before a person, and when its commit had returned. */
export interface CandidateSeen {
  readonly theirs: string
  /** Nanoseconds of the machine's monotonic clock, which all processes share. */
  readonly at: string
}

export interface FarNode {
  /** Has the far node record subjects of its own. */
  record(subjects: readonly Subject[]): Promise<void>
  onCandidate(listener: (seen: CandidateSeen) => void): () => void
}

export async function openPair(folder: string): Promise<Pair> {
  await using cleanup = new AsyncDisposableStack()
  const server = cleanup.adopt(await startPostgres({ directory: join(folder, 'postgres') }), (it) => it.stop())
  const database = async (name: string) => {
    await ensureDatabase(server.url('postgres'), name)
    return server.url(name)
  }
  const members = await Promise.all(
    exerciseMembers
      .filter((it) => it.id === nearMember || it.id === farMember)
      .map(async (it) => ({ ...it, port: await freePort() })),
  )
  const material = await planFederation({ name: 'Comity bench', exercise: true, members, groups: [], now: new Date() })
  const urls = new Map(await Promise.all(members.map(async ({ id }) => [id, await database(`comity_${id}`)] as const)))
  const files = writeFederation(folder, material, (member) => urls.get(member))
  const far = cleanup.use(await startFar(files.get(farMember)!))
  const near = cleanup.use(await openNode(readConfig(files.get(nearMember)!)))
  const running = cleanup.move()
  return { near, far, database, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

async function startFar(configFile: string): Promise<FarNode & AsyncDisposable> {
  const child = fork(fileURLToPath(new URL('far-node.ts', import.meta.url)), [configFile])
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const failed = ended.then(() => Promise.reject(new Error('the far node ended')))
  failed.catch(() => undefined)
  await Promise.race([once(child, 'message'), failed])
  return {
    async record(subjects) {
      const recorded = new Promise<void>((done) => {
        child.on('message', function listen(message: object) {
          if (!('recorded' in message)) return
          child.off('message', listen)
          done()
        })
      })
      child.send(subjects)
      await Promise.race([recorded, failed])
    },
    onCandidate(listener) {
      const take = (message: object) => 'theirs' in message && listener(message as CandidateSeen)
      child.on('message', take)
      return () => child.off('message', take)
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended
    },
  }
}

export function officerOf({ services }: RunningNode): Caller {
  const { directories, identity } = services
  return {
    actor: { member: partyOf(directories.current(), identity.me), person: { id: 'per_bench', roles: ['officer'] } },
    via: 'session',
    purpose: 'counter-terrorism',
    reference: 'bench',
  }
}

export function headerAt(now: Date): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [{ code: 'H2' }],
    purposes: ['counter-terrorism'],
    onward: 'ask',
    grading: { scheme: 'admiralty', source: 'B', information: '2' },
    category: 'suspect',
    nature: 'assessment',
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3(b)' },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 3, 'years'),
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
