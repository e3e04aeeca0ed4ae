import { z } from 'zod'
import type { MemberKind } from '#protocol/handling'
import law from './local-law.json' with { type: 'json' }

/**
 * What is asked of whoever meets the subject is an upper bound: the law of the place lowers it (protocol point 9). The scale is
 * one of intrusion; `protect` stands beside it, since protection is never lowered.
 */
export const actionScale = ['none', 'report', 'observe', 'question', 'search', 'seize', 'arrest'] as const
export const ActionClass = z.enum([...actionScale, 'protect'])
export type ActionClass = z.infer<typeof ActionClass>

export const PermittedAction = z.strictObject({
  requested: ActionClass,
  permitted: ActionClass,
  /** Why it was lowered, or that it was not. */
  because: z.string().max(500),
  /** The sentence for the officer. */
  instruction: z.string().max(500),
})
export type PermittedAction = z.infer<typeof PermittedAction>

interface Place {
  readonly kind: MemberKind
  readonly country: string | null
}

/** The row of `local-law.json` for a place: its own, that of its kind, else the narrowest. */
export function lawOf(place: Place): (typeof law)[number] {
  return (
    law.find((it) => it.country === place.country && it.kind === place.kind) ??
    law.find((it) => it.country === null && it.kind === place.kind) ??
    law.at(-1)!
  )
}

export function permittedAction(
  requested: ActionClass,
  place: Place,
  { confirmed, discreet }: { confirmed: boolean; discreet: boolean },
): PermittedAction {
  const rule = lawOf(place)
  const cap = ActionClass.parse(confirmed ? rule.confirmed : rule.unconfirmed)
  const permitted = requested === 'protect' ? 'protect' : lower(requested, cap)
  const because =
    permitted === requested
      ? 'As the owner asks.'
      : `${confirmed ? 'The law here' : 'An unconfirmed hit'} permits at most: ${cap} (${rule.source}${rule.verified ? '' : '; not verified'}).`
  return { requested, permitted, because, instruction: instructionFor(permitted, { confirmed, discreet }) }
}

function lower(a: ActionClass, b: ActionClass): ActionClass {
  return scale(a) <= scale(b) ? a : b
}

function scale(action: ActionClass): number {
  return (actionScale as readonly string[]).indexOf(action)
}

const deeds: Readonly<Record<ActionClass, string>> = {
  none: 'Do: nothing beyond keeping this on file. Do not: stop, question or search.',
  report: 'Do: note and report. Do not: stop or question.',
  observe: 'Do: note place, time, companions and direction, and report. Do not: stop or question.',
  question: 'Do: stop and question within local law, and report. Do not: search or hold.',
  search: 'Do: search within local law, and report. Do not: hold.',
  seize: 'Do: seize the object within local law, and report.',
  arrest: 'Do: arrest within local law, and report at once.',
  protect: 'Do: bring to safety and report at once.',
}

function instructionFor(
  action: ActionClass,
  { confirmed, discreet }: { confirmed: boolean; discreet: boolean },
): string {
  const parts = [deeds[action]]
  if (!confirmed) parts.push('Unconfirmed: do not act on this alone.')
  if (discreet) parts.push('Discreet: nothing may tip off the subject.')
  return parts.join(' ')
}
