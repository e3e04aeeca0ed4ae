import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'

const sample = readFileSync(new URL('../../formats/samples/un-exercise.xml', import.meta.url), 'utf8')

let stage: Stage
const as = (username: string) => asPerson(stage, 'fr', username)
beforeAll(async () => {
  stage = await openStage({ running: ['fr'], played: ['third'] })
  const headers = { 'content-type': 'application/octet-stream' }
  await as('officer')('/api/v1/lists/un-sc/parts/xml', { method: 'PUT', raw: sample, headers })
  const { json } = await as('officer')('/api/v1/lists/un-sc/imports', { body: {} })
  await until(
    () => as('officer')(`/api/v1/lists/un-sc/imports/${json.id}`),
    (it) => it.json.state === 'done',
  )
}, 120_000)
afterAll(() => stage?.[Symbol.asyncDispose]())

const share = (body: object, username = 'officer') => as(username)('/api/v1/lists/un-sc/share', { body })
const decide = (id: string, username: string, decision = 'approve') =>
  as(username)(`/api/v1/list-shares/${id}/decision`, { body: { decision, reason: 'Each of them screens payments.' } })
const sharedWith = async () =>
  (await as('officer')('/api/v1/lists')).json.items.find((it: { id: string }) => it.id === 'un-sc').sharedWith

const toBanks = { members: [], groups: [], sectors: ['financial'] }

describe('the share of a whole list', () => {
  it('with a member is done by one person', async () => {
    expect((await share({ with: { members: ['third'] } })).json).toMatchObject({
      state: 'done',
      rules: [],
      recipients: ['third'],
    })
  })

  it('with a whole sector waits, with its reason, for a second person who did not ask', async () => {
    expect(await share({ with: toBanks })).toMatchObject({ status: 422, json: { code: 'lists/reason-missing' } })
    const before = await sharedWith()
    const { json } = await share({ with: toBanks, reason: 'All banks have to freeze.' }, 'supervisor')
    expect(json).toMatchObject({ state: 'waiting', rules: [{ id: 'whole-sector' }] })
    expect(await sharedWith()).toEqual(before)

    expect((await as('officer')('/api/v1/list-shares')).json.items).toEqual([])
    expect((await as('supervisor')('/api/v1/list-shares')).json.items).toMatchObject([
      { id: json.request, mine: true, state: 'waiting', reason: 'All banks have to freeze.' },
    ])
    expect(await decide(json.request, 'officer')).toMatchObject({ status: 403 })
    expect(await decide(json.request, 'supervisor')).toMatchObject({ status: 403, json: { code: 'lists/same-person' } })
    expect(await sharedWith()).toEqual(before)
  })

  it('is done when a supervisor says yes, with both names in the audit, and once only', async () => {
    const { json } = await share({ with: toBanks, reason: 'All banks have to freeze.' })
    expect((await decide(json.request, 'supervisor')).json).toMatchObject({ state: 'approved' })
    expect((await sharedWith()).map((it: { member: string }) => it.member)).toEqual(
      expect.arrayContaining(json.recipients),
    )
    const trail = await readTrail(stage.node('fr').services.store)
    const entries = trail.filter((it) => it.details.request === json.request)
    expect(entries.map((it) => [it.act, it.details.step ?? null])).toEqual([
      ['grant', 'asked'],
      ...json.recipients.map(() => ['disclose', null]),
      ['grant', 'approved'],
    ])
    expect(await decide(json.request, 'supervisor')).toMatchObject({ status: 409 })
  })

  it('goes back when the list was imported anew in the meantime', async () => {
    const { json } = await share({ with: toBanks, reason: 'All banks have to freeze.' })
    await stage
      .node('fr')
      .services.store.db.withTables<{ lists: { id: string; imported_at: Date } }>()
      .updateTable('lists')
      .set({ imported_at: new Date() })
      .execute()
    expect((await decide(json.request, 'supervisor')).json).toMatchObject({ state: 'returned' })
  })
})
