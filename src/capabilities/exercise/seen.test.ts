import { describe, expect, it } from 'vitest'
import { type AskNode, readSeen } from '#capabilities/exercise/seen'
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

describe('readSeen', () => {
  it('takes the newest round that the office holds, another when it is named, and none for a new one', async () => {
    const node = nodeWith({
      ...none,
      '/subjects': { items: [subject(second, suspectName), subject(first, suspectName), subject(third, 'Another')] },
    })
    const seen = (run: string | undefined) => readSeen(node, { office: 'id', ...officer, run })
    expect((await seen(undefined)).run).toBe(second)
    expect(await seen(first)).toMatchObject({ run: first, suspect: { version: 2, associates: 2 } })
    expect(await seen('new')).toMatchObject({ run: null, suspect: null })
    expect((await seen('<img src=x onerror=alert(1)>')).run).toBe(second)
  })

  it('knows at Kenya of a record that was erased only by its own hit', async () => {
    const answers = { ...none, '/hits': { items: [hit(first, 'withdrawn')] }, '/records': { items: [{}] } }
    const seen = await readSeen(nodeWith(answers), { office: 'ke', ...officer })
    expect(seen).toMatchObject({ run: first, suspect: { state: 'gone' }, told: true })
    expect(await readSeen(nodeWith(none), { office: 'ke', ...officer, run: first })).toMatchObject({
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
    const { candidate, traveller } = await readSeen(nodeWith(answers), { office: 'ke', ...officer })
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
    expect(await readSeen(nodeWith(answers), { office: 'fr', ...officer })).toMatchObject({
      run: first,
      suspect: { state: 'withdrawn', birthDate: birthDates.recorded },
      holders: [holder],
      told: false,
    })
  })

  it('asks for no record where the role sees none', async () => {
    const auditor = nodeWith({ '/audit/entries': { items: [{ index: 7, details: { leaves: 40 } }] } })
    expect(await readSeen(auditor, { office: 'fr', roles: ['auditor'], run: undefined })).toMatchObject({
      verified: true,
    })
    expect(auditor.asked.every((it) => it.startsWith('/api/v1/audit/'))).toBe(true)
    const administrator = nodeWith({})
    await readSeen(administrator, { office: 'fr', roles: ['administrator'], run: first })
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
    expect((await readSeen(trail(9, 5), looking)).verified).toBe(true)
    expect((await readSeen(trail(4, 5), looking)).verified).toBe(false)
  })
})
