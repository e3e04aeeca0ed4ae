import { z } from 'zod'
import { addTime, type TimeUnit } from '#kernel/clock'
import { loosens, mayBeYounger, statesCategory } from '#policy/leaving'
import type { Directory } from '#protocol/directory'
import { type Audience, Category, type HeldHandling, type Mark, memberKinds, Tlp } from '#protocol/handling'
import data from './four-eyes.json' with { type: 'json' }

/** When one person does not suffice: the act waits until a supervisor who is not the one who asks says yes. */
export const FourEyesRule = z.strictObject({
  id: z.string().max(64),
  /** The rule in a sentence, for those whom it stops. */
  text: z.string(),
  /** All that is named has to hold. */
  when: z.strictObject({
    act: z.enum(['share', 'grant']),
    tlp: z.array(Tlp).optional(),
    categories: z.array(Category).optional(),
    youngerThanYears: z.number().int().min(1).optional(),
    loosens: z.literal(true).optional(),
    sectors: z.array(z.enum(memberKinds)).optional(),
    permits: z.array(z.enum(['onward', 'use-in-proceedings'])).optional(),
  }),
  /** How long the act may wait. */
  amount: z.number().int().min(1),
  unit: z.enum(['hours', 'days']),
  source: z.string(),
  date: z.iso.date(),
  verified: z.boolean(),
})
export type FourEyesRule = z.infer<typeof FourEyesRule>

export const fourEyesRules: readonly FourEyesRule[] = z.array(FourEyesRule).parse(data)

export interface Earlier {
  readonly handling: HeldHandling
  readonly marks: Readonly<Record<string, Mark>>
}

export interface Leaving {
  readonly act: 'share'
  readonly handling: HeldHandling
  /** With all its fields: what the one who shares may not see leaves too. */
  readonly body: object
  readonly audience: Audience
  readonly marks: Readonly<Record<string, Mark>>
  /** The versions since a second person last looked, the current one too: an amendment that loosens them does not escape a rule. */
  readonly since: readonly Earlier[]
  readonly directory: Directory
  readonly owner: string
  readonly now: Date
}

export interface Granting {
  readonly act: 'grant'
  readonly permits: 'onward' | 'use-in-proceedings'
}

/** The rules that ask for a second person before this is done; none when one suffices. */
export function rulesAsking(it: Leaving | Granting, rules: readonly FourEyesRule[] = fourEyesRules): FourEyesRule[] {
  return rules.filter(({ when }) => when.act === it.act && (it.act === 'share' ? asksOf(when, it) : grants(when, it)))
}

function grants({ permits }: FourEyesRule['when'], it: Granting): boolean {
  return permits === undefined || permits.includes(it.permits)
}

function asksOf(when: FourEyesRule['when'], it: Leaving): boolean {
  const { tlp, categories, youngerThanYears, sectors } = when
  return (
    (tlp === undefined || [it, ...it.since].some((one) => tlp.includes(one.handling.tlp))) &&
    (categories === undefined || categories.some((one) => statesCategory(it, one))) &&
    (youngerThanYears === undefined || mayBeYounger(it.body, youngerThanYears, it.now)) &&
    (sectors === undefined || sectors.some((one) => it.audience.sectors.includes(one))) &&
    (when.loosens === undefined || it.since.some((one) => loosens(one, it)))
  )
}

/** Until when an act that these rules stopped may wait: the shortest of their clocks. */
export function waitsUntil(rules: readonly FourEyesRule[], now: Date): string {
  return rules.map((it) => addTime(now, it.amount, it.unit satisfies TimeUnit)).sort()[0] ?? now.toISOString()
}
