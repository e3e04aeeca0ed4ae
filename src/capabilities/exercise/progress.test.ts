import { describe, expect, it } from 'vitest'
import type { NoticesSeen, SeenNotice } from '#capabilities/exercise/notice-seen'
import { currentStep, doneSteps, standingOf } from '#capabilities/exercise/progress'
import type { Holder, RecordsSeen } from '#capabilities/exercise/record-seen'
import type { Seen } from '#capabilities/exercise/seen'
import { officeIds } from '#capabilities/exercise/steps'
import { birthDates } from '#capabilities/exercise/story-records'
import { type StepId, stepOf, tales } from '#capabilities/exercise/tales'
import rules from './rules.json' with { type: 'json' }

const run = `rec_${'a'.repeat(32)}`

const blank = (office: string, change: Partial<RecordsSeen> = {}): RecordsSeen => ({
  tale: 'records',
  office,
  run: null,
  traveller: null,
  suspect: null,
  holders: [],
  candidate: null,
  hit: null,
  told: false,
  request: null,
  refused: null,
  verified: false,
  ...change,
})

const suspect = (change: object = {}) => ({
  state: 'active' as const,
  version: 1,
  birthDate: birthDates.recorded as string,
  associates: 2,
  receivedFrom: null,
  ...change,
})

const holder = (member: string, state: Holder['state'] = 'held'): Holder => ({
  member,
  state,
  version: 2,
  via: null,
  since: '2026-11-27T09:00:00.000Z',
  open: null,
})

const hit = (state: string) => ({
  id: run,
  state,
  dueAt: null,
  dueRule: null,
  reportedAt: '2026-11-27T09:00:00.000Z',
  answeredAt: null,
  action: { requested: 'arrest', permitted: 'observe', instruction: '' },
})

const standing = (id: StepId, seen: Seen) => standingOf(stepOf(id)!, seen)

const nothingOfNotices = (office: string, change: Partial<NoticesSeen> = {}): NoticesSeen => ({
  tale: 'notices',
  office,
  run: null,
  red: null,
  discreet: null,
  abusive: null,
  hit: null,
  discreetHit: null,
  remembered: null,
  ...change,
})

const notice = (role: SeenNotice['role'], place: string, change: Partial<SeenNotice> = {}): SeenNotice => ({
  ...{ id: run, role, place, version: 1, inForce: place === 'published', proposed: false, outcome: null },
  action: { asked: 'arrest', permitted: 'ask', loweredBy: 'the law here' },
  ...{ events: [], dueAt: null, dueRule: null, updatedAt: '2026-11-27T09:00:00.000Z' },
  ...change,
})

const alertHit = (state: string, answeredAt: string | null = null) => ({
  ...{ id: run, about: run, role: 'finder' as const, state, answeredAt, dueAt: null, dueRule: null },
  ...{ reportedAt: '2026-11-27T09:00:00.000Z', place: { desk: 'Nairobi JKIA', country: 'ke' } },
})

describe.each(tales)('the story of $id', ({ steps, players }) => {
  it('needs nothing before it was there, and names rules that are in the file', () => {
    for (const [at, it] of steps.entries()) {
      const before = steps.slice(0, at).map((one) => one.id)
      expect(before, it.id).toEqual(expect.arrayContaining([...it.needs]))
      expect(rules.map((one) => one.id)).toEqual(expect.arrayContaining([...it.rules]))
      expect(it.points.length, it.id).toBeGreaterThan(0)
      expect(Object.keys(it.holds).sort()).toEqual([...officeIds].sort())
      expect(players).toContain(it.office)
      if (it.until !== undefined) expect(steps.map((one) => one.id)).toContain(it.until)
    }
  })
})

describe('the steps', () => {
  it('say by their names which story they are of', () => {
    const all = tales.flatMap((it) => it.steps.map((one) => one.id))
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('doneSteps', () => {
  it('knows nothing at an office that holds nothing', () => {
    for (const office of officeIds) {
      expect([...doneSteps(blank(office))]).toEqual([])
      expect([...doneSteps(nothingOfNotices(office))]).toEqual([])
    }
  })

  it('tells France of its own record, and of the share when Kenya is in the ledger', () => {
    const recorded = blank('fr', { run, suspect: suspect() })
    expect([...doneSteps(recorded)]).toEqual(['suspect'])
    expect(doneSteps({ ...recorded, holders: [holder('ke', 'rejected')] }).has('share')).toBe(false)
    expect(doneSteps({ ...recorded, holders: [holder('ke', 'sent')] }).has('share')).toBe(true)
  })

  it('tells a recipient by what has arrived', () => {
    const arrived = { run, suspect: suspect({ receivedFrom: 'fr' }) }
    expect(doneSteps(blank('ke', arrived))).toEqual(new Set(['suspect', 'share']))
    expect(doneSteps(blank('horizon-bank', arrived))).toEqual(new Set(['suspect', 'share']))
    expect(doneSteps(blank('id', { run, suspect: suspect({ receivedFrom: 'ke' }) }))).toEqual(
      new Set(['suspect', 'share', 'onward', 'grant', 'ask']),
    )
  })

  it('follows from a hit at France what only Kenya saw before', () => {
    const seen = blank('fr', { run, suspect: suspect(), holders: [holder('ke')], hit: hit('reported') })
    expect(doneSteps(seen)).toEqual(new Set(['suspect', 'share', 'traveller', 'candidate', 'hit']))
    expect(doneSteps({ ...seen, hit: hit('more-information') }).has('confirm')).toBe(false)
    expect(doneSteps({ ...seen, hit: hit('confirmed') }).has('confirm')).toBe(true)
  })

  it('still knows at Kenya what was done before the record was taken back', () => {
    const gone = { state: 'gone' as const, version: null, birthDate: null, associates: 0, receivedFrom: null }
    const seen = blank('ke', {
      run,
      suspect: gone,
      hit: { ...hit('withdrawn'), answeredAt: '2026-11-27T09:05:00.000Z' },
    })
    expect(doneSteps(seen)).toEqual(new Set(['suspect', 'share', 'traveller', 'candidate', 'hit', 'confirm', 'recall']))
    expect(doneSteps({ ...seen, hit: hit('withdrawn') }).has('confirm')).toBe(false)
  })

  it('has all receipts only when nobody is left who has not erased', () => {
    const seen = blank('fr', { run, suspect: suspect({ state: 'withdrawn' }), holders: [holder('ke', 'erased')] })
    expect(doneSteps(seen).has('receipts')).toBe(true)
    expect(doneSteps({ ...seen, holders: [...seen.holders, holder('horizon-bank', 'recalling')] })).not.toContain(
      'receipts',
    )
    expect(doneSteps(blank('fr', { run, suspect: suspect() })).has('receipts')).toBe(false)
  })

  it('tells of a notice by where it stands at each office, and of who proposed by what the reviewers see', () => {
    const at = (office: string, red: SeenNotice, change: Partial<NoticesSeen> = {}) =>
      doneSteps(nothingOfNotices(office, { run, red, ...change }))
    expect(at('fr', notice('issuer', 'draft'))).toEqual(new Set(['draft']))
    expect(at('secretariat', notice('reviewer', 'submitted'))).toEqual(new Set(['draft', 'submit']))
    expect(at('secretariat', notice('reviewer', 'in-review', { proposed: true })).has('weigh')).toBe(true)
    const published = notice('holder', 'published', { outcome: 'published' })
    expect(at('id', published).has('law')).toBe(true)
    expect(at('ke', published).has('law')).toBe(false)
    expect(at('ke', published, { hit: alertHit('reported') }).has('answer')).toBe(false)
    expect(at('ke', published, { hit: alertHit('confirmed', '2026-11-27T09:05:00.000Z') }).has('answer')).toBe(true)
  })

  it('still knows at Kenya what was done before the notice was ended, by the hit that it reported', () => {
    const gone = nothingOfNotices('ke', { run, hit: alertHit('withdrawn', '2026-11-27T09:05:00.000Z') })
    expect(doneSteps(gone)).toEqual(
      new Set(['draft', 'submit', 'weigh', 'publish', 'passengers', 'answer', 'end'] satisfies StepId[]),
    )
  })

  it('knows of a refusal elsewhere only that it is remembered', () => {
    const remembered = { reason: 'neutrality', at: '2026-11-27T09:00:00.000Z' }
    expect(doneSteps(nothingOfNotices('id', { remembered })).has('memory')).toBe(true)
    const atFrance = doneSteps(nothingOfNotices('fr', { remembered }))
    expect(atFrance).toEqual(new Set(['refuse-abuse', 'weigh-abuse', 'abuse']))
  })
})

describe('standingOf', () => {
  it('is ready when what it needs is there, and names what is missing when not', () => {
    expect(standing('traveller', blank('ke'))).toEqual({ is: 'ready' })
    expect(standing('share', blank('fr'))).toEqual({ is: 'waits', for: 'suspect' })
    expect(standing('share', blank('fr', { run, suspect: suspect() }))).toEqual({ is: 'ready' })
    expect(standing('hit', blank('ke', { traveller: run }))).toEqual({ is: 'waits', for: 'candidate' })
  })

  it('leaves to another office what that office alone knows', () => {
    expect(standing('traveller', blank('fr'))).toEqual({ is: 'elsewhere' })
    expect(standing('audit', blank('id'))).toEqual({ is: 'elsewhere' })
  })

  it('passes by what can no longer be done with a record that was taken back', () => {
    const gone = blank('fr', { run, suspect: suspect({ state: 'withdrawn' }), holders: [holder('ke', 'recalling')] })
    expect(standing('correct', gone)).toEqual({ is: 'passed' })
    expect(standing('receipts', gone)).toEqual({ is: 'ready' })
    expect(standing('refusals', gone)).toEqual({ is: 'ready' })
  })

  it('lets nothing be done with a notice that was ended', () => {
    const ended = nothingOfNotices('fr', { run, red: notice('issuer', 'executed', { outcome: 'published' }) })
    expect(standing('answer', ended)).toEqual({ is: 'passed' })
    expect(standing('discreet', nothingOfNotices('id'))).toEqual({ is: 'ready' })
  })
})

describe('currentStep', () => {
  it('begins at the beginning and goes on after the last that is done', () => {
    expect(currentStep(blank('fr')).id).toBe('traveller')
    expect(currentStep(blank('ke', { traveller: run })).id).toBe('suspect')
    expect(currentStep(blank('fr', { refused: run })).id).toBe('traveller')
    expect(currentStep(blank('fr', { run, suspect: suspect({ state: 'withdrawn' }) })).id).toBe('refusals')
    const ended = nothingOfNotices('fr', { run, red: notice('issuer', 'executed', { outcome: 'published' }) })
    expect(currentStep(ended).id).toBe('discreet')
  })
})
