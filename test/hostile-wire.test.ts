import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '#kernel/canonical'
import { addTime } from '#kernel/clock'
import { newId, type RecordId } from '#kernel/ids'
import { AuditEntry } from '#ledger/entry'
import { writeJson } from '#node/config'
import { signWith, succeed } from '#node/federation'
import { openSeal, type SealedEnvelope } from '#protocol/envelope'
import { generateJwk, type OwnKey, openOwnKey, publicPart, thumbprint } from '#protocol/keys'
import { signReceipt } from '#protocol/receipt'
import { recordHash, type SignedRecord } from '#protocol/record'
import { readHoldings } from '#store/holdings'
import { asPerson } from './api-kit.ts'
import { insides, openStage, type Stage, until } from './stage-kit.ts'
import { readTrail } from './trail-kit.ts'
import {
  type Actor,
  advance,
  type Crafting,
  craft,
  hashOfEnvelope,
  header,
  play,
  post,
  postRaw,
  read,
  resign,
  type Said,
  sealText,
  signed,
  subjectBody,
} from './wire-kit.ts'

/**
 * A node, `ke`, among members that hold valid keys and mean harm, with an honest neighbour in every batch. Each member of the
 * cast does one thing, so that its chain of envelopes shows what the one thing did.
 */

const cast = Array.from({ length: 140 }, (_, at) => `mal-${String(at + 1).padStart(2, '0')}`)
const envelopesPath = '/wire/v1/envelopes'

let stage: Stage
let good: Actor
let nextOfCast = 0

beforeAll(async () => {
  stage = await openStage({
    running: ['fr', 'ke'],
    played: ['good', 'owner', 'third', ...cast],
    groups: [{ id: 'all-of-us', name: 'All', members: ['ke', 'fr', 'owner', ...cast] }],
  })
  good = await play(stage, 'good')
}, 120_000)

afterAll(() => stage[Symbol.asyncDispose]())

const directory = () => stage.node('ke').services.directories.current()
const db = () => stage.node('ke').services.store.db
const member = () => play(stage, cast[nextOfCast++]!)

async function goodEnvelope(): Promise<{ envelope: SealedEnvelope; record: SignedRecord }> {
  const place = await db().selectFrom('peers').selectAll().where('member', '=', good.id).executeTakeFirst()
  advance(good, { sequence: place?.in_sequence ?? 0, hash: place?.in_hash ?? null })
  const record = await signed(good)
  return { record, envelope: await craft(good, { kind: 'record', record }, directory()) }
}

async function holds(record: SignedRecord): Promise<boolean> {
  const row = await db().selectFrom('records').select('version').where('id', '=', record.text.id).executeTakeFirst()
  return row?.version === record.text.version
}

const quarantined = (sender: string) =>
  db().selectFrom('quarantine').selectAll().where('sender', '=', sender).orderBy('id').execute()

async function refusals(sender: string) {
  const trail = await readTrail(stage.node('ke').services.store)
  return trail.filter((it) => it.actor.member === sender && it.outcome === 'refused')
}

function say(answer: Parameters<typeof read>[0], actor: Actor): Promise<Said> {
  return read(answer, { issuer: 'ke', me: actor.id, directory: directory() })
}

/** Posts a bad envelope with a good one of another member behind it, and returns what was said of the bad one. */
async function postWithNeighbour(actor: Actor, bad: unknown): Promise<Said> {
  const neighbour = await goodEnvelope()
  const { status, text, answers } = await post(stage, 'ke', [bad, neighbour.envelope])
  expect(status, text).toBe(200)
  expect(text).not.toMatch(insides)
  expect(answers).toHaveLength(2)
  expect(await say(answers[1]!, good)).toMatchObject({ how: 'receipt', code: 'accepted' })
  advance(good, neighbour.envelope)
  expect(await holds(neighbour.record)).toBe(true)
  return say(answers[0]!, actor)
}

async function sendsGood(actor: Actor): Promise<Said> {
  const record = await signed(actor)
  const envelope = await craft(actor, { kind: 'record', record }, directory())
  const { answers } = await post(stage, 'ke', [envelope])
  const said = await say(answers[0]!, actor)
  if (said.how === 'receipt') {
    advance(actor, envelope)
    expect(await holds(record)).toBe(said.code === 'accepted')
  }
  return said
}

const seen = new Map<string, string[]>()

function note(code: string, name: string): void {
  seen.set(code, [...(seen.get(code) ?? []), name])
}

interface Bad {
  readonly name: string
  readonly code: string
  readonly rule?: string | RegExp
  readonly make: (actor: Actor) => Promise<unknown>
}

/** Refused before its place in the sequence counts: the same place is free for a good one. */
async function isRefused({ name, code, rule, make }: Bad): Promise<void> {
  const actor = await member()
  const bad = await make(actor)
  const said = await postWithNeighbour(actor, bad)
  expect(said).toMatchObject({ how: 'problem', code })
  if (rule !== undefined) expect(said.rule).toMatch(rule)
  const sender = (bad as { from?: unknown }).from === actor.id ? actor.id : undefined
  if (sender !== undefined) await isKept(sender, code)
  expect(await sendsGood(actor)).toMatchObject({ how: 'receipt', code: 'accepted' })
  note(code, name)
}

/** Taken in its place and answered with a signed rejection. */
async function isRejected({ name, code, rule, make }: Bad): Promise<void> {
  const actor = await member()
  const bad = (await make(actor)) as SealedEnvelope
  const said = await postWithNeighbour(actor, bad)
  expect(said).toMatchObject({ how: 'receipt', code, receipt: { status: 'rejected', envelope: bad.hash } })
  if (rule !== undefined) expect(said.rule).toMatch(rule)
  await isKept(actor.id, code)
  advance(actor, bad)
  const again = await post(stage, 'ke', [bad])
  expect(await say(again.answers[0]!, actor)).toEqual(said)
  expect(await quarantined(actor.id)).toHaveLength(1)
  expect(await sendsGood(actor)).toMatchObject({ how: 'receipt', code: 'accepted' })
  note(code === 'record/refused' ? `${code} by ${said.rule}` : code, name)
}

async function isKept(sender: string, code: string): Promise<void> {
  const kept = await quarantined(sender)
  expect(kept.map((it) => it.code)).toEqual([code])
  expect(kept[0]!.evidence.length).toBeGreaterThan(10)
  expect(kept[0]!.reason).not.toMatch(insides)
  const entries = await refusals(sender)
  expect(entries.map((it) => it.reason?.split(':')[0])).toEqual([code])
}

const record = async (actor: Actor, change: Parameters<typeof signed>[1] = {}) => ({
  kind: 'record',
  record: await signed(actor, change),
})
const envelopeOf = async (actor: Actor, options: Crafting = {}) =>
  craft(actor, await record(actor), directory(), options)
const owner = () => play(stage, 'owner')

const flip = (text: string, at: number) => {
  const other = text[at] === 'A' ? 'B' : 'A'
  return text.slice(0, at) + other + text.slice(at + 1)
}

describe('a batch that is none', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const bodies: readonly [name: string, body: () => string, status: number, code: string][] = [
    ['nothing', () => '', 422, 'wire/malformed'],
    ['no JSON', () => '{"envelopes":[', 422, 'wire/malformed'],
    ['JSON of another form', () => '{"envelopes":{}}', 422, 'wire/malformed'],
    ['a member too many', () => '{"envelopes":[],"more":1}', 422, 'wire/malformed'],
    ['201 envelopes', () => JSON.stringify({ envelopes: Array(201).fill({}) }), 422, 'wire/malformed'],
    ['deep nesting', () => `{"envelopes":[${deep(50_000)}]}`, 422, 'wire/malformed'],
    ['a member named __proto__', () => '{"envelopes":[{"__proto__":{"from":"good"}}]}', 422, 'wire/malformed'],
    ['NUL', () => '{"envelopes":[{"from":"a\\u0000b"}]}', 422, 'wire/malformed'],
    ['half of a surrogate pair', () => '{"envelopes":[{"from":"\\ud800"}]}', 422, 'wire/malformed'],
    ['33 MiB', () => `{"envelopes":["${'a'.repeat(34_603_008)}"]}`, 413, 'envelope/too-large'],
  ]
  it.each(bodies)('%s is refused as a whole', async (name, body, status, code) => {
    const answer = await postRaw(stage.port('ke'), envelopesPath, body())
    expect(answer).toEqual({ status, text: JSON.stringify({ code }) })
    note(code, name)
    const neighbour = await goodEnvelope()
    const { answers } = await post(stage, 'ke', [neighbour.envelope])
    expect(await say(answers[0]!, good)).toMatchObject({ code: 'accepted' })
    advance(good, neighbour.envelope)
  })
})

describe('an item that is no envelope', () => {
  const items: readonly [name: string, item: unknown][] = [
    ['null', null],
    ['a number', 7],
    ['a text', 'envelope'],
    ['a list', [[[]]]],
    ['an empty object', {}],
    ['wrong types', { from: 1, to: [], sequence: '1', hash: null, sealed: {} }],
    ['a sequence below one', { from: 'mal-01', to: 'ke', sequence: 0, hash: '0'.repeat(64), sealed: 'x' }],
    [
      'a sequence beyond what can be counted',
      { from: 'mal-01', to: 'ke', sequence: 2 ** 60, hash: '0'.repeat(64), sealed: 'x' },
    ],
    [
      'a sender that is SQL',
      { from: "x'; drop table records; --", to: 'ke', sequence: 1, hash: '0'.repeat(64), sealed: 'x' },
    ],
    ['a hash that is none', { from: 'mal-01', to: 'ke', sequence: 1, hash: 'z'.repeat(64), sealed: 'x' }],
    [
      'a seal above the limit',
      { from: 'mal-01', to: 'ke', sequence: 1, hash: '0'.repeat(64), sealed: 'x'.repeat(8_388_609) },
    ],
    ['a member too many', { from: 'mal-01', to: 'ke', sequence: 1, hash: '0'.repeat(64), sealed: 'x', admin: true }],
  ]
  it.each(items)('%s is malformed, and the envelope behind it is taken', async (name, item) => {
    const before = (await quarantined('')).length
    expect(await postWithNeighbour(good, item)).toMatchObject({ how: 'problem', code: 'envelope/malformed' })
    const kept = await quarantined('')
    expect(kept).toHaveLength(before + 1)
    expect(kept.at(-1)).toMatchObject({ code: 'envelope/malformed' })
    expect(kept.at(-1)!.evidence.length).toBeLessThanOrEqual(65_536)
    expect((await refusals('unknown')).at(-1)).toMatchObject({ act: 'quarantine', recipient: 'ke' })
    note('envelope/malformed', name)
  })
})

describe('an envelope that cannot be trusted', () => {
  const stranger = async () => {
    const key = await openOwnKey(generateJwk('sign'))
    const actor: Actor = { id: 'stranger', signing: key, sealing: key, sequence: 0, previous: null }
    return envelopeOf(actor)
  }
  const bads: readonly Bad[] = [
    { name: 'of a stranger', code: 'envelope/stranger', make: stranger },
    {
      name: 'with a tampered seal',
      code: 'envelope/unopenable',
      make: async (it) => {
        const sound = await envelopeOf(it)
        return { ...sound, sealed: flip(sound.sealed, sound.sealed.length - 40) }
      },
    },
    {
      name: 'with no seal',
      code: 'envelope/unopenable',
      make: async (it) => ({ ...(await envelopeOf(it)), sealed: 'aaaa.bbbb.cccc.dddd.eeee' }),
    },
    { name: 'sealed to somebody else', code: 'envelope/unopenable', make: (it) => envelopeOf(it, { sealedTo: 'fr' }) },
    {
      name: 'whose routing hash is another',
      code: 'envelope/malformed',
      make: (it) => envelopeOf(it, { route: { hash: '0'.repeat(64) } }),
    },
    {
      name: 'whose routing sequence is another',
      code: 'envelope/malformed',
      make: (it) => envelopeOf(it, { route: { sequence: 2 } }),
    },
    { name: 'with garbage in the seal', code: 'envelope/malformed', make: async (it) => garbage(it, 'no signed text') },
    {
      name: 'with a signed text that is not JSON',
      code: 'json/malformed',
      make: (it) => envelopeOf(it, { payload: () => 'no JSON' }),
    },
    {
      name: 'with a signed text that says one thing twice',
      code: 'envelope/malformed',
      make: (it) => envelopeOf(it, { payload: (text) => text.replace('{', '{"from":"good",') }),
    },
    {
      name: 'with a signed text that is nested too deep',
      code: 'json/too-deep',
      make: (it) => envelopeOf(it, { payload: () => '['.repeat(100_000) }),
    },
    {
      name: 'with NUL in its signed text',
      code: 'json/malformed',
      make: (it) => envelopeOf(it, { payload: (text) => text.replace('"record"', '"rec\\u0000ord"') }),
    },
    {
      name: 'with a member named __proto__ in its signed text',
      code: 'json/malformed',
      make: (it) => envelopeOf(it, { payload: (text) => text.replace('{', '{"__proto__":{"to":"ke"},') }),
    },
    {
      name: 'without a purpose',
      code: 'envelope/malformed',
      make: (it) => envelopeOf(it, { signed: { purpose: 'curiosity' as never } }),
    },
    {
      name: 'with a member too many',
      code: 'envelope/malformed',
      make: (it) => envelopeOf(it, { signed: { admin: true } }),
    },
    {
      name: 'signed by a key of nobody',
      code: 'key/unknown',
      make: async (it) => envelopeOf(it, { key: await openOwnKey(generateJwk('sign')) }),
    },
    {
      name: 'signed by another member',
      code: 'key/unknown',
      make: async (it) => envelopeOf(it, { key: (await owner()).signing }),
    },
    {
      name: 'that names a sealing key as its signer',
      code: 'key/wrong-use',
      make: (it) => envelopeOf(it, { header: { kid: it.sealing.kid } }),
    },
    {
      name: 'whose signature is of another key than it names',
      code: 'envelope/bad-signature',
      make: async (it) => envelopeOf(it, { key: (await owner()).signing, header: { kid: it.signing.kid } }),
    },
    {
      name: 'changed after signing',
      code: 'envelope/bad-signature',
      make: (it) => envelopeOf(it, { alter: changePayload }),
    },
    {
      name: 'with a second spelling of its signature',
      code: 'envelope/bad-signature',
      make: (it) => envelopeOf(it, { alter: (text) => `${text}=` }),
    },
    {
      name: 'that is a signed text of another kind',
      code: 'envelope/bad-signature',
      make: (it) => envelopeOf(it, { header: { typ: 'comity-record+jws' } }),
    },
    {
      name: 'for another recipient in its routing data',
      code: 'envelope/wrong-recipient',
      make: (it) => envelopeOf(it, { route: { to: 'fr' } }),
    },
    {
      name: 'meant for another and passed on by its recipient',
      code: 'envelope/wrong-recipient',
      make: (it) => envelopeOf(it, { signed: { to: 'third' } }),
    },
    {
      name: 'that names another sender inside',
      code: 'envelope/wrong-sender',
      make: (it) => envelopeOf(it, { signed: { from: 'good' } }),
    },
    {
      name: 'that has expired',
      code: 'envelope/expired',
      make: (it) => envelopeOf(it, { signed: { expiresAt: addTime(new Date(), -1, 'minutes') } }),
    },
    {
      name: 'from the future',
      code: 'envelope/from-the-future',
      make: (it) => envelopeOf(it, { signed: { issuedAt: addTime(new Date(), 6, 'minutes') } }),
    },
  ]
  it.each(bads)('$name is refused with $code', isRefused)

  it('in the name of this node itself is refused', async () => {
    const self = await play(stage, 'ke')
    const said = await postWithNeighbour(self, await craft(self, await record(self), directory()))
    expect(said).toMatchObject({ how: 'problem', code: 'envelope/wrong-sender' })
    note('envelope/wrong-sender', 'in the name of this node itself')
  })

  it('a clock a little ahead is forgiven', async () => {
    const actor = await member()
    const envelope = await envelopeOf(actor, { signed: { issuedAt: addTime(new Date(), 4, 'minutes') } })
    expect(await postWithNeighbour(actor, envelope)).toMatchObject({ how: 'receipt', code: 'accepted' })
  })

  async function garbage(actor: Actor, text: string): Promise<unknown> {
    return { ...(await envelopeOf(actor)), hash: hashOfEnvelope(text), sealed: await sealText(text, 'ke', directory()) }
  }

  function changePayload(text: string): string {
    const [head, payload = '', signature] = text.split('.')
    const changed = Buffer.from(payload, 'base64url').toString('utf8').replace('counter-terrorism', 'border-security')
    return `${head}.${Buffer.from(changed).toString('base64url')}.${signature}`
  }
})

describe('order', () => {
  it('a replayed envelope gets the same receipt and has its effect once', async () => {
    const actor = await member()
    const content = await record(actor)
    const envelope = await craft(actor, content, directory())
    const batches = await Promise.all([
      post(stage, 'ke', [envelope, envelope]),
      post(stage, 'ke', [envelope]),
      post(stage, 'ke', [{}, envelope]), // another first item, so another turn
      post(stage, 'ke', [envelope, envelope, envelope]),
    ])
    expect(batches.map((it) => it.status)).toEqual([200, 200, 200, 200])
    const receipts = batches.flatMap((it) => it.answers).flatMap((it) => ('receipt' in it ? [it.receipt] : []))
    expect(receipts).toHaveLength(7)
    expect(new Set(receipts).size).toBe(1)
    const versions = await db()
      .selectFrom('record_versions')
      .selectAll()
      .where('record_id', '=', content.record.text.id)
      .execute()
    expect(versions).toHaveLength(1)
    const trail = await readTrail(stage.node('ke').services.store)
    expect(trail.filter((it) => it.act === 'receive' && it.object?.id === content.record.text.id)).toHaveLength(1)
    expect(await quarantined(actor.id)).toEqual([])
  })

  it('a receipt is given again to whoever shows the envelope, not to whoever knows its names', async () => {
    const actor = await member()
    const content = await record(actor)
    const envelope = await craft(actor, content, directory())
    const other = await craft(actor, await record(actor), directory())
    expect((await post(stage, 'ke', [envelope])).answers[0]).toHaveProperty('receipt')
    for (const sealed of ['', 'a.b.c.d.e', other.sealed]) {
      const { answers } = await post(stage, 'ke', [{ ...envelope, sealed }])
      expect(answers[0]).not.toHaveProperty('receipt')
    }
    expect((await post(stage, 'ke', [envelope])).answers[0]).toHaveProperty('receipt')
  })

  it('a gap is answered with the sequence that is expected, and closes', async () => {
    const actor = await member()
    const [one, two, three] = await chain(actor, 3)
    const first = await post(stage, 'ke', [three])
    expect(await say(first.answers[0]!, actor)).toMatchObject({ how: 'problem', code: 'envelope/gap', expected: 1 })
    const second = await post(stage, 'ke', [one, three, two, three])
    const said = await Promise.all(second.answers.map((it) => say(it, actor)))
    expect(said.map((it) => it.code)).toEqual(['accepted', 'envelope/gap', 'accepted', 'accepted'])
    expect(said[1]).toMatchObject({ expected: 2 })
    expect(await quarantined(actor.id)).toEqual([])
    note('envelope/gap', 'out of order')
  })

  it('a fork suspends the peer, keeps both envelopes, and changes nothing that was taken', async () => {
    const actor = await member()
    const [one, two] = await chain(actor, 2)
    await post(stage, 'ke', [one, two])
    const content = await record(actor)
    const fork = await craft({ ...actor, sequence: 1, previous: one!.hash }, content, directory())
    expect(await postWithNeighbour(actor, fork)).toMatchObject({ how: 'problem', code: 'envelope/fork' })
    note('envelope/fork', 'two at one sequence')
    expect(await holds(content.record)).toBe(false)
    const { suspended } = await db()
      .selectFrom('peers')
      .select('suspended')
      .where('member', '=', actor.id)
      .executeTakeFirstOrThrow()
    expect(suspended).toMatch(/sequence 2/)
    const kept = (await quarantined(actor.id)).filter((it) => it.code === 'envelope/fork')
    const own = await Promise.all(
      [two!, fork].map(async (it) => openSeal(it.sealed, [(await play(stage, 'ke')).sealing])),
    )
    expect(kept.map((it) => own.indexOf(it.evidence))).toEqual([0, 1])
    expect((await refusals(actor.id)).map((it) => it.reason?.split(':')[0])).toEqual(['envelope/fork'])

    const next = await craft({ ...actor, sequence: 2, previous: two!.hash }, await record(actor), directory())
    expect(await postWithNeighbour(actor, next)).toMatchObject({ how: 'problem', code: 'wire/suspended' })
    note('wire/suspended', 'after a fork')
    const before = await quarantined(actor.id)
    for (let times = 0; times < 5; times++) await post(stage, 'ke', [next, fork])
    expect((await quarantined(actor.id)).length - before.length).toBe(1)
    const replay = await post(stage, 'ke', [two])
    expect(await say(replay.answers[0]!, actor)).toMatchObject({ how: 'receipt', code: 'accepted' })

    const admin = asPerson(stage, 'ke', 'admin')
    const reinstated = await admin(`/api/v1/peers/${actor.id}/reinstate`, {
      body: { chain: 'theirs', reason: 'restored from a backup' },
    })
    expect(reinstated, reinstated.text).toMatchObject({ status: 200 })
    const again = await post(stage, 'ke', [fork])
    expect(await say(again.answers[0]!, actor)).toMatchObject({ how: 'receipt', code: 'accepted' })
  })

  it('an envelope that names another one before it is a fork too', async () => {
    const actor = await member()
    const [one] = await chain(actor, 1)
    await post(stage, 'ke', [one])
    const fork = await craft({ ...actor, sequence: 1, previous: '0'.repeat(64) }, await record(actor), directory())
    expect(await postWithNeighbour(actor, fork)).toMatchObject({ how: 'problem', code: 'envelope/fork' })
    expect((await quarantined(actor.id)).filter((it) => it.code === 'envelope/fork')).toHaveLength(2)
    note('envelope/fork', 'another one before it')
  })

  async function chain(actor: Actor, length: number): Promise<SealedEnvelope[]> {
    const own = { ...actor }
    const envelopes: SealedEnvelope[] = []
    for (let at = 0; at < length; at++) {
      const envelope = await craft(own, await record(own), directory())
      advance(own, envelope)
      envelopes.push(envelope)
    }
    return envelopes
  }
})

describe('a record that cannot be taken', () => {
  const sends = (content: (actor: Actor) => Promise<unknown>) => async (actor: Actor) =>
    craft(actor, await content(actor), directory())
  const reject = (
    name: string,
    code: string,
    content: (actor: Actor) => Promise<unknown>,
    rule?: string | RegExp,
  ): Bad => ({
    name,
    code,
    make: sends(content),
    ...(rule === undefined ? {} : { rule }),
  })
  /** A record as its text is changed and signed anew. */
  const changed = (change: (text: Record<string, Json>) => unknown) => async (actor: Actor) => ({
    kind: 'record',
    record: await resign(await signed(actor), actor.signing, change),
  })
  const handled = (change: Parameters<typeof header>[0]) => (actor: Actor) =>
    record(actor, { handling: header(change) })
  const bodied = (type: string, body: unknown) => (actor: Actor) =>
    record(actor, { type, body: body as Record<string, Json> })

  const bads: readonly Bad[] = [
    reject('whose owner did not sign it', 'record/bad-signature', async (it) => {
      const sound = await signed(it)
      return {
        kind: 'record',
        record: { ...sound, text: { ...sound.text, body: { ...sound.text.body, schema: 'Company' } } },
      }
    }),
    reject('with a signature in a second spelling', 'record/bad-signature', async (it) => {
      const sound = await signed(it)
      return { kind: 'record', record: { ...sound, signature: `${sound.signature}=` } }
    }),
    reject('without a signature', 'record/unsigned', async (it) => ({
      kind: 'record',
      record: { ...(await signed(it)), signature: 'none' },
    })),
    reject('signed in the name of another owner', 'key/unknown', async (it) => record(it, { owner: 'owner' })),
    reject('of an owner who is no member', 'member/unknown', async (it) => record(it, { owner: 'nobody' })),
    reject('issued before its key was', 'key/not-yet-valid', async (it) =>
      record(it, { issuedAt: '2020-01-01T00:00:00.000Z' }),
    ),
    reject('of a type that nobody knows', 'record/unknown-type', bodied('telepathy', { what: 'ever' })),
    reject('of a type named like a method', 'record/unknown-type', bodied('constructor', { what: 'ever' })),
    reject('of a form that nobody knows', 'record/unknown-schema', (it) => record(it, { schema: 999 })),
    reject('with a body of another form', 'record/malformed', bodied('subject', { schema: 'Person' })),
    reject(
      'with a property outside the vocabulary',
      'record/malformed',
      bodied('subject', { ...subjectBody(), statements: { a: { property: 'religion', value: 'x' } } }),
    ),
    reject(
      'with a handling code that nobody knows',
      'record/malformed',
      changed((text) => ((text.handling as Record<string, Json>).codes = [{ code: 'H9' }])),
      /handling/,
    ),
    reject(
      'with a TLP label that nobody knows',
      'record/malformed',
      changed((text) => ((text.handling as Record<string, Json>).tlp = 'PURPLE')),
      /handling/,
    ),
    reject(
      'without a legal basis',
      'record/malformed',
      changed((text) => delete (text.handling as Record<string, Json>).basis),
      /handling/,
    ),
    reject(
      'without a header',
      'record/malformed',
      changed((text) => delete text.handling),
      /handling/,
    ),
    reject(
      'with a member too many',
      'record/malformed',
      changed((text) => (text.override = true)),
    ),
    reject('that nobody can read without its marked fields', 'record/malformed', (it) =>
      record(it, { marks: { '/body/statements': { tlp: 'RED' } } }),
    ),
    reject('with a disclosure of another record', 'record/bad-disclosure', async (it) => {
      const [one, other] = await Promise.all([signed(it), signed(it)])
      return { kind: 'record', record: { ...one, disclosures: other.disclosures } }
    }),
    reject('with a disclosure that was changed', 'record/bad-disclosure', async (it) => {
      const sound = await signed(it)
      const [audience] = sound.disclosures
      return {
        kind: 'record',
        record: {
          ...sound,
          disclosures: [{ ...audience!, value: { members: ['ke'], groups: ['all-of-us'], sectors: [] } }],
        },
      }
    }),
    reject('with one disclosure twice', 'record/bad-disclosure', async (it) => {
      const sound = await signed(it)
      return { kind: 'record', record: { ...sound, disclosures: [...sound.disclosures, ...sound.disclosures] } }
    }),
    reject('that has expired', 'record/refused', handled({ expiresAt: addTime(new Date(), -1, 'days') }), /expiry/),
    reject(
      'whose audience is others',
      'record/refused',
      handled({ audience: { members: ['fr'], groups: [], sectors: [] } }),
      /audience/,
    ),
    reject(
      'TLP:RED to a whole group',
      'record/refused',
      handled({ tlp: 'RED', audience: { members: [], groups: ['all-of-us'], sectors: [] } }),
      /tlp/,
    ),
    reject(
      'for another purpose than that of the envelope',
      'record/refused',
      handled({ purposes: ['oversight'] }),
      /purpose/,
    ),
    reject('of somebody else, without a grant', 'record/refused', (it) => foreign(it), /onward/),
    reject(
      'of somebody else with H2, without a grant',
      'record/refused',
      (it) => foreign(it, { handling: { codes: [{ code: 'H2' }], onward: 'audience' } }),
      /H2/,
    ),
    reject(
      'of somebody else with a grant that its holder signed itself',
      'record/refused',
      (it) => foreign(it, { grant: {}, grantor: it.id }),
      /point 8/,
    ),
    reject(
      'of somebody else with a grant for another record',
      'record/refused',
      (it) => foreign(it, { grant: { about: newId('rec') } }),
      /point 8/,
    ),
    reject(
      'of somebody else with a grant that has expired',
      'record/refused',
      (it) => foreign(it, { grant: { expiresAt: addTime(new Date(), -1, 'minutes') } }),
      /onward/,
    ),
    reject(
      'of somebody else with a grant to another holder',
      'record/refused',
      (it) => foreign(it, { grant: { holder: 'third' } }),
      /onward/,
    ),
    reject(
      'of somebody else with a grant towards others',
      'record/refused',
      (it) => foreign(it, { grant: { recipients: ['fr'] } }),
      /onward/,
    ),
    reject(
      'of somebody else with a grant for another purpose',
      'record/refused',
      (it) => foreign(it, { grant: { purposes: ['oversight'] } }),
      /onward/,
    ),
    reject(
      'of somebody else with a grant for proceedings',
      'record/refused',
      (it) => foreign(it, { grant: { permits: 'use-in-proceedings' } }),
      /onward/,
    ),
    reject(
      'of somebody else with a record that is no grant',
      'record/refused',
      (it) => foreign(it, { grant: {}, type: 'permission-refusal' }),
      /point 8/,
    ),
    reject('of somebody else with a forged grant', 'record/bad-signature', (it) =>
      foreign(it, { grant: {}, forged: it.signing }),
    ),
    reject('of somebody else with a grant that lacks a part', 'record/malformed', (it) =>
      foreign(it, { grant: { purposes: undefined } }),
    ),
    reject(
      'that is its own grant',
      'record/refused',
      async (it) => {
        const id = newId('rec')
        const body = grantBody(id, it.id) as unknown as Record<string, Json>
        const grant = await signed(it, { id, type: 'grant', body })
        return { kind: 'record', record: grant, grant }
      },
      /point 8/,
    ),
    reject('a hit on a record that is not ours', 'hits/unknown', bodied('hit', hitBody({}))),
    reject(
      'a hit that is due before time began',
      'record/malformed',
      bodied('hit', hitBody({ dueAt: '0000-01-01T00:00:00.000Z' })),
    ),
    reject(
      'a message that is due before time began',
      'record/malformed',
      bodied('message', messageBody({ deadlineAt: '0000-01-01T00:00:00.000Z' })),
    ),
    reject(
      'a message whose attachment is not what it says',
      'messages/attachment-hash',
      bodied(
        'message',
        messageBody({
          attachments: {
            a: { name: 'a.txt', mediaType: 'text/plain', bytes: 1, sha256: '0'.repeat(64), content: 'YQ==' },
          },
        }),
      ),
    ),
    reject(
      'a message whose attachment is named with a path',
      'record/malformed',
      bodied(
        'message',
        messageBody({
          attachments: {
            a: { name: '../../etc/passwd', mediaType: 'text/plain', bytes: 1, sha256: '0'.repeat(64), content: 'YQ==' },
          },
        }),
      ),
    ),
    reject(
      'an answer to a request that was never sent',
      'messages/no-such-request',
      bodied('message', messageBody({ kind: 'answer', thread: newId('rec'), deadlineAt: null, deadlineRule: null })),
    ),
    reject(
      'a request for permission on a record that is not ours',
      'records/refused',
      bodied('permission-request', {
        about: newId('rec'),
        permits: 'onward',
        recipients: [],
        purposes: ['counter-terrorism'],
        reason: 'because',
      }),
    ),
    reject(
      'a confirmation of a hit that was never reported',
      'hits/unknown',
      bodied('confirmation', {
        about: newId('rec'),
        hit: newId('rec'),
        outcome: 'confirmed',
        note: 'Yes.',
        action: 'arrest',
        discreet: false,
        late: false,
      }),
    ),
  ]
  it.each(bads)('$name is rejected with $code', isRejected)

  it('of somebody else with a sound grant is taken', async () => {
    const actor = await member()
    const envelope = await craft(actor, await foreign(actor, { grant: {} }), directory())
    expect(await postWithNeighbour(actor, envelope)).toMatchObject({ how: 'receipt', code: 'accepted' })
  })

  it('a second version by somebody else, an older one and one of another chain leave the first as it is', async () => {
    const actor = await member()
    const first = await signed(actor)
    await taken(actor, { kind: 'record', record: first })
    const second = await signed(actor, { id: first.text.id, version: 2, previous: recordHash(first) })
    await taken(actor, { kind: 'record', record: second })
    const attempts: readonly [name: string, code: string, by: Actor, change: Parameters<typeof signed>[1]][] = [
      [
        'a version of an owner who is not the owner',
        'record/foreign-owner',
        await member(),
        { version: 3, previous: recordHash(second) },
      ],
      [
        'a version that was replaced before',
        'record/broken-chain',
        actor,
        { version: 1, body: subjectBody('Other') as never },
      ],
      ['a version that follows another one', 'record/broken-chain', actor, { version: 3, previous: recordHash(first) }],
      [
        'a version of another type',
        'record/foreign-owner',
        actor,
        { version: 3, previous: recordHash(second), type: 'threat', body: threatBody() as never },
      ],
    ]
    for (const [name, code, by, change] of attempts) {
      const bad = await craft(
        by,
        { kind: 'record', record: await signed(by, { id: first.text.id, ...change }) },
        directory(),
      )
      expect(await postWithNeighbour(by, bad), name).toMatchObject({ how: 'receipt', code })
      advance(by, bad)
      note(code, name)
      expect(await holds(second)).toBe(true)
    }
  })

  it('what cannot be cut in two characters is taken whole', async () => {
    const actor = await member()
    const subject = await ownRecord('shared with a finder', [actor.id])
    await taken(actor, {
      kind: 'record',
      record: await signed(actor, { type: 'hit', body: hitBody({ about: subject }) as never }),
    })
    const [hit] = await db()
      .withTables<{ hits: { id: RecordId; about: string } }>()
      .selectFrom('hits')
      .selectAll()
      .where('about', '=', subject)
      .execute()
    const done = `${'a'.repeat(119)}😀 and the rest`
    const feedback = { about: subject, hit: hit!.id, done, at: new Date().toISOString() }
    await taken(actor, { kind: 'record', record: await signed(actor, { type: 'feedback', body: feedback }) })
  })

  it('what its owner took back stays gone until its owner sends it again', async () => {
    const [actor, other] = [await member(), await member()]
    const handling = header({
      onward: 'audience',
      audience: { members: ['ke', other.id], groups: [], sectors: [] },
    })
    const first = await signed(actor, { handling })
    await taken(actor, { kind: 'record', record: first })
    const recall = { kind: 'recall', id: first.text.id, state: 'withdrawn', reason: 'no longer for you' }
    const envelope = await craft(actor, recall, directory())
    expect(await postWithNeighbour(actor, envelope)).toMatchObject({ how: 'receipt', code: 'erased' })
    advance(actor, envelope)
    const second = await signed(actor, { id: first.text.id, version: 2, previous: recordHash(first), handling })
    for (const record of [first, second]) {
      const copy = await craft(other, { kind: 'record', record }, directory())
      expect(await postWithNeighbour(other, copy)).toMatchObject({ how: 'receipt', code: 'record/erased' })
      advance(other, copy)
    }
    note('record/erased', 'a copy of what its owner took back')
    await taken(actor, { kind: 'record', record: second })
    const seen = await officer()(`/api/v1/records/${first.text.id}`)
    expect(seen, seen.text).toMatchObject({ status: 200, json: { version: 2, state: 'active' } })
  })

  async function taken(actor: Actor, content: unknown): Promise<void> {
    const envelope = await craft(actor, content, directory())
    expect(await postWithNeighbour(actor, envelope)).toMatchObject({ how: 'receipt', code: 'accepted' })
    advance(actor, envelope)
  }

  interface Foreign {
    readonly handling?: Parameters<typeof header>[0]
    readonly grant?: Record<string, unknown>
    readonly grantor?: string
    readonly type?: string
    readonly forged?: OwnKey
  }

  /** A record of another member that this one holds, with a grant or without. */
  async function foreign(holder: Actor, { handling = {}, grant, grantor, type = 'grant', forged }: Foreign = {}) {
    const originator = await owner()
    const it = await signed(originator, {
      handling: header({ audience: { members: ['ke', holder.id], groups: [], sectors: [] }, ...handling }),
    })
    if (grant === undefined) return { kind: 'record', record: it }
    const signer = grantor === undefined ? originator : await play(stage, grantor)
    const body = JSON.parse(JSON.stringify({ ...grantBody(it.text.id, holder.id), ...grant })) as Record<string, Json>
    const made = await signed(signer, { type, body })
    const proof =
      forged === undefined
        ? made
        : {
            ...made,
            signature: (await resign(made, forged, () => {})).signature.replace(
              /^[^.]*/,
              made.signature.split('.')[0]!,
            ),
          }
    return { kind: 'record', record: it, grant: proof }
  }
})

const grantBody = (about: string, holder: string) => ({
  about,
  permits: 'onward',
  holder,
  recipients: ['ke'],
  purposes: ['counter-terrorism'],
  expiresAt: addTime(new Date(), 30, 'days'),
  reason: 'For the case.',
})

const hitBody = (change: Record<string, unknown>) => ({
  about: newId('rec'),
  aboutVersion: 1,
  agreeing: ['name'],
  contradicting: [],
  score: 0.9,
  engine: 'test',
  disclosed: {},
  where: { country: null, place: null },
  seenAt: new Date().toISOString(),
  note: 'Seen at the border.',
  action: { requested: 'report', permitted: 'report', because: 'As the owner asks.', instruction: 'Report.' },
  dueAt: null,
  dueRule: null,
  ...change,
})

const messageBody = (change: Record<string, unknown>) => ({
  thread: null,
  kind: 'request',
  to: ['ke'],
  subject: 'A question',
  text: 'Do you know him?',
  urgency: 'normal',
  concerning: [],
  deadlineAt: addTime(new Date(), 7, 'days'),
  deadlineRule: 'eu-2023-977-normal',
  attachments: {},
  ...change,
})

const threatBody = () => ({
  title: 'A warning',
  what: 'Something may happen.',
  when: null,
  imminence: 'days',
  validUntil: addTime(new Date(), 7, 'days'),
})

const officer = () => asPerson(stage, 'ke', 'officer')

/** A record of the node itself, made through its API, for these members. */
async function ownRecord(name: string, members: readonly string[] = []): Promise<RecordId> {
  const handling = header({ audience: { members: [], groups: [], sectors: [] } })
  const made = await officer()('/api/v1/subjects', { body: { handling, body: subjectBody(name) } })
  expect(made.status, made.text).toBe(201)
  if (members.length > 0) {
    const shared = await officer()(`/api/v1/records/${made.json.id}/share`, { body: { with: { members } } })
    expect(shared.status, shared.text).toBe(202)
  }
  return made.json.id
}

describe('content that is not for the sender to say', () => {
  const says = (
    name: string,
    code: string,
    content: (actor: Actor) => Promise<Record<string, unknown>>,
    rule?: RegExp,
  ): Bad => ({
    name,
    code,
    make: async (actor) => craft(actor, await content(actor), directory()),
    ...(rule === undefined ? {} : { rule }),
  })
  const theirs = async () => {
    const record = await signed(good)
    const envelope = await craft(good, { kind: 'record', record }, directory())
    await post(stage, 'ke', [envelope])
    advance(good, envelope)
    return record.text.id
  }
  const bads: readonly Bad[] = [
    says('of a kind that nobody knows', 'content/unknown', async () => ({ kind: 'surprise' })),
    says('of a kind named like a method', 'content/unknown', async () => ({ kind: 'toString' })),
    says('a recall that lacks a part', 'content/malformed', async () => ({ kind: 'recall', id: newId('rec') })),
    says('a recall with a member too many', 'content/malformed', async () => ({
      kind: 'recall',
      id: newId('rec'),
      state: 'withdrawn',
      reason: '',
      all: true,
    })),
    says(
      'a recall by a member who is not the owner',
      'record/refused',
      async () => ({ kind: 'recall', id: await theirs(), state: 'withdrawn', reason: 'mine now' }),
      /point 7/,
    ),
    says(
      'a recall of a record of this node',
      'record/refused',
      async () => ({ kind: 'recall', id: await ownRecord('not theirs'), state: 'withdrawn', reason: 'mine now' }),
      /point 7/,
    ),
    says(
      'a suspension by a member who is not the owner',
      'record/refused',
      async () => ({ kind: 'recall', id: await theirs(), state: 'suspended', reason: 'mine now' }),
      /point 7/,
    ),
    says('that a record was read which this node does not own', 'record/not-held', async () => ({
      kind: 'read',
      id: await theirs(),
      version: 1,
    })),
    says('that a record was passed on which this node does not own', 'record/not-held', async () => ({
      kind: 'onward',
      id: await theirs(),
      version: 1,
      to: 'fr',
    })),
    says('that a version was read which does not exist', 'record/refused', async (it) => ({
      kind: 'read',
      id: await ownRecord('one version', [it.id]),
      version: 999_999,
    })),
    says('that a record was passed on to nobody', 'record/refused', async (it) => ({
      kind: 'onward',
      id: await ownRecord('to nobody', [it.id]),
      version: 2,
      to: 'nobody-at-all',
    })),
    says('that a record was passed on to its owner', 'record/refused', async (it) => ({
      kind: 'onward',
      id: await ownRecord('to its owner', [it.id]),
      version: 2,
      to: 'ke',
    })),
    says('a checkpoint that is none', 'ledger/malformed-note', async () => ({
      kind: 'checkpoint',
      note: 'none',
      oldSize: 0,
      proof: [],
    })),
    says('a checkpoint of another log', 'witness/foreign-log', async () => ({
      kind: 'checkpoint',
      note: `${'o'.repeat(99)}😀\n1\n${Buffer.alloc(32).toString('base64')}\n\n\u2014 x ${Buffer.alloc(68).toString('base64')}\n`,
      oldSize: 0,
      proof: [],
    })),
    says('a cosignature that is none', 'ledger/malformed-note', async () => ({ kind: 'cosignature', note: 'none' })),
  ]
  it.each(bads)('$name is rejected with $code', isRejected)

  it('a grant or a refusal by somebody else does not answer our request for permission', async () => {
    const [owned, other] = [await owner(), await member()]
    const record = await signed(owned)
    const envelope = await craft(owned, { kind: 'record', record }, directory())
    await post(stage, 'ke', [envelope])
    advance(owned, envelope)
    const asked = await officer()(`/api/v1/records/${record.text.id}/permission-requests`, {
      body: { recipients: ['fr'], purposes: ['counter-terrorism'], reason: 'For the case.' },
    })
    expect(asked.status, asked.text).toBe(201)
    const answers = [
      { type: 'grant', body: { ...grantBody(record.text.id, 'ke'), recipients: ['fr'] } },
      { type: 'permission-refusal', body: { about: record.text.id, request: asked.json.id, reason: 'No.' } },
    ]
    for (const change of answers) {
      const forged = await craft(other, { kind: 'record', record: await signed(other, change as never) }, directory())
      expect(await postWithNeighbour(other, forged)).toMatchObject({ how: 'receipt', code: 'records/refused' })
      advance(other, forged)
    }
    const { json } = await officer()('/api/v1/permission-requests')
    expect(json.items.find((it: { id: string }) => it.id === asked.json.id)).toMatchObject({
      state: 'open',
      answer: null,
    })
    note('records/refused', 'an answer to a request by somebody else')
  })
})

describe('a peer that answers falsely', () => {
  it('is not believed: the delivery stays open, with the reason, until a true receipt comes', async () => {
    const actor = await member()
    const other = await owner()
    let answer: (envelope: SealedEnvelope) => Promise<unknown> = async () => ({})
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', async () => {
        const { envelopes = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as {
          envelopes?: SealedEnvelope[]
        }
        const answers = request.url === envelopesPath ? await Promise.all(envelopes.map((it) => answer(it))) : []
        const whole = answers.find((it) => typeof it === 'string')
        response.setHeader('content-type', 'application/json')
        response.end(whole ?? JSON.stringify({ answers }))
      })
    })
    await new Promise<void>((ready) => server.listen(stage.port(actor.id), '127.0.0.1', ready))
    try {
      const receipt = {
        issuer: actor.id,
        to: 'ke',
        status: 'accepted' as const,
        at: new Date().toISOString(),
        record: null,
        code: null,
        rule: null,
      }
      const signs =
        (change: object, key = actor.signing) =>
        async (it: SealedEnvelope) => ({
          hash: it.hash,
          receipt: await signReceipt({ envelope: it.hash, ...receipt, ...change }, key),
        })
      const lies: readonly [name: string, problem: string, answer: (envelope: SealedEnvelope) => Promise<unknown>][] = [
        ['no JSON', 'json/malformed', async () => 'no JSON'],
        ['another form', 'wire/bad-answer', async () => '{"answers":{}}'],
        ['no answer at all', 'wire/bad-answer', async () => '{"answers":[]}'],
        ['nesting without end', 'json/too-deep', async () => '['.repeat(100_000)],
        ['a receipt that is none', 'json/malformed', async (it) => ({ hash: it.hash, receipt: 'a.b.c' })],
        ['a receipt by a stranger', 'key/unknown', signs({}, await openOwnKey(generateJwk('sign')))],
        ['a receipt by another member', 'key/unknown', signs({}, other.signing)],
        [
          'a receipt with a changed signature',
          'receipt/bad-signature',
          async (it) => ({
            hash: it.hash,
            receipt: flip(await signReceipt({ envelope: it.hash, ...receipt }, actor.signing), 30),
          }),
        ],
        ['a receipt for another envelope', 'wire/bad-answer', signs({ envelope: '0'.repeat(64) })],
        ['a receipt to another member', 'receipt/malformed', signs({ to: 'fr' })],
        ['a receipt of another issuer', 'receipt/malformed', signs({ issuer: 'good' })],
        ['a receipt with a status of its own', 'receipt/malformed', signs({ status: 'delighted' })],
        ['a receipt from before its key', 'key/not-yet-valid', signs({ at: '2020-01-01T00:00:00.000Z' })],
      ]
      const id = await ownRecord('for a peer that answers falsely')
      answer = lies[0]![2]
      await officer()(`/api/v1/records/${id}/share`, { body: { with: { members: [actor.id] } } })
      const { delivery } = stage.node('ke')
      for (const [name, problem, lie] of lies) {
        answer = async (it) => lie(it)
        const holding = await until(
          async () => {
            delivery.wake([actor.id])
            return (await readHoldings(stage.node('ke').services.store, id)).find((it) => it.member === actor.id)
          },
          (it) => it?.open?.problem === problem,
          4_000,
        )
        expect(holding, name).toMatchObject({ state: 'sent', open: { kind: 'record', problem } })
        note(`open: ${problem}`, name)
      }
      const second = await ownRecord('a second one for it', [actor.id])
      const sequences = new Set<number>()
      answer = async (it) => {
        sequences.add(it.sequence)
        return it.sequence === Math.min(...sequences) ? signs({ to: 'fr' })(it) : signs({})(it)
      }
      const { store } = stage.node('ke').services
      delivery.wake([actor.id])
      expect(
        await until(
          () => readHoldings(store, second),
          (it) => it[0]?.state === 'held' && it[0].open === null,
        ),
      ).toMatchObject([{ open: null }])
      expect(
        await until(
          () => readHoldings(store, id),
          (it) => it[0]?.open?.problem === 'receipt/malformed',
        ),
      ).toMatchObject([{ state: 'sent', open: { problem: 'receipt/malformed' } }])
      answer = async (it) => signs({ record: { id, version: 2 } })(it)
      delivery.wake([actor.id])
      const held = await until(
        () => readHoldings(store, id),
        (it) => it[0]?.state === 'held' && it[0].open === null,
      )
      expect(held).toMatchObject([{ member: actor.id, state: 'held', open: null }])
    } finally {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  })
})

describe('a directory that is none', () => {
  const send = (body: unknown) =>
    postRaw(stage.port('ke'), '/wire/v1/directory', typeof body === 'string' ? body : JSON.stringify(body))

  it('is refused, and the one in force stays', async () => {
    const before = directory().version
    const { material } = stage
    const { document } = material.directory
    const [one, two, three] = material.directoryKeys
    const next = succeed(directory(), {}, new Date())
    const attempts: readonly [name: string, code: string, body: unknown][] = [
      ['no JSON', 'directory/malformed', '{'],
      ['another form', 'directory/malformed', { document: {}, signatures: [] }],
      ['one signature', 'directory/too-few-signatures', await signWith(next, [one!])],
      ['one signature twice', 'directory/too-few-signatures', await signWith(next, [one!, one!])],
      [
        'keys of a member',
        'directory/too-few-signatures',
        await signWith(next, stage.material.keysOf.get('mal-01')!.keys.slice(0, 1)),
      ],
      [
        'another federation',
        'directory/wrong-federation',
        await signWith({ ...next, federation: 'Other' }, [one!, two!]),
      ],
      [
        'a rollback',
        'directory/rollback',
        await signWith({ ...document, issuedAt: new Date().toISOString() }, [two!, three!]),
      ],
      [
        'another one before it',
        'directory/rollback',
        await signWith({ ...next, previous: '0'.repeat(64) }, [two!, three!]),
      ],
      [
        'an expired one',
        'directory/expired',
        await signWith({ ...next, expiresAt: addTime(new Date(), -1, 'days') }, [two!, three!]),
      ],
      [
        'two members of one name',
        'directory/inconsistent',
        await signWith({ ...next, members: [...next.members, next.members[0]!] }, [two!, three!]),
      ],
      [
        'a group of nobody',
        'directory/inconsistent',
        await signWith({ ...next, groups: [{ id: 'none', name: 'None', members: ['nobody'] }] }, [two!, three!]),
      ],
    ]
    for (const [name, code, body] of attempts) {
      const answer = await send(body)
      expect(answer, name).toEqual({ status: 403, text: JSON.stringify({ code }) })
      expect(directory().version).toBe(before)
      note(code, name)
    }
  })
})

describe('keys', () => {
  it('that expired, were revoked, are not yet valid, or belong to a suspended member do not open the door', async () => {
    const actors = {
      expired: await member(),
      revoked: await member(),
      early: await member(),
      suspended: await member(),
    }
    const replaced = await member()
    const newKey = generateJwk('sign')
    const envelope = await envelopeOf(replaced)
    const first = await post(stage, 'ke', [envelope])
    const now = new Date()
    const changes: Record<string, object> = {
      [actors.expired.id]: { notAfter: addTime(now, -1, 'minutes') },
      [actors.revoked.id]: { revokedAt: addTime(now, -1, 'minutes') },
      [actors.early.id]: { notBefore: addTime(now, 1, 'days') },
    }
    const added = {
      kid: await thumbprint(newKey),
      use: 'sign' as const,
      jwk: publicPart(newKey),
      notBefore: addTime(now, -1, 'days'),
      notAfter: addTime(now, 3, 'years'),
    }
    const next = await stage.nextDirectory((document) => ({
      members: document.members.map((it) => ({
        ...it,
        suspended: it.id === actors.suspended.id,
        keys: [
          ...it.keys.map((key) => (key.use === 'sign' ? { ...key, ...changes[it.id] } : key)),
          ...(it.id === replaced.id ? [added] : []),
        ],
      })),
    }))
    expect(await postRaw(stage.port('ke'), '/wire/v1/directory', JSON.stringify(next))).toMatchObject({ status: 200 })

    const expected = {
      expired: 'key/expired',
      revoked: 'key/revoked',
      early: 'key/not-yet-valid',
      suspended: 'member/suspended',
    }
    for (const [name, code] of Object.entries(expected)) {
      const actor = actors[name as keyof typeof actors]
      expect(await postWithNeighbour(actor, await envelopeOf(actor)), name).toMatchObject({ how: 'problem', code })
      await isKept(actor.id, code)
      note(code, `an envelope by a member whose key or self is ${name}`)
    }
    // What they signed, sent by somebody else who holds it.
    const carrier = await member()
    const signedBy = {
      expired: undefined,
      revoked: 'key/revoked',
      early: 'key/not-yet-valid',
      suspended: 'member/suspended',
    }
    for (const [name, code] of Object.entries(signedBy)) {
      const actor = actors[name as keyof typeof actors]
      const issuedAt = addTime(now, -2, 'minutes')
      const handling = header({
        onward: 'audience',
        audience: { members: ['ke', carrier.id], groups: [], sectors: [] },
      })
      const carried = await craft(carrier, await record(actor, { issuedAt, handling }), directory())
      expect(await postWithNeighbour(carrier, carried), name).toMatchObject({
        how: 'receipt',
        code: code ?? 'accepted',
      })
      advance(carrier, carried)
      if (code !== undefined) note(code, `a record by a member whose key or self is ${name}`)
    }
    // A rotation: the old key and the new one are both good, and so is the chain over both.
    advance(replaced, envelope)
    expect(await say(first.answers[0]!, replaced)).toMatchObject({ code: 'accepted' })
    const rotated = { ...replaced, signing: await openOwnKey(newKey) }
    expect(await sendsGood(rotated)).toMatchObject({ code: 'accepted' })
    expect(await sendsGood({ ...rotated, signing: replaced.signing })).toMatchObject({ code: 'accepted' })
  })
})

describe('a greeting', () => {
  const greet = (body: string) => postRaw(stage.port('ke'), '/wire/v1/greeting', body)

  it('says the same to members and strangers, and takes nothing else', async () => {
    expect(await greet('{"member":"fr"}')).toEqual({ status: 200, text: '{}' })
    expect(await greet('{"member":"nobody"}')).toEqual({ status: 200, text: '{}' })
    for (const body of ['', '{', '[]', '{"member":1}', '{"member":"fr","wake":"all"}', '{"member":"../fr"}'])
      expect(await greet(body), body).toEqual({ status: 422, text: '{"code":"wire/malformed"}' })
  })
})

describe('a recipient whose key was revoked', () => {
  it('says what it said before under its new key', async () => {
    const actor = await member()
    const envelope = await envelopeOf(actor)
    const first = await post(stage, 'ke', [envelope])
    expect(await say(first.answers[0]!, actor)).toMatchObject({ code: 'accepted' })
    const newKey = generateJwk('sign')
    const { keys } = stage.material.keysOf.get('ke')!
    writeJson(join(stage.root, 'ke', 'keys.json'), { keys: [...keys, newKey] }, 0o600)
    await stage.stop('ke')
    await stage.start('ke')
    const now = new Date()
    const added = {
      kid: await thumbprint(newKey),
      use: 'sign' as const,
      jwk: publicPart(newKey),
      notBefore: addTime(now, -1, 'minutes'),
      notAfter: addTime(now, 1, 'years'),
    }
    const next = await stage.nextDirectory((document) => ({
      members: document.members.map((it) =>
        it.id === 'ke'
          ? {
              ...it,
              keys: [
                ...it.keys.map((key) => (key.use === 'sign' ? { ...key, revokedAt: now.toISOString() } : key)),
                added,
              ],
            }
          : it,
      ),
    }))
    expect(await postRaw(stage.port('ke'), '/wire/v1/directory', JSON.stringify(next))).toMatchObject({ status: 200 })
    await expect(say(first.answers[0]!, actor)).rejects.toMatchObject({ code: 'key/revoked' })
    const again = await post(stage, 'ke', [envelope])
    expect(await say(again.answers[0]!, actor)).toMatchObject({
      code: 'accepted',
      receipt: { envelope: envelope.hash },
    })
  })
})

describe('the whole', () => {
  it('has a code for each kind of harm', () => {
    expect(Object.fromEntries([...seen].sort(([a], [b]) => (a < b ? -1 : 1)))).toMatchInlineSnapshot(`
      {
        "content/malformed": [
          "a recall that lacks a part",
          "a recall with a member too many",
        ],
        "content/unknown": [
          "of a kind that nobody knows",
          "of a kind named like a method",
        ],
        "directory/expired": [
          "an expired one",
        ],
        "directory/inconsistent": [
          "two members of one name",
          "a group of nobody",
        ],
        "directory/malformed": [
          "no JSON",
          "another form",
        ],
        "directory/rollback": [
          "a rollback",
          "another one before it",
        ],
        "directory/too-few-signatures": [
          "one signature",
          "one signature twice",
          "keys of a member",
        ],
        "directory/wrong-federation": [
          "another federation",
        ],
        "envelope/bad-signature": [
          "whose signature is of another key than it names",
          "changed after signing",
          "with a second spelling of its signature",
          "that is a signed text of another kind",
        ],
        "envelope/expired": [
          "that has expired",
        ],
        "envelope/fork": [
          "two at one sequence",
          "another one before it",
        ],
        "envelope/from-the-future": [
          "from the future",
        ],
        "envelope/gap": [
          "out of order",
        ],
        "envelope/malformed": [
          "null",
          "a number",
          "a text",
          "a list",
          "an empty object",
          "wrong types",
          "a sequence below one",
          "a sequence beyond what can be counted",
          "a sender that is SQL",
          "a hash that is none",
          "a seal above the limit",
          "a member too many",
          "whose routing hash is another",
          "whose routing sequence is another",
          "with garbage in the seal",
          "with a signed text that says one thing twice",
          "without a purpose",
          "with a member too many",
        ],
        "envelope/stranger": [
          "of a stranger",
        ],
        "envelope/too-large": [
          "33 MiB",
        ],
        "envelope/unopenable": [
          "with a tampered seal",
          "with no seal",
          "sealed to somebody else",
        ],
        "envelope/wrong-recipient": [
          "for another recipient in its routing data",
          "meant for another and passed on by its recipient",
        ],
        "envelope/wrong-sender": [
          "that names another sender inside",
          "in the name of this node itself",
        ],
        "hits/unknown": [
          "a hit on a record that is not ours",
          "a confirmation of a hit that was never reported",
        ],
        "json/malformed": [
          "with a signed text that is not JSON",
          "with NUL in its signed text",
          "with a member named __proto__ in its signed text",
        ],
        "json/too-deep": [
          "with a signed text that is nested too deep",
        ],
        "key/expired": [
          "an envelope by a member whose key or self is expired",
        ],
        "key/not-yet-valid": [
          "issued before its key was",
          "an envelope by a member whose key or self is early",
          "a record by a member whose key or self is early",
        ],
        "key/revoked": [
          "an envelope by a member whose key or self is revoked",
          "a record by a member whose key or self is revoked",
        ],
        "key/unknown": [
          "signed by a key of nobody",
          "signed by another member",
          "signed in the name of another owner",
        ],
        "key/wrong-use": [
          "that names a sealing key as its signer",
        ],
        "ledger/malformed-note": [
          "a checkpoint that is none",
          "a cosignature that is none",
        ],
        "member/suspended": [
          "an envelope by a member whose key or self is suspended",
          "a record by a member whose key or self is suspended",
        ],
        "member/unknown": [
          "of an owner who is no member",
        ],
        "messages/attachment-hash": [
          "a message whose attachment is not what it says",
        ],
        "messages/no-such-request": [
          "an answer to a request that was never sent",
        ],
        "open: json/malformed": [
          "no JSON",
          "a receipt that is none",
        ],
        "open: json/too-deep": [
          "nesting without end",
        ],
        "open: key/not-yet-valid": [
          "a receipt from before its key",
        ],
        "open: key/unknown": [
          "a receipt by a stranger",
          "a receipt by another member",
        ],
        "open: receipt/bad-signature": [
          "a receipt with a changed signature",
        ],
        "open: receipt/malformed": [
          "a receipt to another member",
          "a receipt of another issuer",
          "a receipt with a status of its own",
        ],
        "open: wire/bad-answer": [
          "another form",
          "no answer at all",
          "a receipt for another envelope",
        ],
        "record/bad-disclosure": [
          "with a disclosure of another record",
          "with a disclosure that was changed",
          "with one disclosure twice",
        ],
        "record/bad-signature": [
          "whose owner did not sign it",
          "with a signature in a second spelling",
          "of somebody else with a forged grant",
        ],
        "record/broken-chain": [
          "a version that was replaced before",
          "a version that follows another one",
        ],
        "record/erased": [
          "a copy of what its owner took back",
        ],
        "record/foreign-owner": [
          "a version of an owner who is not the owner",
          "a version of another type",
        ],
        "record/malformed": [
          "with a body of another form",
          "with a property outside the vocabulary",
          "with a handling code that nobody knows",
          "with a TLP label that nobody knows",
          "without a legal basis",
          "without a header",
          "with a member too many",
          "that nobody can read without its marked fields",
          "of somebody else with a grant that lacks a part",
          "a hit that is due before time began",
          "a message that is due before time began",
          "a message whose attachment is named with a path",
        ],
        "record/not-held": [
          "that a record was read which this node does not own",
          "that a record was passed on which this node does not own",
        ],
        "record/refused by H2": [
          "of somebody else with H2, without a grant",
        ],
        "record/refused by audience": [
          "whose audience is others",
        ],
        "record/refused by expiry": [
          "that has expired",
        ],
        "record/refused by onward": [
          "of somebody else, without a grant",
          "of somebody else with a grant that has expired",
          "of somebody else with a grant to another holder",
          "of somebody else with a grant towards others",
          "of somebody else with a grant for another purpose",
          "of somebody else with a grant for proceedings",
        ],
        "record/refused by protocol point 7": [
          "a recall by a member who is not the owner",
          "a recall of a record of this node",
          "a suspension by a member who is not the owner",
          "that a version was read which does not exist",
          "that a record was passed on to nobody",
          "that a record was passed on to its owner",
        ],
        "record/refused by protocol point 8": [
          "of somebody else with a grant that its holder signed itself",
          "of somebody else with a grant for another record",
          "of somebody else with a record that is no grant",
          "that is its own grant",
        ],
        "record/refused by purpose": [
          "for another purpose than that of the envelope",
        ],
        "record/refused by tlp": [
          "TLP:RED to a whole group",
        ],
        "record/unknown-schema": [
          "of a form that nobody knows",
        ],
        "record/unknown-type": [
          "of a type that nobody knows",
          "of a type named like a method",
        ],
        "record/unsigned": [
          "without a signature",
        ],
        "records/refused": [
          "a request for permission on a record that is not ours",
          "an answer to a request by somebody else",
        ],
        "wire/malformed": [
          "nothing",
          "no JSON",
          "JSON of another form",
          "a member too many",
          "201 envelopes",
          "deep nesting",
          "a member named __proto__",
          "NUL",
          "half of a surrogate pair",
        ],
        "wire/suspended": [
          "after a fork",
        ],
        "witness/foreign-log": [
          "a checkpoint of another log",
        ],
      }
    `)
  })

  it('left an honest peer untouched, every audit entry well formed, and nothing masked', async () => {
    const fr = asPerson(stage, 'fr', 'officer')
    const handling = header({ audience: { members: [], groups: [], sectors: [] } })
    const { json } = await fr('/api/v1/subjects', { body: { handling, body: subjectBody('From a real node') } })
    await fr(`/api/v1/records/${json.id}/share`, { body: { with: { members: ['ke'] } } })
    const held = await until(
      () => readHoldings(stage.node('fr').services.store, json.id),
      (it) => it[0]?.state === 'held' && it[0].open === null,
    )
    expect(held).toMatchObject([{ member: 'ke', state: 'held', version: 2 }])
    const broken = (await readTrail(stage.node('ke').services.store)).flatMap((entry) => {
      const parsed = AuditEntry.safeParse(entry)
      return parsed.success ? [] : [{ entry, issues: parsed.error.issues }]
    })
    expect(broken).toEqual([])
    expect(stage.errors).toEqual([])
  })
})
