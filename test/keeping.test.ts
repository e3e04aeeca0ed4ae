import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '#kernel/bytes'
import { canonical } from '#kernel/canonical'
import type { SignedRecord } from '#protocol/record'
import { removeOld } from '#store/retention'
import { asPerson } from './api-kit.ts'
import { openStage, type Stage } from './stage-kit.ts'
import { type Actor, advance, craft, header, play, post, read, signed, subjectBody } from './wire-kit.ts'

/** What a node keeps of the exchange, for how long, and that nobody can make it keep more. */

let stage: Stage
let owner: Actor
let holder: Actor

beforeAll(async () => {
  stage = await openStage({ running: ['ke'], played: ['owner', 'holder', 'other'] })
  owner = await play(stage, 'owner')
  holder = await play(stage, 'holder')
}, 120_000)

afterAll(() => stage[Symbol.asyncDispose]())

const node = () => stage.node('ke').services
const db = () => node().store.db

async function send(actor: Actor, content: unknown) {
  const envelope = await craft(actor, content, node().directories.current())
  const { answers } = await post(stage, 'ke', [envelope])
  const said = await read(answers[0]!, { issuer: 'ke', me: actor.id, directory: node().directories.current() })
  advance(actor, envelope)
  return said
}

async function count(from: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.raw(from)}`.execute(db())
  return rows[0]!.count
}

describe('what anybody can send', () => {
  const quarantineLeaves = `ledger_leaves where entry ->> 'act' = 'quarantine'`

  it('fills neither the quarantine nor the audit: beyond a number a day it is counted', async () => {
    const from = 'nobody-here'
    const stray = () => ({ from, to: 'ke', sequence: 1, hash: toHex(randomBytes(32)), sealed: 'a.b.c.d.e' })
    const before = await count(quarantineLeaves)
    for (let batch = 0; batch < 3; batch++) {
      const { answers } = await post(stage, 'ke', Array.from({ length: 150 }, stray))
      for (const answer of answers) expect(answer).toMatchObject({ problem: { code: 'envelope/stranger' } })
    }
    const kept = await count('quarantine where not proven')
    expect(kept).toBeGreaterThanOrEqual(200)
    expect(kept).toBeLessThan(220) // those that are counted at one time do not see each other
    expect((await count(quarantineLeaves)) - before).toBe(kept)
    const seen = await asPerson(stage, 'ke', 'auditor')('/api/v1/quarantine?limit=1')
    expect(seen.json).toMatchObject({ notKept: [{ code: 'envelope/stranger', count: 450 - kept }] })
  })

  it('leaves room for what a member sent', async () => {
    const actor = await play(stage, 'other')
    expect(await send(actor, { kind: 'record', record: {} })).toMatchObject({ code: 'record/malformed' })
    expect(await count(`quarantine where proven and sender = 'other'`)).toBe(1)
  })
})

describe('one version by two routes', () => {
  const audience = { members: ['ke', 'holder'], groups: [], sectors: [] }
  const handling = header({ onward: 'audience', audience })
  const mark = { '/body/statements/x1': { expiresAt: '2027-06-01T00:00:00.000Z' } }
  let record: SignedRecord

  const without = (it: SignedRecord) => ({
    ...it,
    disclosures: it.disclosures.filter(({ pointer }) => pointer === '/handling/audience'),
  })
  const bodyHere = async () => {
    const row = await db().selectFrom('records').selectAll().where('id', '=', record.text.id).executeTakeFirstOrThrow()
    return row
  }

  it('is accepted from both, and the second only adds what the first left out', async () => {
    const body = subjectBody('Two Routes') as { statements: Record<string, object> }
    body.statements.x1 = { property: 'nationality', value: 'id' }
    record = await signed(owner, { handling, body: body as never, marks: mark as never })
    expect(await send(holder, { kind: 'record', record: without(record) })).toMatchObject({ code: 'accepted' })
    expect(canonical((await bodyHere()).body)).not.toContain('nationality')
    expect(await send(owner, { kind: 'record', record })).toMatchObject({ code: 'accepted' })
    expect((await bodyHere()).body).toEqual(body)
    expect(await send(holder, { kind: 'record', record: without(record) })).toMatchObject({ code: 'accepted' })
    expect(await bodyHere()).toMatchObject({ body, state: 'active', version: 1, received_from: 'holder' })
    expect(await count(`record_versions where record_id = '${record.text.id}'`)).toBe(1)
  })

  it('stays suspended when it comes again', async () => {
    const recall = { kind: 'recall', id: record.text.id, state: 'suspended', reason: 'under review' }
    expect(await send(owner, recall)).toMatchObject({ code: 'accepted' })
    expect(await send(holder, { kind: 'record', record: without(record) })).toMatchObject({ code: 'accepted' })
    expect((await bodyHere()).state).toBe('suspended')
  })

  it('is gone from every place once its owner takes it back', async () => {
    const broken = { ...record, signature: `${record.signature.slice(0, -4)}AAAA` }
    expect((await send(holder, { kind: 'record', record: broken })).code).toBe('record/bad-signature')
    expect(await count(`quarantine where record_id = '${record.text.id}' and evidence <> ''`)).toBe(1)
    const recall = { kind: 'recall', id: record.text.id, state: 'withdrawn', reason: 'an error' }
    expect(await send(owner, recall)).toMatchObject({ code: 'erased' })
    expect(await count(`quarantine where record_id = '${record.text.id}' and evidence <> ''`)).toBe(0)
    expect(await count(`record_versions where record_id = '${record.text.id}'`)).toBe(0)
    expect(await count(`inbox_tips where record_id = '${record.text.id}'`)).toBe(0)
    expect((await bodyHere()).body).toEqual({})
  })
})

describe('retention', () => {
  it('removes answers after a day, sent envelopes and evidence later, and keeps that there was something', async () => {
    await sql`insert into replies (caller, key, request, status, body, at) values
      ('a', 'old', '', 200, '', now() - interval '25 hours'), ('a', 'new', '', 200, '', now())`.execute(db())
    await sql`insert into outbox (recipient, purpose, content, state, hash, signed, answered_at) values
      ('owner', 'oversight', '{"kind":"read"}', 'delivered', 'h1', 'text', now() - interval '91 days'),
      ('owner', 'oversight', '{"kind":"read"}', 'delivered', 'h2', 'text', now())`.execute(db())
    await sql`insert into quarantine (sender, code, reason, evidence, at)
      values ('owner', 'test/old', 'test', 'text', now() - interval '181 days')`.execute(db())
    await removeOld(node().store)
    expect(await count(`replies where key in ('old', 'new')`)).toBe(1)
    expect(await count(`outbox where hash in ('h1', 'h2')`)).toBe(2)
    expect(await count(`outbox where hash in ('h1', 'h2') and signed is not null`)).toBe(1)
    expect(await count(`quarantine where code = 'test/old' and evidence = ''`)).toBe(1)
  })
})
