import { describe, expect, it } from 'vitest'
import { type Desk, deskOf, header, subject } from '#capabilities/records/office.fixture'
import { fixedClock } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Handling } from '#protocol/handling'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

const to = (...members: string[]) => ({ members })
const reason = 'For the case, and nothing else.'

async function record(at: Desk, change: Partial<Handling> = {}, body: object = subject()): Promise<string> {
  const made = await at.post('/subjects', { handling: header(at.node.services.store.clock.now(), change), body })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}

const holders = async (at: Desk, id: string) => (await at.get(`/records/${id}/holders`)).body.holders
const heldBy = (at: Desk, id: string, member: string) =>
  until(
    () => holders(at, id),
    (it) => it.some((one: { member: string; state: string }) => one.member === member && one.state === 'held'),
  )

/** France with its people, Kenya, and a clock that the test moves. */
async function openOffices(members: readonly string[] = ['fr', 'ke']) {
  const clock = fixedClock(new Date())
  const scene = await openScene(members, { clock })
  const fr = scene.node('fr')
  return {
    clock,
    scene,
    officer: deskOf(fr, 'per_officer', 'officer'),
    other: deskOf(fr, 'per_other', 'officer'),
    chief: deskOf(fr, 'per_chief', 'supervisor'),
    deputy: deskOf(fr, 'per_deputy', 'supervisor'),
    legal: deskOf(fr, 'per_legal', 'legal'),
    auditor: deskOf(fr, 'per_auditor', 'auditor'),
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  }
}

describe('a share that a rule does not leave to one person', () => {
  it('waits, is done by another supervisor alone, and both are in the audit', async () => {
    await using office = await openOffices()
    const { chief, deputy, officer, other, auditor } = office
    const id = await record(chief, { tlp: 'RED' })

    const preview = await chief.post(`/records/${id}/preview`, { with: to('ke') })
    expect(preview.body.rules).toMatchObject([{ id: 'tlp-red', verified: false }])
    const unexplained = await chief.post(`/records/${id}/share`, { with: to('ke') })
    expect(unexplained).toMatchObject({ status: 422, body: { code: 'records/reason-missing', rule: 'tlp-red' } })

    const asked = await chief.post(`/records/${id}/share`, { with: to('ke'), reason })
    expect(asked).toMatchObject({
      status: 202,
      body: { state: 'waiting', version: 1, recipients: ['ke'], rules: [{ id: 'tlp-red' }] },
    })
    expect(await holders(chief, id)).toEqual([])
    const path = `/approvals/${asked.body.approval}`

    const yes = { decision: 'approve', reason: 'Ke needs it.' }
    expect(await chief.post(`${path}/decision`, yes)).toMatchObject({
      status: 403,
      body: { code: 'approvals/same-person' },
    })
    expect(await officer.post(`${path}/decision`, yes)).toMatchObject({ status: 403, body: { code: 'http/role' } })
    expect((await other.get(path)).status).toBe(404)
    expect((await other.get('/approvals')).body.items).toEqual([])
    expect((await deputy.get(path)).body).toMatchObject({
      state: 'waiting',
      mine: false,
      asker: { id: 'per_chief', name: 'Name of per_chief' },
      reason,
      preview: [{ member: 'ke', permit: true, withheld: [] }],
    })

    expect(await deputy.post(`${path}/decision`, yes)).toMatchObject({ status: 200, body: { state: 'approved' } })
    expect(await heldBy(chief, id, 'ke')).toMatchObject([{ member: 'ke', version: 2 }])
    expect(await deputy.post(`${path}/decision`, yes)).toMatchObject({
      status: 409,
      body: { code: 'approvals/decided' },
    })

    const entries = (await auditor.get(`/audit/entries?object=${id}&order=oldest`)).body.items
    const steps = entries.filter((it: { act: string }) => it.act === 'grant' || it.act === 'disclose')
    expect(steps).toMatchObject([
      { act: 'grant', outcome: 'permitted', person: 'per_chief', details: { step: 'asked' } },
      {
        act: 'disclose',
        person: 'per_chief',
        recipient: 'ke',
        rule: 'tlp-red',
        details: { askedBy: 'per_chief', approvedBy: 'per_deputy' },
      },
      {
        act: 'grant',
        outcome: 'permitted',
        person: 'per_deputy',
        reason: 'Ke needs it.',
        details: { step: 'approved' },
      },
    ])
    const refusals = (await auditor.get('/audit/entries?person=per_chief&outcome=refused')).body.items
    expect(refusals.map((it: { rule: string }) => it.rule)).toContain('four eyes')
  }, 60_000)

  it('is done once when two supervisors approve at one moment', async () => {
    await using office = await openOffices()
    const { officer, chief, deputy } = office
    const id = await record(officer, { category: 'witness' })
    const { approval } = (await officer.post(`/records/${id}/share`, { with: to('ke'), reason })).body
    const yes = { decision: 'approve', reason: 'Seen.' }
    const both = await Promise.all([chief, deputy].map((it) => it.post(`/approvals/${approval}/decision`, yes)))
    expect(both.map((it) => it.status).sort()).toEqual([200, 409])
    expect(await heldBy(officer, id, 'ke')).toMatchObject([{ version: 2 }])
    expect((await officer.get(`/records/${id}`)).body.version).toBe(2)
  }, 60_000)

  it('goes back when the record has changed or was taken back, and nothing leaves', async () => {
    await using office = await openOffices(['fr', 'ke', 'horizon-bank'])
    const { officer, chief, deputy } = office
    const yes = { decision: 'approve', reason: 'Seen.' }
    const id = await record(officer, { category: 'victim' })
    const first = (await officer.post(`/records/${id}/share`, { with: to('ke'), reason })).body
    const current = (await officer.get(`/records/${id}`)).body
    const amended = { ...current, body: subject('Another Exercise-Name'), handling: current.handling, version: 1 }
    const { handling, body, marks, version } = amended
    expect((await officer.put(`/subjects/${id}`, { handling, body, marks, version })).status).toBe(200)
    expect(await chief.post(`/approvals/${first.approval}/decision`, yes)).toMatchObject({
      status: 200,
      body: { state: 'returned', because: { rule: 'four eyes', text: expect.stringContaining('version 2') } },
    })

    const second = (await officer.post(`/records/${id}/share`, { with: to('ke'), reason })).body
    expect((await officer.post(`/records/${id}/recall`, { reason: 'Recorded by mistake.' })).status).toBe(202)
    expect(await deputy.post(`/approvals/${second.approval}/decision`, yes)).toMatchObject({
      body: { state: 'returned', because: { rule: 'state' } },
    })
    expect(await holders(officer, id)).toEqual([])

    const mine = (await officer.get('/approvals?mine=true')).body.items
    expect(mine).toMatchObject([
      { state: 'returned', seen: false },
      { state: 'returned', seen: false },
    ])
    expect((await chief.post(`/approvals/${mine[0].id}/noted`)).status).toBe(404)
    expect((await officer.post(`/approvals/${mine[0].id}/noted`)).status).toBe(200)
    expect((await officer.get(`/approvals/${mine[0].id}`)).body.seen).toBe(true)
  }, 60_000)

  it('runs out by its clock', async () => {
    await using office = await openOffices()
    const { officer, chief, clock } = office
    const id = await record(officer, {}, subject('A Child Exercise', { b: { property: 'birthDate', value: '2015' } }))
    const { approval, expiresAt, rules } = (await officer.post(`/records/${id}/share`, { with: to('ke'), reason })).body
    expect(rules.map((it: { id: string }) => it.id)).toEqual(['minor'])
    clock.advance(Date.parse(expiresAt) - clock.now().getTime())
    expect((await chief.get('/approvals?state=waiting')).body.items).toEqual([])
    expect(await chief.post(`/approvals/${approval}/decision`, { decision: 'approve', reason: 'Late.' })).toMatchObject(
      {
        status: 409,
        body: { code: 'approvals/expired' },
      },
    )
    expect((await officer.get(`/approvals/${approval}`)).body.state).toBe('expired')
    expect(await holders(officer, id)).toEqual([])
  }, 60_000)

  it('is not escaped by an amendment that loosens the record first', async () => {
    await using office = await openOffices()
    const { officer, chief } = office
    const mark = { audience: { members: ['id'], groups: [], sectors: [] } }
    const now = office.clock.now()
    const handling = header(now, { tlp: 'RED' })
    const made = await officer.post('/subjects', { handling, body: subject(), marks: { '/body/statements/a2': mark } })
    const id = made.body.id
    const loosened = { handling: { ...handling, tlp: 'AMBER' }, body: subject(), marks: {}, version: 1 }
    expect((await officer.put(`/subjects/${id}`, loosened)).status).toBe(200)
    const asked = await officer.post(`/records/${id}/share`, { with: to('ke'), reason })
    expect(asked.body.rules.map((it: { id: string }) => it.id)).toEqual(['tlp-red', 'loosened-mark'])
    const yes = { decision: 'approve', reason: 'No longer secret.' }
    await chief.post(`/approvals/${asked.body.approval}/decision`, yes)
    await heldBy(officer, id, 'ke')
    // A second person has looked: from here on one suffices again.
    const again = await officer.post(`/records/${id}/preview`, { with: to('ke') })
    expect(again.body.rules).toEqual([])
  }, 60_000)
})

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

describe('a consent to use in proceedings', () => {
  it('is signed only after a second person, and ends with the grant', async () => {
    await using office = await openOffices()
    const { officer, legal, chief, scene } = office
    const ke = deskOf(scene.node('ke'), 'per_ke', 'officer')
    const id = await record(officer)
    await officer.post(`/records/${id}/share`, { with: to('ke') })
    await until(
      () => ke.get(`/records/${id}`),
      (it) => it.status === 200,
    )
    const asking = { permits: 'use-in-proceedings', purposes: ['counter-terrorism'], reason: 'For the trial.' }
    const request = (await ke.post(`/records/${id}/permission-requests`, asking)).body.id
    await until(
      () => legal.get('/permission-requests?state=open'),
      (it) => it.body.items.length === 1,
    )
    const grant = { decision: 'grant', days: 10, reason: 'Proportionate.' }
    const decided = await legal.post(`/permission-requests/${request}/decision`, grant)
    expect(decided.body).toMatchObject({ id: null, state: 'waiting', rules: [{ id: 'use-in-proceedings' }] })
    expect((await legal.get('/permission-requests')).body.items).toMatchObject([
      {
        id: request,
        ours: false,
        state: 'open',
        approval: decided.body.approval,
        record: { caption: expect.any(String) },
      },
    ])
    expect((await ke.get('/permission-requests')).body.items).toMatchObject([
      { ours: true, state: 'open', answered: null },
    ])

    const yes = { decision: 'approve', reason: 'Agreed.' }
    expect((await chief.post(`/approvals/${decided.body.approval}/decision`, yes)).body.state).toBe('approved')
    const granted = await until(
      () => ke.get('/permission-requests?state=granted'),
      (it) => it.body.items.length === 1,
    )
    expect(granted.body.items).toMatchObject([{ seen: false, answered: { reason: 'Proportionate.' } }])
    expect((await ke.post(`/permission-requests/${request}/noted`)).status).toBe(200)
    expect((await ke.get('/permission-requests')).body.items).toMatchObject([{ seen: true }])
    const force = (await ke.get('/grants')).body.items
    expect(force).toMatchObject([{ about: id, owner: 'fr', holder: 'ke', permits: 'use-in-proceedings' }])
    office.clock.advance(11 * 86_400_000)
    expect((await ke.get('/grants')).body.items).toEqual([])
  }, 60_000)

  it('goes back when the request was answered meanwhile', async () => {
    await using office = await openOffices()
    const { officer, legal, chief, scene } = office
    const ke = deskOf(scene.node('ke'), 'per_ke', 'officer')
    const id = await record(officer)
    await officer.post(`/records/${id}/share`, { with: to('ke') })
    await heldBy(officer, id, 'ke')
    const asking = { permits: 'use-in-proceedings', purposes: ['counter-terrorism'], reason: 'For the trial.' }
    const request = (await ke.post(`/records/${id}/permission-requests`, asking)).body.id
    await until(
      () => legal.get('/permission-requests?state=open'),
      (it) => it.body.items.length === 1,
    )
    const path = `/permission-requests/${request}/decision`
    const { approval } = (await legal.post(path, { decision: 'grant', reason: 'Proportionate.' })).body
    expect((await chief.post(path, { decision: 'refuse', reason: 'Not for this trial.' })).status).toBe(200)
    expect(
      (await chief.post(`/approvals/${approval}/decision`, { decision: 'approve', reason: 'Agreed.' })).body,
    ).toMatchObject({ state: 'returned', because: { rule: 'protocol point 8' } })
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
