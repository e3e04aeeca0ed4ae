import { describe, expect, it } from 'vitest'
import { currentStep, doneSteps, standingOf } from '#capabilities/exercise/progress'
import type { Holder, Seen } from '#capabilities/exercise/seen'
import { officeIds, players, type StepId, stepOf, steps } from '#capabilities/exercise/steps'
import { birthDates } from '#capabilities/exercise/story-records'
import rules from './rules.json' with { type: 'json' }

const run = `rec_${'a'.repeat(32)}`

const blank = (office: string, change: Partial<Seen> = {}): Seen => ({
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

describe('the story', () => {
  it('needs nothing before it was there, and names rules that are in the file', () => {
    for (const [at, it] of steps.entries()) {
      const before = steps.slice(0, at).map((one) => one.id)
      expect(before, it.id).toEqual(expect.arrayContaining([...it.needs]))
      expect(rules.map((one) => one.id)).toEqual(expect.arrayContaining([...it.rules]))
      expect(it.points.length, it.id).toBeGreaterThan(0)
      expect(Object.keys(it.holds).sort()).toEqual([...officeIds].sort())
      expect(players).toContain(it.office)
    }
  })
})

describe('doneSteps', () => {
  it('knows nothing at an office that holds nothing', () => {
    for (const office of officeIds) expect([...doneSteps(blank(office))]).toEqual([])
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
})

describe('currentStep', () => {
  it('begins at the beginning and goes on after the last that is done', () => {
    expect(currentStep(blank('fr')).id).toBe('traveller')
    expect(currentStep(blank('ke', { traveller: run })).id).toBe('suspect')
    expect(currentStep(blank('fr', { refused: run })).id).toBe('traveller')
    expect(currentStep(blank('fr', { run, suspect: suspect({ state: 'withdrawn' }) })).id).toBe('refusals')
  })
})
