import { describe, expect, it } from 'vitest'
import type { AskNode } from '#capabilities/exercise/asking'
import { abusiveCaption, discreetCaption, redCaption } from '#capabilities/exercise/notice-records'
import { readNoticesSeen } from '#capabilities/exercise/notice-seen'
import { readRecordsSeen } from '#capabilities/exercise/record-seen'
import { birthDates, suspectName, travellerName } from '#capabilities/exercise/story-records'

const [first, second, third] = ['1', '2', '3'].map((it) => `rec_${it.repeat(32)}`) as [string, string, string]

const subject = (id: string, name: string, change: object = {}) => ({
  id,
  version: 2,
  state: 'active',
  receivedFrom: null,
  body: {
    statements: { n1: { property: 'name', value: name }, b1: { property: 'birthDate', value: birthDates.recorded } },
    relations: { r1: {}, r2: {} },
  },
  ...change,
})

const hit = (about: string, state: string, caption = '') => ({ id: third, about, state, caption, answeredAt: null })

/** A node that answers these paths, and to everything else that it is not there. */
function nodeWith(answers: Readonly<Record<string, unknown>>): AskNode & { readonly asked: string[] } {
  const asked: string[] = []
  const ask = async (path: string) => {
    asked.push(path)
    const plain = path.split('?')[0]!.replace('/api/v1', '')
    const answer = answers[path.replace('/api/v1', '')] ?? answers[plain]
    if (answer === undefined) throw Object.assign(new Error('There is no such record.'), { status: 404 })
    return answer as never
  }
  return Object.assign(ask, { asked })
}

const none = { '/subjects': { items: [] }, '/hits': { items: [] }, '/permission-requests': { items: [] } }
const officer = { roles: ['officer'], run: undefined }

describe('readRecordsSeen', () => {
  it('takes the newest round that the office holds, another when it is named, and none for a new one', async () => {
    const node = nodeWith({
      ...none,
      '/subjects': { items: [subject(second, suspectName), subject(first, suspectName), subject(third, 'Another')] },
    })
    const seen = (run: string | undefined) => readRecordsSeen(node, { office: 'id', ...officer, run })
    expect((await seen(undefined)).run).toBe(second)
    expect(await seen(first)).toMatchObject({ run: first, suspect: { version: 2, associates: 2 } })
    expect(await seen('new')).toMatchObject({ run: null, suspect: null })
    expect((await seen('<img src=x onerror=alert(1)>')).run).toBe(second)
  })

  it('knows at Kenya of a record that was erased only by its own hit', async () => {
    const answers = { ...none, '/hits': { items: [hit(first, 'withdrawn')] }, '/records': { items: [{}] } }
    const seen = await readRecordsSeen(nodeWith(answers), { office: 'ke', ...officer })
    expect(seen).toMatchObject({ run: first, suspect: { state: 'gone' }, told: true })
    expect(await readRecordsSeen(nodeWith(none), { office: 'ke', ...officer, run: first })).toMatchObject({
      run: first,
      suspect: null,
    })
  })

  it('pairs the candidate with the traveller of the story, not with another record', async () => {
    const pair = (ours: string, theirs: string) => ({
      id: `${ours} ${theirs}`,
      state: 'open',
      ours: { id: ours },
      theirs: { id: theirs },
      features: [{ name: 'name_match', explanation: 'The names agree.' }],
    })
    const answers = {
      ...none,
      '/subjects?owner=fr&limit=200': { items: [subject(second, suspectName)] },
      '/subjects?owner=ke&limit=200': { items: [subject(first, travellerName)] },
      '/candidates': { items: [pair(third, second), pair(first, second)] },
    }
    const { candidate, traveller } = await readRecordsSeen(nodeWith(answers), { office: 'ke', ...officer })
    expect(traveller).toBe(first)
    expect(candidate).toEqual({ id: `${first} ${second}`, state: 'open', reasons: ['The names agree.'] })
  })

  it('reads at France what was withdrawn, with its ledger', async () => {
    const holder = { member: 'ke', state: 'erased', version: 2, via: null, since: '', open: null }
    const answers = {
      ...none,
      '/hits': { items: [hit(first, 'confirmed', suspectName)] },
      '/records': { items: [] },
      [`/records/${first}`]: subject(first, suspectName, { state: 'withdrawn' }),
      [`/records/${first}/holders`]: { holders: [holder] },
    }
    expect(await readRecordsSeen(nodeWith(answers), { office: 'fr', ...officer })).toMatchObject({
      run: first,
      suspect: { state: 'withdrawn', birthDate: birthDates.recorded },
      holders: [holder],
      told: false,
    })
  })

  it('asks for no record where the role sees none', async () => {
    const auditor = nodeWith({ '/audit/entries': { items: [{ index: 7, details: { leaves: 40 } }] } })
    expect(await readRecordsSeen(auditor, { office: 'fr', roles: ['auditor'], run: undefined })).toMatchObject({
      verified: true,
    })
    expect(auditor.asked.every((it) => it.startsWith('/api/v1/audit/'))).toBe(true)
    const administrator = nodeWith({})
    await readRecordsSeen(administrator, { office: 'fr', roles: ['administrator'], run: first })
    expect(administrator.asked).toEqual([])
  })

  it('takes a trail as verified only when it was exported after the last act of the round', async () => {
    const trail = (exported: number, erased: number) =>
      nodeWith({
        '/audit/entries': { items: [] },
        '/audit/entries?object=audit&act=export&limit=50': {
          items: [
            { index: 99, details: { found: 3 } },
            { index: exported, details: { leaves: 40 } },
          ],
        },
        [`/audit/entries?object=${first}&act=erase&limit=1`]: { items: [{ index: erased }] },
      })
    const looking = { office: 'fr', roles: ['auditor'], run: first }
    expect((await readRecordsSeen(trail(9, 5), looking)).verified).toBe(true)
    expect((await readRecordsSeen(trail(4, 5), looking)).verified).toBe(false)
  })
})

describe('readNoticesSeen', () => {
  const line = (id: string, owner: string, caption: string) => ({ id, owner, caption })
  const whole = (id: string, change: object = {}) => ({
    ...{ id, role: 'issuer', place: 'published', version: 2, inForce: true, action: {}, dueAt: null, dueRule: null },
    ...{ updatedAt: '', proposedBy: null, decision: { outcome: 'published' }, events: [{ what: 'draft' }] },
    ...change,
  })
  const nobody = { '/notices': { items: [] }, '/border/hits': { items: [] }, '/notice-refusals': { items: [] } }
  const [red, later, next] = [1, 2, 3].map((it) => `rec_0190000000${it}0${'7'.repeat(20)}`) as [string, string, string]

  it('takes the notices of a round by who issued them and whom they are about, none of the next round', async () => {
    const items = [
      line(next, 'fr', redCaption),
      line(later, 'id', discreetCaption),
      line(red, 'fr', redCaption),
      line(later, 'fr', 'Somebody Else'),
      line(later, 'id', abusiveCaption),
    ]
    const node = nodeWith({
      ...nobody,
      '/notices': { items },
      [`/notices/${red}`]: whole(red),
      [`/notices/${later}`]: whole(later, { role: 'holder' }),
      [`/notices/${next}`]: whole(next),
    })
    const seen = await readNoticesSeen(node, { office: 'fr', ...officer, run: red })
    expect(seen).toMatchObject({
      run: red,
      red: { outcome: 'published', events: ['draft'] },
      discreet: { id: later },
      abusive: null,
    })
    expect(await readNoticesSeen(node, { office: 'fr', ...officer })).toMatchObject({ run: next, discreet: null })
    const fresh = await readNoticesSeen(node, { office: 'fr', ...officer, run: 'new' })
    expect(fresh).toMatchObject({ run: null, red: null, discreet: null })
  })

  it('knows at Kenya of a notice that was ended only by its own hit', async () => {
    const hit = { id: first, about: red, role: 'finder', state: 'withdrawn' }
    const node = nodeWith({ ...nobody, '/border/hits': { items: [hit] } })
    expect(await readNoticesSeen(node, { office: 'ke', ...officer })).toMatchObject({ run: red, red: null, hit })
    expect((await readNoticesSeen(node, { office: 'id', ...officer })).run).toBeNull()
  })

  it('remembers no refusal from before the round', async () => {
    const at = (time: string) => nodeWith({ ...nobody, '/notice-refusals': { items: [{ reason: 'abuse', at: time }] } })
    const looking = { office: 'id', ...officer, run: red }
    expect((await readNoticesSeen(at('2000-01-01T00:00:00.000Z'), looking)).remembered).toBeNull()
    expect((await readNoticesSeen(at('2099-01-01T00:00:00.000Z'), looking)).remembered).toMatchObject({
      reason: 'abuse',
    })
  })

  it('asks for no hit where the role sees none, and for nothing where it sees no record', async () => {
    const legal = nodeWith(nobody)
    await readNoticesSeen(legal, { office: 'secretariat', roles: ['legal'], run: undefined })
    expect(legal.asked.some((it) => it.includes('/border/'))).toBe(false)
    const border = nodeWith({})
    await readNoticesSeen(border, { office: 'ke', roles: ['border'], run: red })
    expect(border.asked).toEqual([])
  })
})
