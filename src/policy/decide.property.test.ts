import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Act,
  type Actor,
  type Circumstances,
  decide,
  type Grant,
  type LifeState,
  type Subject,
} from '#policy/decide'
import { roles } from '#policy/roles'
import {
  type Audience,
  type EffectiveHandling,
  effective,
  type Handling,
  type HandlingCode,
  type HeldHandling,
  inAudience,
  type Mark,
  memberKinds,
  onwardRules,
  type Party,
  purposes,
  tlpLabels,
} from '#protocol/handling'
import { generateJwk, openOwnKey } from '#protocol/keys'
import { enclosing } from '#protocol/pointer'
import { isAudience, type RecordDraft, signRecord, withhold } from '#protocol/record'

const memberIds = ['fr', 'ke', 'ug', 'bank-horizon'] as const
const groupIds = ['east', 'finance'] as const
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
const now = new Date('2026-06-01T12:00:00.000Z')
// Close around now, so that half of them have passed.
const instant = fc.integer({ min: -5, max: 5 }).map((it) => new Date(now.getTime() + it).toISOString())

const party: fc.Arbitrary<Party> = fc.record({
  id: fc.constantFrom(...memberIds),
  kind: fc.constantFrom(...memberKinds),
  groups: fc.subarray([...groupIds]),
})
const audience: fc.Arbitrary<Audience> = fc.record({
  members: fc.subarray([...memberIds]),
  groups: fc.subarray([...groupIds]),
  sectors: fc.subarray([...memberKinds]),
})
const code = fc.constantFrom<HandlingCode[]>(
  { code: 'H0' },
  { code: 'H1' },
  { code: 'H2' },
  { code: 'H3', text: 'Not to the press' },
)
const elements = {
  audience,
  tlp: fc.constantFrom(...tlpLabels),
  codes: fc.uniqueArray(code, { selector: (it) => it.code, maxLength: 3 }),
  purposes: fc.subarray([...purposes], { minLength: 1 }),
  onward: fc.constantFrom(...onwardRules),
  expiresAt: instant,
}
const mark: fc.Arbitrary<Mark> = fc.record(elements, { requiredKeys: [] })
const handling: fc.Arbitrary<Handling> = fc.record({
  ...elements,
  grading: fc.constant({ scheme: 'admiralty', source: 'A', information: '1' } as const),
  category: fc.constant('suspect' as const),
  nature: fc.constant('fact' as const),
  basis: fc.constant({ instrument: 'UNSCR 1373', provision: '2(b)' }),
  reviewAt: instant,
})
const held: fc.Arbitrary<HeldHandling> = fc.oneof(
  handling,
  handling.map(({ audience: _, ...rest }) => rest),
)
const inForce: fc.Arbitrary<EffectiveHandling> = fc
  .tuple(held, fc.option(mark, { nil: undefined }))
  .map(([it, by]) => effective(it, by))

const actor: fc.Arbitrary<Actor> = fc.record(
  { member: party, person: fc.record({ id: fc.constantFrom('per_1', 'per_2'), roles: fc.subarray([...roles]) }) },
  { requiredKeys: ['member'] },
)
const grant: fc.Arbitrary<Grant> = fc.record({
  permits: fc.constantFrom('onward', 'use-in-proceedings'),
  holder: fc.constantFrom(...memberIds),
  recipients: fc.subarray([...memberIds]),
  purposes: fc.subarray([...purposes], { minLength: 1 }),
  expiresAt: instant,
})
const circumstances: fc.Arbitrary<Circumstances> = fc.record(
  {
    now: fc.constant(now),
    purpose: fc.constantFrom(...purposes),
    recipient: party,
    grants: fc.array(grant, { maxLength: 3 }),
  },
  { requiredKeys: ['now'] },
)
const state = fc.constantFrom<LifeState[]>('active', 'active', 'active', 'suspended', 'withdrawn', 'erased')
const subjectOf = (of: fc.Arbitrary<EffectiveHandling>): fc.Arbitrary<Subject> =>
  fc.record({
    owner: fc.constantFrom(...memberIds),
    handling: of,
    state,
    readers: fc.subarray(['per_1', 'per_2']),
  })

const fewer = <T>(all: readonly T[]) => fc.subarray([...all])

/** Any narrowing of a handling: some of its elements, each made no wider. */
function narrow(it: EffectiveHandling): fc.Arbitrary<EffectiveHandling> {
  const narrowed = fc.record({
    audiences: fc
      .tuple(
        ...it.audiences.map((each) =>
          fc.record({ members: fewer(each.members), groups: fewer(each.groups), sectors: fewer(each.sectors) }),
        ),
      )
      .chain((kept) => fc.array(audience, { maxLength: 2 }).map((more) => [...kept, ...more])),
    tlp: fc.constantFrom(...tlpLabels.slice(tlpLabels.indexOf(it.tlp))),
    codes: fc.array(code, { maxLength: 2 }).map((more) => [...it.codes, ...more]),
    purposes: fewer(it.purposes),
    onward: fc.constantFrom(...onwardRules.slice(0, onwardRules.indexOf(it.onward) + 1)),
    expiresAt: fc.nat(5).map((by) => new Date(Date.parse(it.expiresAt) - by).toISOString()),
  })
  // One element at a time as well as many at once: together they would refuse nearly everything.
  return fc
    .tuple(narrowed, fc.subarray(['audiences', 'tlp', 'codes', 'purposes', 'onward', 'expiresAt'] as const))
    .map(([by, which]) => ({ ...it, ...Object.fromEntries(which.map((element) => [element, by[element]])) }))
}

describe('decide', () => {
  it('is monotone: what a narrower handling permits, the wider permits', () => {
    const wideAndNarrow = inForce.chain((wide) => fc.tuple(fc.constant(wide), narrow(wide)))
    let permitted = 0
    fc.assert(
      fc.property(
        wideAndNarrow,
        subjectOf(inForce),
        actor,
        circumstances,
        fc.constantFrom(...acts),
        ([wide, narrower], subject, by, at, act) => {
          if (!decide(by, act, { ...subject, handling: narrower }, at).permit) return
          permitted++
          expect(decide(by, act, { ...subject, handling: wide }, at).permit).toBe(true)
        },
      ),
      { numRuns: 20_000 },
    )
    expect(permitted).toBeGreaterThan(500)
  })

  it('permits on a marked field only what it permits on the record', () => {
    fc.assert(
      fc.property(held, mark, subjectOf(inForce), actor, circumstances, (header, by, subject, who, at) => {
        for (const act of acts) {
          const field = decide(who, act, { ...subject, handling: effective(header, by) }, at)
          const whole = decide(who, act, { ...subject, handling: effective(header) }, at)
          if (field.permit) expect(whole.permit).toBe(true)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('gives every refusal a reason, in a sentence, and every permission its duties', () => {
    fc.assert(
      fc.property(actor, fc.constantFrom(...acts), subjectOf(inForce), circumstances, (by, act, subject, at) => {
        const decision = decide(by, act, subject, at)
        if (decision.permit) {
          expect(decision.duties).toContainEqual({ duty: 'review-before', at: subject.handling.reviewAt })
        } else {
          expect(decision.because.length).toBeGreaterThan(0)
          for (const { text } of decision.because) expect(text).toMatch(/^\S.{10,}\.$/s)
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('permits nothing to those without a role that deals with records', () => {
    const idle = fc.record({
      member: party,
      person: fc.record({ id: fc.constant('per_1'), roles: fc.subarray(['administrator', 'auditor'] as const) }),
    })
    fc.assert(
      fc.property(idle, fc.constantFrom(...acts), subjectOf(inForce), circumstances, (by, act, subject, at) => {
        expect(decide(by, act, subject, at).permit).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('permits no more with another role taken away, nor with a grant taken away', () => {
    fc.assert(
      fc.property(actor, fc.constantFrom(...acts), subjectOf(inForce), circumstances, (by, act, subject, at) => {
        const { grants: _, ...ungranted } = at
        if (decide(by, act, subject, ungranted).permit) expect(decide(by, act, subject, at).permit).toBe(true)
        if (by.person === undefined) return
        const lesser = { ...by, person: { ...by.person, roles: by.person.roles.slice(1) } }
        if (decide(lesser, act, subject, at).permit) expect(decide(by, act, subject, at).permit).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  it('lets a record go only to whom the sender lets it go, and the recipient takes no other', () => {
    fc.assert(
      fc.property(handling, party, circumstances, (it, recipient, at) => {
        const subject: Subject = { owner: 'fr', handling: effective(it), state: 'active' }
        const owner: Actor = { member: { id: 'fr', kind: 'state', groups: [] } }
        const sent = decide(owner, 'disclose', subject, { ...at, recipient })
        const taken = decide({ member: recipient }, 'receive', subject, { ...at, recipient: owner.member })
        expect(taken.permit).toBe(sent.permit)
      }),
      { numRuns: 3_000 },
    )
  })

  it('changes nothing that it is given', () => {
    fc.assert(
      fc.property(actor, fc.constantFrom(...acts), subjectOf(inForce), circumstances, (by, act, subject, at) => {
        const before = JSON.stringify([by, subject, at])
        decide(by, act, subject, at)
        expect(JSON.stringify([by, subject, at])).toBe(before)
      }),
    )
  })
})

const key = await openOwnKey(generateJwk('sign'))
const pointers = ['/body/a', '/body/a/b', '/body/a/b/c', '/body/d', '/body/e'] as const
const draft: fc.Arbitrary<RecordDraft> = fc.record({
  id: fc.constant(`rec_${'0'.repeat(32)}` as const),
  type: fc.constant('notice'),
  schema: fc.constant(1),
  version: fc.constant(1),
  owner: fc.constant('fr'),
  issuedAt: fc.constant('2026-05-01T00:00:00.000Z'),
  previous: fc.constant(null),
  handling: handling.map((it) => ({ ...it, expiresAt: '2027-01-01T00:00:00.000Z' })),
  body: fc.constant({ a: { b: { c: 'innermost' } }, d: 'second', e: ['third'] }),
  marks: fc
    .subarray([...pointers])
    .chain((some) => fc.tuple(...some.map((pointer) => mark.map((it) => [pointer, it] as const))))
    .map((entries) => Object.fromEntries(entries)),
})

describe('decide with withhold', () => {
  it('never lets a field leave below its mark, nor below one that encloses it, with grants or without', async () => {
    const owner: Party = { id: 'fr', kind: 'state', groups: [] }
    const sender = fc.oneof(fc.constant(owner), party)
    let fields = 0
    await fc.assert(
      fc.asyncProperty(draft, sender, party, circumstances, async (it, from, recipient, at) => {
        const act = from.id === 'fr' ? 'disclose' : 'onward'
        const permits = (handlingInForce: EffectiveHandling) =>
          decide(
            { member: from },
            act,
            { owner: 'fr', handling: handlingInForce, state: 'active' },
            { ...at, recipient },
          ).permit
        const record = await signRecord(it, key)
        const kept = withhold(record, (each) => !isAudience(each) && permits(effective(it.handling, each.mark)))
        for (const { pointer } of kept.disclosures) {
          fields++
          for (const each of [pointer, ...enclosing(pointer)]) {
            const by = it.marks[each]
            if (by?.audience && recipient.id !== 'fr') expect(inAudience(by.audience, recipient)).not.toBe(false)
            if (by?.purposes) expect(by.purposes).toContain(at.purpose)
            if (by?.expiresAt) expect(Date.parse(by.expiresAt)).toBeGreaterThan(now.getTime())
            if (by?.tlp === 'RED' && by.audience && recipient.id !== 'fr')
              expect(inAudience(by.audience, recipient)).toBe('named')
          }
          expect(permits(effective(it.handling))).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
    expect(fields).toBeGreaterThan(100)
  })
})
