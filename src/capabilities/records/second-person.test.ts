import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Acted, Approval, Asked } from '#capabilities/records/approval'
import { askerOf, decideApproval } from '#capabilities/records/approvals'
import { type Sharing, shareRecord } from '#capabilities/records/rules'
import { rulesForShare, shareOrWait } from '#capabilities/records/share-or-wait'
import { isFault } from '#kernel/fault'
import type { Role } from '#policy/roles'
import type { Directory } from '#protocol/directory'
import { categories, type Handling, type Mark, tlpLabels } from '#protocol/handling'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import type { RecordRow } from '#store/tables'

/** A model of an office: one record, its approvals, and people who try everything in any order. */

const start = new Date('2026-06-01T12:00:00.000Z')
const directory = {
  members: [
    { id: 'fr', kind: 'state', suspended: false },
    { id: 'ke', kind: 'state', suspended: false },
    { id: 'id', kind: 'state', suspended: false },
    { id: 'bank', kind: 'financial', suspended: false },
  ],
  groups: [],
} as unknown as Directory
const audience = (members: string[], sectors: Handling['audience']['sectors'] = []) => ({
  members,
  groups: [],
  sectors,
})

const people: Readonly<Record<string, readonly Role[]>> = {
  per_officer: ['officer'],
  per_other: ['officer'],
  per_chief: ['supervisor'],
  per_deputy: ['supervisor', 'officer'],
  per_legal: ['legal'],
}

const pointer = '/body/statements/a2'
const body = {
  statements: { a1: { property: 'name', value: 'Yusuf' }, a2: { property: 'alias', value: 'Joseph' } },
}

interface Version {
  readonly version: number
  readonly handling: Handling
  readonly marks: Readonly<Record<string, Mark>>
}

type Move =
  | {
      readonly move: 'share'
      readonly by: string
      readonly to: string[]
      readonly sector: boolean
      readonly mark: Mark | null
    }
  | { readonly move: 'decide'; readonly by: string; readonly newest: number; readonly yes: boolean }
  | { readonly move: 'amend'; readonly handling: Partial<Handling>; readonly marks: Readonly<Record<string, Mark>> }
  | { readonly move: 'wait'; readonly hours: number }

const person = fc.constantFrom(...Object.keys(people))
const mark: fc.Arbitrary<Mark> = fc.subarray(['ke', 'id', 'bank']).map((it) => ({ audience: audience(it) }))
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        move: fc.constant('share' as const),
        by: person,
        to: fc.subarray(['ke', 'id', 'bank'], { minLength: 1 }),
        sector: fc.boolean(),
        mark: fc.option(mark, { freq: 1 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        move: fc.constant('decide' as const),
        by: fc.constantFrom('per_officer', 'per_chief', 'per_deputy', 'per_chief'),
        newest: fc.nat(1),
        yes: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        move: fc.constant('amend' as const),
        handling: fc.record({ tlp: fc.constantFrom(...tlpLabels), category: fc.constantFrom(...categories) }),
        marks: fc.oneof(
          fc.constant({}),
          mark.map((it) => ({ [pointer]: it })),
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ move: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
    },
  ),
  { minLength: 4, maxLength: 20 },
)

class Office {
  now = start
  versions: Version[]
  approvals: Approval[] = []
  /** The newest version that a second person let go. */
  approvedAt = 0

  constructor(handling: Partial<Handling>) {
    this.versions = [{ version: 1, marks: {}, handling: { ...header, ...handling } }]
  }

  get current(): Version {
    return this.versions.at(-1)!
  }

  caller(id: string): Caller {
    return {
      actor: { member: { id: 'fr', kind: 'state', groups: [] }, person: { id, roles: people[id]! } },
      via: 'session',
      purpose: 'counter-terrorism',
      reference: 'model',
    }
  }

  view(): RecordView<object> {
    const readers = Object.keys(people)
    return { ...this.current, ...fixed, body, readers } as unknown as RecordView<object>
  }

  work(caller: Caller): Sharing {
    return {
      caller,
      now: this.now,
      directory,
      holdings: [],
      grants: [],
      whole: this.view() as unknown as RecordRow,
      earlier: this.versions.slice(0, -1).filter((it) => it.version > this.approvedAt),
    }
  }

  /** What `commit` would do. */
  write(change: Change): void {
    for (const { record } of change.records ?? []) this.versions.push(record as unknown as Version)
    for (const row of change.rows ?? []) {
      if (row.op === 'insert') {
        const { asked_at, expires_at, ...values } = row.values as Record<string, unknown>
        this.approvals.push({
          ...(values as unknown as Approval),
          askedAt: (asked_at as Date).toISOString(),
          expiresAt: expires_at as string,
        })
      } else if (row.op === 'update')
        this.approvals = this.approvals.map((it) =>
          it.id === row.where.id && it.state === 'waiting' ? { ...it, state: row.values.state as 'approved' } : it,
        )
    }
  }
}

const header: Handling = {
  audience: audience([]),
  tlp: 'AMBER',
  codes: [],
  purposes: ['counter-terrorism'],
  onward: 'no',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'fact',
  basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 3(b)' },
  reviewAt: '2027-06-01T12:00:00.000Z',
  expiresAt: '2028-06-01T12:00:00.000Z',
}
const fixed = {
  id: `rec_${'1'.repeat(32)}`,
  type: 'subject',
  schema: 1,
  owner: 'fr',
  issuedAt: start.toISOString(),
  previous: null,
  hash: 'a'.repeat(64),
  state: 'active',
  caption: 'Yusuf',
  receivedFrom: null,
  duties: [],
}

const personsOf = (change: Change) =>
  new Set(
    change.audit.flatMap((it) =>
      [it.actor.person, it.details.askedBy, it.details.approvedBy].filter((one) => typeof one === 'string'),
    ),
  )

describe('a second person', () => {
  it('is there whenever a rule asks for one, whatever is done in whatever order', () => {
    let [shared, withSecond, stopped] = [0, 0, 0]
    fc.assert(
      fc.property(moves, fc.constantFrom(...tlpLabels), (all, tlp) => {
        const office = new Office({ tlp })
        for (const move of all) {
          try {
            play(office, move)
          } catch (cause) {
            if (!isFault(cause)) throw cause
            stopped++
          }
        }
      }),
      { numRuns: 400 },
    )
    // The model reaches all three: what one may do, what two have to do, and what is refused.
    expect(Math.min(shared, withSecond, stopped)).toBeGreaterThan(20)

    function play(office: Office, move: Move): void {
      if (move.move === 'wait') office.now = new Date(office.now.getTime() + move.hours * 3_600_000)
      else if (move.move === 'amend') {
        const { version, handling } = office.current
        office.versions.push({ version: version + 1, handling: { ...handling, ...move.handling }, marks: move.marks })
      } else if (move.move === 'share') {
        const input = {
          with: audience(move.to, move.sector ? ['financial'] : []),
          marks: move.mark === null ? {} : { [pointer]: move.mark },
        }
        const work = { ...office.work(office.caller(move.by)), name: move.by, reason: 'For the case.' }
        const asked = rulesForShare(office.view(), input, work)
        // Said once more in the words of the rules, so that the model does not believe the code that it checks.
        const delicate = office.versions
          .filter((it) => it === office.current || it.version > office.approvedAt)
          .some((it) => it.handling.tlp === 'RED' || ['victim', 'witness'].includes(it.handling.category))
        if (delicate || move.sector) expect(asked).not.toEqual([])
        const { change, state } = shareOrWait(office.view(), input, work)
        const leaves = (change.send ?? []).length > 0 || (change.records ?? []).length > 0
        expect(leaves && asked.length > 0).toBe(false)
        expect(state).toBe(asked.length > 0 ? 'waiting' : 'done')
        if (state === 'done') shared++
        office.write(change)
      } else decide(office, move)
    }

    function decide(office: Office, { by, newest, yes }: Extract<Move, { move: 'decide' }>): void {
      const approval = office.approvals.at(-1 - newest)
      if (approval === undefined) return
      const work = office.work(askerOf(approval, office.caller(by)))
      const { change, state } = decideApproval(
        approval,
        { decision: yes ? 'approve' : 'refuse', reason: 'Seen.' },
        {
          caller: office.caller(by),
          name: by,
          now: office.now,
          record: office.view(),
          carryOut: (record) => shareRecord(record, approval.asked as Extract<Asked, { act: 'share' }>, work),
        },
      )
      expect(people[by]).toContain('supervisor')
      expect(by).not.toBe(approval.asker.id)
      expect(approval.expiresAt > office.now.toISOString()).toBe(true)
      expect(approval.state).toBe('waiting')
      if (state === 'approved') {
        withSecond++
        expect(yes).toBe(true)
        expect(office.current.version).toBe(approval.version)
        expect(personsOf(change)).toEqual(new Set([approval.asker.id, by]))
        office.approvedAt = approval.version
      } else expect([change.send ?? [], change.records ?? []]).toEqual([[], []])
      office.write(change)
    }
  })

  const asker: Acted = { id: 'per_officer', name: 'Officer', roles: ['officer'], via: 'session' }
  const waiting: Approval = {
    id: `apr_${'1'.repeat(32)}`,
    record: fixed.id as `rec_${string}`,
    version: 1,
    asked: { act: 'share', with: audience(['ke']), marks: {} },
    recipients: ['ke'],
    rules: ['tlp-red'],
    reason: 'For the case.',
    asker,
    purpose: 'counter-terrorism',
    reference: 'case 1',
    askedAt: start.toISOString(),
    expiresAt: '2026-06-02T12:00:00.000Z',
    state: 'waiting',
    decider: null,
    decidedAt: null,
    decision: null,
    seen: false,
  }
  const attempt = (by: string, change: Partial<Approval> = {}, carried: readonly string[] = ['ke']) => {
    const office = new Office({})
    return decideApproval(
      { ...waiting, ...change },
      { decision: 'approve', reason: 'Seen.' },
      {
        caller: office.caller(by),
        name: by,
        now: start,
        record: office.view(),
        carryOut: () => ({ change: { audit: [] }, recipients: carried }),
      },
    )
  }
  const codeOf = (run: () => unknown) => {
    try {
      run()
      return undefined
    } catch (cause) {
      return isFault(cause) ? cause.code : cause
    }
  }

  it('is another one than who asked, and a supervisor', () => {
    expect(codeOf(() => attempt('per_officer'))).toBe('approvals/same-person')
    expect(codeOf(() => attempt('per_chief', { asker: { ...asker, id: 'per_chief' } }))).toBe('approvals/same-person')
    expect(codeOf(() => attempt('per_other'))).toBe('approvals/not-supervisor')
    expect(attempt('per_chief').state).toBe('approved')
  })

  it('decides once, and in time', () => {
    expect(codeOf(() => attempt('per_chief', { state: 'refused' }))).toBe('approvals/decided')
    expect(codeOf(() => attempt('per_chief', { expiresAt: start.toISOString() }))).toBe('approvals/expired')
    expect(codeOf(() => attempt('per_chief', { state: 'expired' }))).toBe('approvals/expired')
  })

  it('approves what was asked for and nothing else', () => {
    expect(attempt('per_chief', { version: 2 })).toMatchObject({ state: 'returned', because: { rule: 'four eyes' } })
    expect(attempt('per_chief', {}, ['ke', 'bank'])).toMatchObject({
      state: 'returned',
      because: { text: expect.stringContaining('bank') },
    })
  })
})
