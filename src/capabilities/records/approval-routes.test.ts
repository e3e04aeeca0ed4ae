import { describe, expect, it } from 'vitest'
import {
  deskOf,
  header,
  heldBy,
  holders,
  openOffices,
  reason,
  record,
  subject,
  to,
} from '#capabilities/records/office.fixture'
import { until } from '../../../test/desk-kit.ts'

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
