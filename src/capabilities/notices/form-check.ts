import type { Notice } from '#capabilities/notices/record'
import { limits, rulesFor, type TypeRules } from '#capabilities/notices/rule-data'
import { mayBeYounger } from '#policy/leaving'

/**
 * The gate at the desk: what a notice of its type lacks. Most refusals are defects of form, so they are found before anything
 * is sent, at the field where they are. The score is of the form, never of a person.
 */

export interface Gap {
  readonly requirement: Requirement
  /** The field, as a pointer in the body. */
  readonly at: string
  /** What blocks stops the notice; what improves only makes it better found. */
  readonly weight: 'blocks' | 'improves'
  /** Article that asks for it. */
  readonly rule: string
}

export interface FormCheck {
  readonly gaps: readonly Gap[]
  /** Met requirements out of all that apply, in percent. */
  readonly complete: number
  readonly passes: boolean
}

interface Test {
  readonly at: string
  readonly rule: string
  readonly holds: (notice: Notice, work: { readonly rules: TypeRules; readonly now: Date }) => boolean
}

const properties = ({ subject }: Notice) => subject?.properties ?? {}
const has =
  (...names: string[]) =>
  (it: Notice) =>
    names.some((name) => (properties(it)[name]?.length ?? 0) > 0)

/** Identity by other means, where the first block is thin (RPD 83(2)(a)). */
function hasIdentityAlternative(notice: Notice): boolean {
  const { fingerprints = false, dna = false, photograph = false } = notice.subject?.biometrics ?? {}
  const described = has('height', 'appearance', 'eyeColor', 'hairColor')(notice)
  const documented = has('passportNumber', 'idNumber')(notice)
  return (
    fingerprints || dna || described || documented || (photograph && has('alias', 'fatherName', 'motherName')(notice))
  )
}

function reachesThreshold({ judicial }: Notice, { rules: { thresholds } }: { rules: TypeRules }): boolean {
  if (judicial === undefined || thresholds === undefined) return false
  const { stage, life, maximumPenaltyMonths = 0, sentenceMonths, remainingMonths } = judicial
  if (stage === 'for-trial') return life || maximumPenaltyMonths >= thresholds.prosecutionMaximumMonths
  const remains = remainingMonths ?? sentenceMonths ?? 0
  return life || (remains >= thresholds.remainingMonths && (sentenceMonths ?? remains) >= thresholds.sentenceMonths)
}

/** Whether the person may be a child: asked of the youngest that the stated dates allow. */
export const mayBeChild = ({ subject }: Pick<Notice, 'subject'>, now: Date): boolean =>
  subject !== undefined && mayBeYounger(subject, limits.majorityYears.value, now)

const tests = {
  name: { at: '/subject/properties/lastName', rule: 'RPD 83(2)(a)', holds: has('name', 'lastName') },
  forename: { at: '/subject/properties/firstName', rule: 'RPD 83(2)(a)', holds: has('firstName') },
  sex: { at: '/subject/properties/gender', rule: 'RPD 83(2)(a)', holds: has('gender') },
  'birth-year': { at: '/subject/properties/birthDate', rule: 'RPD 83(2)(a)', holds: has('birthDate') },
  nationality: {
    at: '/subject/properties/nationality',
    rule: 'RPD 83(2)(a)',
    holds: has('nationality', 'citizenship'),
  },
  alias: { at: '/subject/properties/alias', rule: 'RPD 83(2)(a)', holds: has('alias', 'weakAlias') },
  biometrics: {
    at: '/subject/biometrics',
    rule: 'RPD 83(2)(a)',
    holds: ({ subject }) => Object.values(subject?.biometrics ?? {}).some(Boolean),
  },
  'identity-alternative': { at: '/subject/properties/appearance', rule: 'RPD 83(2)(a)', holds: hasIdentityAlternative },
  facts: { at: '/facts/summary', rule: 'RPD 83(2)(b)(i)', holds: ({ facts }) => facts !== undefined },
  'own-role': { at: '/facts/role', rule: 'RPD 83(2)(b)(i)', holds: ({ facts }) => facts !== undefined },
  charge: { at: '/judicial/charge', rule: 'RPD 83(2)(b)(ii)', holds: ({ judicial }) => judicial !== undefined },
  law: { at: '/judicial/law', rule: 'RPD 83(2)(b)(iii)', holds: ({ judicial }) => judicial !== undefined },
  penalty: {
    at: '/judicial/maximumPenaltyMonths',
    rule: 'RPD 83(2)(b)(iv)',
    holds: ({ judicial: it }) =>
      it !== undefined &&
      (it.life ||
        (it.stage === 'for-trial'
          ? it.maximumPenaltyMonths !== undefined
          : it.sentenceMonths !== undefined || it.remainingMonths !== undefined)),
  },
  'penalty-threshold': { at: '/judicial/maximumPenaltyMonths', rule: 'RPD 83(1)(a)(ii)', holds: reachesThreshold },
  warrant: {
    at: '/judicial/warrant',
    rule: 'RPD 83(2)(b)(v)',
    holds: ({ judicial }) => judicial?.warrant !== undefined,
  },
  'warrant-judge': {
    at: '/judicial/warrant/appealToJudge',
    rule: 'RPD 84(c)',
    holds: ({ judicial }) => judicial?.warrant?.judicial === true || judicial?.warrant?.appealToJudge === true,
  },
  'warrant-copy': {
    at: '/judicial/warrant/copyAttached',
    rule: 'RPD 85',
    holds: ({ judicial }) => judicial?.warrant?.copyAttached === true,
  },
  power: { at: '/assurances/hasPower', rule: 'RPD 84(a)', holds: ({ assurances }) => assurances?.hasPower === true },
  'extradition-consulted': {
    at: '/assurances/extraditionAuthorityConsulted',
    rule: 'RPD 84(b)',
    holds: ({ assurances }) => assurances?.extraditionAuthorityConsulted === true,
  },
  'extradition-sought': {
    at: '/assurances/extraditionWillBeSought',
    rule: 'RPD 84(b)',
    holds: ({ assurances }) => assurances?.extraditionWillBeSought === true,
  },
  adult: {
    at: '/subject/properties/birthDate',
    rule: 'Convention on the Rights of the Child, article 37',
    holds: (it, { now }) => !mayBeChild(it, now),
  },
  interest: { at: '/interest', rule: 'RPD 88(2)', holds: ({ interest }) => interest !== undefined },
  warning: { at: '/warning', rule: 'RPD 89(2), 93', holds: ({ warning }) => warning !== undefined },
  'reasonable-grounds': {
    at: '/warning/grounds',
    rule: 'RPD 89(2)(a)',
    holds: ({ warning }) => warning?.grounds === 'convictions' || warning?.grounds === 'other-reasonable-grounds',
  },
  imminence: { at: '/warning/imminence', rule: 'RPD 93(2)', holds: ({ warning }) => warning?.imminence !== undefined },
  danger: { at: '/warning/danger', rule: 'RPD 93(2)', holds: ({ warning }) => warning?.danger !== undefined },
  incident: { at: '/incident', rule: 'RPD 90(2), 91(2)', holds: ({ incident }) => incident !== undefined },
  'adult-privacy': {
    at: '/incident/adultsLawAllows',
    rule: 'RPD 90(2)',
    holds: (it, { now }) => mayBeChild(it, now) || it.incident?.adultsLawAllows === true,
  },
  forensic: { at: '/incident/forensic', rule: 'RPD 91(2)', holds: ({ incident }) => incident?.forensic !== undefined },
  method: { at: '/method', rule: 'RPD 92', holds: ({ method }) => method !== undefined },
  assets: { at: '/assets', rule: 'General Assembly, Silver Notice pilot', holds: ({ assets }) => assets !== undefined },
  council: { at: '/council', rule: 'RPD 95; UNSCR 1617 (2005)', holds: ({ council }) => council !== undefined },
  action: {
    at: '/asked',
    rule: 'RPD 82 to 95: what each type may ask',
    holds: ({ asked }, { rules }) => rules.actions.includes(asked),
  },
  subject: {
    at: '/subject',
    rule: 'RPD 82 to 95: whom each type may be about',
    holds: ({ subject }, { rules }) =>
      subject === undefined ? rules.subjectOptional === true : rules.subject.includes(subject.schema),
  },
} as const satisfies Record<string, Test>

export type Requirement = keyof typeof tests
export const requirements = Object.keys(tests) as Requirement[]

const always: readonly Requirement[] = ['subject', 'action']

export function checkForm(notice: Notice, now: Date): FormCheck {
  const rules = rulesFor(notice.type)
  const gapsOf = (names: readonly string[], weight: Gap['weight']): Gap[] =>
    names.flatMap((name) => {
      const test: Test = tests[name as Requirement]
      return test.holds(notice, { rules, now })
        ? []
        : [{ requirement: name as Requirement, at: test.at, weight, rule: test.rule }]
    })
  const required = [...always, ...rules.requires]
  const gaps = [...gapsOf(required, 'blocks'), ...gapsOf(rules.improves, 'improves')]
  const all = required.length + rules.improves.length
  return {
    gaps,
    complete: Math.round((100 * (all - gaps.length)) / all),
    passes: gaps.every((it) => it.weight === 'improves'),
  }
}
