import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imminences, markable, Place, standingOf, standings, Threat, ThreatInput } from '#capabilities/threats/record'
import {
  amendThreat,
  type Changing,
  checkValidity,
  closeThreat,
  faultKinds,
  type Input,
  recordThreat,
} from '#capabilities/threats/rules'
import { callerOf, header, warning } from '#capabilities/threats/warning.fixture'
import { addTime } from '#kernel/clock'
import { newId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import { RecordDraft } from '#protocol/record'
import type { RecordView } from '#store/reader'
import type { RecordRow } from '#store/tables'

const now = new Date('2026-11-22T12:00:00.000Z')
const work = { caller: callerOf('fr'), now, linked: [] }

const directory = {
  members: ['fr', 'ke', 'id'].map((id) => ({ id, kind: 'state', suspended: false })),
  groups: [],
} as unknown as Directory

function input(change: Partial<Input> = {}): Input {
  return { handling: header(now), body: warning(now), marks: {}, ...change }
}

function current(change: Partial<RecordView<Threat>> = {}): RecordView<Threat> {
  const draft = RecordDraft.parse(recordThreat(input(), work).change.records?.[0]?.record)
  return {
    ...draft,
    body: draft.body as unknown as Threat,
    state: 'active',
    hash: '0'.repeat(64),
    caption: '',
    receivedFrom: null,
    readers: [],
    held: false,
    duties: [],
    ...change,
  }
}

/** The stored row of a view that hides nothing. */
function rowOf({ issuedAt, receivedFrom, duties: _, ...view }: RecordView<Threat>): RecordRow {
  const { expiresAt } = view.handling
  const stored = { issued_at: issuedAt, expires_at: expiresAt, received_from: receivedFrom, read_version: 0 }
  return { ...view, ...stored, body: view.body as unknown as RecordRow['body'], readers: [...view.readers] }
}

function changing(change: Partial<Changing> = {}): Changing {
  return { caller: callerOf('fr'), now, holders: [], directory, grants: [], whole: rowOf(current()), ...change }
}

function refusal(act: () => unknown): { code: string; rule?: string } | undefined {
  try {
    act()
  } catch (cause) {
    return cause as { code: string; rule?: string }
  }
  return undefined
}

describe('recordThreat', () => {
  it('records a warning that its own schema takes', () => {
    const { change, id } = recordThreat(input(), work)
    expect(change.records).toMatchObject([{ caption: 'Attack on a fuel depot', record: { id, type: 'threat' } }])
    expect(Threat.safeParse(RecordDraft.parse(change.records?.[0]?.record).body).success).toBe(true)
    expect(change.audit).toMatchObject([{ act: 'collect', object: { type: 'threat', id } }])
    expect(change.send).toBeUndefined()
  })

  it.each<[string, Partial<Input>, string]>([
    ['is over', { body: warning(now, { validUntil: now.toISOString() }) }, 'threats/dates'],
    [
      'is reviewed after it expires',
      { handling: header(now, { reviewAt: addTime(now, 2, 'years') }) },
      'threats/dates',
    ],
    [
      'is in force for longer than it may be kept',
      { body: warning(now, { validUntil: addTime(now, 2, 'years') }) },
      'threats/valid-beyond-expiry',
    ],
    ['has no basis', { body: warning(now, { basisForAssessment: undefined }) }, 'threats/basis-missing'],
    ['keeps its title from somebody', { marks: { '/body/title': { tlp: 'RED' } } }, 'threats/mark-not-possible'],
    ['keeps one of several places back', { marks: { '/body/where/0': {} } }, 'threats/mark-not-possible'],
  ])('refuses a warning that %s', (_, change, code) => {
    expect(refusal(() => recordThreat(input(change), work))?.code).toBe(code)
  })

  it('links to subjects alone', () => {
    const linked = [{ id: newId('rec'), type: 'message' }]
    expect(refusal(() => recordThreat(input(), { ...work, linked }))?.code).toBe('threats/not-a-subject')
  })

  it('leaves a warning that can be read whatever set of markable fields is kept back', () => {
    fc.assert(
      fc.property(fc.subarray([...markable]), (kept) => {
        const marks = Object.fromEntries(kept.map((it) => [`/body/${it}`, { tlp: 'RED' as const }]))
        const { change } = recordThreat(input({ marks }), work)
        const { body } = RecordDraft.parse(change.records?.[0]?.record)
        const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !kept.some((it) => it === name)))
        expect(Threat.safeParse(rest).success).toBe(true)
        expect(change.records?.[0]?.readers).toEqual(kept.length === 0 ? [] : ['per_officer'])
      }),
    )
  })
})

describe('amendThreat', () => {
  it('sends the new version to all holders, and calls it back from one that it no longer admits', () => {
    const handling = header(now, { audience: { members: ['ke'], groups: [], sectors: [] } })
    const change = amendThreat(current(), input({ handling }), {
      ...changing({ holders: ['ke', 'id'] }),
      linked: [],
      expected: 1,
    })
    expect(change.send).toMatchObject([
      { to: 'ke', content: { kind: 'record', version: 2 } },
      { to: 'id', content: { kind: 'recall', state: 'withdrawn' } },
    ])
  })

  it.each<[string, Partial<RecordView<Threat>>, Partial<Changing>, { code: string; rule?: string }]>([
    ['of another owner', { owner: 'ke' }, {}, { code: 'threats/refused', rule: 'owner-only' }],
    ['for legal advisers', {}, { caller: callerOf('fr', 'legal') }, { code: 'threats/refused', rule: 'role' }],
    ['of another version', { version: 2 }, {}, { code: 'threats/stale' }],
    [
      'that is closed',
      { body: { ...warning(now), closed: { at: now.toISOString(), reason: 'Over.' } } },
      {},
      { code: 'threats/closed' },
    ],
    [
      'under a purpose that it is not for',
      {},
      { caller: { ...callerOf('fr'), purpose: 'oversight' }, holders: ['ke'] },
      { code: 'threats/refused', rule: 'purpose' },
    ],
  ])('refuses a change %s', (_, view, change, expected) => {
    const act = () => amendThreat(current(view), input(), { ...changing(change), linked: [], expected: 1 })
    expect(refusal(act)).toMatchObject(expected)
  })

  it('leaves a field that this person may not see as it is', () => {
    const whole = rowOf(current({ marks: { '/body/basisForAssessment': { tlp: 'RED' } } }))
    const { basisForAssessment, ...seen } = warning(now)
    const written = { ...seen, title: 'Attack on a depot' }
    const change = amendThreat(current({ body: seen }), input({ body: written }), {
      ...changing({ whole }),
      linked: [],
      expected: 1,
    })
    expect(change.records).toMatchObject([
      {
        record: {
          body: { title: 'Attack on a depot', basisForAssessment },
          marks: { '/body/basisForAssessment': { tlp: 'RED' } },
        },
      },
    ])
  })

  it('refuses a text for a field that this person may not see', () => {
    const whole = rowOf(current({ marks: { '/body/basisForAssessment': { tlp: 'RED' } } }))
    const { basisForAssessment: _, ...seen } = warning(now)
    const act = () => amendThreat(current({ body: seen }), input(), { ...changing({ whole }), linked: [], expected: 1 })
    expect(refusal(act)).toMatchObject({ code: 'threats/withheld-field', rule: 'named-readers' })
  })

  it('keeps the readers that were named, and adds who changes it', () => {
    const change = amendThreat(
      current({ readers: ['per_2', 'per_officer'], handling: header(now, { tlp: 'RED' }) }),
      input({ handling: header(now, { tlp: 'RED' }) }),
      { ...changing(), linked: [], expected: 1 },
    )
    expect(change.records?.[0]?.readers).toEqual(['per_2', 'per_officer'])
  })
})

describe('closeThreat', () => {
  it('publishes a last version with the reason', () => {
    const handling = header(now, { audience: { members: ['ke'], groups: [], sectors: [] } })
    const view = current({ handling })
    const work = changing({ holders: ['ke'], whole: rowOf(view) })
    const change = closeThreat(view, { reason: 'Cell arrested.' }, work)
    expect(change.records).toMatchObject([
      { record: { version: 2, body: { closed: { at: now.toISOString(), reason: 'Cell arrested.' } } } },
    ])
    expect(change.send).toMatchObject([{ to: 'ke', content: { kind: 'record', version: 2 } }])
    expect(change.audit).toMatchObject([{ act: 'change', reason: 'Cell arrested.' }])
  })
})

describe('checkValidity', () => {
  it('refuses exactly the warnings that outlive their record', () => {
    const instant = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .map((it) => it.toISOString())
    fc.assert(
      fc.property(instant, instant, (validUntil, expiresAt) => {
        const late = Date.parse(validUntil) > Date.parse(expiresAt)
        expect(refusal(() => checkValidity({ validUntil }, { expiresAt }))?.code).toBe(
          late ? 'threats/valid-beyond-expiry' : undefined,
        )
      }),
    )
  })
})

describe('standingOf', () => {
  it('is current until the instant named, and closed from the closing on', () => {
    const validUntil = addTime(now, 1, 'hours')
    expect(standingOf({ validUntil }, now)).toBe('current')
    expect(standingOf({ validUntil }, new Date(validUntil))).toBe('expired')
    expect(standingOf({ validUntil, closed: { at: now.toISOString(), reason: 'x' } }, now)).toBe('closed')
  })
})

describe('Place', () => {
  it.each<[string, Partial<Place>]>([
    ['a latitude alone', { longitude: undefined, radiusKilometres: undefined }],
    ['a radius without a centre', { latitude: undefined, longitude: undefined }],
    ['a latitude beyond the pole', { latitude: -90.1 }],
    ['a country in capitals', { country: 'KE' }],
    ['a country that does not exist', { country: 'zz' }],
  ])('refuses %s', (_, change) => {
    expect(Place.safeParse({ ...warning(now).where?.[0], ...change }).success).toBe(false)
  })
})

describe('ThreatInput', () => {
  it('refuses a time span that ends before it begins, and a closing', () => {
    expect(ThreatInput.safeParse(warning(now)).success).toBe(true)
    const when = { from: now.toISOString(), to: addTime(now, -1, 'hours') }
    expect(ThreatInput.safeParse({ ...warning(now), when }).success).toBe(false)
    expect(ThreatInput.safeParse({ ...warning(now), closed: { at: now.toISOString(), reason: 'x' } }).success).toBe(
      false,
    )
  })
})

describe('words', () => {
  const words = ['en', 'fr', 'es', 'ar'].map((language) => {
    const file = new URL(`words/${language}.json`, import.meta.url)
    return JSON.parse(readFileSync(file, 'utf8')).threats
  })

  it('name every imminence, standing, refusal and field in every language', () => {
    for (const it of words) {
      expect(Object.keys(it)).toEqual(Object.keys(words[0]))
      expect(Object.keys(it.imminences)).toEqual([...imminences])
      expect(Object.keys(it.standings)).toEqual([...standings])
      expect(Object.keys(it.refusals).sort()).toEqual(Object.keys(faultKinds).sort())
    }
  })
})
