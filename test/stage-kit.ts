import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { z } from 'zod'
import { type NodeConfig, readConfig, readJson, writeJson } from '#node/config'
import { type ExerciseAccount, makeAccounts, peopleSeed } from '#node/exercise-accounts'
import { exerciseMembers } from '#node/exercise-members'
import {
  type FederationMaterial,
  type MemberPlan,
  planFederation,
  signWith,
  succeed,
  writeFederation,
} from '#node/federation'
import { openNode, type RunningNode } from '#node/open-node'
import type { Directory, SignedDirectory } from '#protocol/directory'
import { freePort, freshDatabase } from './kit.ts'

/** A federation with some members running as real nodes and the others played by the test, which has all their keys. */
export interface Stage extends AsyncDisposable {
  readonly material: FederationMaterial
  readonly root: string
  readonly accounts: readonly ExerciseAccount[]
  /** Errors that the nodes logged: what a client saw as a masked failure. */
  readonly errors: readonly string[]
  node(member: string): RunningNode
  start(member: string): Promise<RunningNode>
  stop(member: string): Promise<void>
  token(member: string, username: string): string
  port(member: string): number
  /** Signs the directory that follows the one in force, changed, with two of the three directory keys. */
  nextDirectory(change: (document: Directory) => Partial<Directory>): Promise<SignedDirectory>
}

export interface StageOptions {
  /** Members that run, by the names of the exercise. */
  readonly running: readonly string[]
  /** States played by the test. */
  readonly played?: readonly string[]
  readonly groups?: Directory['groups']
  /** Changes the first directory before it is signed: endpoints, certificates. */
  readonly directory?: (document: Directory) => Directory
  /** Adds to the configuration of a node: `tls`. */
  readonly config?: (member: string, root: string) => Partial<NodeConfig>
  /** Parts of each seed file beside its people, by capability. */
  readonly seeds?: (member: string) => Readonly<Record<string, unknown>>
}

function playedState(id: string, port: number): MemberPlan {
  const contact = { desk: 'Desk', email: `desk@${id}.example`, phone: '+00 000', hours: '24/7' }
  return { id, name: `${id} (EXERCISE)`, kind: 'state', country: null, mandates: [], contact, roles: [], port }
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { running: runs, played = [], groups = [], seeds = () => ({}) } = options
  await using cleanup = new AsyncDisposableStack()
  const root = mkdtempSync(join(tmpdir(), 'comity-stage-'))
  cleanup.defer(() => rmSync(root, { recursive: true, force: true }))
  const plans = [
    ...(await Promise.all(
      exerciseMembers.filter((it) => runs.includes(it.id)).map(async (it) => ({ ...it, port: await freePort() })),
    )),
    ...(await Promise.all(played.map(async (id) => playedState(id, await freePort())))),
  ]
  const planned = await planFederation({ name: 'Comity test', exercise: true, members: plans, groups, now: new Date() })
  const first = options.directory?.(planned.directory.document) ?? planned.directory.document
  const material = { ...planned, directory: await signWith(first, planned.directoryKeys.slice(0, 2)) }
  const databases = new Map<string, string>()
  for (const it of runs) databases.set(it, cleanup.use(await freshDatabase()).url)
  const files = writeFederation(root, material, (member) => databases.get(member))
  const accounts = makeAccounts(plans)
  for (const it of runs) {
    const file = files.get(it)!
    writeJson(join(root, it, 'seed.json'), { ...seeds(it), people: peopleSeed(accounts, it) }, 0o600)
    const config = readJson(file, z.record(z.string(), z.unknown()))
    writeJson(file, { ...config, seedFile: 'seed.json', ...options.config?.(it, root) }, 0o600)
  }

  const errors: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void errors.push(line) })
  const open = new Map<string, RunningNode>()
  cleanup.defer(async () => {
    await Promise.all([...open.keys()].map((it) => stop(it)))
  })
  async function start(member: string): Promise<RunningNode> {
    const retry = { firstMilliseconds: 20, longestMilliseconds: 200 }
    const node = await openNode(readConfig(files.get(member)!), { log, retry })
    open.set(member, node)
    return node
  }
  async function stop(member: string): Promise<void> {
    const node = open.get(member)
    open.delete(member)
    await node?.[Symbol.asyncDispose]()
  }
  await Promise.all(runs.map(start))

  let newest = material.directory.document
  const moved = cleanup.move()
  return {
    material,
    root,
    accounts,
    errors,
    start,
    stop,
    port: (member) => plans.find((it) => it.id === member)!.port,
    node(member) {
      const node = open.get(member)
      if (node === undefined) throw new Error(`${member} is not running`)
      return node
    },
    token(member, username) {
      return accounts.find((it) => it.member === member && it.username === username)!.token
    },
    async nextDirectory(change) {
      newest = succeed(newest, change(newest), new Date())
      return signWith(newest, material.directoryKeys.slice(1, 3))
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

/** Nothing of the inside of a node: stack frames, paths, SQL, names of libraries. */
export const insides =
  /\n\s+at |node_modules|\/work\/|\.ts:\d+|\bTypeError\b|\bZodError\b|\bSyntaxError\b|\berror: |insert into|select \*|syntax error|invalid byte|violates|kysely|postgres/i

/** Waits until a reading holds, and returns the last one either way. */
export async function until<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  milliseconds = 30_000,
): Promise<T> {
  const end = performance.now() + milliseconds
  for (;;) {
    const value = await read()
    if (holds(value) || performance.now() > end) return value
    await new Promise((resume) => setTimeout(resume, 25))
  }
}
