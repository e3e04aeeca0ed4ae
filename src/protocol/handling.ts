import { z } from 'zod'
import { enclosing } from '#protocol/pointer'

/** Handling that travels on every record (protocol point 3) and, narrowed by marks, on single fields. */

export const memberKinds = ['state', 'organisation', 'financial', 'technology', 'secretariat'] as const
export type MemberKind = (typeof memberKinds)[number]

export const MemberId = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/)
export const GroupId = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/)
/** RFC 3339 in UTC, always to the millisecond, as `Date.toISOString` prints it: so that the order of texts is that of time. */
export const Instant = z.iso
  .datetime({ offset: false, precision: 3 })
  .refine((it) => it >= '0001', 'a year from 0001 on, which databases and calendars have')

/** Who may hold a record: the union of three lists. All empty means the owner alone. */
export const Audience = z.strictObject({
  members: z.array(MemberId).max(512).default([]),
  groups: z.array(GroupId).max(64).default([]),
  sectors: z.array(z.enum(memberKinds)).max(memberKinds.length).default([]),
})
export type Audience = z.infer<typeof Audience>

/** Traffic Light Protocol 2.0 (FIRST), from the widest to the narrowest. */
export const tlpLabels = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const
export const Tlp = z.enum(tlpLabels)
export type Tlp = z.infer<typeof Tlp>

/**
 * Europol handling codes: H0 crime prevention within the Europol Regulation, H1 not in judicial proceedings without
 * permission, H2 no dissemination without permission, H3 another restriction, in text.
 */
export const HandlingCode = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('H0') }),
  z.strictObject({ code: z.literal('H1') }),
  z.strictObject({ code: z.literal('H2') }),
  z.strictObject({ code: z.literal('H3'), text: z.string().trim().min(3).max(500) }),
])
export type HandlingCode = z.infer<typeof HandlingCode>

export const purposes = [
  'counter-terrorism',
  'terrorist-financing',
  'border-security',
  'criminal-proceedings',
  'sanctions-implementation',
  'public-safety',
  'victim-assistance',
  'oversight',
] as const
export const Purpose = z.enum(purposes)
export type Purpose = z.infer<typeof Purpose>

/** What a recipient may do with a record towards a third member. */
export const onwardRules = ['no', 'ask', 'audience'] as const
export const Onward = z.enum(onwardRules)
export type Onward = z.infer<typeof Onward>

/** Grading in the scheme the source used; mapped only for display, because mappings lose meaning. */
export const Grading = z.discriminatedUnion('scheme', [
  z.strictObject({
    scheme: z.literal('admiralty'),
    source: z.enum(['A', 'B', 'C', 'D', 'E', 'F']),
    information: z.enum(['1', '2', '3', '4', '5', '6']),
  }),
  z.strictObject({
    scheme: z.literal('europol-4x4'),
    source: z.enum(['A', 'B', 'C', 'X']),
    information: z.enum(['1', '2', '3', '4']),
  }),
])
export type Grading = z.infer<typeof Grading>

/** Category of the data subject; `none` for records that are about no natural person. */
export const categories = [
  'suspect',
  'wanted',
  'charged',
  'convicted',
  'person-of-interest',
  'contact',
  'associate',
  'victim',
  'witness',
  'missing',
  'deceased',
  'listed',
  'none',
] as const
export const Category = z.enum(categories)
export type Category = z.infer<typeof Category>

export const LegalBasis = z.strictObject({
  instrument: z.string().trim().min(2).max(200),
  provision: z.string().trim().min(1).max(200),
})
export type LegalBasis = z.infer<typeof LegalBasis>

const header = {
  tlp: Tlp,
  codes: z.array(HandlingCode).max(8),
  purposes: z.array(Purpose).min(1).max(purposes.length),
  onward: Onward,
  grading: Grading,
  category: Category,
  nature: z.enum(['fact', 'assessment']),
  basis: LegalBasis,
  reviewAt: Instant,
  expiresAt: Instant,
}

/** The whole header, as the owner keeps it. Every element is required: a missing one refuses the save. */
export const Handling = z.strictObject({ audience: Audience, ...header })
export type Handling = z.infer<typeof Handling>

/** The header as a holder has it: the audience is there only when it was disclosed to that holder. */
export const HeldHandling = z.strictObject({ audience: Audience.optional(), ...header })
export type HeldHandling = z.infer<typeof HeldHandling>

/** The header as it is signed: the audience is always committed to by digest, so that holders do not see each other. */
export const SignedHandling = z.strictObject(header)

/** A narrowing of the header for one field. It can only take away; what it does not name is inherited. */
export const Mark = z.strictObject({
  audience: Audience.optional(),
  tlp: Tlp.optional(),
  codes: z.array(HandlingCode).max(8).optional(),
  purposes: z.array(Purpose).min(1).max(purposes.length).optional(),
  onward: Onward.optional(),
  expiresAt: Instant.optional(),
})
export type Mark = z.infer<typeof Mark>

/** Handling in force on one field: the header met with a mark. Every one of `audiences` must let a member in. */
export interface EffectiveHandling extends Omit<HeldHandling, 'audience'> {
  /** The header's own first, unless it is withheld; after it those of marks and of further sources. */
  readonly audiences: readonly Audience[]
  /** The header's audience was not disclosed to this holder, who therefore cannot tell whom it lets in. */
  readonly audienceWithheld?: true
}

export function effective(handling: HeldHandling, mark?: Mark): EffectiveHandling {
  const { audience, ...rest } = handling
  const own: EffectiveHandling =
    audience === undefined ? { ...rest, audiences: [], audienceWithheld: true } : { ...rest, audiences: [audience] }
  return mark === undefined ? own : meet(own, mark)
}

/** Handling in force at a pointer: the header met with the mark on it and with those on everything that encloses it. */
export function handlingAt(
  { handling, marks }: { readonly handling: HeldHandling; readonly marks: Readonly<Record<string, Mark>> },
  pointer: string,
): EffectiveHandling {
  return [...enclosing(pointer), pointer]
    .filter((it) => Object.hasOwn(marks, it))
    .reduce((own, it) => meet(own, marks[it] as Mark), effective(handling))
}

/** The narrower of both, element by element: what is derived from two sources obeys both. */
export function meet(a: EffectiveHandling, mark: Mark): EffectiveHandling {
  return {
    ...a,
    audiences: mark.audience === undefined ? a.audiences : [...a.audiences, mark.audience],
    tlp: mark.tlp === undefined ? a.tlp : narrowest(tlpLabels, a.tlp, mark.tlp, 'last'),
    codes: mark.codes === undefined ? a.codes : mergeCodes(a.codes, mark.codes),
    purposes: mark.purposes === undefined ? a.purposes : a.purposes.filter((it) => mark.purposes?.includes(it)),
    onward: mark.onward === undefined ? a.onward : narrowest(onwardRules, a.onward, mark.onward, 'first'),
    expiresAt: mark.expiresAt !== undefined && mark.expiresAt < a.expiresAt ? mark.expiresAt : a.expiresAt,
  }
}

function narrowest<T extends string>(scale: readonly T[], a: T, b: T, narrow: 'first' | 'last'): T {
  const order = scale.indexOf(a) - scale.indexOf(b)
  return (narrow === 'last' ? order >= 0 : order <= 0) ? a : b
}

function mergeCodes(a: readonly HandlingCode[], b: readonly HandlingCode[]): HandlingCode[] {
  const key = (it: HandlingCode) => (it.code === 'H3' ? `H3 ${it.text}` : it.code)
  const known = new Set(a.map(key))
  return [...a, ...b.filter((it) => !known.has(key(it)))]
}

export interface Party {
  readonly id: string
  readonly kind: MemberKind
  readonly groups: readonly string[]
}

/** Whether an audience lets a member in, and whether by its own name. */
export function inAudience(audience: Audience, party: Party): 'named' | 'included' | false {
  if (audience.members.includes(party.id)) return 'named'
  if (audience.sectors.includes(party.kind) || party.groups.some((it) => audience.groups.includes(it)))
    return 'included'
  return false
}
