import { describe, expect, it } from 'vitest'
import { deskOf, heldBy, openOffices, record, subject, to } from '#capabilities/records/office.fixture'
import type { RunningNode } from '#node/open-node'
import { until } from '../../../test/desk-kit.ts'

describe('a preview', () => {
  it('says for each recipient what it would see with the marks as chosen, and why not the rest', async () => {
    await using office = await openOffices(['fr', 'ke', 'horizon-bank'])
    const id = await record(office.officer)
    const marks = { '/body/statements/a2': { audience: { members: ['ke'], groups: [], sectors: [] } } }
    const { body } = await office.officer.post(`/records/${id}/preview`, { with: to('ke', 'horizon-bank'), marks })
    expect(body.recipients).toEqual([
      { member: 'ke', permit: true, because: [], withheld: [] },
      {
        member: 'horizon-bank',
        permit: true,
        because: [],
        withheld: [{ pointer: '/body/statements/a2', rule: 'audience', text: expect.any(String) }],
      },
    ])
    await office.officer.post(`/records/${id}/share`, { with: to('ke', 'horizon-bank'), marks })
    await heldBy(office.officer, id, 'horizon-bank')
    const bank = deskOf(office.scene.node('horizon-bank'), 'per_bank', 'officer')
    const there = (await bank.get(`/records/${id}`)).body
    expect(Object.keys(there.body.statements)).toEqual(['a1'])
  }, 60_000)
})

describe('an overdue receipt', () => {
  it('is a task with what was tried, rests after a follow-up, and ends with the answer', async () => {
    await using office = await openOffices()
    const { officer, clock, scene, auditor } = office
    const id = await record(officer)
    const none = await officer.post(`/records/${id}/holders/ke/follow-up`, { reason: 'Asked by phone.' })
    expect(none).toMatchObject({ status: 409, body: { code: 'receipts/nothing-open' } })
    await scene.stop('ke')
    await officer.post(`/records/${id}/share`, { with: to('ke') })
    expect((await officer.get('/overdue-receipts')).body.items).toEqual([])
    clock.advance(5 * 3_600_000)
    const tasks = await until(
      () => officer.get('/overdue-receipts'),
      (it) => it.body.items[0]?.problem != null,
    )
    expect(tasks.body).toMatchObject({
      clock: { id: 'receipt.answer', verified: false },
      items: [{ record: { id }, member: 'ke', kind: 'record', sent: true, problem: 'wire/no-answer', followUp: null }],
    })
    const noted = await officer.post(`/records/${id}/holders/ke/follow-up`, {
      reason: 'Asked by phone: back tomorrow.',
    })
    expect(noted.status).toBe(200)
    expect((await officer.get('/overdue-receipts')).body.items).toMatchObject([
      {
        followUp: {
          name: 'Name of per_officer',
          reason: 'Asked by phone: back tomorrow.',
          againAt: noted.body.againAt,
        },
      },
    ])
    expect((await auditor.get(`/audit/entries?object=${id}&act=administer`)).body.items).toMatchObject([
      { recipient: 'ke', rule: 'protocol point 6' },
    ])
    await scene.start('ke')
    // Delivery tries by itself as well, and may have been quicker: then nothing is open any more.
    expect([202, 409]).toContain((await officer.post(`/records/${id}/holders/ke/retry`)).status)
    await heldBy(officer, id, 'ke')
    expect((await officer.get('/overdue-receipts')).body.items).toEqual([])
  }, 60_000)
})

describe('a recall', () => {
  it('stays in the list until the last holder has erased, and names what is left behind', async () => {
    await using office = await openOffices(['fr', 'ke', 'horizon-bank'])
    const { officer, scene } = office
    const id = await record(officer)
    const related = await record(
      officer,
      {},
      {
        ...subject('Leïla Exercise'),
        relations: { r: { schema: 'Associate', other: { record: id }, statements: {} } },
      },
    )
    await officer.post(`/records/${id}/share`, { with: to('ke', 'horizon-bank') })
    await heldBy(officer, id, 'ke')
    await heldBy(officer, id, 'horizon-bank')
    expect((await officer.get(`/records/${id}/derived`)).body.items).toMatchObject([{ id: related, type: 'subject' }])
    expect((await officer.get('/recalls')).body.items).toEqual([])
    await scene.stop('horizon-bank')
    await officer.post(`/records/${id}/recall`, { reason: 'The suspicion has fallen away.' })
    const open = await until(
      () => officer.get('/recalls'),
      (it) => it.body.items[0]?.erased === 1,
    )
    expect(open.body.items).toMatchObject([{ record: { id }, told: 2, erased: 1 }])
    await scene.start('horizon-bank')
    const closed = await until(
      () => officer.get('/recalls'),
      (it) => it.body.items.length === 0,
    )
    expect(closed.body.items).toEqual([])
  }, 60_000)
})

describe('readers of a TLP:RED record', () => {
  it('are named, and read, by supervisors', async () => {
    await using office = await openOffices()
    const { chief, officer } = office
    const id = await record(chief, { tlp: 'RED' })
    expect((await officer.get(`/records/${id}`)).status).toBe(404)
    const readers = [`per_${'1'.repeat(32)}`]
    const away = `per_${'2'.repeat(32)}`
    await addPeople(chief.node, [...readers, away])
    expect(await chief.put(`/records/${id}/readers`, { readers: [`per_${'3'.repeat(32)}`] })).toMatchObject({
      status: 422,
      body: { code: 'records/no-such-reader' },
    })
    expect((await chief.put(`/records/${id}/readers`, { readers: [...readers, away] })).status).toBe(200)
    await disable(chief.node, away)
    // Who has left meanwhile stays named while nobody takes the name away, and is not named again.
    expect((await chief.put(`/records/${id}/readers`, { readers: [...readers, away] })).status).toBe(200)
    expect((await chief.put(`/records/${id}/readers`, { readers })).status).toBe(200)
    expect((await chief.get(`/records/${id}/readers`)).body.readers).toEqual(readers)
    expect((await officer.get(`/records/${id}/readers`)).status).toBe(403)
    expect((await chief.put(`/records/${id}/readers`, { readers: [...readers, away] })).status).toBe(422)
  }, 60_000)
})

const people = ({ services }: RunningNode) =>
  services.store.db.withTables<{ people: Record<string, unknown> & { id: string } }>()

async function addPeople(node: RunningNode, ids: readonly string[]): Promise<void> {
  const rows = ids.map((id) => ({
    id,
    username: id,
    name: `EXERCISE ${id}`,
    password: 'none',
    roles: '["officer"]',
    created_at: new Date(),
  }))
  await people(node).insertInto('people').values(rows).execute()
}

async function disable(node: RunningNode, id: string): Promise<void> {
  await people(node).updateTable('people').set({ disabled_at: new Date() }).where('id', '=', id).execute()
}
