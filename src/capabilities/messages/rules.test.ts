import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Work } from '#capabilities/messages/checks'
import { faultKinds } from '#capabilities/messages/faults'
import { base64, callerOf, directory, header, writing } from '#capabilities/messages/office.fixture'
import { type Message, type MessageHead, urgencies, workStates } from '#capabilities/messages/record'
import { answerMessage, type Sending, sendMessage } from '#capabilities/messages/rules'
import type { WorkRow } from '#capabilities/messages/store'
import { addTime } from '#kernel/clock'
import { newId } from '#kernel/ids'
import type { Handling } from '#protocol/handling'
import type { RecordView } from '#store/reader'

const now = new Date('2026-11-22T12:00:00.000Z')

const work: Work = { caller: callerOf('fr'), now, directory, concerning: [], grants: [] }

function sending(change: Partial<Sending> = {}): Sending {
  return { ...writing(now), kind: 'request', to: ['ke', 'id'], subject: 'A flat', urgency: 'normal', ...change }
}

function viewOf<Body extends object>(owner: string, body: Body, handling: Handling = header(now)): RecordView<Body> {
  return {
    id: newId('rec'),
    type: 'message',
    schema: 1,
    version: 1,
    owner,
    issuedAt: now.toISOString(),
    previous: null,
    handling,
    body,
    marks: {},
    state: 'active',
    hash: '0'.repeat(64),
    caption: '',
    receivedFrom: owner,
    readers: [],
    held: false,
    duties: [],
  }
}

function refusal(act: () => unknown): { code: string; rule?: string } | undefined {
  try {
    act()
  } catch (cause) {
    return cause as { code: string; rule?: string }
  }
  return undefined
}

describe('sendMessage', () => {
  it('opens work for each recipient of a request, with the deadline of the rule data', () => {
    const { change, id, body } = sendMessage(sending(), work)
    expect(body).toMatchObject({ deadlineAt: '2026-11-29T12:00:00.000Z', deadlineRule: 'eu-2023-977.other' })
    expect(change.rows).toMatchObject(
      ['ke', 'id'].map((member) => ({
        op: 'insert',
        table: 'message_work',
        values: { thread: id, member, direction: 'out', state: 'open', deadline: body.deadlineAt },
      })),
    )
    expect(change.send?.map((it) => it.to)).toEqual(['ke', 'id'])
    expect(change.audit.map((it) => [it.act, it.recipient])).toEqual([
      ['disclose', 'ke'],
      ['disclose', 'id'],
    ])
  })

  it('sets the audience to the recipients, whatever the header says', () => {
    const handling = header(now, { audience: { members: [], groups: [], sectors: ['financial'] } })
    const { change } = sendMessage(sending({ handling }), work)
    expect(change.records?.[0]?.record).toMatchObject({
      handling: { audience: { members: ['ke', 'id'], groups: [], sectors: [] } },
    })
  })

  it('opens no work for information, which may continue a thread between its parties', () => {
    const thread = viewOf<MessageHead>('ke', { ...body(), to: ['fr', 'id'] })
    const sent = sendMessage(sending({ kind: 'information' }), { ...work, thread })
    expect(sent.body).toMatchObject({ thread: thread.id, deadlineAt: null, deadlineRule: null })
    expect(sent.change.rows).toEqual([])
  })

  it.each<[string, Partial<Sending>, string]>([
    ['to oneself', { to: ['fr'] }, 'messages/to-self'],
    ['to a suspended member', { to: ['xx'] }, 'messages/recipient-suspended'],
    ['to nobody of the directory', { to: ['zz'] }, 'member/unknown'],
    ['urgent, without where the data lies', { urgency: 'urgent' }, 'messages/availability-missing'],
    ['to one recipient twice', { to: ['ke', 'ke'] }, 'messages/malformed'],
    [
      'under a header of another purpose',
      { handling: header(now, { purposes: ['border-security'] }) },
      'messages/refused',
    ],
    [
      'that expires before the answer is due',
      { handling: header(now, { reviewAt: now.toISOString(), expiresAt: addTime(now, 6, 'days') }) },
      'messages/dates',
    ],
    ['with a mark on its text', { marks: { '/body/text': { tlp: 'RED' } } }, 'messages/mark-not-possible'],
    ['with a mark on no attachment', { marks: { '/body/attachments/a': {} } }, 'messages/mark-not-possible'],
  ])('refuses a request %s', (_, change, code) => {
    expect(refusal(() => sendMessage(sending(change), work))?.code).toBe(code)
  })

  it('is not for legal advisers', () => {
    expect(refusal(() => sendMessage(sending(), { ...work, caller: callerOf('fr', 'legal') }))).toMatchObject({
      code: 'messages/refused',
      rule: 'role',
    })
  })

  it('keeps a thread to its parties, and a request out of it', () => {
    const thread = viewOf<MessageHead>('ke', { ...body(), to: ['fr'] })
    const information = sending({ kind: 'information' })
    expect(refusal(() => sendMessage(information, { ...work, thread }))?.code).toBe('messages/outside-thread')
    expect(refusal(() => sendMessage(sending({ to: ['ke'] }), { ...work, thread }))?.code).toBe('messages/malformed')
  })

  it('names a record of another member only to its owner, or where passing it on is allowed', () => {
    const foreign = viewOf('ke', {}, header(now, { codes: [{ code: 'H2' }], onward: 'audience' }))
    const concerning = [foreign]
    expect(sendMessage(sending({ to: ['ke'] }), { ...work, concerning }).body.concerning).toEqual([foreign.id])
    expect(refusal(() => sendMessage(sending({ to: ['id'] }), { ...work, concerning }))).toMatchObject({
      code: 'messages/concerning-refused',
      rule: 'H2',
    })
    const grant = {
      record: foreign.id,
      permits: 'onward' as const,
      holder: 'fr',
      recipients: ['id'],
      purposes: ['counter-terrorism' as const],
      expiresAt: addTime(now, 1, 'days'),
    }
    expect(sendMessage(sending({ to: ['id'] }), { ...work, concerning, grants: [grant] }).body.to).toEqual(['id'])
  })

  it('names its author as a reader of what is for named readers', () => {
    const red = sendMessage(sending({ handling: header(now, { tlp: 'RED' }) }), work)
    expect(red.change.records?.[0]?.readers).toEqual(['per_1'])
    const attachments = { a: { name: 'a.txt', mediaType: 'text/plain', content: base64('a') } }
    const part = sendMessage(sending({ attachments, marks: { '/body/attachments/a': { tlp: 'RED' } } }), work)
    expect(part.change.records?.[0]?.readers).toEqual(['per_1'])
    expect(sendMessage(sending(), work).change.records?.[0]?.readers).toEqual([])
  })
})

describe('answerMessage', () => {
  const request = viewOf<MessageHead>('ke', { ...body(), to: ['fr'] })
  const row: WorkRow = {
    thread: request.id,
    member: 'ke',
    direction: 'in',
    state: 'open',
    deadline: now,
    deadline_rule: 'own',
    stated_deadline: null,
    answer: null,
    settled_at: null,
  }

  it('goes to the sender alone and settles the open work', () => {
    const { change, id, body: sent } = answerMessage(request, writing(now), { ...work, row })
    expect(sent).toMatchObject({ thread: request.id, kind: 'answer', to: ['ke'], subject: request.body.subject })
    expect(change.send?.map((it) => it.to)).toEqual(['ke'])
    expect(change.rows).toEqual([
      {
        op: 'update',
        table: 'message_work',
        where: { thread: request.id, member: 'ke', direction: 'in', state: 'open' },
        values: { state: 'answered', answer: id, settled_at: now },
        expect: 1,
      },
    ])
  })

  it.each<[string, Partial<MessageHead>, WorkRow | undefined, string]>([
    ['information', { kind: 'information' }, undefined, 'messages/not-a-request'],
    ['a request that was not sent to us', {}, undefined, 'messages/not-addressed'],
    ['a request of our own', {}, { ...row, direction: 'out' }, 'messages/not-addressed'],
    ['a request twice', {}, { ...row, state: 'answered' }, 'messages/already-answered'],
    ['a request that was taken back', {}, { ...row, state: 'closed' }, 'messages/closed'],
  ])('refuses to answer %s', (_, change, its, code) => {
    const view = { ...request, body: { ...request.body, ...change } }
    expect(refusal(() => answerMessage(view, writing(now), { ...work, row: its }))?.code).toBe(code)
  })
})

describe('words', () => {
  const words = ['en', 'fr', 'es', 'ar'].map((language) => {
    const file = new URL(`words/${language}.json`, import.meta.url)
    return JSON.parse(readFileSync(file, 'utf8')).messages
  })
  const keysOf = (value: object): string[] =>
    Object.entries(value).flatMap(([key, it]) =>
      typeof it === 'string' ? [key] : keysOf(it).map((inner) => `${key}.${inner}`),
    )

  it('name the same things in every language', () => {
    for (const it of words) expect(keysOf(it).sort()).toEqual(keysOf(words[0]).sort())
  })

  it('name every state, urgency and refusal', () => {
    for (const it of words) {
      expect(Object.keys(it.states)).toEqual([...workStates])
      expect(Object.keys(it.urgencies)).toEqual([...urgencies])
      expect(Object.keys(it.refusals).sort()).toEqual(Object.keys(faultKinds).sort())
    }
  })
})

function body(): Message {
  return {
    thread: null,
    kind: 'request',
    to: ['fr'],
    subject: 'A number in Lyon',
    text: 'Whose is it?',
    urgency: 'normal',
    concerning: [],
    deadlineAt: null,
    deadlineRule: null,
    attachments: {},
  }
}
