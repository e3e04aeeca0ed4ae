import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desk, header, person, type SubjectDesk, said } from '#capabilities/subjects/subject.fixture'
import type { Mark } from '#protocol/handling'
import { until } from '../../../test/desk-kit.ts'
import { openScene, type Scene } from '../../../test/kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'

let scene: Scene
let paris: SubjectDesk
let nairobi: SubjectDesk
const now = new Date()

beforeAll(async () => {
  scene = await openScene(['fr', 'ke'])
  paris = desk(scene.node('fr'))
  nairobi = desk(scene.node('ke'), { id: 'per_2' })
}, 120_000)

afterAll(() => scene?.[Symbol.asyncDispose]())

const withKenya = { audience: { members: ['ke'], groups: [], sectors: [] } }

async function record(body: object, { handling = header(now), marks = {} as Record<string, Mark> } = {}) {
  const made = await paris.post('/subjects', { handling, body, marks })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id as string
}

async function amend(
  id: string,
  version: number,
  { body, marks = {}, handling = header(now) }: { body: object; marks?: Record<string, Mark>; handling?: object },
) {
  return paris.put(`/subjects/${id}`, { version, handling, body, marks })
}

async function share(id: string) {
  const shared = await paris.post(`/records/${id}/share`, { with: { members: ['ke'] } })
  expect(shared.status, JSON.stringify(shared.body)).toBe(202)
  await held(id, (it) => it.status === 200)
}

const held = (id: string, holds: (it: Awaited<ReturnType<SubjectDesk['get']>>) => boolean) =>
  until(() => nairobi.get(`/records/${id}`), holds)

async function entriesOf(id: string) {
  return (await readTrail(scene.node('fr').services.store)).filter((it) => it.object?.id === id)
}

describe('a subject that is refused', () => {
  it('names the field that it is about', async () => {
    const body = person({ n: said('name', 'Refused Exercise') })
    const category = await paris.post('/subjects', { handling: header(now, { category: 'none' }), body, marks: {} })
    expect(category).toMatchObject({ status: 422, body: { details: { pointer: '/handling/category' } } })
    const late = await paris.post('/subjects', {
      handling: header(now, { reviewAt: '2090-01-01T00:00:00.000Z' }),
      body,
      marks: {},
    })
    expect(late).toMatchObject({ status: 422, body: { details: { pointer: '/handling/reviewAt' } } })
    const wrong = await paris.post('/subjects', {
      handling: header(now),
      body: person({ n: said('name', 'A'), b: said('religion', 'x') }),
      marks: {},
    })
    expect(wrong.status).toBe(422)
    expect(wrong.body.details.issues[0].at).toBe('/body/statements/b/property')
  })

  it('is refused when another version came first, with the number of that one', async () => {
    const id = await record(person({ n: said('name', 'Stale Exercise') }))
    const body = person({ n: said('name', 'Stale Exercise II') })
    expect((await amend(id, 1, { body })).status).toBe(200)
    expect(await amend(id, 1, { body })).toMatchObject({
      status: 409,
      body: { code: 'subjects/stale', details: { current: 2 } },
    })
  })
})

describe('an older version', () => {
  it('is shown as it was, with who issued it, when and with which hash', async () => {
    const id = await record(person({ n: said('name', 'Version One Exercise') }))
    await amend(id, 1, { body: person({ n: said('name', 'Version Two Exercise') }) })
    const list = await paris.get(`/records/${id}/versions`)
    expect(list.body).toMatchObject({ owner: 'fr', newest: 2, items: [{ version: 2 }, { version: 1 }] })
    const old = await paris.get(`/records/${id}/versions/1`)
    expect(old.body).toMatchObject({
      version: 1,
      caption: 'Version One Exercise',
      hash: list.body.items[1].hash,
      issuedAt: list.body.items[1].issuedAt,
    })
    expect((await paris.get(`/records/${id}/versions/7`)).status).toBe(404)
    expect((await entriesOf(id)).filter((it) => it.act === 'view').map((it) => it.object?.version)).toEqual([1])
  })

  it('withholds what this person may not see today, wherever it stood then', async () => {
    const secret = 'Zyzzogeton Quetzalli'
    const id = await record(
      person({ n: said('name', 'History Exercise'), a: said('alias', secret), h: said('phone', '1') }),
    )
    const red: Mark = { tlp: 'RED' }
    await amend(id, 1, {
      body: person({ n: said('name', 'History Exercise'), b: said('alias', secret, { source: 'x' }) }),
      marks: { '/body/statements/b': red },
    })
    const colleague = desk(scene.node('fr'), { id: 'per_9' })
    for (const path of [`/records/${id}`, `/records/${id}/versions/1`, `/records/${id}/versions/2`])
      expect(JSON.stringify((await colleague.get(path)).body), path).not.toContain(secret)
    expect((await colleague.get(`/records/${id}/versions/1`)).body.body.statements).toHaveProperty('h')
    expect(JSON.stringify((await paris.get(`/records/${id}/versions/1`)).body)).toContain(secret)
  })

  it('is not there for who may not see the record', async () => {
    const id = await record(person({ n: said('name', 'Red Exercise') }), { handling: header(now, { tlp: 'RED' }) })
    const colleague = desk(scene.node('fr'), { id: 'per_9' })
    expect((await colleague.get(`/records/${id}/versions`)).status).toBe(404)
    expect((await colleague.get(`/records/${id}/versions/1`)).status).toBe(404)
  })

  it('is at a holder too, without what was kept from it', async () => {
    const marks = { '/body/statements/p': { audience: { members: [], groups: [], sectors: [] } } }
    const id = await record(person({ n: said('name', 'Holder Exercise'), p: said('phone', '+33 1') }), {
      handling: header(now, withKenya),
      marks,
    })
    await share(id)
    await amend(id, 1, {
      body: person({ n: said('name', 'Holder Exercise II'), p: said('phone', '+33 1') }),
      marks,
      handling: header(now, withKenya),
    })
    await held(id, (it) => it.body.version === 2)
    const old = await nairobi.get(`/records/${id}/versions/1`)
    expect(old.body.caption).toBe('Holder Exercise')
    expect(JSON.stringify(old.body)).not.toContain('+33 1')
  })
})

describe('the list', () => {
  it('is narrowed by schema, category, owner, state and any text that this person may see', async () => {
    const mark = 'Filterable'
    const one = await record(person({ n: said('name', `${mark} Exercise`), x: said('notes', 'Harbour 100%_sure') }), {
      handling: header(now, { category: 'witness' }),
    })
    const two = await record({ schema: 'Company', statements: { n: said('name', `${mark} Exercise Ltd`) } })
    const ids = async (query: string) =>
      (await paris.get(`/subjects?${query}`)).body.items.map((it: { id: string }) => it.id)
    expect(await ids(`text=${mark.toLowerCase()}`)).toEqual([two, one])
    expect(await ids(`text=${mark}&schema=Company`)).toEqual([two])
    expect(await ids(`text=${mark}&category=witness`)).toEqual([one])
    expect(await ids(`text=${encodeURIComponent('100%_SURE')}`)).toEqual([one])
    expect(await ids(`text=${encodeURIComponent('100__sure')}`)).toEqual([])
    expect(await ids(`text=${mark}&owner=ke`)).toEqual([])
    expect(await ids(`text=${mark}&limit=1`)).toEqual([two])
    await paris.post(`/records/${two}/recall`, { state: 'suspended', reason: 'exercise' })
    expect(await ids(`text=${mark}&state=suspended`)).toEqual([two])
    await paris.post(`/records/${one}/recall`, { reason: 'exercise' })
    expect(await ids(`text=${mark}`)).toEqual([two])
    expect(await ids(`text=${mark}&state=withdrawn`)).toEqual([one])
  })

  it('does not find by a text that is withheld', async () => {
    const id = await record(person({ n: said('name', 'Hidden Exercise'), a: said('alias', 'Quetzalcoatlus') }), {
      marks: { '/body/statements/a': { tlp: 'RED' } },
    })
    const found = async (who: SubjectDesk) => (await who.get('/subjects?text=quetzalcoatlus')).body.items
    expect(await found(paris)).toMatchObject([{ id }])
    expect(await found(desk(scene.node('fr'), { id: 'per_9' }))).toEqual([])
  })
})

describe('related records', () => {
  it('are those that a subject names and those that name it', async () => {
    const company = await record({ schema: 'Company', statements: { n: said('name', 'Related Exercise Ltd') } })
    const owner = await record(
      person(
        { n: said('name', 'Owner Exercise') },
        { relations: { r: { schema: 'Ownership', other: { record: company as `rec_${string}` }, statements: {} } } },
      ),
    )
    expect((await paris.get(`/subjects/${owner}/related`)).body.records).toMatchObject([
      { id: company, caption: 'Related Exercise Ltd' },
    ])
    const seen = await paris.get(`/subjects/${company}/related`)
    expect(seen.body).toMatchObject({
      records: [{ id: owner }],
      towards: [{ record: owner, key: 'r', schema: 'Ownership' }],
    })
  })

  it('are not there when the relation is withheld', async () => {
    const one = await record(person({ n: said('name', 'Named Exercise') }))
    await record(
      person(
        { n: said('name', 'Naming Exercise') },
        { relations: { r: { schema: 'Family', other: { record: one as `rec_${string}` }, statements: {} } } },
      ),
      { marks: { '/body/relations/r': { tlp: 'RED' } } },
    )
    const colleague = desk(scene.node('fr'), { id: 'per_9' })
    expect((await colleague.get(`/subjects/${one}/related`)).body).toEqual({ records: [], towards: [] })
    expect((await paris.get(`/subjects/${one}/related`)).body.records).toHaveLength(1)
  })
})

describe('two subjects of ours that are alike', () => {
  let serial = 0
  async function pair() {
    const name = ['Thibault Okonkwo', 'Marguerite Zyuganova', 'Anastasios Mbeki', 'Wilhelmina Nakamura'][serial++]!
    const born = said('birthDate', `198${serial}-0${serial}-17`)
    const handling = header(now, withKenya)
    const a = await record(
      person({ n: said('name', `${name} Exercise`), b: born, p: said('phone', `+254 70${serial}`) }),
      { handling },
    )
    const b = await record(
      person({ n: said('name', `${name} Exercise`), b: born, e: said('email', `x${serial}@exercise.example`) }),
      { handling },
    )
    const found = await suggested(a)
    expect(found).toBeDefined()
    return { a, b, suggestion: found!.id }
  }

  interface Suggestion {
    readonly id: string
    readonly a: { readonly id: string }
    readonly features: readonly { readonly name: string }[]
  }
  async function suggested(a: string, there = true): Promise<Suggestion | undefined> {
    const read = async () => {
      const { body } = await paris.get('/merge-suggestions?limit=200')
      const all = await Promise.all(
        body.items.map(async (it: { id: string }) => (await paris.get(`/merge-suggestions/${it.id}`)).body),
      )
      return all.find((it) => it.a?.id === a)
    }
    return until(read, (it) => (it !== undefined) === there)
  }
  const caughtUp = async () => {
    // A pair recorded later is suggested later: once it is, everything before it has been looked at.
    const { a } = await pair()
    await suggested(a)
  }

  it('are suggested with the evidence, and stay dismissed until one of them changes', async () => {
    const { a, suggestion } = await pair()
    const shown = await paris.get(`/merge-suggestions/${suggestion}`)
    expect(shown.body.features.map((it: { name: string }) => it.name)).toEqual(
      expect.arrayContaining(['name_match', 'birth_date']),
    )
    expect((await paris.post(`/merge-suggestions/${suggestion}/dismissal`, { reason: 'Twins.' })).status).toBe(200)
    expect((await paris.post(`/merge-suggestions/${suggestion}/dismissal`, { reason: 'Twins.' })).status).toBe(409)
    await caughtUp()
    expect(await suggested(a, false)).toBeUndefined()
    const { body: current } = await paris.get(`/records/${a}`)
    const statements = { ...current.body.statements, x: said('notes', 'Seen again.') }
    await amend(a, 1, { body: { ...current.body, statements }, handling: current.handling })
    expect((await suggested(a))?.id).toBe(suggestion)
    expect((await entriesOf(suggestion)).map((it) => it.act)).toEqual(['match', 'adjudicate', 'match'])
  })

  it('become one for all who hold them, and two again when that is taken back', async () => {
    const { a, b } = await pair()
    await share(a)
    await share(b)
    const before = await Promise.all([a, b].map(async (it) => (await paris.get(`/records/${it}`)).body))
    const merged = await paris.post(`/subjects/${a}/merges`, {
      other: b,
      version: before[0].version,
      otherVersion: before[1].version,
      reason: 'The same passport photo.',
    })
    expect(merged.status, JSON.stringify(merged.body)).toBe(201)

    const kept = (await paris.get(`/records/${a}`)).body
    expect(Object.values(kept.body.statements)).toContainEqual(
      expect.objectContaining({ property: 'email', source: `${b}, version 1` }),
    )
    const [there, gone] = [
      await held(a, (it) => it.body.version === 2),
      await held(b, (it) => it.body.state === 'suspended'),
    ]
    expect(there.body.body).toEqual(kept.body)
    expect(Object.values(gone.body.body.relations)).toMatchObject([{ other: { record: a } }])
    expect((await entriesOf(a)).find((it) => it.act === 'combine')).toMatchObject({
      reason: 'The same passport photo.',
      details: { other: b },
    })
    expect(await suggested(a, false)).toBeUndefined()

    const list = await paris.get(`/subjects/${b}/merges`)
    expect(list.body.items).toMatchObject([{ kept: a, other: b, state: 'merged' }])
    const undone = await paris.post(`/merges/${list.body.items[0].id}/undo`, { reason: 'They are twins.' })
    expect(undone.status, JSON.stringify(undone.body)).toBe(200)
    expect((await paris.post(`/merges/${list.body.items[0].id}/undo`, { reason: 'They are twins.' })).status).toBe(409)
    const after = await Promise.all([a, b].map(async (it) => (await paris.get(`/records/${it}`)).body))
    for (const [at, it] of after.entries())
      expect(it).toMatchObject({
        state: 'active',
        body: before[at].body,
        marks: before[at].marks,
        handling: before[at].handling,
      })
    for (const [at, id] of [a, b].entries()) {
      const theirs = await held(id, (it) => it.body.version === after[at].version && it.body.state === 'active')
      expect(theirs.body.body).toEqual(before[at].body)
    }
    await caughtUp()
    expect(await suggested(a, false)).toBeUndefined()
  })

  it('are not merged unseen: an older version, another kind or a record of others is refused', async () => {
    const one = await record(person({ n: said('name', 'Solo Exercise') }))
    const company = await record({ schema: 'Company', statements: { n: said('name', 'Solo Exercise Ltd') } })
    const ask = (body: object) =>
      paris.post(`/subjects/${one}/merges`, { version: 1, otherVersion: 1, reason: 'No reason.', ...body })
    expect(await ask({ other: company })).toMatchObject({ status: 422, body: { code: 'subjects/not-alike' } })
    expect(await ask({ other: one })).toMatchObject({ status: 422 })
    expect(await ask({ other: company, otherVersion: 9 })).toMatchObject({
      status: 409,
      body: { code: 'subjects/stale' },
    })
    const foreign = await nairobi.post('/subjects', {
      handling: header(now, { audience: { members: ['fr'], groups: [], sectors: [] } }),
      body: person({ n: said('name', 'Foreign Exercise') }),
      marks: {},
    })
    await nairobi.post(`/records/${foreign.body.id}/share`, { with: { members: ['fr'] } })
    await until(
      () => paris.get(`/records/${foreign.body.id}`),
      (it) => it.status === 200,
    )
    expect(await ask({ other: foreign.body.id })).toMatchObject({ status: 403, body: { code: 'subjects/not-yours' } })
  })

  it('are no suggestion for a person who may not know of both', async () => {
    const { suggestion, b } = await pair()
    const { body: current } = await paris.get(`/records/${b}`)
    await amend(b, 1, { body: current.body, handling: { ...current.handling, tlp: 'RED' } })
    const colleague = desk(scene.node('fr'), { id: 'per_9' })
    expect((await colleague.get(`/merge-suggestions/${suggestion}`)).status).toBe(404)
  })
})

describe('the document', () => {
  it('is a PDF for who may export, audited as an export, and refused for a suspended record', async () => {
    const id = await record(
      person({ n: said('name', 'يوسف Exercise'), x: said('notes', '<img src=x onerror=alert(1)>') }),
    )
    const made = await paris.get(`/subjects/${id}/pdf?language=ar`)
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    expect(made.body).toMatchObject({ name: `${id}-v1.pdf`, mediaType: 'application/pdf' })
    expect(Buffer.from(made.body.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    expect((await entriesOf(id)).find((it) => it.act === 'export')).toMatchObject({
      purpose: 'counter-terrorism',
      reference: 'case 1',
      details: { form: 'pdf', sha256: made.body.sha256 },
    })
    await paris.post(`/records/${id}/recall`, { state: 'suspended', reason: 'exercise' })
    expect((await paris.get(`/subjects/${id}/pdf`)).status).toBe(404)
  }, 120_000)
})
