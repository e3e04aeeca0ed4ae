import { noticeEvidence } from '#capabilities/exercise/notice-progress'
import { recordEvidence } from '#capabilities/exercise/record-progress'
import type { Seen } from '#capabilities/exercise/seen'
import { type StepId, stepOf, type TaleStep, taleOf } from '#capabilities/exercise/tales'

/**
 * How a step stands, seen from one office: done; ready to be done here; waiting for another step; done or not at another
 * office, which alone knows; or passed by, because what it is about was taken back before.
 */
export type Standing =
  | { readonly is: 'done' | 'ready' | 'elsewhere' | 'passed' }
  | { readonly is: 'waits'; readonly for: StepId }

/** What an office can see for itself, without what follows from it. */
const evidence = (seen: Seen): readonly StepId[] =>
  seen.tale === 'records' ? recordEvidence(seen) : noticeEvidence(seen)

/** A step that is done says that those which it needs were done too, wherever that was. */
export function doneSteps(seen: Seen): ReadonlySet<StepId> {
  const done = new Set<StepId>()
  const add = (id: StepId) => {
    if (done.has(id)) return
    done.add(id)
    for (const it of stepOf(id)!.needs) add(it)
  }
  for (const it of evidence(seen)) add(it)
  return done
}

export function standingOf({ id, office, needs, until }: TaleStep, seen: Seen): Standing {
  const done = doneSteps(seen)
  if (done.has(id)) return { is: 'done' }
  if (office !== seen.office) return { is: 'elsewhere' }
  if (until !== undefined && done.has(until)) return { is: 'passed' }
  const missing = needs.find((it) => !done.has(it))
  return missing === undefined ? { is: 'ready' } : { is: 'waits', for: missing }
}

/** The step to show first: the next after the last that this office knows to be done. */
export function currentStep(seen: Seen): TaleStep {
  const { steps } = taleOf(seen.tale)
  const done = doneSteps(seen)
  const last = steps.findLastIndex((it) => done.has(it.id) && !it.anytime)
  return steps.slice(last + 1).find((it) => !done.has(it.id)) ?? steps.at(-1)!
}
