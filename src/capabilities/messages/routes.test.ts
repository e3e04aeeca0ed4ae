import { describe, expect, it } from 'vitest'
import { base64, header, type Office, office } from '#capabilities/messages/office.fixture'
import { attachmentsLimitBytes, type Message, messageKind } from '#capabilities/messages/record'
import { fixedClock } from '#kernel/clock'
import { newId, type RecordId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import { readHoldings } from '#store/holdings'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')
const hour = 3_600_000

const request = (change: object = {}) => ({
  handling: header(start),
  kind: 'request',
  to: ['ke'],
  subject: 'A flat in Mombasa',
  text: 'Who rents it?',
  ...change,
})

const answer = (change: object = {}) => ({ handling: header(start), text: 'Idris Okello rents it.', ...change })

const listed = (at: Office, query: string, count: number) =>
  until(
    async () => (await at.get(`/messages${query}`)).body.items as { id: string; subject: string }[],
    (it) => it.length === count,
  )

const withdraw = (at: Office, id: RecordId) => at.post(`/records/${id}/recall`, { reason: 'exercise' })

/** A message that no rule of ours let through, as a careless or hostile peer would send it. */
async function sendRaw(at: Office, to: string, change: Partial<Message>): Promise<RecordId> {
  const { store } = at.node.services
  const body: Message = {
    thread: null,
    kind: 'request',
    to: [to],
    subject: 'Raw',
    text: 'Raw',
    urgency: 'normal',
    concerning: [],
    deadlineAt: null,
    deadlineRule: null,
    attachments: {},
    ...change,
  }
  const handling = header(start, { audience: { members: [to], groups: [], sectors: [] } })
  const draft = firstVersion({ kind: messageKind, owner: store.me, now: store.clock.now(), handling, body })
  await store.commit({
    records: [{ record: draft, caption: 'Raw' }],
    send: [{ to, purpose: 'counter-terrorism', content: { kind: 'record', id: draft.id, version: 1 } }],
    audit: [],
  })
  return draft.id
}

const refusalOf = (at: Office, id: RecordId) =>
  until(
    async () => (await readHoldings(at.node.services.store, id))[0]?.refusal,
    (it) => it != null,
  )

describe('messages', () => {
  it('carry a request to its recipients and one answer back from each, against a clock on both sides', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke', 'id'], { clock })
    const [fr, ke, id] = ['fr', 'ke', 'id'].map((it) => office(scene.node(it))) as [Office, Office, Office]
    const sent = await fr.post(
      '/messages',
      request({
        to: ['ke', 'id'],
        urgency: 'urgent',
        availability: 'directly-accessible',
        attachments: { map: { name: '../plan.csv', mediaType: 'text/csv', content: base64('floor,door\n3,12\n') } },
        marks: { '/body/attachments/map': { audience: { members: ['ke'] } } },
      }),
    )
    expect(sent).toMatchObject({ status: 202, body: { deadlineAt: '2026-11-22T20:00:00.000Z' } })
    const thread = sent.body.id as RecordId

    const [waiting] = await listed(ke, '?box=in&state=open', 1)
    expect(waiting).toMatchObject({
      id: thread,
      from: 'fr',
      state: 'open',
      deadlineAt: '2026-11-22T20:00:00.000Z',
      overdue: false,
      attachments: 1,
      work: [{ member: 'fr', direction: 'in', statedDeadlineAt: '2026-11-22T20:00:00.000Z' }],
    })
    await listed(id, '?box=in', 1)
    expect((await ke.get(`/messages/${thread}/attachments/map`)).body).toMatchObject({
      name: 'plan.csv',
      content: base64('floor,door\n3,12\n'),
    })
    expect(await id.get(`/messages/${thread}/attachments/map`)).toMatchObject({
      status: 404,
      body: { code: 'messages/no-such-attachment' },
    })
    const atId = await id.get(`/messages/${thread}`)
    expect(atId.body.messages[0].body.attachments).toEqual({})
    const atKe = await ke.get(`/messages/${thread}`)
    expect(atKe.body.messages[0].body.attachments.map).toEqual({
      name: 'plan.csv',
      mediaType: 'text/csv',
      bytes: 16,
      sha256: expect.any(String),
    })

    const legal = office(scene.node('ke'), 'legal')
    expect((await legal.get(`/messages/${thread}`)).status).toBe(200)
    expect((await legal.post(`/messages/${thread}/answer`, answer())).status).toBe(403)
    expect((await office(scene.node('ke'), 'auditor').get('/messages')).status).toBe(403)
    expect((await fr.post(`/messages/${thread}/answer`, answer())).body.code).toBe('messages/not-addressed')

    const answered = await ke.post(`/messages/${thread}/answer`, answer())
    expect(answered).toMatchObject({ status: 202, body: { thread, to: ['fr'] } })
    expect(await ke.post(`/messages/${thread}/answer`, answer())).toMatchObject({
      status: 409,
      body: { code: 'messages/already-answered', details: { answer: answered.body.id } },
    })

    const shown = () => fr.get(`/messages/${thread}`)
    const both = await until(shown, (it) => it.body.messages.length === 2)
    expect(both.body.messages.map((it: { owner: string }) => it.owner)).toEqual(['fr', 'ke'])
    expect(both.body.work).toMatchObject([
      { member: 'id', state: 'open', overdue: false },
      { member: 'ke', state: 'answered', overdue: false, answer: answered.body.id },
    ])
    // The other recipient sees nothing of the answer.
    expect((await id.get(`/messages/${thread}`)).body.messages).toHaveLength(1)

    clock.advance(9 * hour)
    expect((await fr.get('/messages?box=out')).body.items).toMatchObject([{ state: 'open', overdue: true }])
    expect((await id.get('/messages?box=in')).body.items).toMatchObject([{ state: 'open', overdue: true }])
    expect((await ke.get('/messages?box=in')).body.items).toMatchObject([{ state: 'answered', overdue: false }])

    const readers = () => readHoldings(fr.node.services.store, thread)
    const held = await until(readers, (it) => it.every((one) => one.readVersion === 1))
    expect(held.map((it) => [it.member, it.readVersion])).toEqual([
      ['id', 1],
      ['ke', 1],
    ])
  })

  it('list open requests by the clock that runs out first, then the others, newest first, page by page', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke'], { clock })
    const [fr, ke] = ['fr', 'ke'].map((it) => office(scene.node(it))) as [Office, Office]
    const send = async (change: object) => {
      clock.advance(1_000)
      return (await fr.post('/messages', request(change))).body.id as RecordId
    }
    await send({ subject: 'information one', kind: 'information' })
    await send({ subject: 'in seven days' })
    await send({ subject: 'information two', kind: 'information' })
    await send({ subject: 'in three days', urgency: 'urgent', availability: 'held-by-others' })
    const first = await send({ subject: 'in eight hours', urgency: 'urgent', availability: 'directly-accessible' })

    const order = ['in eight hours', 'in three days', 'in seven days', 'information two', 'information one']
    expect((await listed(ke, '', 5)).map((it) => it.subject)).toEqual(order)
    expect((await fr.get('/messages')).body.items.map((it: { subject: string }) => it.subject)).toEqual(order)
    const pages: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const { body } = await ke.get(`/messages?limit=2${after === '' ? '' : `&after=${after}`}`)
      pages.push(...body.items.map((it: { subject: string }) => it.subject))
      after = body.next
    }
    expect(pages).toEqual(order)
    expect((await ke.get('/messages?box=out')).body.items).toEqual([])
    expect((await ke.get('/messages?state=answered')).body.items).toEqual([])

    const reply = { ...request({ kind: 'information', to: ['ke'], subject: 'Not urgent any more' }), thread: first }
    expect(await fr.post('/messages', reply)).toMatchObject({ status: 202, body: { thread: first } })
    const follow = await until(
      () => ke.get(`/messages/${first}`),
      (it) => it.body.messages.length === 2,
    )
    expect(follow.body).toMatchObject({ work: [{ state: 'open' }], messages: [{ version: 1 }, { owner: 'fr' }] })
  })

  it('close with the recall of a request, and open again with that of an answer', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const [fr, ke] = ['fr', 'ke'].map((it) => office(scene.node(it))) as [Office, Office]
    const handling = header(new Date())
    const ask = async () => (await fr.post('/messages', request({ handling }))).body.id as RecordId
    const [moot, kept] = [await ask(), await ask()]
    await listed(ke, '?state=open', 2)

    await withdraw(fr, moot)
    await listed(ke, '?state=open', 1)
    expect((await ke.get(`/messages/${moot}`)).status).toBe(404)
    expect((await ke.post(`/messages/${moot}/answer`, answer({ handling }))).status).toBe(404)
    await listed(fr, '?state=open', 1)
    const work = await fr.node.services.store.db
      .withTables<{ message_work: { thread: string; state: string } }>()
      .selectFrom('message_work')
      .select(['thread', 'state'])
      .orderBy('thread')
      .execute()
    expect(work).toEqual([
      { thread: moot, state: 'closed' },
      { thread: kept, state: 'open' },
    ])

    const wrong = (await ke.post(`/messages/${kept}/answer`, answer({ handling }))).body.id as RecordId
    await listed(fr, '?state=answered', 1)
    await withdraw(ke, wrong)
    await listed(fr, '?state=open', 1)
    await listed(ke, '?state=open', 1)
    expect((await ke.post(`/messages/${kept}/answer`, answer({ handling }))).status).toBe(202)
    expect(await listed(fr, '?state=answered', 1)).toMatchObject([{ id: kept, overdue: false }])
  })

  it('hold a peer to the rules: each refusal goes back with its own code', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke'], { clock })
    const [fr, ke] = ['fr', 'ke'].map((it) => office(scene.node(it))) as [Office, Office]
    const attachment = {
      name: 'a.txt',
      mediaType: 'text/plain' as const,
      bytes: 1,
      sha256: '0'.repeat(64),
      content: 'QQ==',
    }
    const cases: [Partial<Message>, string][] = [
      [{ attachments: { a: attachment } }, 'messages/attachment-hash'],
      [{ attachments: { a: { ...attachment, content: 'Q Q' } } }, 'messages/attachment-encoding'],
      [{ attachments: { a: { ...attachment, name: '../a.txt' } } }, 'record/malformed'],
      [{ attachments: { a: { ...attachment, mediaType: 'text/html' as never } } }, 'record/malformed'],
      [{ kind: 'answer', thread: newId('rec') }, 'messages/no-such-request'],
    ]
    for (const [change, code] of cases)
      expect(await refusalOf(fr, await sendRaw(fr, 'ke', change))).toMatchObject({ code })
    expect((await ke.get('/messages')).body.items).toEqual([])

    // A sender that gives us less time than our own rule does, and one that answers twice.
    const stated = '2026-11-22T12:30:00.000Z'
    await sendRaw(fr, 'ke', { deadlineAt: stated, deadlineRule: 'theirs' })
    expect(await listed(ke, '', 1)).toMatchObject([
      { deadlineAt: '2026-11-29T12:00:00.000Z', work: [{ statedDeadlineAt: stated }] },
    ])
    const noted = await readTrail(ke.node.services.store)
    expect(noted.map((it) => it.details)).toContainEqual({
      deadlineAt: '2026-11-29T12:00:00.000Z',
      statedDeadlineAt: stated,
      statedDeadlineRule: 'theirs',
    })
    const thread = (await fr.post('/messages', request())).body.id as RecordId
    await listed(ke, '', 2)
    await sendRaw(ke, 'fr', { kind: 'answer', thread })
    await listed(fr, '?state=answered', 1)
    const again = await sendRaw(ke, 'fr', { kind: 'answer', thread })
    expect(await refusalOf(ke, again)).toMatchObject({ code: 'messages/already-answered' })
  })

  it('show beside a request the other open ones about the same record', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const [fr, ke] = ['fr', 'ke'].map((it) => office(scene.node(it))) as [Office, Office]
    const handling = header(new Date())
    const first = (await fr.post('/messages', request({ handling }))).body.id as RecordId
    const about = { handling, concerning: [first] }
    const one = (await fr.post('/messages', request(about))).body.id as RecordId
    const other = (await fr.post('/messages', request(about))).body.id as RecordId
    await listed(ke, '', 3)
    expect((await ke.get(`/messages/${one}`)).body.similar).toEqual([other])
    expect((await ke.get(`/messages/${first}`)).body.similar).toEqual([])
    const unknown = await fr.post('/messages', request({ handling, concerning: [newId('rec')] }))
    expect(unknown).toMatchObject({ status: 404, body: { code: 'record/unknown' } })
  })

  it('travel with attachments up to the limit, and are refused above it', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const [fr, ke] = ['fr', 'ke'].map((it) => office(scene.node(it))) as [Office, Office]
    const handling = header(new Date())
    const of = (bytes: number) => ({
      handling,
      text: '\u0001'.repeat(20_000), // six bytes each in JSON: the largest text there is
      attachments: {
        a: { name: 'a.txt', mediaType: 'text/plain', content: Buffer.alloc(bytes, 65).toString('base64') },
      },
    })
    expect(await fr.post('/messages', request(of(attachmentsLimitBytes + 1)))).toMatchObject({
      status: 413,
      body: { code: 'messages/too-large', rule: 'protocol point 4: the size of an envelope' },
    })
    const { body } = await fr.post('/messages', request(of(attachmentsLimitBytes)))
    await listed(ke, '', 1)
    const there = await ke.get(`/messages/${body.id}/attachments/a`)
    expect(there.body).toMatchObject({ bytes: attachmentsLimitBytes })
  })
})
