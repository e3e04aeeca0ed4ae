import { request } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { redNotice } from '#capabilities/notices/notice.fixture'
import { fullPath, type Operation, scopes } from '#http/operation'
import type { Json } from '#kernel/canonical'
import { addTime } from '#kernel/clock'
import { newId } from '#kernel/ids'
import { operations } from '#node/open-node'
import type { Role } from '#policy/roles'
import { type Ask, ask, asPerson, type Reply } from './api-kit.ts'
import { insides, openStage, type Stage, until } from './stage-kit.ts'
import { type Actor, advance, craft, header, play, post, signed, subjectBody } from './wire-kit.ts'

/**
 * Who may ask for what, for every operation that the node offers; and that what a person may not know of is answered byte for
 * byte as what does not exist.
 */

const unshared = { members: [], groups: [], sectors: [] }
const soon = () => addTime(new Date(), 7, 'days')
const threatBody = (title = 'A warning') => ({
  title,
  what: 'Something may happen.',
  when: null,
  imminence: 'days',
  validUntil: soon(),
  basisForAssessment: 'A source.',
})
const sightingInput = (about: string = newId('rec')) => ({
  handling: header({ audience: unshared }),
  body: {
    about,
    from: '2026-11-01T08:00:00.000Z',
    to: '2026-11-01T08:00:00.000Z',
    place: 'A station',
    sure: 'possible',
    source: 'observation',
  },
})
const subjectInput = () => ({ handling: header({ audience: unshared }), body: subjectBody(), marks: {} })
const threatInput = () => ({ handling: header({ audience: unshared }), body: threatBody(), marks: {} })

const noticeInput = () => ({ handling: header({ audience: unshared, category: 'wanted' }), body: redNotice() })

const declarationInput = () => ({
  handling: header({
    audience: { members: ['third'], groups: [], sectors: [] },
    purposes: ['border-security', 'counter-terrorism'],
    category: 'none',
  }),
  documents: [{ number: 'A0001', kind: 'passport', status: 'stolen' }],
})

/** The kinds of records that an id can belong to. */
const kinds = [
  'subject',
  'threat',
  'message',
  'hit',
  'permission-request',
  'document-question',
  'alert-hit',
  'notice',
  'sighting',
] as const
type Kind = (typeof kinds)[number]

interface Sample {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: () => unknown
  /** The kind of record that its `id` is for; `any` takes all. Absent when its id is of something else. */
  readonly record?: Kind | 'any'
  /** For a record that is there and visible: whose it has to be for the operation to take it. */
  readonly of?: 'us' | 'them'
  /** Ids of records elsewhere than in the path: the request with this id in it. */
  readonly with?: Readonly<Record<string, (id: string) => { readonly query?: string; readonly body?: unknown }>>
}

const ghost = {
  hash: '0'.repeat(64),
  import: newId('imp'),
  session: `ses_${'0'.repeat(32)}`,
  person: `per_${'0'.repeat(32)}`,
  token: `tok_${'0'.repeat(32)}`,
  passkey: `pky_${'0'.repeat(32)}`,
  candidate: `can_${'0'.repeat(32)}`,
  approval: `apr_${'0'.repeat(32)}`,
  suggestion: `sug_${'0'.repeat(32)}`,
  merge: `mrg_${'0'.repeat(32)}`,
  listShare: `lsr_${'0'.repeat(32)}`,
  documentFile: `dof_${'0'.repeat(32)}`,
  batch: `bat_${'0'.repeat(32)}`,
  shield: `shl_${'0'.repeat(32)}`,
  check: `bch_${'0'.repeat(32)}`,
  met: `bca_${'0'.repeat(32)}`,
  passengers: `bms_${'0'.repeat(32)}`,
} as const

let serial = 0
const passkeyPart = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' }
const message = (change: object = {}) => ({
  handling: header({ audience: unshared }),
  kind: 'information',
  to: ['third'],
  subject: 'A subject',
  text: 'A text.',
  ...change,
})

/** One row for each operation: the least that it takes. A new operation fails the test until it has a row. */
const table: Readonly<Record<string, Sample>> = {
  'people.passkey-sign-in': {
    body: () => ({
      ...passkeyPart,
      response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA', userHandle: 'AAAA' },
    }),
  },
  'people.passkey-sign-in-options': {},
  'people.sign-in': { body: () => ({ username: `nobody-${serial++}`, password: 'a password of nobody' }) },
  'people.change-password': { body: () => ({ current: 'not the password', next: 'a longer password than that' }) },
  'people.prove-second-factor': { body: () => ({ ticket: 'made-up', code: '123456' }) },
  'people.begin-enrolment': { body: () => ({ ticket: 'made-up' }) },
  'people.finish-enrolment': { body: () => ({ ticket: 'made-up', code: '123456' }) },
  'people.factors': {},
  'people.begin-authenticator': { body: () => ({ password: 'not the password' }) },
  'people.confirm-authenticator': { body: () => ({ code: '123456' }) },
  'people.remove-authenticator': { body: () => ({ password: 'not the password', code: '123456' }) },
  'people.renew-recovery-codes': { body: () => ({ password: 'not the password' }) },
  'people.reset-factors': { params: { id: ghost.person }, body: () => ({ reason: 'The telephone was lost.' }) },
  'people.sign-in-policy': {},
  'people.change-sign-in-policy': { body: () => ({ roles: [], reason: 'As it was.' }) },
  'people.end-other-sessions': {},
  'people.end-session': { params: { id: ghost.session } },
  'people.me': {},
  'people.sessions': {},
  'people.sign-out': {},
  'people.sign-out-everywhere': {},
  'people.remove-passkey': { params: { id: ghost.passkey } },
  'people.passkey-options': {},
  'people.passkeys': {},
  'people.register-passkey': {
    body: () => ({
      name: 'Key',
      response: { ...passkeyPart, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } },
    }),
  },
  'people.add': { body: () => ({ username: `new-${serial++}`, name: 'New', roles: ['officer'] }) },
  'people.change': { params: { id: ghost.person }, body: () => ({ name: 'Other' }) },
  'people.first': {
    body: () => ({ code: 'wrong', username: 'first', name: 'First', password: 'correct horse battery' }),
  },
  'people.colleagues': {},
  'people.list': {},
  'people.reset-password': { params: { id: ghost.person } },
  'tokens.list': {},
  'tokens.create': { body: () => ({ name: 'Token', scopes: ['read'] }) },
  'tokens.revoke': { params: { id: ghost.token } },
  'permissions.ask': {
    record: 'any',
    of: 'them',
    body: () => ({ recipients: ['other'], purposes: ['counter-terrorism'], reason: 'For the case.' }),
  },
  'permissions.decide': {
    record: 'permission-request',
    of: 'them',
    body: () => ({ decision: 'refuse', reason: 'No.' }),
  },
  'permissions.grants': {},
  'permissions.note-answer': { record: 'permission-request' },
  'approvals.list': {},
  'approvals.show': { params: { id: ghost.approval } },
  'approvals.decide': { params: { id: ghost.approval }, body: () => ({ decision: 'refuse', reason: 'No.' }) },
  'approvals.note': { params: { id: ghost.approval } },
  'receipts.overdue': {},
  'receipts.recalls': {},
  'receipts.retry': { record: 'any', params: { member: 'third' } },
  'receipts.follow-up': { record: 'any', params: { member: 'third' }, body: () => ({ reason: 'Asked by phone.' }) },
  'records.derived': { record: 'any' },
  'records.history': { record: 'any' },
  'records.holders': { record: 'any' },
  'records.list': { with: { about: (id) => ({ query: `about=${id}` }) } },
  'records.name-readers': { record: 'any', body: () => ({ readers: [] }) },
  'records.pass-on': { record: 'any', of: 'them', body: () => ({ to: 'other' }) },
  'records.readers': { record: 'any' },
  'records.preview': { record: 'any', body: () => ({ with: { members: ['third'] } }) },
  'permissions.list': {},
  'records.share': { record: 'any', of: 'us', body: () => ({ with: { members: ['third'] } }) },
  'records.view': { record: 'any' },
  'records.withdraw': { record: 'any', of: 'us', body: () => ({ reason: 'No longer needed.' }) },
  'subjects.amend': { record: 'subject', of: 'us', body: () => ({ ...subjectInput(), version: 1 }) },
  'subjects.export': { record: 'subject' },
  'subjects.pdf': { record: 'subject' },
  'subjects.related': { record: 'subject' },
  'subjects.merge': {
    record: 'subject',
    of: 'us',
    body: () => ({ other: `rec_${'0'.repeat(32)}`, version: 1, otherVersion: 1, reason: 'The same person.' }),
    with: { other: (id) => ({ body: { other: id, version: 1, otherVersion: 1, reason: 'The same person.' } }) },
  },
  'subjects.merges': { record: 'subject', of: 'us' },
  'subjects.merge-suggestions': {},
  'subjects.merge-suggestion': { params: { id: ghost.suggestion } },
  'subjects.dismiss-merge': { params: { id: ghost.suggestion }, body: () => ({ reason: 'They are two.' }) },
  'subjects.undo-merge': { params: { id: ghost.merge }, body: () => ({ reason: 'They are two.' }) },
  'records.versions': { record: 'any' },
  'records.version': { record: 'any', params: { version: '1' } },
  'subjects.list': {},
  'subjects.record': {
    body: subjectInput,
  },
  'lists.list': {},
  'lists.import': { params: { list: 'un-sc' }, body: () => ({}) },
  'lists.begin-import': { params: { list: 'un-sc' }, body: () => ({}) },
  'lists.imports': { params: { list: 'un-sc' } },
  'lists.show-import': { params: { list: 'un-sc', import: ghost.import } },
  'lists.changes': { params: { list: 'un-sc', import: ghost.import } },
  'lists.entries': { params: { list: 'un-sc' } },
  'lists.share': { params: { list: 'un-sc' }, body: () => ({ with: { members: ['third'] } }) },
  'lists.shares': {},
  'lists.decide-share': { params: { id: ghost.listShare }, body: () => ({ decision: 'refuse', reason: 'No.' }) },
  'lists.define': {
    body: () => ({
      id: 'exercise-own',
      title: 'EXERCISE',
      format: 'csv',
      instrument: 'Exercise Act',
      provision: 's. 1',
    }),
  },
  'lists.versions': { params: { list: 'un-sc' } },
  'lists.download': { params: { list: 'un-sc' }, body: () => ({}) },
  'screening.begin-list-check': { params: { list: 'un-sc' }, body: () => ({}) },
  'screening.list-check': { params: { list: 'un-sc' } },
  'screening.list-checks': {},
  'screening.completions': {},
  'lists.upload': { params: { list: 'un-sc', part: 'xml' } },
  'hits.adjudicate': { params: { id: ghost.candidate }, body: () => ({ decision: 'no-hit', note: 'Another man.' }) },
  'hits.candidate': { params: { id: ghost.candidate } },
  'hits.candidates': { with: { record: (id) => ({ query: `record=${id}` }) } },
  'hits.confirm': { record: 'hit', of: 'them', body: () => ({ outcome: 'not-confirmed', note: 'Another man.' }) },
  'hits.feedback': { record: 'hit', of: 'them', body: () => ({ done: 'Nothing.' }) },
  'hits.show': { record: 'hit', of: 'them' },
  'hits.list': {},
  'hits.conversation': { record: 'hit', of: 'them' },
  'hits.answer': { record: 'hit', of: 'them', body: () => ({ text: 'What was asked for.' }) },
  'border.desks': {},
  'border.check': { body: () => ({ desk: 'fr-cdg-2e', fields: { name: 'Nobody Exercise' } }) },
  'border.record-outcome': { params: { id: ghost.check }, body: () => ({ did: 'passed' }) },
  'border.candidates': {},
  'border.show-candidate': { params: { id: ghost.met } },
  'border.decide-candidate': { params: { id: ghost.met }, body: () => ({ decision: 'different' }) },
  'border.hits': {},
  'border.show-hit': { record: 'alert-hit', of: 'them' },
  'border.answer-hit': {
    record: 'alert-hit',
    of: 'them',
    body: () => ({ outcome: 'not-confirmed', note: 'Another man.' }),
  },
  'border.inform': { record: 'alert-hit', of: 'them', body: () => ({ text: 'What was asked for.' }) },
  'border.return': {
    record: 'alert-hit',
    of: 'them',
    body: () => ({ form: { located: false, place: 'A port', seenAt: new Date().toISOString(), reason: 'Entry' } }),
  },
  'border.redress': { record: 'alert-hit', of: 'them', body: () => ({ reason: 'Another man.' }) },
  'border.tell-carrier': {
    record: 'alert-hit',
    of: 'them',
    body: () => ({ answer: 'inspect', note: 'Decided at the second line.' }),
  },
  'border.take-message': { query: 'desk=fr-cdg-2e' },
  'border.messages': {},
  'border.show-message': { params: { id: ghost.passengers } },
  'batches.hand-in': { query: 'name=people.csv' },
  'batches.list': {},
  'batches.show': { params: { id: ghost.batch } },
  'batches.begin': { params: { id: ghost.batch }, body: () => ({}) },
  'batches.change': { params: { id: ghost.batch }, body: () => ({ to: 'paused' }) },
  'batches.delete': { params: { id: ghost.batch } },
  'batches.rows': { params: { id: ghost.batch } },
  'batches.watch': { params: { id: ghost.batch }, body: () => ({ until: soon() }) },
  'batches.unwatch': { params: { id: ghost.batch } },
  'batches.watch-seen': { params: { id: ghost.batch }, body: () => ({}) },
  'batches.csv': { params: { id: ghost.batch } },
  'lexicon.show': {},
  'lexicon.import': {},
  'lexicon.remove': {},
  'screening.find': { body: () => ({ text: 'Idris Exercise-Okello' }) },
  'screening.entity': { record: 'subject' },
  'screening.adjacent': { record: 'subject' },
  'screening.adjacent-by': { record: 'subject', params: { property: 'identification' } },
  'screening.catalog': {},
  'screening.algorithms': {},
  'screening.ready': {},
  'screening.match': {
    params: { dataset: 'default' },
    body: () => ({ queries: { q: { schema: 'Person', properties: { name: ['Idris Exercise-Okello'] } } } }),
    with: {
      'its own id': (id) => ({ body: { queries: { q: { id, schema: 'Person', properties: { name: [secret] } } } } }),
    },
  },
  'screening.search': { params: { dataset: 'default' }, query: 'q=Idris%20Exercise-Okello' },
  'messages.answer': {
    record: 'message',
    of: 'them',
    body: () => ({ handling: header({ audience: unshared }), text: 'An answer.' }),
    // A request that is there is answered with a note on the record; see `messages.send`.
  },
  'messages.attachment': { record: 'message', params: { key: 'a1' } },
  'messages.list': {},
  'messages.search': { query: 'q=flat' },
  'messages.send': {
    body: message,
    with: {
      thread: (id) => ({ body: message({ thread: id }) }),
      concerning: (id) => ({ body: message({ concerning: [id] }) }),
    },
  },
  'messages.show': { record: 'message' },
  'threats.amend': { record: 'threat', of: 'us', body: () => ({ ...threatInput(), version: 1 }) },
  'threats.close': { record: 'threat', of: 'us', body: () => ({ reason: 'It is over.' }) },
  'threats.list': {},
  'threats.record': {
    body: threatInput,
    with: { linked: (id) => ({ body: { ...threatInput(), body: { ...threatBody(), linked: [id] } } }) },
  },
  'notices.draft': { body: noticeInput },
  'notices.check': { body: () => ({ body: redNotice() }) },
  'notices.list': {},
  'notices.waiting': {},
  'notices.get': { record: 'notice' },
  'notices.amend': { record: 'notice', of: 'us', body: () => ({ ...noticeInput(), version: 1 }) },
  'notices.submit': { record: 'notice', of: 'us' },
  'notices.answer': { record: 'notice', of: 'us', body: () => ({ text: 'What was asked.' }) },
  'notices.end': { record: 'notice', of: 'us', body: () => ({ how: 'withdrawn', reason: 'No longer needed.' }) },
  'notices.take': { record: 'notice', of: 'us' },
  'notices.propose': {
    record: 'notice',
    of: 'us',
    body: () => ({ outcome: 'refused', reason: 'form', note: 'Not complete.' }),
  },
  'notices.confirm': { record: 'notice', of: 'us' },
  'notices.send-back': { record: 'notice', of: 'us', body: () => ({ note: 'Look again.' }) },
  'notices.respond': { record: 'notice', of: 'them', body: () => ({ answer: 'accepted', note: 'Looked at.' }) },
  'notices.report': {
    record: 'notice',
    of: 'them',
    body: () => ({ what: 'located', at: new Date().toISOString(), place: 'A port', measures: 'None.' }),
  },
  'notices.rules': {},
  'notices.refusals': {},
  'notices.shields': {},
  'notices.add-shield': {
    body: () => ({ kind: 'protection', country: 'ke', properties: { name: ['Nobody Exercise'] }, note: 'EXERCISE' }),
  },
  'notices.remove-shield': { params: { id: ghost.shield } },
  'notices.council-prepare': { body: () => ({}) },
  'notices.council-confirm': { body: () => ({}) },
  'notices.public-red': {},
  'notices.public-red-one': { params: { entity: '2026-000000000000' } },
  'notices.public-yellow': {},
  'notices.public-yellow-one': { params: { entity: '2026-000000000000' } },
  'notices.public-unsc-special': {},
  'notices.public-unsc-special-one': { params: { entity: '2026-000000000000' } },
  'documents.declare': { body: declarationInput },
  'documents.recover': { body: () => ({ documents: [{ number: 'A0001', kind: 'passport' }] }) },
  'documents.look-up': { body: () => ({ number: 'A0001' }) },
  'documents.list': {},
  'documents.hand-in': {},
  'documents.files': {},
  'documents.file': { params: { id: ghost.documentFile } },
  'documents.begin-file': {
    params: { id: ghost.documentFile },
    body: () => ({ handling: declarationInput().handling }),
  },
  'documents.stop-file': { params: { id: ghost.documentFile } },
  'documents.ask': {
    body: () => ({
      number: 'A0001',
      issuer: 'FRA',
      kind: 'passport',
      where: { place: 'Lyon' },
      asked: 'Still missing?',
    }),
  },
  'documents.questions': {},
  'documents.question': { record: 'document-question', of: 'them' },
  'documents.answer': {
    record: 'document-question',
    of: 'them',
    body: () => ({ outcome: 'genuine-holder', note: 'It is another one.' }),
  },
  'documents.tell-more': { record: 'document-question', of: 'them', body: () => ({ text: 'What was asked for.' }) },
  'documents.feedback': { record: 'document-question', of: 'them', body: () => ({ done: 'Nothing.' }) },
  'sightings.correct': { record: 'sighting', of: 'us', body: () => ({ ...sightingInput(), version: 1 }) },
  'sightings.list': { query: `about=${newId('rec')}` },
  'sightings.movement': { record: 'subject' },
  'sightings.record': {
    body: sightingInput,
    with: { about: (id) => ({ body: sightingInput(id) }) },
  },
  'drafts.list': {},
  'drafts.read': { params: { key: 'message:d1' } },
  'drafts.put': { params: { key: 'message:d1' }, body: () => ({ caption: '', content: {}, base: 0 }) },
  'drafts.discard': { params: { key: 'message:d1' } },
  'audit.checkpoint': {},
  'audit.prove-consistency': { query: 'from=1' },
  'records.consultations': { record: 'any', of: 'us' },
  'audit.entries': {},
  'audit.export': {},
  'audit.prove-inclusion': { query: 'index=0' },
  'audit.keys': {},
  'audit.leaves': {},
  'audit.witnessed': {},
  'directory.adopt': { body: () => stage.material.directory },
  'directory.show': {},
  'directory.state': {},
  'proposals.list': {},
  'proposals.show': { params: { hash: ghost.hash } },
  'proposals.propose': {
    body: () => ({ edits: [{ kind: 'suspend', member: 'nobody', suspended: true }], reason: 'Out of service.' }),
  },
  'proposals.hand-in': { body: () => ({ signed: stage.material.directory, reason: 'From the secretariat.' }) },
  'proposals.sign': { params: { hash: ghost.hash }, body: () => ({ signature: 'e30..e30' }) },
  'proposals.adopt': { params: { hash: ghost.hash }, body: () => ({}) },
  'proposals.withdraw': { params: { hash: ghost.hash }, body: () => ({ reason: 'A mistake.' }) },
  'keys.own': {},
  'keys.ending': {},
  'health.show': {},
  'members.standing': { params: { member: 'third' } },
  'quarantine.show': { params: { id: '999999' } },
  'members.list': {},
  'peers.list': {},
  'quarantine.list': {},
  'exercise.accounts': {},
  'peers.reinstate': { params: { member: 'third' }, body: () => ({ reason: 'Mended.' }) },
}

const byId = new Map(operations.map((it) => [it.id, it]))
const sampleOf = ({ id }: Operation): Sample => table[id] ?? {}
const onRecords = operations.filter((it) => sampleOf(it).record !== undefined)

let stage: Stage
let third: Actor

beforeAll(async () => {
  stage = await openStage({ running: ['fr'], played: ['third', 'other', 'ke'] })
  third = await play(stage, 'third')
}, 120_000)

afterAll(() => stage[Symbol.asyncDispose]())

interface Calling {
  readonly token?: string | undefined
  readonly cookie?: string
  readonly id?: string
  readonly instead?: { readonly query?: string; readonly body?: unknown }
  readonly purpose?: string | null
}

/** One request to an operation with what its row says. */
function call(it: Operation, { token, cookie, id, instead, purpose }: Calling = {}): Promise<Reply> {
  const { params = {}, query, body } = { ...sampleOf(it), ...(instead?.query === undefined ? {} : instead) } as Sample
  const values: Record<string, string> = { ...params, ...(id === undefined ? {} : { id }) }
  const path = fullPath(it).replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => values[name] ?? newId('rec'))
  const sent = instead?.body ?? body?.()
  const options: Ask = {
    method: it.method.toUpperCase(),
    token,
    ...(cookie === undefined ? {} : { headers: { cookie } }),
    ...(it.upload ? { raw: 'a file' } : sent === undefined ? {} : { body: sent }),
    ...(purpose === undefined ? {} : { purpose }),
  }
  return ask(stage.port('fr'), query === undefined ? path : `${path}?${query}`, options)
}

/** What the access check itself answers. */
const accessCodes = new Set(['http/not-signed-in', 'http/role', 'http/scope'])
const isTurnedAway = ({ status, json }: Reply) => (status === 401 || status === 403) && accessCodes.has(json?.code)

describe('the table', () => {
  it('has a row for every operation and no other', () => {
    expect(Object.keys(table).sort()).toEqual([...byId.keys()].sort())
  })

  it('fits the schemas of every operation', () => {
    for (const it of operations) {
      const { params = {}, query, body, record } = sampleOf(it)
      const id = record === undefined ? {} : { id: newId('rec') }
      const issues = [
        it.params?.safeParse({ ...params, ...id }).error,
        it.query?.safeParse(Object.fromEntries(new URLSearchParams(query))).error,
        it.body?.safeParse(body?.()).error,
      ].flatMap((error) => (error === undefined ? [] : [z.prettifyError(error)]))
      expect(issues, it.id).toEqual([])
    }
  })

  it('names every operation that takes the id of a record in its path', () => {
    const id = newId('rec')
    const taking = operations.filter((it) => {
      const { shape } = it.params ?? {}
      // A client of yente may ask with an id of another service, which is not there.
      if (it.path.startsWith('/entities/{id}')) return true
      return Object.values(shape ?? {}).some(
        (part) => (part as z.ZodType).safeParse(id).success && !(part as z.ZodType).safeParse('a1').success,
      )
    })
    expect(onRecords.map((it) => it.id).sort()).toEqual(taking.map((it) => it.id).sort())
  })

  it('has a scope that exists for each, and asks for a purpose wherever people search', () => {
    for (const it of operations) {
      expect(scopes, it.id).toContain(it.access.scope)
      if (it.access.roles === 'anyone') expect(it.access.purpose, it.id).toBeUndefined()
    }
    for (const id of [
      'records.list',
      'subjects.list',
      'threats.list',
      'notices.list',
      'sightings.list',
      'sightings.movement',
      'messages.search',
      'screening.match',
      'screening.search',
      'screening.find',
      'batches.hand-in',
      'batches.begin',
      'batches.watch',
      'screening.entity',
      'screening.adjacent',
      'screening.adjacent-by',
      'screening.catalog',
      'subjects.export',
      'subjects.pdf',
      'records.share',
      'records.pass-on',
      'documents.list',
      'documents.look-up',
      'documents.ask',
    ])
      expect(byId.get(id)?.access.purpose, id).toBe(true)
  })
})

describe('an operation', () => {
  const roleOf: Readonly<Record<string, Role>> = {
    officer: 'officer',
    supervisor: 'supervisor',
    legal: 'legal',
    auditor: 'auditor',
    admin: 'administrator',
  }
  const scopesOfToken = new Map<string, readonly string[]>()
  const cookies = new Map<string, string>()
  let readOnly = ''

  beforeAll(async () => {
    for (const username of Object.keys(roleOf)) {
      const { json } = await asPerson(stage, 'fr', username)('/api/v1/me')
      scopesOfToken.set(username, json.scopes)
      cookies.set(username, await signIn(username))
    }
    const made = await asPerson(
      stage,
      'fr',
      'supervisor',
    )('/api/v1/tokens', { body: { name: 'reads', scopes: ['read'] } })
    readOnly = made.json.token
  })

  async function signIn(username: string): Promise<string> {
    const { password } = stage.accounts.find((it) => it.member === 'fr' && it.username === username)!
    const reply = await ask(stage.port('fr'), '/api/v1/sign-in', { body: { username, password } })
    expect(reply.status, reply.text).toBe(200)
    return String(reply.headers['set-cookie']).split(';')[0]!
  }

  it('knows a role for each person and a scope for each role', () => {
    expect(scopesOfToken.get('auditor')).toContain('audit')
    expect(scopesOfToken.get('legal')).toContain('screen')
    expect(scopesOfToken.get('admin')).toContain('administer')
  })

  const admits = ({ access }: Operation, role: Role | undefined, has: readonly string[]): boolean => {
    if (access.roles === 'anyone') return true
    if (role === undefined) return false
    return (access.roles === 'signed-in' || access.roles.includes(role)) && has.includes(access.scope)
  }

  function expectAdmitted(reply: Reply, admitted: boolean, what: string): void {
    expect({ what, turnedAway: isTurnedAway(reply) }, reply.text).toEqual({ what, turnedAway: !admitted })
    expect(reply.status, what).toBeLessThan(500)
    expect(reply.text, what).not.toMatch(insides)
    if (!admitted) expect(reply.headers['content-type']).toBe('application/problem+json')
  }

  const endsSession = new Set(['people.sign-out', 'people.sign-out-everywhere', 'people.change-password'])

  const lastOnes = operations.toSorted((a, b) => Number(endsSession.has(a.id)) - Number(endsSession.has(b.id)))
  it.each(lastOnes.map((it) => [it.id, it] as const))('%s is for whom it says', async (id, operation) => {
    for (const [username, role] of Object.entries(roleOf)) {
      const byToken = await call(operation, { token: stage.token('fr', username) })
      expectAdmitted(byToken, admits(operation, role, scopesOfToken.get(username)!), `${username} with a token`)
      if (endsSession.has(id)) continue
      const bySession = await call(operation, { cookie: cookies.get(username)! })
      expectAdmitted(bySession, admits(operation, role, scopes), `${username} in a session`)
    }
    const nobody = await call(operation)
    expectAdmitted(nobody, operation.access.roles === 'anyone', 'nobody')
    if (operation.access.roles !== 'anyone')
      expect(nobody).toMatchObject({ status: 401, json: { code: 'http/not-signed-in' } })
    expectAdmitted(
      await call(operation, { token: stage.token('ke', 'officer') }),
      operation.access.roles === 'anyone',
      'an officer of another member',
    )
    expectAdmitted(
      await call(operation, { token: `${stage.token('fr', 'officer')}x` }),
      operation.access.roles === 'anyone',
      'a token that is not quite one',
    )
    expectAdmitted(
      await call(operation, { token: readOnly }),
      admits(operation, 'supervisor', ['read']),
      'a token that only reads',
    )
    if (operation.access.purpose === true && operation.access.roles !== 'anyone') {
      const who = Object.entries(roleOf).find(([, role]) => admits(operation, role, scopes))![0]
      expect(await call(operation, { token: stage.token('fr', who), purpose: null })).toMatchObject({
        status: 422,
        json: { code: 'http/purpose-missing' },
      })
    }
  })

  it('that is refused for the role or the scope is in the audit ledger', async () => {
    const reasons = new Set<string>()
    for (let after = ''; ; ) {
      const page = `/api/v1/audit/entries?act=refuse&limit=500${after}`
      const { items, next } = (await asPerson(stage, 'fr', 'auditor')(page)).json
      for (const it of items) reasons.add(it.reason)
      if (next === null) break
      after = `&after=${next}`
    }
    expect(reasons).toContain('subjects.record: http/role')
    expect(reasons).toContain('subjects.record: http/scope')
    expect(reasons).toContain('people.add: http/role')
  })

  it('on what belongs to another person answers as for what does not exist', async () => {
    const officer = asPerson(stage, 'fr', 'officer')
    const supervisor = asPerson(stage, 'fr', 'supervisor')
    const { json: theirs } = await supervisor('/api/v1/tokens', { body: { name: 'mine', scopes: ['read'] } })
    const sessions = await ask(stage.port('fr'), '/api/v1/sessions', {
      headers: { cookie: await signIn('legal') },
    })
    const pairs = [
      [`/api/v1/tokens/${theirs.id}`, `/api/v1/tokens/${ghost.token}`],
      [`/api/v1/sessions/${sessions.json.items[0].id}`, `/api/v1/sessions/${ghost.session}`],
    ] as const
    for (const [there, not] of pairs) {
      const [one, other] = [await officer(there, { method: 'DELETE' }), await officer(not, { method: 'DELETE' })]
      expect(one.status).toBe(404)
      expect(sayOf(one, there)).toEqual(sayOf(other, not))
    }
    expect((await ask(stage.port('fr'), '/api/v1/me', { token: theirs.token })).status).toBe(200)
    const { json } = await officer('/api/v1/tokens')
    expect(json.items.every((it: { person: { name: string } }) => it.person.name.startsWith('Duty officer'))).toBe(true)
  })
})

/** Words that stand in nothing but withheld records. */
const secret = 'Zyzzogeton Quetzalli'

/** An answer without what differs between any two requests. */
function sayOf({ status, headers, text }: Reply, id: string) {
  const { date: _, 'content-length': __, ...rest } = headers
  const said = text.replaceAll(id, '{id}').replaceAll(/"correlation":"[^"]*"/g, '"correlation":""')
  return { status, headers: rest, text: said }
}

interface Withheld {
  readonly id: string
  readonly kind: Kind
  readonly why: 'red' | 'erased' | 'expired'
}

describe('a record that a person may not know of', () => {
  const officer = (path: string, options?: Ask) => asPerson(stage, 'fr', 'officer')(path, options)
  const supervisor = (path: string, options?: Ask) => asPerson(stage, 'fr', 'supervisor')(path, options)
  const db = () => stage.node('fr').services.store.db
  const directory = () => stage.node('fr').services.directories.current()
  const withheld: Withheld[] = []
  const red = () => withheld.filter((it) => it.why === 'red').map((it) => it.id)
  let ownRed = ''
  let ours = ''
  let redCandidate = ''
  let openCandidate = ''

  /** A record of another member arrives. */
  async function arrives(
    kind: Kind,
    { tlp = 'AMBER', name = 'Idris Exercise-Okello' }: { tlp?: 'AMBER' | 'RED'; name?: string } = {},
  ): Promise<string> {
    const bodies: Readonly<Record<Kind, object>> = {
      subject: subjectBody(name),
      threat: threatBody(name),
      message: {
        thread: null,
        kind: 'request',
        to: ['fr'],
        subject: name,
        text: 'Do you know him?',
        urgency: 'normal',
        concerning: [],
        deadlineAt: soon(),
        deadlineRule: 'eu-2023-977-normal',
        attachments: {
          a1: {
            name: 'a.txt',
            mediaType: 'text/plain',
            bytes: 1,
            sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
            content: 'YQ==',
          },
        },
      },
      hit: {
        about: ours,
        aboutVersion: 1,
        agreeing: ['name'],
        contradicting: [],
        score: 0.9,
        engine: 'test',
        disclosed: { name: [name] },
        where: { country: null, place: null },
        seenAt: new Date().toISOString(),
        note: 'Seen at the border.',
        action: { requested: 'report', permitted: 'report', because: 'As the owner asks.', instruction: 'Report.' },
        dueAt: null,
        dueRule: null,
      },
      'document-question': {
        document: { number: 'A0001', issuer: 'fr', kind: 'passport' },
        declared: null,
        where: { country: null, place: 'A harbour' },
        seenAt: new Date().toISOString(),
        waiting: false,
        asked: name,
        more: [],
        dueAt: soon(),
        dueRule: 'document-question.other',
      },
      'alert-hit': {
        about: ours,
        aboutVersion: 1,
        place: {
          country: null,
          desk: 'A port',
          code: '',
          direction: 'entry',
          transport: null,
          at: new Date().toISOString(),
        },
        agreeing: ['name_match'],
        differing: [],
        strength: 'identity',
        compared: true,
        discreet: false,
        document: null,
        presented: { name, birthDate: null },
        companions: 0,
        note: 'Seen at the border.',
        dueAt: null,
        dueRule: null,
      },
      notice: redNotice({ to: { members: ['fr'], groups: [], sectors: [] }, reference: name }),
      sighting: { ...sightingInput(ours).body, place: name, aboutOwner: 'fr', discreet: false },
      'permission-request': {
        about: ours,
        permits: 'onward',
        recipients: ['other'],
        purposes: ['counter-terrorism'],
        reason: name,
      },
    }
    const handling = header({ tlp, audience: { members: ['fr'], groups: [], sectors: [] } })
    const record = await signed(third, { type: kind, handling, body: bodies[kind] as Record<string, Json> })
    await taken({ kind: 'record', record })
    return record.text.id
  }

  async function taken(content: unknown): Promise<void> {
    const envelope = await craft(third, content, directory(), { to: 'fr' })
    const { answers, text } = await post(stage, 'fr', [envelope])
    expect(answers[0], text).toHaveProperty('receipt')
    advance(third, envelope)
  }

  beforeAll(async () => {
    const made = await officer('/api/v1/subjects', { body: subjectInput() })
    ours = made.json.id
    const shared = await officer(`/api/v1/records/${ours}/share`, { body: { with: { members: ['third'] } } })
    expect(shared.status, shared.text).toBe(202)
    const declared = await officer('/api/v1/documents', { body: declarationInput() })
    expect(declared.status, declared.text).toBe(201)
    for (const kind of kinds) {
      withheld.push({ kind, why: 'red', id: await arrives(kind, { tlp: 'RED', name: `${secret} ${kind}` }) })
      const erased = await arrives(kind, { name: `${secret} erased` })
      await taken({ kind: 'recall', id: erased, state: 'withdrawn', reason: 'No longer for you.' })
      withheld.push({ kind, why: 'erased', id: erased })
      const expired = await arrives(kind, { name: `${secret} expired` })
      const row = await db()
        .selectFrom('records')
        .select('handling')
        .where('id', '=', expired as never)
        .executeTakeFirstOrThrow()
      const past = addTime(new Date(), -1, 'days')
      await db()
        .updateTable('records')
        .set({ handling: { ...row.handling, expiresAt: past }, expires_at: past })
        .where('id', '=', expired as never)
        .execute()
      withheld.push({ kind, why: 'expired', id: expired })
    }
    const redInput = {
      ...subjectInput(),
      handling: header({ tlp: 'RED', audience: unshared }),
      body: subjectBody(`${secret} of our own`),
    }
    ownRed = (await supervisor('/api/v1/subjects', { body: redInput })).json.id
    withheld.push({ kind: 'subject', why: 'red', id: ownRed })
    const redThreat = {
      ...threatInput(),
      handling: header({ tlp: 'RED', audience: unshared }),
      body: threatBody(`${secret} of our own`),
    }
    withheld.push({
      kind: 'threat',
      why: 'red',
      id: (await supervisor('/api/v1/threats', { body: redThreat })).json.id,
    })
    await arrives('subject')
    const theirs = await arrives('subject', { name: `${secret} of our own` })
    const rows = () =>
      db()
        .withTables<{ candidates: { id: string; ours: string; theirs: string } }>()
        .selectFrom('candidates')
        .selectAll()
        .execute()
    const all = await until(
      rows,
      (it) => it.some((one) => one.theirs === theirs) && it.some((one) => one.ours === ours),
    )
    redCandidate = all.find((it) => it.theirs === theirs && it.ours === ownRed)!.id
    openCandidate = all.find((it) => it.ours === ours)!.id
    // What betrays the pair itself is withheld too.
    const past = addTime(new Date(), -1, 'days')
    const row = await db()
      .selectFrom('records')
      .select('handling')
      .where('id', '=', theirs as never)
      .executeTakeFirstOrThrow()
    await db()
      .updateTable('records')
      .set({ handling: { ...row.handling, tlp: 'RED' }, expires_at: past })
      .where('id', '=', theirs as never)
      .execute()
    withheld.push({ kind: 'subject', why: 'red', id: theirs })
    await stage.stop('fr')
    await stage.start('fr')
  }, 120_000)

  /** A supervisor sees RED records, to name their readers: there it is the others that are withheld. */
  const hiddenFrom = (role: string) => withheld.filter((it) => role !== 'supervisor' || it.why !== 'red')
  const tokensFor = ({ access }: Operation) =>
    (['officer', 'supervisor', 'legal'] as const).filter(
      (it) => access.roles !== 'anyone' && access.roles !== 'signed-in' && access.roles.includes(it),
    )

  async function stateOf(id: string) {
    return db()
      .selectFrom('records')
      .select(['version', 'state', 'readers', 'read_version'])
      .where('id', '=', id as never)
      .executeTakeFirst()
  }

  it.each(onRecords.map((it) => [it.id, it] as const))('is not there for %s', async (_, operation) => {
    for (const role of tokensFor(operation)) {
      const token = stage.token('fr', role)
      const nothing = newId('rec')
      const expected = sayOf(await call(operation, { token, id: nothing }), nothing)
      expect(expected.status).toBe(404)
      for (const { id, kind, why } of hiddenFrom(role)) {
        const before = await stateOf(id)
        const said = sayOf(await call(operation, { token, id }), id)
        expect(said, `${role}: a ${kind} that is ${why}`).toEqual(expected)
        expect(await stateOf(id)).toEqual(before)
      }
    }
  })

  const elsewhere = operations.flatMap((it) =>
    Object.entries(sampleOf(it).with ?? {}).map(([place, make]) => [it.id, place, it, make] as const),
  )
  it.each(elsewhere)('is not there for %s as %s', async (_, place, operation, make) => {
    for (const role of tokensFor(operation)) {
      const token = stage.token('fr', role)
      const nothing = newId('rec')
      const expected = withoutOwnIds(sayOf(await call(operation, { token, instead: make(nothing) }), nothing))
      for (const { id, kind, why } of hiddenFrom(role)) {
        // A new subject may name any id: it says what its author claims, not what the node holds.
        const said = withoutOwnIds(sayOf(await call(operation, { token, instead: make(id) }), id))
        expect(said, `${role}: a ${kind} that is ${why} as ${place}`).toEqual(expected)
      }
    }
  })

  function withoutOwnIds(said: ReturnType<typeof sayOf>) {
    return { ...said, text: said.text.replaceAll(/rec_[0-9a-f]{32}/g, '{new}') }
  }

  it.each(onRecords.map((it) => [it.id, it] as const))('while one that is known is, for %s', async (_, operation) => {
    const { record: kind = 'any', of, with: naming = {} } = sampleOf(operation)
    const type = kind === 'any' ? 'subject' : kind
    const make = async () => {
      if (
        of === 'them' ||
        type === 'message' ||
        type === 'hit' ||
        type === 'permission-request' ||
        type === 'document-question'
      ) {
        const id = await arrives(type)
        // As after the legal gate, which keeps it from everybody else before.
        await db()
          .updateTable('records')
          .set({ held: false })
          .where('id', '=', id as never)
          .execute()
        return id
      }
      const inputs = {
        subject: subjectInput,
        threat: threatInput,
        notice: noticeInput,
        sighting: () => sightingInput(ours),
      }
      const input = inputs[type as keyof typeof inputs]()
      return (await officer(`/api/v1/${type}s`, { body: input })).json.id as string
    }
    for (const role of tokensFor(operation)) {
      const id = await make()
      if (operation.path.startsWith('/entities/'))
        await until(
          () => call(operation, { token: stage.token('fr', role), id }),
          (it) => it.status === 200,
        )
      const [name] = Object.values(naming)
      const instead = name === undefined ? {} : { instead: name(await make()) }
      const reply = await call(operation, { token: stage.token('fr', role), id, ...instead })
      expect(reply.status, reply.text).toBeLessThan(500)
      expect({ role, code: reply.json.code, status: reply.status }, reply.text).not.toMatchObject({ status: 404 })
      expect(reply.json.code, reply.text).not.toBe('http/malformed')
    }
  })

  it('that others own is not changed by anybody here', async () => {
    const id = await arrives('subject')
    const before = await stateOf(id)
    for (const operationId of ['records.share', 'records.withdraw', 'subjects.amend']) {
      const operation = byId.get(operationId)!
      for (const role of tokensFor(operation)) {
        const reply = await call(operation, { token: stage.token('fr', role), id })
        expect([403, 404], `${operationId}: ${reply.text}`).toContain(reply.status)
        expect(await stateOf(id)).toEqual(before)
      }
    }
  })

  it('makes no candidate that can be seen, and none that betrays itself by a gap in the pages', async () => {
    const asked = sayOf(await officer(`/api/v1/candidates/${redCandidate}`), redCandidate)
    expect(asked).toEqual(sayOf(await officer(`/api/v1/candidates/${ghost.candidate}`), ghost.candidate))
    const decide = { body: { decision: 'no-hit', note: 'Another man.' } }
    const decided = sayOf(await officer(`/api/v1/candidates/${redCandidate}/decision`, decide), redCandidate)
    expect(decided).toEqual(
      sayOf(await officer(`/api/v1/candidates/${ghost.candidate}/decision`, decide), ghost.candidate),
    )
    const pages: string[] = []
    let after = ''
    for (let page = 0; page < 1_000; page++) {
      const { json } = await officer(`/api/v1/candidates?limit=1${after === '' ? '' : `&after=${after}`}`)
      pages.push(...json.items.map((it: { id: string }) => it.id))
      expect(json.items.length === 1 || json.next === null).toBe(true)
      if (json.next === null) break
      expect(json.next).toBe(json.items.at(-1).id)
      after = json.next
    }
    expect(pages).toContain(openCandidate)
    expect(pages).not.toContain(redCandidate)
    expect((await supervisor(`/api/v1/candidates/${redCandidate}`)).status).toBe(200)
  })

  it('is in no list, search or match, and in no other answer', async () => {
    const words = new RegExp(secret, 'i')
    const ids = withheld.map((it) => it.id)
    const matches = { queries: { q: { schema: 'Person', properties: { name: [`${secret} subject`] } } } }
    const extra: readonly [string, Ask?][] = [
      [`/search/default?q=${encodeURIComponent(secret)}&threshold=0`],
      ['/match/default?threshold=0&cutoff=0', { body: matches }],
      ['/match/subjects?threshold=0&cutoff=0', { body: matches }],
      ['/api/v1/records?limit=200'],
      ['/api/v1/subjects?limit=200'],
      ['/api/v1/threats?limit=200&show=all'],
      ['/api/v1/messages?limit=200'],
      ['/api/v1/messages?limit=200&box=in&state=open'],
      ['/api/v1/hits?limit=200'],
      ['/api/v1/candidates?limit=200'],
      ['/api/v1/permission-requests'],
      ['/api/v1/records?type=hit'],
      ['/api/v1/records?type=permission-request'],
      [`/api/v1/records?about=${ours}`],
    ]
    for (const username of ['officer', 'legal'] as const) {
      const replies = [
        ...(await Promise.all(extra.map(([path, options]) => asPerson(stage, 'fr', username)(path, options)))),
        ...(await Promise.all(
          operations.filter((it) => it.method === 'get').map((it) => call(it, { token: stage.token('fr', username) })),
        )),
      ]
      for (const { text } of replies) {
        expect(text.replace(/"query":\{[^}]*\}\}/g, '')).not.toMatch(words)
        for (const id of ids) expect(text).not.toContain(id)
      }
    }
    for (const username of ['auditor', 'admin'] as const) {
      const replies = await Promise.all(
        operations.filter((it) => it.method === 'get').map((it) => call(it, { token: stage.token('fr', username) })),
      )
      for (const { text } of replies) expect(text).not.toMatch(words)
    }
    // The supervisor, who may view them, finds the same in none of the searches.
    for (const path of [
      '/api/v1/records?limit=200',
      '/api/v1/subjects?limit=200',
      '/api/v1/threats?limit=200',
      `/search/default?q=${encodeURIComponent(secret)}&threshold=0`,
    ]) {
      const { text } = await supervisor(path)
      for (const id of red().filter(
        (it) => it !== ownRed && !withheld.some((one) => one.id === it && one.kind === 'threat'),
      ))
        expect(text).not.toContain(id)
    }
  })

  it('of others is not there for an auditor either, who may ask who consulted ours', async () => {
    const auditor = asPerson(stage, 'fr', 'auditor')
    const consulted = (id: string) => auditor(`/api/v1/records/${id}/consultations`)
    const nothing = newId('rec')
    const expected = sayOf(await consulted(nothing), nothing)
    const mine = new Set(
      (await db().selectFrom('records').select('id').where('owner', '=', 'fr').execute()).map((it) => it.id as string),
    )
    for (const { id, kind, why } of withheld) {
      if (mine.has(id)) expect((await consulted(id)).status).toBe(200)
      else expect(sayOf(await consulted(id), id), `a ${kind} that is ${why}`).toEqual(expected)
    }
  })

  it('in part is not known in that part, nor lost when somebody else changes the rest', async () => {
    const hidden = 'Vexillarius Quorndon'
    const other = 'Ordinary Exercise-Person'
    const marked = (own: string): { marks: Record<string, object>; body: object } => ({
      marks: { '/body/statements/a1': { tlp: 'RED' } },
      body: {
        ...subjectBody(),
        statements: { a1: { property: 'name', value: own }, a2: { property: 'alias', value: other } },
      },
    })
    const made = await supervisor('/api/v1/subjects', { body: { ...subjectInput(), ...marked(hidden) } })
    const id = made.json.id as string
    const incoming = await signed(third, {
      handling: header({ audience: { members: ['fr'], groups: [], sectors: [] } }),
      ...(marked(hidden) as object),
    })
    await taken({ kind: 'record', record: incoming })
    const found = () => supervisor(`/search/default?q=${encodeURIComponent(other)}&threshold=0.5`)
    await until(found, (it) => it.text.includes(id) && it.text.includes(incoming.text.id))
    const asks: [string, Ask?][] = [
      `/api/v1/records?limit=200`,
      `/api/v1/subjects?limit=200`,
      `/api/v1/candidates?limit=200`,
      `/search/default?q=${encodeURIComponent(hidden)}&threshold=0`,
      `/search/default?q=${encodeURIComponent(other)}&threshold=0`,
      ...[id, incoming.text.id].flatMap((it) => [
        `/api/v1/records/${it}`,
        `/api/v1/subjects/${it}/ftm`,
        `/entities/${it}`,
      ]),
    ].map((path) => [path])
    asks.push([
      '/match/default?threshold=0&cutoff=0',
      { body: { queries: { q: { schema: 'Person', properties: { name: [other] } } } } },
    ])
    for (const username of ['officer', 'legal'] as const) {
      for (const [path, options] of asks) {
        const reply = await asPerson(stage, 'fr', username)(path, options)
        expect(reply.text, `${username} ${path}`).not.toContain(hidden)
      }
    }
    const { json } = await officer(`/api/v1/records/${id}`)
    expect(json).toMatchObject({ caption: other, body: { statements: { a2: { value: other } } }, marks: {} })
    const body = { handling: json.handling, body: { ...json.body, action: 'observe' }, marks: {}, version: 1 }
    const amended = await officer(`/api/v1/subjects/${id}`, { method: 'PUT', body })
    expect(amended, amended.text).toMatchObject({ status: 200 })
    const { json: secretive } = await supervisor('/api/v1/subjects', {
      body: {
        ...subjectInput(),
        body: { ...marked(hidden).body, action: 'arrest' },
        marks: { '/body/statements/a1': { tlp: 'RED' }, '/body/action': { tlp: 'RED' } },
      },
    })
    const over = { ...subjectInput(), body: { ...subjectBody(other), action: 'none' }, version: 1 }
    expect((await officer(`/api/v1/subjects/${secretive.id}`, { method: 'PUT', body: over })).status).toBe(200)
    const loosened = { with: { members: ['third'] }, marks: { '/body/action': {}, '/body/statements/a1': {} } }
    expect((await officer(`/api/v1/records/${secretive.id}/share`, { body: loosened })).status).toBe(202)
    const kept = await supervisor(`/api/v1/records/${secretive.id}`)
    expect(kept.json.body).toMatchObject({ action: 'arrest', statements: { a1: { value: hidden } } })
    expect(Object.values(kept.json.body.statements)).toContainEqual({ property: 'name', value: other })
    expect((await officer(`/api/v1/records/${secretive.id}`)).text).not.toMatch(/arrest|Quorndon/)

    const share = (marks: object) =>
      supervisor(`/api/v1/records/${id}/share`, { body: { with: { members: ['third'] }, marks } })
    expect(await share({ '/body/statements/a2': { tlp: 'RED' } })).toMatchObject({
      status: 422,
      json: { code: 'records/mark-not-possible' },
    })
    const added = { property: 'weakAlias', value: 'Third Exercise-Name' }
    const more = { ...body, body: { ...body.body, statements: { ...body.body.statements, a3: added } }, version: 2 }
    expect((await officer(`/api/v1/subjects/${id}`, { method: 'PUT', body: more })).status).toBe(200)
    expect((await share({ '/body/statements/a2': { tlp: 'RED' } })).status).toBe(202)
    expect((await officer(`/api/v1/records/${id}`)).json).toMatchObject({ caption: added.value, version: 4 })
    const whole = await supervisor(`/api/v1/records/${id}`)
    expect(whole.json.body).toMatchObject({ action: 'observe', statements: { a1: { value: hidden } } })
    expect((await officer(`/api/v1/records/${id}`)).text).not.toContain(hidden)
  })

  it('goes no further by way of what is said about it', async () => {
    const name = 'Derivus Exercise-Onward'
    await officer('/api/v1/subjects', { body: { ...subjectInput(), body: subjectBody(name) } })
    const id = await arrives('subject', { name })
    const found = await until(
      () => officer(`/api/v1/candidates?record=${id}`),
      (it) => it.json.items.length === 1,
    )
    const decision = { body: { decision: 'hit', note: 'The same man.' } }
    const { json } = await officer(`/api/v1/candidates/${found.json.items[0].id}/decision`, decision)
    const share = (to: string) => officer(`/api/v1/records/${json.hit}/share`, { body: { with: { members: [to] } } })
    expect(await share('other')).toMatchObject({ status: 403, json: { code: 'records/refused', rule: 'onward' } })
    expect((await share('third')).status).toBe(202)
    const asked = await officer('/api/v1/messages', { body: message({ concerning: [id] }) })
    expect(asked.status, asked.text).toBe(202)
    const passed = { body: { with: { members: ['other'] } } }
    expect(await officer(`/api/v1/records/${asked.json.id}/share`, passed)).toMatchObject({
      status: 403,
      json: { rule: 'onward' },
    })
  })

  it('once it is erased leaves no copy of itself', async () => {
    const name = 'Erasmus Quibbleworth'
    await officer('/api/v1/subjects', { body: { ...subjectInput(), body: subjectBody(`${name}e`) } })
    const handling = header({ onward: 'audience', audience: { members: ['fr', 'other'], groups: [], sectors: [] } })
    const record = await signed(third, { handling, body: subjectBody(name) as unknown as Record<string, Json> })
    const id = record.text.id
    // It comes by way of another holder, whose last envelope stays here as evidence.
    const holder = await play(stage, 'other')
    const envelope = await craft(holder, { kind: 'record', record }, directory(), { to: 'fr' })
    expect((await post(stage, 'fr', [envelope])).answers[0]).toHaveProperty('receipt')
    const match = { queries: { q: { schema: 'Person', properties: { name: [`${name}s`] } } } }
    const repeated = () =>
      officer('/match/default', { body: match, headers: { 'idempotency-key': 'before and after' } })
    await until(repeated, (it) => it.text.includes(id))
    await officer(`/api/v1/records/${id}`)
    await until(
      () => officer(`/api/v1/candidates?record=${id}`),
      (it) => it.json.items.length === 1,
    )
    const copies = async () => {
      const tables = await sql<{
        name: string
      }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db())
      const found: string[] = []
      for (const { name: table } of tables.rows) {
        const { rows } =
          await sql`select 1 from ${sql.table(table)} as it where it::text ~ ${`\\y${name}\\y`} limit 1`.execute(db())
        if (rows.length > 0) found.push(table)
      }
      const tips = await db().selectFrom('inbox_tips').select('signed').execute()
      const held = tips.map((it) => Buffer.from(it.signed.split('.')[1]!, 'base64url').toString('utf8'))
      return [...found.sort(), ...(held.some((it) => it.includes(`"${name}"`)) ? ['inbox_tips'] : [])]
    }
    expect(await copies()).toEqual(['candidates', 'record_versions', 'records', 'inbox_tips'])
    await taken({ kind: 'recall', id, state: 'withdrawn', reason: 'No longer for you.' })
    expect(await until(copies, (it) => it.length === 0)).toEqual([])
    expect((await repeated()).text).not.toContain(id)
  })

  it('makes no event that tells of it', async () => {
    const events = await listen('officer')
    const shown = (await officer('/api/v1/subjects', { body: subjectInput() })).json.id as string
    const hidden = await Promise.all([
      supervisor('/api/v1/subjects', {
        body: { ...subjectInput(), handling: header({ tlp: 'RED', audience: unshared }) },
      }).then((it) => it.json.id as string),
    ])
    for (const kind of kinds) hidden.push(await arrives(kind, { tlp: 'RED', name: `${secret} event` }))
    const message = await arrives('message')
    const text = await until(
      async () => events.text(),
      (it) => it.includes(shown) && it.includes(message),
      30_000,
    )
    await new Promise((resume) => setTimeout(resume, 300))
    events.close()
    expect(text).toContain(shown)
    expect(text).toContain(message)
    for (const id of [...hidden, ...withheld.map((it) => it.id), redCandidate]) expect(events.text()).not.toContain(id)
    expect(events.text()).toContain(openCandidate)

    for (const username of ['auditor', 'admin']) {
      const none = await listen(username)
      await new Promise((resume) => setTimeout(resume, 300))
      none.close()
      expect(none.text()).not.toContain('rec_')
    }
  })

  it('makes events of what is administered for those alone who may see it', async () => {
    const admin = asPerson(stage, 'fr', 'admin')
    const add = async (username: string) =>
      (await admin('/api/v1/people', { body: { username, name: 'EXERCISE', roles: ['auditor'] } })).json.id as string
    const feed = stage.node('fr').services.store.db.selectFrom('changes')
    const { before } = await feed.select((eb) => eb.fn.max('sequence').as('before')).executeTakeFirstOrThrow()
    const first = await add('events-first')
    const token = (await admin('/api/v1/tokens', { body: { name: 'events', scopes: ['read'], days: 1 } })).json.id
    const person = await add('events-last')
    const subject = (await officer('/api/v1/subjects', { body: subjectInput() })).json.id as string
    /** All that somebody is told, up to what they are told last. */
    const told = async (username: string, last: string) => {
      const events = await listen(username, before)
      await until(
        async () => events.text(),
        (it) => it.includes(last),
        30_000,
      )
      events.close()
      return [first, token, person, subject].map((it) => events.text().includes(it))
    }
    expect(await told('admin', person)).toEqual([true, true, true, false])
    expect(await told('auditor', person)).toEqual([true, false, true, false])
    expect(await told('officer', subject)).toEqual([false, false, false, true])
  })

  /** The stream of events, from the beginning unless it is said from where. */
  async function listen(username: string, after = 0): Promise<{ text(): string; close(): void }> {
    let text = ''
    const outgoing = request({
      host: '127.0.0.1',
      port: stage.port('fr'),
      path: `/api/v1/events?after=${after}`,
      agent: false,
      headers: { authorization: `Bearer ${stage.token('fr', username)}` },
    })
    outgoing.on('error', () => undefined)
    outgoing.on('response', (incoming) => {
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk) => {
        text += chunk
      })
      incoming.on('error', () => undefined)
    })
    outgoing.end()
    await until(
      async () => text,
      (it) => it.includes('event: open'),
    )
    return { text: () => text, close: () => outgoing.destroy() }
  }

  it('left the node without a failure', () => {
    expect(stage.errors).toEqual([])
  })
})

it('the stream of events is for people who are signed in', async () => {
  expect(await ask(stage.port('fr'), '/api/v1/events')).toMatchObject({
    status: 401,
    json: { code: 'http/not-signed-in' },
  })
  const made = await asPerson(
    stage,
    'fr',
    'officer',
  )('/api/v1/tokens', { body: { name: 'screens', scopes: ['screen'] } })
  expect(await ask(stage.port('fr'), '/api/v1/events', { token: made.json.token })).toMatchObject({
    status: 403,
    json: { code: 'http/scope' },
  })
  expect(await ask(stage.port('fr'), '/api/v1/events', { token: stage.token('ke', 'officer') })).toMatchObject({
    status: 401,
  })
})
