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
import { noticeStory } from '#node/notice-story'
import type { Step } from '#node/story-step'

const members = exerciseMembers.map((it) => ({ ...it, port: 0 }))
const tales: readonly { readonly name: string; readonly steps: readonly Step[]; readonly kills: number }[] = [
  { name: 'records', steps: story.slice(0, -2), kills: 20 }, // the audit trail is verified below, at every node
  { name: 'notices', steps: noticeStory, kills: 12 },
]

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

/**
 * Kills processes of the federation at random moments, two at a time, and starts them again: so many as are allowed, since a story
 * whose nodes never stay up would never end.
 */
function startKillers(federation: LaunchedFederation, random: () => number) {
  let killed = 0
  let allowed = 0
  let running = true
  let calm = false
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
  const underWay = new Set<Promise<unknown>>()
  const loop = async () => {
    while (running) {
      await sleep(30 + random() * 400)
      const up = [...federation.nodes.keys()].sort() // one that the story has switched off stays off
      if (calm || !running || killed >= allowed || up.length === 0) continue
      const striking = strike(up[Math.floor(random() * up.length)]!)
      underWay.add(striking)
      await striking.finally(() => underWay.delete(striking))
    }
  }
  const done = Promise.all([loop(), loop()])
  done.catch((cause: unknown) => console.error('a killer stopped', cause)) // `stop` reports it again
  return {
    count: () => killed,
    allow(more: number) {
      allowed = killed + more
    },
    async rest<T>(work: () => Promise<T>): Promise<T> {
      calm = true
      await Promise.all(underWay)
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

/** What was sent from each member to each other came exactly once, and nothing is left to send. */
async function expectWholeTraffic(federation: LaunchedFederation): Promise<void> {
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
}

/** Ids of what an alert met at one office, as that office and as the owners of the alerts have them. */
async function idsOf(federation: LaunchedFederation, member: string, sql: string): Promise<string[]> {
  return (await query<{ id: string }>(federation, member, sql)).map((it) => it.id).sort()
}

/** Every notice went where its story says, was decided once, met once for each look, and reported once. */
async function expectWholeNotices(federation: LaunchedFederation, times: number): Promise<void> {
  const rows = (member: string, sql: string) => query<object>(federation, member, sql)
  const standing =
    'select role, owner, type, place, count(*)::int as times from notices group by 1, 2, 3, 4 order by 2, 3'
  const discreet = { owner: 'id', type: 'blue', place: 'published', times }
  const abusive = { owner: 'ke', type: 'red', place: 'refused', times }
  expect(await rows('fr', standing)).toEqual([
    { role: 'issuer', owner: 'fr', type: 'red', place: 'executed', times },
    { role: 'holder', ...discreet },
  ])
  expect(await rows('ke', standing)).toEqual([
    { role: 'holder', ...discreet },
    { role: 'issuer', ...abusive },
  ])
  expect(await rows('id', standing)).toEqual([{ role: 'issuer', ...discreet }])
  expect(await rows('secretariat', standing)).toEqual([
    { role: 'reviewer', ...discreet },
    { role: 'reviewer', ...abusive },
  ])

  // One decision about each notice, and one line for it wherever it was heard.
  const decided = (type: string, owner: string) =>
    `select count(*)::int as times from records where type = '${type}' and owner = '${owner}'`
  expect(await rows('secretariat', decided('notice-decision', 'secretariat'))).toEqual([{ times: 3 * times }])
  expect(await rows('ke', decided('notice-report', 'ke'))).toEqual([{ times }])
  expect(await rows('ke', decided('alert-return', 'ke'))).toEqual([{ times }])
  for (const member of ['fr', 'ke', 'id', 'secretariat'])
    expect(
      await rows(member, `select member, reason, count(*)::int as times from notice_refusals group by 1, 2`),
    ).toEqual([{ member: 'ke', reason: 'neutrality', times }])
  const told =
    "select what, member, count(*)::int as times from notice_events join notices on notice = notices.id where role = 'issuer' and type = 'red' group by 1, 2 order by 1, 2"
  expect(await rows('fr', told)).toEqual([
    { what: 'amend', member: 'fr', times },
    { what: 'draft', member: 'fr', times },
    { what: 'executed', member: 'fr', times },
    { what: 'executed', member: 'ke', times },
    { what: 'published', member: 'secretariat', times },
    { what: 'submit', member: 'fr', times },
  ])

  // Three passengers in every list, of whom one was met, once; whatever the desk met, its owner has.
  expect(
    await rows(
      'ke',
      `select count(*)::int as times, sum((summary -> 'counts' ->> 'read')::int)::int as read from border_messages`,
    ),
  ).toEqual([{ times, read: 3 * times }])
  const met = (role: string) => `select id from border_hits where role = '${role}'`
  const found = await idsOf(federation, 'ke', met('finder'))
  const owned = await Promise.all(['fr', 'id'].map((it) => idsOf(federation, it, met('owner'))))
  expect(owned[0]).toHaveLength(times)
  expect(owned.flat().sort()).toEqual(found)
  // What was known of the traveller beside a notice went with the notice.
  expect(await rows('ke', 'select count(*)::int as times from border_candidates where hit is not null')).toEqual([
    { times: owned[1]!.length },
  ])
}

describe('kill -9', () => {
  it(`loses nothing and doubles nothing when processes are killed at random moments of both stories`, {
    timeout: 600_000,
  }, async () => {
    const root = mkdtempSync(join(tmpdir(), 'comity-fault-'))
    const seed = Number(process.env.COMITY_SEED ?? Date.now() % 1_000_000)
    console.log(`seed ${seed} (COMITY_SEED repeats it)`)
    try {
      await using federation = await launchFederation({ root, name: 'Comity fault test', members })
      const api = apiClient(federation, { milliseconds: 120_000 })
      const killers = startKillers(federation, randomFrom(seed))
      const told = new Map<string, number>()
      for (const { name, steps, kills } of tales) {
        const before = killers.count()
        killers.allow(kills)
        let times = 0
        while (killers.count() - before < kills) {
          const plot = { federation, api, patienceMilliseconds: 120_000, ids: {} }
          for (const { play, calm } of steps) await (calm ? killers.rest(() => play(plot)) : play(plot))
          times++
        }
        told.set(name, times)
        console.log(`${killers.count() - before} kills in ${times} times the story of ${name}`)
      }
      await killers.stop()
      await expectWholeTraffic(federation)

      const count = async (member: string, sql: string) =>
        (await query<{ count: number }>(federation, member, `select count(*)::int as count from ${sql}`))[0]!.count
      const records = told.get('records')!
      expect(await count('fr', `records where type = 'subject' and owner = 'fr'`)).toBe(records * 3)
      expect(await count('ke', `records where type = 'subject' and owner = 'ke'`)).toBe(records)
      expect(await count('ke', `records where type = 'hit' and owner = 'ke'`)).toBe(records)
      expect(await count('fr', `hits where role = 'owner' and state = 'confirmed'`)).toBe(records)
      expect(await count('fr', `records where type = 'grant' and owner = 'fr'`)).toBe(records)
      for (const member of ['ke', 'id', 'horizon-bank'])
        expect(await count(member, `records where owner = 'fr' and type = 'subject' and state <> 'erased'`)).toBe(0)

      await expectWholeNotices(federation, told.get('notices')!)
      for (const { id } of members) {
        const kept = await query(federation, id, 'select sender, code, reason from quarantine')
        expect(kept, `refused by ${id}`).toEqual([])
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
