import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { header, type Office, office } from '#capabilities/documents/office.fixture'
import { answerKind } from '#capabilities/documents/record'
import { fixedClock } from '#kernel/clock'
import { newId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import { readHoldings } from '#store/holdings'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')

const presented = (number: string, change: object = {}) => ({
  number,
  issuer: 'FRA',
  kind: 'passport',
  where: { country: 'ke', place: 'Nairobi airport' },
  asked: 'Is the declaration still good?',
  ...change,
})

const documents = ['A0001', 'A0002', 'A0003', 'A0004', 'A0005', 'O1'].map((number) => ({
  number,
  kind: 'passport',
  status: 'stolen',
}))

async function openDesks() {
  const clock = fixedClock(start)
  const scene = await openScene(['fr', 'ke', 'id'], { clock })
  const [fr, ke, id] = ['fr', 'ke', 'id'].map((it) => office(scene.node(it))) as [Office, Office, Office]
  await fr.call('POST', '/documents', { handling: header(start, ['ke']), documents })
  await until(
    async () => scene.node('ke').services.documents.size,
    (it) => it > 0,
  )
  clock.advance(1_000)
  return { scene, clock, fr, ke, id }
}

let desks: Awaited<ReturnType<typeof openDesks>>
beforeAll(async () => {
  desks = await openDesks()
}, 120_000)
afterAll(() => desks.scene[Symbol.asyncDispose]())

const question = (at: Office, id: string) => async () => (await at.call('GET', `/documents/questions/${id}`)).body
const stateOf = (at: Office, id: string, state: string) => until(question(at, id), (it) => it.state === state)
const stop = async (at: Office, number: string) =>
  (await at.call('POST', '/documents/look-up', { number })).body.found.map((it: { status: string }) => it.status)

async function ask(at: Office, number: string, change: object = {}): Promise<string> {
  const { status, body } = await at.call('POST', '/documents/questions', presented(number, change))
  expect(body).toMatchObject({ owner: 'fr' })
  expect(status).toBe(202)
  return body.id
}

describe('a question about a document', () => {
  it('goes from the counter to its state and back, with more told when more is asked for, and ends with what was done', async () => {
    const { scene, clock, fr, ke } = desks
    const border = office(scene.node('ke'), 'border')
    const id = await ask(border, 'a-0001', { waiting: true })
    const there = await stateOf(fr, id, 'asked')
    expect(there).toMatchObject({
      role: 'owner',
      other: 'ke',
      number: 'A0001',
      declared: { status: 'stolen', declaredAt: '2026-11-22' },
      where: { country: 'ke', place: 'Nairobi airport' },
      dueAt: '2026-11-22T14:00:01.000Z',
      dueRule: 'document-question.bearer-waits',
    })
    const path = `/documents/questions/${id}`
    expect((await ke.call('POST', `${path}/answer`, { outcome: 'confirmed-stolen', note: 'No.' })).status).toBe(403)
    expect((await ke.call('POST', `${path}/more`, { text: 'Unasked.' })).body.code).toBe('documents/answered')
    await fr.call('POST', `${path}/answer`, { outcome: 'more-information', note: 'Which page is torn?' })
    expect(await stateOf(ke, id, 'more-information')).toMatchObject({ note: 'Which page is torn?' })
    clock.advance(3 * 3_600_000)
    expect((await ke.call('POST', `${path}/more`, { text: 'Page four.' })).status).toBe(202)
    // Row and record are read one after the other: a reply may have the one before and the other after the answer came.
    expect(await until(question(fr, id), (it) => it.state === 'asked' && it.more.length > 0)).toMatchObject({
      more: [{ text: 'Page four.' }],
      dueAt: '2026-11-22T17:00:01.000Z',
    })
    clock.advance(3 * 3_600_000)
    expect(await question(fr, id)()).toMatchObject({ overdue: true })
    await fr.call('POST', `${path}/answer`, { outcome: 'confirmed-stolen', note: 'It is ours, and stolen.' })
    expect(await stateOf(ke, id, 'answered')).toMatchObject({ outcome: 'confirmed-stolen', late: true })
    expect((await fr.call('POST', `${path}/answer`, { outcome: 'genuine-holder', note: 'Twice.' })).body.code).toBe(
      'documents/answered',
    )
    await ke.call('POST', `${path}/feedback`, { done: 'The document was kept back.' })
    expect(await stateOf(fr, id, 'closed')).toMatchObject({ done: 'The document was kept back.' })
    expect(await stop(ke, 'A0001')).toEqual(['stolen'])
    const listed = (await fr.call('GET', '/documents/questions?role=owner&state=closed')).body.items
    expect(listed).toMatchObject([{ id, state: 'closed' }])
  })

  it.each([
    ['recovered', 'recovered', 'A0002'],
    ['error-corrected', 'removed', 'A0003'],
  ])('is answered with %s only together with a declaration that says so', async (outcome, status, number) => {
    const { scene, fr, ke } = desks
    const id = await ask(ke, number)
    await stateOf(fr, id, 'asked')
    const { body } = await fr.call('POST', `/documents/questions/${id}/answer`, { outcome, note: 'Found in a drawer.' })
    expect(body.declaration).toMatch(/^rec_/)
    expect(await stateOf(ke, id, 'answered')).toMatchObject({ outcome })
    expect(
      await until(
        () => stop(ke, number),
        (it) => it[0] === status,
      ),
    ).toEqual([status])
    expect(scene.node('ke').services.documents.lookUp({ number })).toEqual([])
  })

  it('is not answered so by a node that sends the answer alone', async () => {
    const { scene, fr, ke } = desks
    const id = await ask(ke, 'A0004')
    await stateOf(fr, id, 'asked')
    const { store } = scene.node('fr').services
    const handling = header(start, ['ke'])
    const answerWith = async (declaration: string) => {
      const answer = { question: id, outcome: 'recovered', note: 'Trust me.', declaration, late: false }
      const draft = firstVersion({ kind: answerKind, owner: 'fr', now: store.clock.now(), handling, body: answer })
      await store.commit({
        records: [{ record: draft, caption: '' }],
        send: [{ to: 'ke', purpose: 'border-security', content: { kind: 'record', id: draft.id, version: 1 } }],
        audit: [],
      })
      return until(
        () => readHoldings(store, draft.id),
        (it) => it[0]?.state === 'rejected',
      )
    }
    const own = (await fr.call('GET', '/documents')).body.items.at(-1)
    for (const declaration of [newId('rec'), own.id])
      expect(await answerWith(declaration)).toMatchObject([{ refusal: { code: 'documents/declaration-missing' } }])
    expect(await question(ke, id)()).toMatchObject({ state: 'asked' })
    expect(await stop(ke, 'A0004')).toEqual(['stolen'])
  })

  it('follows a hit, or a number that looks alike, and is taken only from those who were given the declaration', async () => {
    const { fr, ke, id: jakarta } = desks
    expect((await ke.call('POST', '/documents/questions', presented('A0009'))).body.code).toBe('documents/no-hit')
    expect((await jakarta.call('POST', '/documents/questions', presented('A0001'))).body.code).toBe('documents/no-hit')
    expect((await fr.call('POST', '/documents/questions', presented('A0001'))).body.code).toBe('documents/own')
    const near = await ask(ke, '01')
    expect(await stateOf(fr, near, 'asked')).toMatchObject({ number: '01', declared: null })
    const freed = { outcome: 'recovered', note: 'There is no such one.' }
    expect((await fr.call('POST', `/documents/questions/${near}/answer`, freed)).body.code).toBe(
      'documents/not-declared',
    )
    const answer = { outcome: 'genuine-holder', note: 'Another document.' }
    expect((await fr.call('POST', `/documents/questions/${near}/answer`, answer)).status).toBe(202)
  })

  it('goes when it is taken back, at both offices', async () => {
    const { fr, ke } = desks
    const id = await ask(ke, 'A0005')
    await stateOf(fr, id, 'asked')
    await ke.call('POST', `/records/${id}/recall`, { reason: 'A mistake.' })
    for (const at of [ke, fr]) {
      const items = async () => (await at.call('GET', '/documents/questions')).body.items
      const ids = async () => (await items()).map((it: { id: string }) => it.id)
      expect(await until(ids, (it) => !it.includes(id))).not.toContain(id)
    }
  })
})
