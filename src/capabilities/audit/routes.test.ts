import { describe, expect, it } from 'vitest'
import { fromHex } from '#kernel/bytes'
import { parseCheckpoint } from '#ledger/checkpoint'
import { verifyConsistency, verifyInclusion } from '#ledger/merkle'
import { openScene } from '../../../test/kit.ts'
import { act, askAs, commitActs, sizeOf } from './audit.fixture.ts'

const hex = (list: readonly string[]) => list.map(fromHex)

describe('audit entries', () => {
  it('are found by object, person, act, outcome and time, in pages, newest or oldest first', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    const start = await sizeOf(fr)
    await commitActs(fr, 30)
    await fr.services.store.commit({
      audit: [act(99, { act: 'search', outcome: 'refused', object: null }), act(7, { act: 'export' })],
    })
    const ask = askAs(['auditor'], fr)
    const get = async (query: string) =>
      (await ask(`/api/v1/audit/entries?${query}`)).body as unknown as {
        items: { index: number }[]
        next: number | null
      }
    const indices = async (query: string) => (await get(query)).items.map((it) => it.index - start)

    expect(await indices('object=rec_7')).toEqual([31, 7])
    expect(await indices('object=rec_7&order=oldest')).toEqual([7, 31])
    expect(await indices('person=per_99')).toEqual([30])
    expect(await indices('outcome=refused')).toEqual([30])
    expect(await indices('act=export')).toEqual([31])
    const { items, next } = await get('act=view&limit=2')
    expect(items.map((it) => it.index - start)).toEqual([29, 28])
    expect(await indices(`act=view&limit=2&after=${next}`)).toEqual([27, 26])
    expect(await indices(`act=view&limit=2&order=oldest&after=${start + 3}`)).toEqual([4, 5])
    expect(await indices('act=view&to=2020-01-01T00:00:00Z')).toEqual([])
    expect((await get('act=view&from=2020-01-01T00:00:00Z&limit=500')).next).toBeNull()
    expect((await ask('/api/v1/audit/entries?act=dance')).status).toBe(422)
    expect(await indices('owner=fr&recipient=ke&purpose=counter-terrorism&reference=CASE%201')).toEqual([])
    expect(await indices('owner=fr&act=view&purpose=counter-terrorism&reference=CASE%201&order=oldest')).toEqual([
      1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ])
    expect(await indices('act=view&reference=%25')).toEqual([])
    expect(await indices("act=view&reference=' or 1=1 --")).toEqual([])
    expect((await ask('/api/v1/audit/entries?purpose=fun')).status).toBe(422)
  })

  it('are for auditors, whose looking is an entry too', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    for (const role of ['officer', 'supervisor', 'administrator'] as const)
      expect((await askAs([role], fr)('/api/v1/audit/entries')).status).toBe(403)
    const ask = askAs(['auditor'], fr)
    await ask('/api/v1/audit/entries?object=rec_1')
    const { items } = (await ask('/api/v1/audit/entries?act=search')).body as unknown as { items: object[] }
    expect(items[0]).toMatchObject({
      act: 'search',
      person: 'per_auditor',
      objectType: 'ledger',
      details: { object: 'rec_1', found: 0 },
    })
    expect((await askAs(['supervisor'], fr)('/api/v1/audit/export')).status).toBe(403)
    await ask('/api/v1/audit/export?act=search')
    const { items: exports } = (await ask('/api/v1/audit/entries?act=export')).body as unknown as { items: object[] }
    expect(exports[0]).toMatchObject({ person: 'per_auditor', objectType: 'ledger', details: { act: 'search' } })
  })
})

describe('audit proofs', () => {
  it('hold against the roots of signed checkpoints', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    const ask = askAs(['auditor'], fr)
    await commitActs(fr, 11)
    const first = parseCheckpoint((await ask('/api/v1/audit/checkpoint')).body.note!)
    await commitActs(fr, 26)
    const second = parseCheckpoint((await ask('/api/v1/audit/checkpoint')).body.note!)
    expect(second.size - first.size).toBe(26)

    const inclusion = (await ask(`/api/v1/audit/proof/inclusion?index=5&size=${first.size}`)).body
    const { leafHash, proof } = inclusion as unknown as { leafHash: string; proof: string[] }
    expect(
      verifyInclusion({ leafHash: fromHex(leafHash), index: 5, size: first.size, proof: hex(proof), root: first.root }),
    ).toBe(true)
    const consistency = (await ask(`/api/v1/audit/proof/consistency?from=${first.size}&to=${second.size}`)).body
    const claim = { oldSize: first.size, newSize: second.size, oldRoot: first.root, newRoot: second.root }
    expect(verifyConsistency({ ...claim, proof: hex(consistency.proof!) })).toBe(true)

    expect((await ask('/api/v1/audit/proof/inclusion?index=5&size=99999')).body.code).toBe('audit/out-of-range')
    expect((await ask('/api/v1/audit/proof/inclusion?index=50&size=10')).body.code).toBe('ledger/out-of-range')
    expect((await ask('/api/v1/audit/proof/consistency?from=20&to=10')).body.code).toBe('ledger/out-of-range')
  })

  it('come with all checkpoints, in pages', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    const ask = askAs(['auditor'], fr)
    for (let times = 0; times < 5; times++) {
      await commitActs(fr, 3)
      await ask('/api/v1/audit/checkpoint')
      await ask('/api/v1/audit/checkpoint')
    }
    type Page = { size: number; notes: { size: number }[]; next: number | null }
    const get = async (query: string) => (await ask(`/api/v1/audit/checkpoint?${query}`)).body as unknown as Page
    expect((await get('')).notes).toEqual([])
    const all = await get('all')
    expect(all.notes).toHaveLength(5)
    expect(all.notes.at(-1)!.size).toBe(all.size)
    const page = await get('all=true&limit=3')
    expect(page.next).toBe(page.notes[2]!.size)
    expect((await get(`all=true&limit=3&after=${page.next}`)).notes).toHaveLength(2)
  })
})

describe('consultations', () => {
  it('tell the owner who read its record, and whose eyes they were only to those who oversee', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const fr = scene.node('fr')
    const id = `rec_${'0'.repeat(31)}1`
    const row = { id, type: 'subject', schema: 1, owner: 'fr', version: 1, state: 'active', hash: '', caption: 'x' }
    const handling = {
      audience: { members: [], groups: [], sectors: [] },
      tlp: 'AMBER',
      codes: [],
      purposes: ['counter-terrorism'],
      onward: 'ask',
      grading: { scheme: 'admiralty', source: 'B', information: '2' },
      category: 'suspect',
      nature: 'assessment',
      basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 3(b)' },
      reviewAt: '2030-01-01T00:00:00.000Z',
      expiresAt: '2031-01-01T00:00:00.000Z',
    }
    const json = { handling: JSON.stringify(handling), body: '{}', marks: '{}', readers: '[]' }
    const dates = { issued_at: '2026-01-01T00:00:00.000Z', expires_at: handling.expiresAt }
    await fr.services.store.db
      .insertInto('records')
      .values({ ...row, ...json, ...dates } as never)
      .execute()
    const object = { type: 'subject', id, version: 1 }
    await fr.services.store.commit({
      audit: [
        act(1, { object }),
        act(2, { object, act: 'change' }),
        act(3, { object, actor: { member: 'ke', via: 'peer' }, recipient: 'ke' }),
      ],
    })
    const get = async (role: 'officer' | 'supervisor' | 'auditor') =>
      (await askAs([role], fr)(`/api/v1/records/${id}/consultations`)).body.items as unknown
    const lines = (person: string | null) => [
      expect.objectContaining({ member: 'ke', person: null, via: 'peer' }),
      expect.objectContaining({ member: 'fr', person, version: 1 }),
    ]
    expect(await get('supervisor')).toEqual(lines('per_1'))
    expect(await get('auditor')).toEqual(lines('per_1'))
    expect(await get('officer')).toEqual(lines(null))
    const unknown = `/api/v1/records/rec_${'0'.repeat(31)}2/consultations`
    expect((await askAs(['auditor'], fr)(unknown)).status).toBe(404)
    expect((await askAs(['administrator'], fr)(`/api/v1/records/${id}/consultations`)).status).toBe(403)
  })
})
