import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { apiClient, eventually } from '#node/api-client'
import { NodeConfig, readJson } from '#node/config'
import { exerciseMembers } from '#node/exercise-members'
import { story } from '#node/exercise-story'
import { type LaunchedFederation, launchFederation } from '#node/launch'

const kills = 50
const members = exerciseMembers.filter((it) => it.id !== 'secretariat').map((it) => ({ ...it, port: 0 }))

/** Asks the database of a member; while PostgreSQL recovers from a kill, it waits. */
async function query<Row extends object>(federation: LaunchedFederation, member: string, sql: string): Promise<Row[]> {
  const { databaseUrl } = readJson(federation.configFile(member), NodeConfig)
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: databaseUrl })
    client.on('error', (problem) => problem)
    try {
      await client.connect()
      return (await client.query<Row>(sql)).rows
    } catch (cause) {
      if (attempt === 300) throw cause
      await sleep(100)
    } finally {
      await client.end().catch((problem: Error) => problem)
    }
  }
}

/** Kills processes of the federation at random moments, and starts them again, until it is told to stop. */
function startKiller(federation: LaunchedFederation, random: () => number) {
  let killed = 0
  let running = true
  let calm = false
  let underWay: Promise<unknown> = Promise.resolve()
  const strike = async (id: string) => {
    killed++
    if (random() < 0.15) {
      // One server process of PostgreSQL: the server recovers, and every connection to it is lost.
      const sql =
        'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() limit 1'
      const [backend] = await query<{ pid: number }>(federation, id, sql)
      if (backend !== undefined) process.kill(backend.pid, 'SIGKILL')
      return sleep(500)
    }
    await federation.stop(id, 'SIGKILL')
    return federation.start(id)
  }
  const loop = async () => {
    while (running) {
      await sleep(30 + random() * 500)
      const up = [...federation.nodes.keys()].sort() // one that the story has switched off stays off
      if (calm || !running || up.length === 0) continue
      underWay = strike(up[Math.floor(random() * up.length)]!)
      await underWay
    }
  }
  const done = loop()
  done.catch((cause: unknown) => console.error('the killer stopped', cause)) // `stop` reports it again
  return {
    count: () => killed,
    async rest<T>(work: () => Promise<T>): Promise<T> {
      calm = true
      await underWay
      try {
        return await work()
      } finally {
        calm = false
      }
    },
    async stop() {
      running = false
      await done
    },
  }
}

/** Small and repeatable: the seed is printed with a failure. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

describe('kill -9', () => {
  it(`loses nothing and doubles nothing when processes are killed at ${kills} random moments of the story`, {
    timeout: 600_000,
  }, async () => {
    const root = mkdtempSync(join(tmpdir(), 'comity-fault-'))
    const seed = Number(process.env.COMITY_SEED ?? Date.now() % 1_000_000)
    console.log(`seed ${seed} (COMITY_SEED repeats it)`)
    try {
      await using federation = await launchFederation({ root, name: 'Comity fault test', members })
      const api = apiClient(federation, { milliseconds: 120_000 })
      const killer = startKiller(federation, randomFrom(seed))
      const steps = story.slice(0, -2) // the audit trail is verified below, at every node
      let told = 0
      while (killer.count() < kills) {
        const plot = { federation, api, patienceMilliseconds: 120_000, ids: {} }
        for (const { play, calm } of steps) await (calm ? killer.rest(() => play(plot)) : play(plot))
        told++
      }
      await killer.stop()
      console.log(`${killer.count()} kills in ${told} times the story`)

      for (const from of members) {
        for (const to of members) {
          if (from === to) continue
          const sent = () =>
            query<{ open: number; sequence: number }>(
              federation,
              from.id,
              `select (select count(*)::int from outbox where recipient = '${to.id}' and state in ('waiting', 'sealed')) as open, coalesce((select out_sequence::int from peers where member = '${to.id}'), 0) as sequence`,
            )
          const [out] = await eventually(sent, ([it]) => it?.open === 0, { milliseconds: 120_000 })
          const [into] = await query<{ rows: number; sequence: number }>(
            federation,
            to.id,
            `select count(*)::int as rows, coalesce(max(sequence)::int, 0) as sequence from inbox where sender = '${from.id}'`,
          )
          expect({ from: from.id, to: to.id, ...into }).toEqual({
            from: from.id,
            to: to.id,
            rows: out!.sequence,
            sequence: out!.sequence,
          })
        }
      }
      const count = async (member: string, sql: string) =>
        (await query<{ count: number }>(federation, member, `select count(*)::int as count from ${sql}`))[0]!.count
      expect(await count('fr', `records where type = 'subject' and owner = 'fr'`)).toBe(told * 3)
      expect(await count('ke', `records where type = 'subject' and owner = 'ke'`)).toBe(told)
      expect(await count('ke', `records where type = 'hit' and owner = 'ke'`)).toBe(told)
      expect(await count('fr', `hits where role = 'owner' and state = 'confirmed'`)).toBe(told)
      expect(await count('fr', `records where type = 'grant' and owner = 'fr'`)).toBe(told)
      expect(await count('fr', 'quarantine')).toBe(0)
      for (const member of ['ke', 'id', 'horizon-bank']) {
        expect(await count(member, `records where owner = 'fr' and type = 'subject' and state <> 'erased'`)).toBe(0)
        expect(await count(member, 'quarantine')).toBe(0)
      }
      for (const { id } of members) {
        const leaves = await count(id, 'ledger_leaves')
        const [head] = await query<{ size: number }>(
          federation,
          id,
          `select (frontier ->> 'size')::int as size from ledger_head`,
        )
        expect(head?.size).toBe(leaves)
      }
      const last = story.at(-2)!
      await last.play({ federation, api, patienceMilliseconds: 60_000, ids: {} })
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})
