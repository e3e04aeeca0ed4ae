import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTime } from '#kernel/clock'
import { newId } from '#kernel/ids'
import { type Ask, ask, asPerson, type Reply } from './api-kit.ts'
import { insides, openStage, type Stage, until } from './stage-kit.ts'
import { header, subjectBody } from './wire-kit.ts'

/** What people and programs may send to the API of a node over HTTP, by mistake or on purpose. */

let stage: Stage

beforeAll(async () => {
  stage = await openStage({ running: ['fr'], played: ['ke'] })
}, 120_000)

afterAll(() => stage[Symbol.asyncDispose]())

const as = (username: string) => asPerson(stage, 'fr', username)
const nobody = (path: string, options: Ask = {}) => ask(stage.port('fr'), path, options)
const db = () => stage.node('fr').services.store.db

const unshared = { members: [], groups: [], sectors: [] }
const input = (change: object = {}) => ({ handling: header({ audience: unshared }), body: subjectBody(), ...change })
const handled = (change: object) => input({ handling: { ...header({ audience: unshared }), ...change } })
const bodied = (change: object) => input({ body: { ...subjectBody(), ...change } })
const named = (value: string) => bodied({ statements: { a1: { property: 'name', value } } })

async function countRecords(): Promise<number> {
  const { count } = await db()
    .selectFrom('records')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** An answer of RFC 9457 with these, and nothing of the inside of the node. */
function expectProblem(reply: Reply, status: number, code: string | RegExp): void {
  expect(reply, reply.text.slice(0, 1_000)).toMatchObject({ status })
  expect(reply.text).not.toMatch(insides)
  expect(reply.headers['content-type']).toBe('application/problem+json')
  expect(reply.headers['cache-control']).toBe('no-store')
  const { title, code: said, correlation } = reply.json
  expect(said).toMatch(code)
  expect(reply.json).toMatchObject({ type: `urn:comity:problem:${said}`, status })
  expect(title.length).toBeGreaterThan(5)
  expect(correlation).toMatch(/^[0-9a-f-]{36}$/)
}

interface Case {
  readonly name: string
  readonly who?: string
  readonly path: string
  readonly ask?: Ask
  readonly status: number
  readonly code: string | RegExp
}

async function refuses({ who = 'officer', path, ask: options = {}, status, code }: Case): Promise<void> {
  const before = await countRecords()
  expectProblem(await as(who)(path, options), status, code)
  expect(await countRecords()).toBe(before)
}

const subjects = '/api/v1/subjects'
const record = (id: string) => `/api/v1/records/${id}`

describe('a body that cannot be read', () => {
  const raw = (
    name: string,
    body: string | Uint8Array,
    status: number,
    code: string,
    type = 'application/json',
  ): Case => ({
    name,
    path: subjects,
    ask: { raw: body, headers: { 'content-type': type } },
    status,
    code,
  })
  const sound = () => JSON.stringify(input())
  const withText = (text: string) => sound().replace('Idris', text)
  const cases: readonly Case[] = [
    raw('is empty', '', 422, 'http/malformed'),
    raw('is no JSON', '{"handling":', 422, 'json/malformed'),
    raw('is JSON and more', '{} {}', 422, 'json/malformed'),
    raw('is a text', '"subject"', 422, 'http/malformed'),
    raw('is a list', '[]', 422, 'http/malformed'),
    raw('is null', 'null', 422, 'http/malformed'),
    raw('is a form', 'handling=AMBER', 415, 'http/unsupported-type', 'application/x-www-form-urlencoded'),
    raw('says that it is text', sound(), 415, 'http/unsupported-type', 'text/plain'),
    raw('says that it is something like JSON', sound(), 415, 'http/unsupported-type', 'application/jsonp'),
    raw('says nothing of its type', sound(), 415, 'http/unsupported-type', ''),
    raw('is UTF-16', Buffer.from(sound(), 'utf16le'), 422, 'json/malformed'),
    raw(
      'is no UTF-8',
      Buffer.concat([Buffer.from(sound().slice(0, -1)), Uint8Array.of(0xff, 0xfe)]),
      422,
      'http/malformed',
    ),
    raw('is compressed', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), 422, 'http/malformed'),
    raw('is larger than a mebibyte', `"${'a'.repeat(1_048_576)}"`, 413, 'http/too-large'),
    raw('nests without end', '['.repeat(200_000), 422, 'json/too-deep'),
    raw('nests deeper than 32', `{"handling":${'{"a":'.repeat(40)}1${'}'.repeat(41)}`, 422, 'json/too-deep'),
    raw(
      'has a member named __proto__',
      sound().replace('{', '{"__proto__":{"roles":["administrator"]},'),
      422,
      'json/malformed',
    ),
    raw('has one in escapes', sound().replace('{', '{"__pr\\u006fto__":{},'), 422, 'json/malformed'),
    raw('has NUL', withText('Id\\u0000ris'), 422, 'json/malformed'),
    raw('has NUL as it is', withText('Id\u0000ris'), 422, 'json/malformed'),
    raw('has the first half of a surrogate pair', withText('Id\\ud83dris'), 422, 'json/malformed'),
    raw('has the second half of a surrogate pair', withText('Id\\ude00ris'), 422, 'json/malformed'),
    raw('has a number that is none', sound().replace('"AMBER"', '1e999'), 422, 'http/malformed'),
  ]
  it.each(cases)('$name', refuses)

  it('is larger than a mebibyte and does not say so', async () => {
    const reply = await new Promise<Reply>((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: stage.port('fr'),
          path: subjects,
          method: 'POST',
          agent: false,
          headers: { authorization: `Bearer ${stage.token('fr', 'officer')}`, 'content-type': 'application/json' },
        },
        (incoming) => {
          incoming.setEncoding('utf8')
          let text = ''
          incoming.on('data', (chunk) => {
            text += chunk
          })
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode!, headers: incoming.headers, text, json: JSON.parse(text) }),
          )
        },
      )
      outgoing.on('error', reject)
      for (let mebibyte = 0; mebibyte < 2; mebibyte++) outgoing.write('a'.repeat(1_048_576))
      outgoing.end()
    })
    expectProblem(reply, 413, 'http/too-large')
  })
})

describe('a record that breaks a rule of form', () => {
  const post = (name: string, body: unknown, code: string | RegExp = 'http/malformed'): Case => ({
    name,
    path: subjects,
    ask: { body },
    status: 422,
    code,
  })
  const marks = (pointer: string, mark: object = { tlp: 'RED' }) => input({ marks: { [pointer]: mark } })
  const now = new Date()
  const cases: readonly Case[] = [
    post('a property that nobody knows', input({ mark: {} })),
    post('a property that nobody knows in the header', handled({ secrecy: 'high' })),
    post('a property that nobody knows in the body', bodied({ secrecy: 'high' })),
    post('a property that nobody knows in a mark', marks('/body/statements/a1', { for: 'ke' })),
    post('no header', { body: subjectBody() }),
    post('a header without a basis', handled({ basis: undefined })),
    post('a header without purposes', handled({ purposes: [] })),
    post('a handling code that nobody knows', handled({ codes: [{ code: 'H9' }] })),
    post('a handling code as text', handled({ codes: ['H2'] })),
    post('H3 without its text', handled({ codes: [{ code: 'H3' }] })),
    post('H3 with an empty text', handled({ codes: [{ code: 'H3', text: '   ' }] })),
    post('H2 with a text', handled({ codes: [{ code: 'H2', text: 'but' }] })),
    post('a TLP label that nobody knows', handled({ tlp: 'PURPLE' })),
    post('a TLP label in small letters', handled({ tlp: 'amber' })),
    post('a purpose that nobody knows', handled({ purposes: ['curiosity'] })),
    post('an onward rule that nobody knows', handled({ onward: 'yes' })),
    post('a grading of another scheme', handled({ grading: { scheme: 'admiralty', source: 'Z', information: '9' } })),
    post('a category that nobody knows', handled({ category: 'guilty' })),
    post('a person without a category', handled({ category: 'none' }), 'subjects/category-missing'),
    post('expiry in the past', handled({ expiresAt: addTime(now, -1, 'minutes') }), 'subjects/review-after-expiry'),
    post('review after expiry', handled({ reviewAt: addTime(now, 9, 'years') }), 'subjects/review-after-expiry'),
    post('a date that is none', handled({ expiresAt: 'tomorrow' })),
    post('a date of the year 0', handled({ reviewAt: '0000-01-01T00:00:00.000Z' })),
    post('a date with an offset', handled({ expiresAt: '2031-01-01T00:00:00.000+02:00' })),
    post('the 30th of February', handled({ expiresAt: '2031-02-30T00:00:00.000Z' })),
    post('an audience of SQL', handled({ audience: { ...unshared, members: ["ke'; drop table records; --"] } })),
    post('an audience of 10,000', handled({ audience: { ...unshared, members: Array(10_000).fill('ke') } })),
    post('a mark that points nowhere', marks('/body/statements/zz'), 'subjects/mark-without-field'),
    post('a mark on nothing', marks(''), 'subjects/mark-without-field'),
    post('a mark on the whole body', marks('/body'), 'subjects/mark-without-field'),
    post('a mark on all statements', marks('/body/statements'), 'subjects/mark-not-possible'),
    post('a mark on the only statement', marks('/body/statements/a1'), 'subjects/mark-not-possible'),
    post('a mark on what a statement is', marks('/body/statements/a1/value'), 'subjects/mark-not-possible'),
    post('a mark on the schema', marks('/body/schema'), 'subjects/mark-not-possible'),
    post('a mark on the header', marks('/handling/tlp'), 'subjects/mark-without-field'),
    post(
      'a mark with another beginning',
      marks('/boby/statements/a1'),
      /^(record\/malformed|subjects\/mark-(without-field|not-possible))$/,
    ),
    post('a mark through a text', marks('/body/schema/length'), 'subjects/mark-without-field'),
    post('a mark through a prototype', marks('/body/constructor'), 'subjects/mark-without-field'),
    post(
      'a mark with a broken escape',
      marks('/body/statements/a1~'),
      /^(record\/malformed|subjects\/mark-without-field)$/,
    ),
    post('a mark that is too long', marks(`/body/${'a'.repeat(600)}`)),
    post('a statement of 100,000 characters', named('a'.repeat(100_000))),
    post('an empty statement', named('   ')),
    post('no statements', bodied({ statements: {} })),
    post('a key of a statement that is none', bodied({ statements: { 'a/1': { property: 'name', value: 'x' } } })),
    post('a property outside the vocabulary', bodied({ statements: { a: { property: 'religion', value: 'x' } } })),
    post('a property named like a method', bodied({ statements: { a: { property: 'constructor', value: 'x' } } })),
    post('a schema that nobody knows', bodied({ schema: 'Ghost' })),
    post('a schema named like a method', bodied({ schema: 'constructor' })),
    post(
      'a relation to a record with an id that is none',
      bodied({ relations: { r: { schema: 'Associate', other: { record: 'rec_1' }, statements: {} } } }),
    ),
    post('an action that nobody knows', bodied({ action: 'shoot' })),
    post('a boolean as text', bodied({ discreet: 'true' })),
  ]
  it.each(cases)('$name', refuses)

  it('what is only unusual is taken as it is', async () => {
    const unusual = [
      named('😀'.repeat(100)),
      named("Robert'); DROP TABLE records; --"),
      named('<script>alert(1)</script>'),
      named('\u202Eleinad'),
      bodied({ statements: { constructor: { property: 'name', value: 'Key of a prototype' } } }),
      bodied({ statements: { a: { property: 'name', value: '#{7*7} {{7*7}} %n%s' } } }),
      handled({ expiresAt: '9999-12-31T23:59:59.999Z' }),
    ]
    for (const body of unusual) {
      const made = await as('officer')(subjects, { body })
      expect(made, made.text).toMatchObject({ status: 201 })
      const read = await as('officer')(record(made.json.id))
      expect(read, read.text).toMatchObject({ status: 200 })
      expect(read.json.body.statements).toEqual(body.body.statements)
    }
  })
})

describe('an address', () => {
  const get = (path: string, status: number, code: string | RegExp, who = 'officer'): Case => ({
    name: path,
    who,
    path,
    status,
    code,
  })
  const id = newId('rec')
  const long = 'a'.repeat(8_000)
  const cases: readonly Case[] = [
    get('/api/v1/nothing', 404, 'http/not-found'),
    get('/api/v2/records', 404, 'http/not-found'),
    get('/api/v1/records/', 404, 'http/not-found'),
    get('/nothing', 404, 'http/not-found'),
    get('/.env', 404, 'http/not-found'),
    get('/..%2f..%2fetc/passwd', 404, 'http/not-found'),
    get('/api/v1/../../../etc/passwd', 404, 'http/not-found'),
    get('//etc/passwd', 404, 'http/not-found'),
    get('/wire/v1/nothing', 404, 'http/not-found'),
    get(record(id), 404, 'record/unknown'),
    get(record('rec_1'), 422, 'http/malformed'),
    get(record(id.toUpperCase()), 422, 'http/malformed'),
    get(record(`${id}'--`), 422, 'http/malformed'),
    get(record("1'%20or%20'1'='1"), 422, 'http/malformed'),
    get(record('%00'), 422, 'http/malformed'),
    get(record('%ff'), 422, 'http/malformed'),
    get(record('%'), 422, 'http/malformed'),
    get(record('..%2f..%2fsubjects'), 422, 'http/malformed'),
    get(record(long), 422, 'http/malformed'),
    get(record('__proto__'), 422, 'http/malformed'),
    get('/api/v1/candidates/can_1', 422, 'http/malformed'),
    get(`/api/v1/candidates/can_${'0'.repeat(32)}`, 404, 'record/unknown'),
    get('/api/v1/quarantine/-1', 422, 'http/malformed', 'auditor'),
    get('/api/v1/quarantine/1e30', 422, 'http/malformed', 'auditor'),
    get('/api/v1/quarantine/9007199254740991', 404, 'members/unknown-item', 'auditor'),
    get('/api/v1/records?limit=0', 422, 'http/malformed'),
    get('/api/v1/records?limit=-1', 422, 'http/malformed'),
    get('/api/v1/records?limit=1e9', 422, 'http/malformed'),
    get('/api/v1/records?limit=NaN', 422, 'http/malformed'),
    get('/api/v1/records?limit=1.5', 422, 'http/malformed'),
    get('/api/v1/records?limit=', 422, 'http/malformed'),
    get('/api/v1/records?limit=50;drop', 422, 'http/malformed'),
    get('/api/v1/records?after=%00', 422, 'http/malformed'),
    get(`/api/v1/records?after=${long}`, 422, 'http/malformed'),
    get('/api/v1/records?type=a%27b', 422, 'http/malformed'),
    get('/api/v1/records?about=rec_x', 422, 'http/malformed'),
    get('/api/v1/subjects?owner=%00', 422, 'http/malformed'),
    get('/api/v1/subjects?after=%00x', 422, 'http/malformed'),
    get('/api/v1/threats?after=%00', 422, 'http/malformed'),
    get('/api/v1/messages?after=%00', 422, 'http/malformed'),
    get('/api/v1/candidates?after=%00', 422, 'http/malformed'),
    get('/api/v1/tokens?after=%00', 422, 'http/malformed'),
    get('/api/v1/people?after=%00', 422, 'http/malformed', 'admin'),
    get('/api/v1/quarantine?sender=%00', 422, 'http/malformed', 'auditor'),
    get('/api/v1/quarantine?code=%00', 422, 'http/malformed', 'auditor'),
    get('/api/v1/audit/entries?object=%00', 422, 'http/malformed', 'auditor'),
    get('/api/v1/audit/entries?person=%00', 422, 'http/malformed', 'auditor'),
    get('/api/v1/audit/entries?from=yesterday', 422, 'http/malformed', 'auditor'),
    get('/api/v1/audit/entries?limit=501', 422, 'http/malformed', 'auditor'),
    get('/api/v1/audit/proof/inclusion?index=999999', 422, /^(audit|ledger)\//, 'auditor'),
    get('/api/v1/audit/proof/inclusion?index=0&size=999999999', 422, 'audit/out-of-range', 'auditor'),
    get('/api/v1/audit/proof/consistency?from=999999', 422, /^(audit|ledger)\//, 'auditor'),
    get('/search/default', 422, 'http/malformed'),
    get('/search/default?q=', 422, 'http/malformed'),
    get('/search/default?q=%00', 422, 'http/malformed'),
    get(`/search/default?q=${long}`, 422, 'http/malformed'),
    get('/search/default?q=x&schema=Ghost', 422, 'http/malformed'),
    get('/search/..%2f?q=x', 422, 'http/malformed'),
    get('/search/default?q=x&threshold=2', 422, 'http/malformed'),
    get(`/entities/${id}`, 404, 'record/unknown'),
  ]
  it.each(cases)('$name', refuses)

  it.each(['PATCH', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'with the method %s that it does not have',
    async (method) => {
      expectProblem(await as('officer')(subjects, { method }), 404, 'http/not-found')
    },
  )

  it('takes what is only unusual', async () => {
    const paths = [
      '/api/v1/records?limit=1&limit=200',
      '/api/v1/records?__proto__=x&constructor=y',
      '/api/v1/records?after=zzz',
      '/api/v1/messages?after=zzz',
      '/api/v1/threats?after=9.zzz',
      '/search/default?q=%F0%9F%98%80',
      '/search/default?q=%25',
      '/search/default?q=%D9%8A%D9%88%D8%B3%D9%81',
    ]
    for (const path of paths) expect((await as('officer')(path)).status, path).toBe(200)
  })
})

describe('a header', () => {
  const cases: readonly (Omit<Case, 'path'> & { readonly path?: string })[] = [
    { name: 'without a purpose', ask: { purpose: null }, status: 422, code: 'http/purpose-missing' },
    {
      name: 'with a purpose that nobody knows',
      ask: { purpose: 'curiosity' },
      status: 422,
      code: 'http/purpose-missing',
    },
    {
      name: 'without a reference',
      ask: { headers: { 'comity-reference': '' } },
      status: 422,
      code: 'http/reference-missing',
    },
    {
      name: 'with a reference of blanks',
      ask: { headers: { 'comity-reference': '     ' } },
      status: 422,
      code: 'http/reference-missing',
    },
    {
      name: 'with a key that is too long',
      path: subjects,
      ask: { body: input(), headers: { 'idempotency-key': 'k'.repeat(129) } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'of another site',
      path: subjects,
      ask: { body: input(), headers: { 'sec-fetch-site': 'cross-site' } },
      status: 403,
      code: 'http/cross-site',
    },
    {
      name: 'of a neighbouring site',
      path: subjects,
      ask: { body: input(), headers: { 'sec-fetch-site': 'same-site' } },
      status: 403,
      code: 'http/cross-site',
    },
    {
      name: 'of another site, for screening',
      path: '/match/default',
      ask: { body: { queries: {} }, headers: { 'sec-fetch-site': 'cross-site' } },
      status: 403,
      code: 'http/cross-site',
    },
  ]
  it.each(cases)('$name', (it) => refuses({ path: '/api/v1/records', ...it }))

  it.each([
    'Bearer',
    'Bearer x',
    'Bearer comity_',
    "Bearer comity_' or 1=1",
    'Basic Zm9vOmJhcg==',
    `Bearer comity_${'a'.repeat(7_000)}`,
    'Bearer comity_\u00e9',
  ])('of somebody who is nobody: %.30s', async (authorization) => {
    expectProblem(await nobody('/api/v1/records', { headers: { authorization } }), 401, 'http/not-signed-in')
  })

  it.each([
    'comity-fr=x',
    `comity-fr=${'a'.repeat(7_000)}`,
    'comity-fr=%00',
    'comity-fr=%',
    'comity-fr="; comity-fr=x',
  ])('with a cookie of nobody: %.30s', async (cookie) => {
    expectProblem(await nobody('/api/v1/records', { headers: { cookie } }), 401, 'http/not-signed-in')
  })

  it('that is only unusual is taken', async () => {
    const reply = await as('officer')('/api/v1/records', {
      headers: {
        'comity-reference': 'r'.repeat(8_000),
        'user-agent': '\u00e9'.repeat(300),
        'accept-language': 'x'.repeat(2_000),
      },
    })
    expect(reply.status).toBe(200)
  })
})

describe('an idempotency key', () => {
  const keyed = (key: string, body: unknown, who = 'officer', path = subjects) =>
    as(who)(path, { body, headers: { 'idempotency-key': key } })

  it('has one effect, however often it comes, and the same answer', async () => {
    const before = await countRecords()
    const body = input()
    const first = await keyed('once', body)
    const again = await keyed('once', body)
    expect(first.status).toBe(201)
    expect(again).toMatchObject({ status: 201, text: first.text })
    expect(again.headers['comity-replayed']).toBe('true')
    expect(await countRecords()).toBe(before + 1)
  })

  it('has one effect when all come at once', async () => {
    const before = await countRecords()
    const body = input()
    const replies = await Promise.all(Array.from({ length: 12 }, () => keyed('at once', body)))
    expect(new Set(replies.map((it) => it.status)).isSubsetOf(new Set([201, 409]))).toBe(true)
    for (const it of replies) if (it.status === 409) expectProblem(it, 409, 'store/exists')
    expect(new Set(replies.flatMap((it) => (it.status === 201 ? [it.text] : []))).size).toBe(1)
    expect(await countRecords()).toBe(before + 1)
    expect((await keyed('at once', body)).status).toBe(201)
  })

  it('does not serve for anything else', async () => {
    const made = await keyed('taken', input())
    expect(made.status).toBe(201)
    const before = await countRecords()
    expectProblem(await keyed('taken', named('Somebody else')), 409, 'http/key-reused')
    expectProblem(
      await keyed('taken', { reason: 'why not' }, 'officer', `${record(made.json.id)}/recall`),
      409,
      'http/key-reused',
    )
    expect(await countRecords()).toBe(before)
    expect((await keyed('taken', input(), 'supervisor')).json.id).not.toBe(made.json.id)
  })

  it('is free again after a refusal', async () => {
    expectProblem(await keyed('refused', handled({ category: 'none' })), 422, 'subjects/category-missing')
    expect((await keyed('refused', input())).status).toBe(201)
  })
})

describe('an operation on a record', () => {
  it('refuses what does not fit it, whatever the type of the record', async () => {
    const officer = as('officer')
    const { json: subject } = await officer(subjects, { body: input() })
    const threat = {
      title: 'A warning',
      what: 'Something may happen.',
      when: null,
      imminence: 'days',
      validUntil: addTime(new Date(), 7, 'days'),
      basisForAssessment: 'A source.',
    }
    const { json: warning } = await officer('/api/v1/threats', { body: input({ body: threat }) })
    const to = { members: ['ke'] }
    const cases: readonly Case[] = [
      {
        name: 'a mark that points nowhere',
        path: `${record(subject.id)}/share`,
        ask: { body: { with: to, marks: { '/body/nothing': {} } } },
        status: 422,
        code: 'record/malformed',
      },
      {
        name: 'a misspelt marks',
        path: `${record(subject.id)}/share`,
        ask: { body: { with: to, mark: { '/body/statements/a1': {} } } },
        status: 422,
        code: 'http/malformed',
      },
      {
        name: 'a misspelt audience',
        path: `${record(subject.id)}/share`,
        ask: { body: { with: { member: ['ke'] } } },
        status: 422,
        code: 'http/malformed',
      },
      {
        name: 'with nobody',
        path: `${record(subject.id)}/share`,
        ask: { body: { with: { members: ['nobody'] } } },
        status: 422,
        code: 'records/no-recipient',
      },
      {
        name: 'for a purpose it does not have',
        path: `${record(subject.id)}/share`,
        ask: { body: { with: to }, purpose: 'oversight' },
        status: 403,
        code: 'records/refused',
      },
      {
        name: 'a state that nobody knows',
        path: `${record(subject.id)}/recall`,
        ask: { body: { state: 'erased', reason: 'gone' } },
        status: 422,
        code: 'http/malformed',
      },
      {
        name: 'reinstating what is not suspended',
        path: `${record(subject.id)}/recall`,
        ask: { body: { state: 'active', reason: 'again' } },
        status: 409,
        code: 'records/not-suspended',
      },
      {
        name: 'an amendment of a version that is not',
        path: `${subjects}/${subject.id}`,
        ask: { method: 'PUT', body: input({ version: 9 }) },
        status: 409,
        code: 'subjects/stale',
      },
      {
        name: 'an amendment of a warning as a subject',
        path: `${subjects}/${warning.id}`,
        ask: { method: 'PUT', body: input({ version: 1 }) },
        status: 404,
        code: 'record/unknown',
      },
      {
        name: 'an export of a warning as a subject',
        path: `${subjects}/${warning.id}/ftm`,
        status: 404,
        code: 'record/unknown',
      },
      {
        name: 'an amendment of a subject as a warning',
        path: `/api/v1/threats/${subject.id}`,
        ask: { method: 'PUT', body: input({ body: threat, version: 1 }) },
        status: 404,
        code: 'record/unknown',
      },
      {
        name: 'closing a subject as a warning',
        path: `/api/v1/threats/${subject.id}/close`,
        ask: { body: { reason: 'over' } },
        status: 404,
        code: 'record/unknown',
      },
      { name: 'a subject as a message', path: `/api/v1/messages/${subject.id}`, status: 404, code: 'record/unknown' },
      {
        name: 'an answer to a subject',
        path: `/api/v1/messages/${subject.id}/answer`,
        ask: { body: { handling: header(), text: 'Hello' } },
        status: 409,
        code: 'messages/not-a-request',
      },
      { name: 'a subject as a hit', path: `/api/v1/hits/${subject.id}`, status: 404, code: 'record/unknown' },
      {
        name: 'a confirmation of a subject',
        path: `/api/v1/hits/${subject.id}/confirmation`,
        ask: { body: { outcome: 'confirmed', note: 'Yes.' } },
        status: 404,
        code: 'record/unknown',
      },
      {
        name: 'feedback on a subject',
        path: `/api/v1/hits/${subject.id}/feedback`,
        ask: { body: { done: 'Done.' } },
        status: 404,
        code: 'record/unknown',
      },
      {
        name: 'a decision on a subject as a request',
        who: 'supervisor',
        path: `/api/v1/permission-requests/${subject.id}/decision`,
        ask: { body: { decision: 'grant', reason: 'Yes.' } },
        status: 404,
        code: 'record/unknown',
      },
      {
        name: 'asking ourselves for permission',
        path: `${record(subject.id)}/permission-requests`,
        ask: { body: { recipients: ['ke'], purposes: ['oversight'], reason: 'Please.' } },
        status: 403,
        code: 'records/refused',
      },
      {
        name: 'passing on to nobody',
        path: `${record(subject.id)}/onward`,
        ask: { body: { to: 'nobody' } },
        status: 404,
        code: 'member/unknown',
      },
      {
        name: 'readers who are nobody',
        who: 'supervisor',
        path: `${record(subject.id)}/readers`,
        ask: { method: 'PUT', body: { readers: ["per_'"] } },
        status: 422,
        code: /^(http\/malformed|records\/unknown-person)$/,
      },
      {
        name: 'a warning linked to a warning',
        path: '/api/v1/threats',
        ask: { body: input({ body: { ...threat, linked: [warning.id] } }) },
        status: 422,
        code: 'threats/not-a-subject',
      },
      {
        name: 'a place that is none',
        path: '/api/v1/threats',
        ask: { body: input({ body: { ...threat, where: [{ place: 'x', latitude: 91, longitude: 0 }] } }) },
        status: 422,
        code: 'http/malformed',
      },
    ]
    for (const it of cases) {
      const reply = await as(it.who ?? 'officer')(it.path, it.ask ?? {})
      expect({ name: it.name, status: reply.status, code: reply.json?.code }).toMatchObject({
        name: it.name,
        status: it.status,
      })
      expectProblem(reply, it.status, it.code)
    }
    expect((await officer('/api/v1/threats')).json.items).toMatchObject([{ id: warning.id, version: 1 }])
  })
})

describe('sign-in, people, tokens and peers', () => {
  const text = 'a'.repeat(100_000)
  const cases: readonly Case[] = [
    {
      name: 'a username of SQL',
      path: '/api/v1/sign-in',
      ask: { body: { username: "officer' --", password: 'x' } },
      status: 401,
      code: 'people/sign-in-refused',
    },
    {
      name: 'no password',
      path: '/api/v1/sign-in',
      ask: { body: { username: 'officer' } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a password that is an object',
      path: '/api/v1/sign-in',
      ask: { body: { username: 'officer', password: { $ne: null } } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a password of 100,000 characters',
      path: '/api/v1/sign-in',
      ask: { body: { username: 'officer', password: text } },
      status: 413,
      code: 'http/too-large',
    },
    {
      name: 'a passkey that is none',
      path: '/api/v1/sign-in/passkey',
      ask: {
        body: {
          id: 'x',
          rawId: 'x',
          type: 'public-key',
          response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x', userHandle: 'x' },
        },
      },
      status: 401,
      code: 'people/sign-in-refused',
    },
    {
      name: 'the first administrator of a node that has people',
      path: '/api/v1/people/first',
      ask: { body: { code: 'x', username: 'evil', name: 'Evil', password: 'correct horse battery' } },
      status: 404,
      code: 'http/not-found',
    },
    {
      name: 'a token for more than the role',
      path: '/api/v1/tokens',
      ask: { body: { name: 't', scopes: ['administer'] } },
      status: 403,
      code: 'people/scope-beyond-role',
    },
    {
      name: 'a token for ever',
      path: '/api/v1/tokens',
      ask: { body: { name: 't', scopes: ['read'], days: 1e9 } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a token with a scope that nobody knows',
      path: '/api/v1/tokens',
      ask: { body: { name: 't', scopes: ['everything'] } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a token with a name of 100,000 characters',
      path: '/api/v1/tokens',
      ask: { body: { name: text, scopes: ['read'] } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a person with two duties that exclude each other',
      who: 'admin',
      path: '/api/v1/people',
      ask: { body: { username: 'both', name: 'Both', roles: ['auditor', 'officer'] } },
      status: 403,
      code: 'people/separation-of-duties',
    },
    {
      name: 'a person with a username of SQL',
      who: 'admin',
      path: '/api/v1/people',
      ask: { body: { username: "x'; --", name: 'X', roles: ['officer'] } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a person who is there already',
      who: 'admin',
      path: '/api/v1/people',
      ask: { body: { username: 'OFFICER', name: 'X', roles: ['officer'] } },
      status: 409,
      code: 'people/username-taken',
    },
    {
      name: 'a person with roles of its own',
      who: 'admin',
      path: '/api/v1/people',
      ask: { body: { username: 'xx', name: 'X', roles: ['root'] } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a person who is nobody',
      who: 'admin',
      path: `/api/v1/people/per_${'0'.repeat(32)}`,
      ask: { method: 'PUT', body: { name: 'X' } },
      status: 404,
      code: 'people/unknown',
    },
    {
      name: 'a directory that is none',
      who: 'admin',
      path: '/api/v1/directory',
      ask: { body: { document: {}, signatures: [] } },
      status: 422,
      code: 'http/malformed',
    },
    {
      name: 'a directory that nobody signed',
      who: 'admin',
      path: '/api/v1/directory',
      ask: { body: 'current' },
      status: 403,
      code: 'directory/too-few-signatures',
    },
    {
      name: 'reinstating a peer that is not suspended',
      who: 'admin',
      path: '/api/v1/peers/ke/reinstate',
      ask: { body: { reason: 'why not' } },
      status: 409,
      code: 'members/not-suspended',
    },
    {
      name: 'reinstating nobody',
      who: 'admin',
      path: '/api/v1/peers/nobody/reinstate',
      ask: { body: { reason: 'why not' } },
      status: 404,
      code: 'member/unknown',
    },
    {
      name: 'reinstating with a path',
      who: 'admin',
      path: '/api/v1/peers/..%2fke/reinstate',
      ask: { body: { reason: 'why not' } },
      status: 422,
      code: 'http/malformed',
    },
  ]
  it.each(cases)('$name', (it) => {
    if (it.ask?.body !== 'current') return refuses(it)
    const { directories } = stage.node('fr').services
    return refuses({ ...it, ask: { body: { ...directories.signed(), signatures: [] } } })
  })

  it('two people of one username at once are one', async () => {
    const body = { username: 'twin', name: 'Twin', roles: ['officer'] }
    const replies = await Promise.all(Array.from({ length: 6 }, () => as('admin')('/api/v1/people', { body })))
    expect(replies.filter((it) => it.status === 201)).toHaveLength(1)
    for (const it of replies)
      if (it.status !== 201) expectProblem(it, 409, /^(people\/username-taken|store\/conflict)$/)
  })
})

describe('screening', () => {
  const match = (body: unknown, path = '/match/default') => as('officer')(path, { body })
  const person = (properties: object, more: object = {}) => ({ schema: 'Person', properties, ...more })

  it.each<[string, unknown]>([
    ['no queries', {}],
    ['queries in a list', { queries: [person({ name: ['x'] })] }],
    ['a schema that nobody knows', { queries: { q: { schema: 'Ghost', properties: {} } } }],
    ['a name of 100,000 characters', { queries: { q: person({ name: ['a'.repeat(100_000)] }) } }],
    ['200 names', { queries: { q: person({ name: Array(200).fill('x') }) } }],
    ['a name that is an object', { queries: { q: person({ name: [{}] }) } }],
  ])('refuses %s', async (_, body) => {
    expectProblem(await match(body), 422, 'http/malformed')
  })

  it.each<[string, unknown]>([
    ['no query', { queries: {} }],
    [
      'properties named like methods',
      { queries: { q: person({ constructor: ['x'], toString: 'y', valueOf: ['z'], hasOwnProperty: ['q'] }) } },
    ],
    [
      'a query named like a method',
      { queries: { constructor: person({ name: ['x'] }), toString: person({ name: 'y' }) } },
    ],
    ['nothing to go by', { queries: { q: person({}) } }],
    ['empty values', { queries: { q: person({ name: ['', ' ', '\t'], birthDate: [''] }) } }],
    [
      'dates that are none',
      {
        queries: {
          q: person({ name: ['x'], birthDate: ['0000-00-00', '99999-99-99', '-1', '1984-02-31', 'a'.repeat(1_000)] }),
        },
      },
    ],
    [
      'marks without letters',
      { queries: { q: person({ name: ['\u0301'.repeat(500), '😀', '\u202e\u202d', '()[]{}*+?|^$\\'] }) } },
    ],
    [
      '100 long names',
      { queries: { q: person({ name: Array.from({ length: 100 }, (_, at) => `${at} ${'abc def '.repeat(125)}`) }) } },
    ],
    [
      'numbers that are texts',
      { queries: { q: person({ passportNumber: ['0'.repeat(1_000)], phone: ['+'.repeat(1_000)], iban: ['../../'] }) } },
    ],
    [
      'what other clients add',
      { queries: { q: person({ name: ['x'] }, { id: 'a' }) }, weights: { name: 1 }, config: { any: [1] } },
    ],
    [
      '500 queries',
      {
        queries: Object.fromEntries(
          Array.from({ length: 500 }, (_, at) => [`q${at}`, person({ name: [`Name ${at}`] })]),
        ),
      },
    ],
  ])('takes %s', async (_, body) => {
    const reply = await match(body)
    expect(reply, reply.text.slice(0, 500)).toMatchObject({ status: 200 })
    expect(reply.text).not.toMatch(insides)
  })
})

describe('a list', () => {
  const put = (path: string, raw: string | Uint8Array, headers: Record<string, string> = {}) =>
    as('officer')(path, { method: 'PUT', raw, headers: { 'content-type': 'application/octet-stream', ...headers } })
  const imports = (list: string, body: object = {}) => as('officer')(`/api/v1/lists/${list}/import`, { body })
  const entry = (id: number, name: string) =>
    `<INDIVIDUAL><DATAID>${id}</DATAID><FIRST_NAME>${name}</FIRST_NAME><REFERENCE_NUMBER>EXi.${id}</REFERENCE_NUMBER></INDIVIDUAL>`
  const unList = (entries: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS>${entries}</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>`
  const xml = '/api/v1/lists/un-sc/parts/xml'

  it.each<[path: string, status: number, code: string]>([
    ['/api/v1/lists/..%2F..%2Fetc/parts/xml', 422, 'http/malformed'],
    ['/api/v1/lists/un-sc/parts/..%2F..%2Fkeys', 422, 'http/malformed'],
    ['/api/v1/lists/un-sc/parts/..%5C..%5Ckeys', 422, 'http/malformed'],
    ['/api/v1/lists/un-sc/parts/xml%00', 422, 'http/malformed'],
    ['/api/v1/lists/un-sc/parts/../../../keys.json', 404, 'http/not-found'],
    ['/api/v1/lists/un-sc/parts/json', 422, 'lists/part-missing'],
    ['/api/v1/lists/no-such-list/parts/xml', 404, 'lists/unknown'],
    ['/api/v1/lists/constructor/parts/xml', 404, 'lists/unknown'],
  ])('is not put at %s', async (path, status, code) => {
    expectProblem(await put(path, 'x'), status, code)
  })

  it('that is too large is refused before it is read', async () => {
    const reply = await new Promise<Reply>((resolve, reject) => {
      const headers = { authorization: `Bearer ${stage.token('fr', 'officer')}`, 'content-length': '268435457' }
      const outgoing = request(
        { host: '127.0.0.1', port: stage.port('fr'), path: xml, method: 'PUT', headers, agent: false },
        (incoming) => {
          let text = ''
          incoming.setEncoding('utf8')
          incoming.on('data', (chunk) => {
            text += chunk
          })
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode!, headers: incoming.headers, text, json: JSON.parse(text) }),
          )
          incoming.on('end', () => outgoing.destroy())
        },
      )
      outgoing.on('error', reject)
      outgoing.write('x')
    })
    expectProblem(reply, 413, 'http/too-large')
  })

  it('that nobody handed in is not imported', async () => {
    expectProblem(await imports('un-sc'), 422, 'lists/part-missing')
    expectProblem(await imports('us-ofac-sdn'), 422, 'lists/part-missing')
    expectProblem(await imports('nothing'), 404, 'lists/unknown')
    expectProblem(await imports('un-sc', { force: 'yes' }), 422, 'http/malformed')
  })

  /** A file of aliases of OFAC that has none. */
  const noAliases = '\u001A\r\n'
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>`
  const outside = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CONSOLIDATED_LIST>&x;</CONSOLIDATED_LIST>`
  it.each<[name: string, list: string, part: string, file: string | Uint8Array, code: string | RegExp]>([
    ['an empty file', 'un-sc', 'xml', '', 'lists/empty-file'],
    ['an HTML page', 'un-sc', 'xml', '<!DOCTYPE html><html><body><h1>Maintenance</h1></body></html>', 'lists/web-page'],
    ['an HTML page without a doctype', 'un-sc', 'xml', '<html><body>Sign in</body></html>', 'lists/web-page'],
    ['truncated XML', 'un-sc', 'xml', unList(entry(1, 'One') + entry(2, 'Two')).slice(0, -60), 'formats/truncated'],
    [
      'XML that is not well formed',
      'un-sc',
      'xml',
      unList('<INDIVIDUAL><DATAID>1</INDIVIDUAL>'),
      'formats/malformed-xml',
    ],
    ['binary', 'un-sc', 'xml', Uint8Array.from({ length: 10_000 }, (_, at) => (at * 197) % 256), /^formats\//],
    ['a ZIP file', 'un-sc', 'xml', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0), 'lists/packed-file'],
    ['gzip that is cut off', 'un-sc', 'xml', gzipSync(unList(entry(1, 'One'))).subarray(0, -9), 'lists/damaged-file'],
    ['a page in gzip', 'un-sc', 'xml', gzipSync('<!doctype html><p>Sign in</p>'), 'lists/web-page'],
    ['a ZIP file in gzip', 'un-sc', 'xml', gzipSync(Buffer.from('PK\u0003\u0004')), 'lists/packed-file'],
    ['a JSON file', 'un-sc', 'xml', '{"entries":[]}', /^formats\//],
    ['a doctype', 'un-sc', 'xml', outside, 'formats/doctype-refused'],
    ['an entity bomb', 'un-sc', 'xml', bomb, 'formats/doctype-refused'],
    ['elements without end', 'un-sc', 'xml', `<CONSOLIDATED_LIST>${'<a>'.repeat(100_000)}`, /^formats\//],
    ['NUL in a name', 'un-sc', 'xml', unList(entry(1, 'One\u0000')), 'formats/malformed-xml'],
    ['NUL in a name, spelt out', 'un-sc', 'xml', unList(entry(1, 'One&#0;')), 'formats/malformed-xml'],
    ['a list without entries', 'un-sc', 'xml', unList(''), 'lists/empty'],
    ['another XML file', 'un-sc', 'xml', '<?xml version="1.0"?><rss></rss>', 'formats/not-un-list'],
    ['CSV with other columns', 'us-ofac-sdn', 'sdn', 'id,name\n1,Somebody\n', /^(formats|lists)\//],
    ['an HTML page as CSV', 'us-ofac-sdn', 'sdn', '<html><body>Sign in</body></html>', /^(formats|lists)\//],
    ['CSV with a quote that has no end', 'us-ofac-sdn', 'sdn', `36,"AEROCARIBBEAN ${'a'.repeat(1_000)}`, /^formats\//],
    ['CSV with a field without end', 'us-ofac-sdn', 'sdn', `36,"${'a'.repeat(200_000)}"`, 'formats/too-large'],
    ['an XML file as CSV', 'us-ofac-sdn', 'sdn', unList(entry(1, 'One')), /^(formats|lists)\//],
  ])('that is %s is refused whole', async (_, list, part, file, code) => {
    const before = await countRecords()
    if (part === 'sdn') await put('/api/v1/lists/us-ofac-sdn/parts/alt', noAliases)
    expect((await put(`/api/v1/lists/${list}/parts/${part}`, file)).status).toBe(200)
    const reply = await imports(list)
    expectProblem(reply, Number(reply.status) === 415 ? 415 : reply.status === 413 ? 413 : 422, code)
    expect(await countRecords()).toBe(before)
  })

  it('with one bad entry keeps the good ones, and a list that has shrunk is not believed', async () => {
    const good = Array.from({ length: 10 }, (_, at) => entry(at + 1, `EXERCISE Name ${at + 1}`)).join('')
    await put(xml, unList(`${good}<INDIVIDUAL><FIRST_NAME>Nobody</FIRST_NAME></INDIVIDUAL>${entry(1, 'Again')}`))
    const report = await imports('un-sc')
    expect(report, report.text).toMatchObject({ status: 200, json: { entries: 10, added: 10 } })
    expect(report.json.rejected.map((it: { code: string }) => it.code)).toEqual([
      'formats/no-ref',
      'formats/duplicate-ref',
    ])
    await put(xml, unList(entry(1, 'EXERCISE Name 1')))
    expectProblem(await imports('un-sc'), 409, 'lists/collapsed')
    expect((await as('officer')('/api/v1/lists')).json.items[0]).toMatchObject({ id: 'un-sc', entries: 10 })
  })

  it('as CSV with what cannot be stored in a name is taken without it', async () => {
    const row = (number: number, name: string) =>
      `${number},"${name}","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"EXERCISE"\r\n`
    await put('/api/v1/lists/us-ofac-sdn/parts/alt', noAliases)
    await put('/api/v1/lists/us-ofac-sdn/parts/sdn', row(1, 'NUL, Some\u0000body') + row(2, 'EXERCISE, Other'))
    const report = await imports('us-ofac-sdn')
    expect(report, report.text).toMatchObject({ status: 200, json: { entries: 2 } })
  })

  it('meets a subject of ours, and a decision discloses only what the subject has', async () => {
    await as('officer')(subjects, { body: named('EXERCISE Name 7') })
    const found = await until(
      () => as('officer')('/api/v1/candidates'),
      (it) => it.json.items.length > 0,
    )
    const [candidate] = found.json.items
    const decide = (body: object) => as('officer')(`/api/v1/candidates/${candidate.id}/decision`, { body })
    expectProblem(await decide({ decision: 'maybe', note: 'Hm.' }), 422, 'http/malformed')
    expectProblem(await decide({ decision: 'hit', note: '' }), 422, 'http/malformed')
    expectProblem(
      await decide({ decision: 'hit', note: 'Yes.', seenAt: '0000-01-01T00:00:00.000Z' }),
      422,
      'http/malformed',
    )
    const decided = await decide({
      decision: 'hit',
      note: 'Yes.',
      disclose: ['constructor', 'toString', '__proto__', 'name'],
    })
    expect(decided, decided.text).toMatchObject({ status: 200, json: { state: 'hit' } })
    const hit = await as('officer')(record(decided.json.hit))
    expect(hit.json.body.disclosed).toEqual({ name: ['EXERCISE Name 7'] })
    expectProblem(await decide({ decision: 'no-hit', note: 'No.' }), 409, 'hits/candidate-closed')
  })
})

describe('after all this the node', () => {
  it('answers, holds what it should, and has failed at nothing', async () => {
    expect((await as('officer')('/api/v1/me')).json).toMatchObject({ username: 'officer' })
    expect((await nobody('/api/v1/openapi.json')).status).toBe(200)
    expect((await as('officer')('/api/v1/records?limit=200')).status).toBe(200)
    expect((await as('auditor')('/api/v1/audit/checkpoint')).status).toBe(200)
    expect(stage.errors).toEqual([])
  })
})
