import { describe, expect, it } from 'vitest'
import {
  type Act,
  type Actor,
  type Circumstances,
  type Decision,
  decide,
  type Grant,
  type LifeState,
  type Subject,
} from '#policy/decide'
import { roles } from '#policy/roles'
import { type Audience, effective, type Handling, type HeldHandling, type Mark, type Party } from '#protocol/handling'

const fr: Party = { id: 'fr', kind: 'state', groups: [] }
const ke: Party = { id: 'ke', kind: 'state', groups: ['east'] }
const ug: Party = { id: 'ug', kind: 'state', groups: ['east'] }
const bank: Party = { id: 'bank-horizon', kind: 'financial', groups: [] }
const us: Party = { id: 'us', kind: 'state', groups: [] }

const now = new Date('2026-06-01T12:00:00.000Z')
const audience: Audience = { members: ['ke'], groups: ['east'], sectors: ['financial'] }
const nobody: Audience = { members: [], groups: [], sectors: [] }
const handling: Handling = {
  audience,
  tlp: 'AMBER',
  codes: [],
  purposes: ['counter-terrorism', 'criminal-proceedings'],
  onward: 'audience',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'fact',
  basis: { instrument: 'UNSCR 2396 (2017)', provision: 'paragraph 5' },
  reviewAt: '2026-12-01T00:00:00.000Z',
  expiresAt: '2027-06-01T00:00:00.000Z',
}
const grant: Grant = {
  permits: 'onward',
  holder: 'ke',
  recipients: ['us'],
  purposes: ['counter-terrorism'],
  expiresAt: '2026-07-01T00:00:00.000Z',
}
const consent: Grant = {
  permits: 'use-in-proceedings',
  holder: 'ke',
  recipients: [],
  purposes: ['criminal-proceedings'],
  expiresAt: '2026-07-01T00:00:00.000Z',
}

/** A record of France, with what a case changes in its header, its mark or its state. */
function subject(change: Partial<HeldHandling> = {}, more: Partial<Subject> & { mark?: Mark } = {}): Subject {
  const { mark, ...rest } = more
  return { owner: 'fr', handling: effective({ ...handling, ...change }, mark), state: 'active', ...rest }
}
const node = (member: Party): Actor => ({ member })
const person = (member: Party, ...held: (typeof roles)[number][]): Actor => ({
  member,
  person: { id: 'per_1', roles: held },
})
const at = (more: Partial<Circumstances> = {}): Circumstances => ({ now, purpose: 'counter-terrorism', ...more })

/** The rules that refuse; none when it is permitted. */
const refusals = (decision: Decision) => (decision.permit ? [] : decision.because.map((it) => it.rule))

const acts: readonly Act[] = [
  'collect',
  'view',
  'search',
  'match',
  'export',
  'change',
  'withdraw',
  'disclose',
  'receive',
  'onward',
  'grant',
  'assign',
  'adjudicate',
  'use-in-proceedings',
]

describe('decide, by role', () => {
  it.each(acts)('never lets an administrator or an auditor %s, of the owner or not, granted or not', (act) => {
    for (const member of [fr, ke]) {
      for (const held of [['administrator'], ['auditor'], ['administrator', 'auditor'], []] as const) {
        const circumstances = at({ recipient: ke, grants: [grant, consent] })
        expect(refusals(decide(person(member, ...held), act, subject(), circumstances))).toContain('role')
      }
    }
  })

  it.each(['grant', 'adjudicate', 'use-in-proceedings'] as const)('never lets a machine %s', (act) => {
    expect(refusals(decide(node(fr), act, subject(), at()))).toEqual(['role'])
  })
})

describe('decide, by state', () => {
  const quiet: readonly Act[] = ['view', 'search', 'change', 'withdraw', 'disclose', 'receive', 'assign']
  const states: readonly LifeState[] = ['active', 'suspended', 'withdrawn', 'erased']

  it.each(acts)('lets nobody %s an erased record', (act) => {
    for (const member of [fr, ke])
      expect(refusals(decide(person(member, ...roles), act, subject({}, { state: 'erased' }), at()))).toContain('state')
  })

  it.each(acts)('lets nobody %s a withdrawn record, but for its owner to view it', (act) => {
    const withdrawn = subject({}, { state: 'withdrawn' })
    for (const actor of [node(fr), node(ke), person(fr, ...roles), person(ke, ...roles)]) {
      const refused = refusals(decide(actor, act, withdrawn, at({ recipient: ke }))).includes('state')
      expect(refused).toBe(!(act === 'view' && actor.member === fr))
    }
  })

  it.each(acts)('stops the use of a suspended record, not the reading of it: %s', (act) => {
    const refused = refusals(decide(person(fr, ...roles), act, subject({}, { state: 'suspended' }), at()))
    expect(refused.includes('state')).toBe(!quiet.includes(act) && act !== 'grant')
  })

  it('says of a suspended record that nobody may act on it', () => {
    for (const state of states.slice(0, 2)) {
      const decision = decide(person(ke, 'officer'), 'view', subject({}, { state }), at())
      expect(decision.permit && decision.duties.some((it) => it.duty === 'do-not-act')).toBe(state === 'suspended')
    }
  })
})

describe('decide, by expiry', () => {
  it.each(acts)(
    'refuses to %s from the instant of expiry on, but for the owner to read, renew or withdraw it',
    (act) => {
      const refused = (member: Party, expiresAt: string) =>
        refusals(decide(person(member, ...roles), act, subject({ expiresAt }), at({ recipient: ke }))).includes(
          'expiry',
        )
      for (const member of [fr, ke]) {
        const spared = act === 'change' || act === 'withdraw' || (act === 'view' && member === fr)
        expect(refused(member, '2026-06-01T12:00:00.001Z')).toBe(false)
        expect(refused(member, '2026-06-01T12:00:00.000Z')).toBe(!spared)
        expect(refused(member, '2026-06-01T11:59:59.999Z')).toBe(!spared)
      }
    },
  )

  it('obeys the earlier expiry of a mark', () => {
    const marked = subject({}, { mark: { expiresAt: '2026-06-01T00:00:00.000Z' } })
    expect(refusals(decide(person(ke, 'officer'), 'view', marked, at()))).toEqual(['expiry'])
  })
})

describe('decide, by purpose', () => {
  const bearing: readonly Act[] = ['search', 'match', 'export', 'disclose', 'receive', 'onward', 'use-in-proceedings']

  it.each(acts)('asks for a purpose that the record allows where the act has one: %s', (act) => {
    const refused = (circumstances: Circumstances, it = subject()) =>
      refusals(decide(person(fr, ...roles), act, it, circumstances)).includes('purpose')
    const { purpose: _, ...without } = at()
    expect(refused(at())).toBe(false)
    expect(refused(without)).toBe(bearing.includes(act))
    expect(refused(at({ purpose: 'oversight' }))).toBe(bearing.includes(act))
    expect(refused(at(), subject({}, { mark: { purposes: ['oversight'] } }))).toBe(bearing.includes(act))
  })
})

describe('decide, by owner', () => {
  it.each(['change', 'withdraw', 'disclose', 'grant'] as const)('lets the owner alone %s', (act) => {
    const circumstances = at({ recipient: bank, grants: [grant] })
    expect(refusals(decide(person(fr, ...roles), act, subject(), circumstances))).toEqual([])
    expect(refusals(decide(person(ke, ...roles), act, subject(), circumstances))).toContain('owner-only')
  })

  it('has another member cite the owner', () => {
    const duties = (actor: Actor) => {
      const decision = decide(actor, 'view', subject(), at())
      return decision.permit ? decision.duties : []
    }
    expect(duties(person(ke, 'officer'))).toContainEqual({ duty: 'cite-owner', owner: 'fr' })
    expect(duties(person(fr, 'officer')).map((it) => it.duty)).toEqual(['review-before'])
  })
})

describe('decide, TLP:RED', () => {
  const red = (more: Partial<Subject> = {}) => subject({ tlp: 'RED' }, more)

  it.each(acts.filter((it) => it !== 'collect'))('lets no person %s whom nobody has named', (act) => {
    const because = refusals(decide(person(fr, 'officer', 'legal'), act, red(), at({ recipient: ke })))
    expect(because).toContain('named-readers')
    expect(refusals(decide(person(fr, ...roles), act, red({ readers: ['per_1'] }), at()))).not.toContain(
      'named-readers',
    )
    expect(
      refusals(decide(person(fr, ...roles), act, red({ readers: ['per_2'] }), at())).includes('named-readers'),
    ).toBe(act !== 'view' && act !== 'assign')
  })

  it.each(['disclose', 'receive'] as const)('goes only to a member named one by one: %s', (act) => {
    const to = (recipient: Party, it = red()) =>
      refusals(decide(node(act === 'disclose' ? fr : recipient), act, it, at({ recipient })))
    expect(to(ke)).toEqual([])
    expect(to(ug)).toEqual(['tlp'])
    expect(to(bank)).toEqual(['tlp'])
    expect(to(us)).toEqual(['audience'])
    expect(to(ke, subject({}, { mark: { tlp: 'RED', audience: { ...nobody, groups: ['east'] } } }))).toEqual(['tlp'])
  })

  it('keeps nobody from collecting', () => {
    expect(refusals(decide(person(fr, 'officer'), 'collect', red(), at()))).toEqual([])
  })

  it('goes no further than its recipients without a grant', () => {
    const named = subject({ tlp: 'RED', audience: { ...nobody, members: ['ke', 'ug'] } })
    expect(refusals(decide(node(ke), 'onward', named, at({ recipient: ug })))).toEqual(['tlp'])
    expect(refusals(decide(node(ke), 'onward', red(), at({ recipient: us, grants: [grant] })))).toEqual([])
  })
})

describe('decide, by audience', () => {
  it.each([
    ['a member named', ke, true],
    ['a member of a group named', ug, true],
    ['a member of a sector named', bank, true],
    ['a member not named at all', us, false],
  ] as const)('decides the disclosure to %s, and its receipt, alike', (_, recipient, permits) => {
    const expected = permits ? [] : ['audience']
    expect(refusals(decide(node(fr), 'disclose', subject(), at({ recipient })))).toEqual(expected)
    expect(refusals(decide(node(recipient), 'receive', subject(), at({ recipient: fr })))).toEqual(expected)
  })

  it('asks to whom the record would go, and on what legal basis', () => {
    for (const act of ['disclose', 'onward'] as const) {
      expect(refusals(decide(node(fr), act, subject(), at()))).toEqual(['audience'])
      for (const missing of ['instrument', 'provision']) {
        const baseless = subject({ basis: { ...handling.basis, [missing]: '' } })
        expect(refusals(decide(node(fr), act, baseless, at({ recipient: ke })))).toEqual(['basis'])
      }
    }
  })

  it('lets an empty audience in to nobody', () => {
    for (const recipient of [ke, ug, bank, us])
      expect(refusals(decide(node(fr), 'disclose', subject({ audience: nobody }), at({ recipient })))).toEqual([
        'audience',
      ])
  })

  it('takes a record whose audience is withheld, but passes nothing of it on, marked for another or not', () => {
    const { audience: _, ...held } = handling
    const withheld = (mark?: Mark): Subject => ({ owner: 'fr', handling: effective(held, mark), state: 'active' })
    const marked = withheld({ audience: { ...nobody, members: ['ke', 'ug'] } })
    expect(refusals(decide(node(ke), 'receive', withheld(), at({ recipient: fr })))).toEqual([])
    expect(refusals(decide(node(ke), 'receive', marked, at({ recipient: fr })))).toEqual([])
    expect(refusals(decide(node(us), 'receive', marked, at({ recipient: fr })))).toEqual(['audience'])
    for (const it of [withheld(), marked]) {
      expect(refusals(decide(node(ke), 'onward', it, at({ recipient: ug })))).toEqual(['audience'])
      expect(refusals(decide(node(fr), 'disclose', it, at({ recipient: ug })))).toEqual(['audience'])
    }
    const granted = at({ recipient: us, grants: [grant] })
    expect(refusals(decide(node(ke), 'onward', withheld(), granted))).toEqual([])
    expect(refusals(decide(node(ke), 'onward', marked, granted))).toEqual(['audience'])
  })
})

describe('decide, onward', () => {
  const onward = (it: Subject, circumstances: Partial<Circumstances>) =>
    refusals(decide(node(ke), 'onward', it, at(circumstances)))

  it.each([
    ['no', [], ug, ['onward']],
    ['ask', [], ug, ['onward']],
    ['audience', [], ug, []],
    ['audience', [], us, ['audience']],
    ['audience', [{ code: 'H1' as const }], ug, []],
    ['audience', [{ code: 'H2' as const }], ug, ['H2']],
    ['ask', [{ code: 'H2' as const }], ug, ['H2']],
    ['no', [{ code: 'H2' as const }], us, ['H2']],
  ] as const)('with the rule %s and the codes %j goes to $id: refused by %j', (rule, codes, recipient, expected) => {
    expect(onward(subject({ onward: rule, codes: [...codes] }), { recipient })).toEqual(expected)
  })

  it('always goes back to the owner', () => {
    const it = subject({ onward: 'no', codes: [{ code: 'H2' }], tlp: 'RED', audience: nobody })
    expect(onward(it, { recipient: fr })).toEqual([])
  })

  const cases: [string, Partial<Grant>, boolean][] = [
    ['that covers it', {}, true],
    ['that has expired', { expiresAt: '2026-06-01T12:00:00.000Z' }, false],
    ['for another holder', { holder: 'ug' }, false],
    ['for another recipient', { recipients: ['bank-horizon'] }, false],
    ['for another purpose', { purposes: ['oversight'] }, false],
    ['for proceedings', { permits: 'use-in-proceedings' }, false],
  ]
  it.each(cases)('goes beyond audience, H2 and TLP with a grant, not without: one %s', (_, change, permits) => {
    const grants = [{ ...grant, ...change }]
    for (const header of [{ onward: 'ask' }, { codes: [{ code: 'H2' }] }, { tlp: 'RED' }, {}] as Partial<Handling>[]) {
      const refused = onward(subject(header), { recipient: us, grants })
      expect(refused.length === 0).toBe(permits)
    }
  })

  it.each(cases.filter(([what]) => what !== 'for another holder'))(
    'is received with a grant %s: %o',
    (_, change, permits) => {
      const circumstances = at({ recipient: ke, grants: [{ ...grant, ...change }] })
      expect(refusals(decide(node(us), 'receive', subject(), circumstances))).toEqual(permits ? [] : ['audience'])
    },
  )

  it('needs the purpose of the act in the grant, though the record allows both', () => {
    const circumstances = { recipient: us, purpose: 'criminal-proceedings', grants: [grant] } as const
    expect(onward(subject(), circumstances)).toEqual(['audience'])
  })

  it('opens no field that is marked for others: a grant is for the record', () => {
    const marked = (members: string[]) => subject({ onward: 'ask' }, { mark: { audience: { ...nobody, members } } })
    const circumstances = { recipient: us, grants: [grant] }
    expect(onward(marked(['ke']), circumstances)).toEqual(['audience'])
    expect(onward(marked(['ke', 'us']), circumstances)).toEqual([])
    expect(refusals(decide(node(fr), 'disclose', marked(['ke']), at(circumstances)))).toEqual(['audience'])
    expect(refusals(decide(node(us), 'receive', marked(['ke']), at({ ...circumstances, recipient: ke })))).toEqual([
      'audience',
    ])
  })

  it('has the sender carry the grant exactly when nothing else permits', () => {
    const carries = (actor: Actor, act: Act, it: Subject, recipient: Party) => {
      const decision = decide(actor, act, it, at({ recipient, grants: [{ ...grant, recipients: ['us', 'ug'] }] }))
      return decision.permit && decision.duties.some((duty) => duty.duty === 'carry-grant')
    }
    expect(carries(node(ke), 'onward', subject(), ug)).toBe(false)
    expect(carries(node(ke), 'onward', subject(), us)).toBe(true)
    expect(carries(node(ke), 'onward', subject({ codes: [{ code: 'H2' }] }), ug)).toBe(true)
    expect(carries(node(ke), 'onward', subject({ onward: 'ask' }), ug)).toBe(true)
    expect(carries(node(ke), 'onward', subject({ onward: 'ask' }), fr)).toBe(false)
    expect(carries(node(fr), 'disclose', subject(), us)).toBe(true)
    expect(carries(node(fr), 'disclose', subject(), ug)).toBe(false)
  })
})

describe('decide, H1', () => {
  const lawyer = person(ke, 'legal')
  const inCourt = (actor: Actor, it: Subject, grants: readonly Grant[] = []) =>
    refusals(decide(actor, 'use-in-proceedings', it, at({ purpose: 'criminal-proceedings', grants })))
  const h1 = subject({ codes: [{ code: 'H1' }] })

  it.each([
    ['without consent', [], ['H1']],
    ['with consent', [consent], []],
    ['with consent that has expired', [{ ...consent, expiresAt: '2026-06-01T12:00:00.000Z' }], ['H1']],
    ['with consent for another holder', [{ ...consent, holder: 'ug' }], ['H1']],
    ['with consent for another purpose', [{ ...consent, purposes: ['counter-terrorism' as const] }], ['H1']],
    ['with a grant to share only', [{ ...grant, purposes: ['criminal-proceedings' as const] }], ['H1']],
  ] as const)('bars the use in proceedings %s', (_, grants, expected) => {
    expect(inCourt(lawyer, h1, grants)).toEqual(expected)
  })

  it('does not bar the owner, nor a record without it, and bars a field by its mark', () => {
    expect(inCourt(person(fr, 'legal'), h1)).toEqual([])
    expect(inCourt(lawyer, subject())).toEqual([])
    expect(inCourt(lawyer, subject({}, { mark: { codes: [{ code: 'H1' }] } }))).toEqual(['H1'])
  })
})

describe('decide, H3', () => {
  it('makes a duty of every restriction, of the header and of the mark', () => {
    const codes = [{ code: 'H3' as const, text: 'Not to the press' }]
    const mark = { codes: [...codes, { code: 'H3' as const, text: 'Not to customs' }] }
    const decision = decide(person(ke, 'officer'), 'view', subject({ codes }, { mark }), at())
    expect(decision.permit && decision.duties.filter((it) => it.duty === 'observe-restriction')).toEqual([
      { duty: 'observe-restriction', text: 'Not to the press' },
      { duty: 'observe-restriction', text: 'Not to customs' },
    ])
  })
})

describe('a record that waits for the legal gate', () => {
  const waiting = subject({}, { held: true })
  const acts: readonly Act[] = ['view', 'search', 'match', 'export', 'onward', 'adjudicate', 'use-in-proceedings']
  const circumstances: Circumstances = { now, purpose: 'counter-terrorism', recipient: us, grants: [grant, consent] }
  const permitted = (actor: Actor) => acts.filter((it) => decide(actor, it, waiting, circumstances).permit)

  it('is read by those who judge it, and by nobody else', () => {
    expect(permitted(person(ke, 'legal'))).toEqual(['view'])
    expect(permitted(person(ke, 'supervisor'))).toEqual(['view'])
    for (const role of ['officer', 'border', 'auditor', 'administrator'] as const)
      expect(permitted(person(ke, role))).toEqual([])
  })

  it('is neither matched nor found by the node itself', () => {
    expect(permitted(node(ke))).toEqual([])
  })
})
