import type { Seen } from '#capabilities/exercise/seen'
import { type StepId, type StoryStep, steps } from '#capabilities/exercise/steps'
import { birthDates } from '#capabilities/exercise/story-records'

/**
 * How a step stands, seen from one office: done; ready to be done here; waiting for another step; done or not at another
 * office, which alone knows; or passed by, because the record was taken back before.
 */
export type Standing =
  | { readonly is: 'done' | 'ready' | 'elsewhere' | 'passed' }
  | { readonly is: 'waits'; readonly for: StepId }

/** What an office can see for itself, without what follows from it. */
function evidence(seen: Seen): readonly StepId[] {
  const { office, traveller, suspect, holders, candidate, hit, told, request, refused, verified } = seen
  const here = suspect !== null
  const reached = (member: string) => holders.some((it) => it.member === member && it.state !== 'rejected')
  const taken = suspect?.state === 'withdrawn' || suspect?.state === 'gone'
  const all: Readonly<Record<StepId, boolean>> = {
    traveller: traveller !== null,
    suspect: here,
    share: here && (office !== 'fr' || reached('ke')),
    candidate: candidate !== null,
    hit: hit !== null,
    // After a recall the finder's hit is withdrawn, and that it was answered is all that is left.
    confirm: hit?.state === 'confirmed' || (hit?.state === 'withdrawn' && hit.answeredAt !== null),
    action: told,
    ask: request !== null,
    grant: request?.state === 'granted',
    onward: office === 'id' ? here : reached('id'),
    correct: suspect?.birthDate === birthDates.corrected,
    recall: taken,
    receipts: office === 'fr' && taken && holders.every((it) => it.state === 'erased' || it.state === 'rejected'),
    refusals: refused !== null,
    audit: verified,
  }
  return steps.flatMap(({ id }) => (all[id] ? [id] : []))
}

/** A step that is done says that those which it needs were done too, wherever that was. */
export function doneSteps(seen: Seen): ReadonlySet<StepId> {
  const done = new Set<StepId>()
  const add = (id: StepId) => {
    if (done.has(id)) return
    done.add(id)
    for (const it of steps.find((one) => one.id === id)!.needs) add(it)
  }
  for (const it of evidence(seen)) add(it)
  return done
}

export function standingOf({ id, office, needs }: StoryStep, seen: Seen): Standing {
  const done = doneSteps(seen)
  if (done.has(id)) return { is: 'done' }
  if (office !== seen.office) return { is: 'elsewhere' }
  if (done.has('recall') && needs.length > 0 && id !== 'receipts') return { is: 'passed' }
  const missing = needs.find((it) => !done.has(it))
  return missing === undefined ? { is: 'ready' } : { is: 'waits', for: missing }
}

/** The step to show first: the next after the last that this office knows to be done. Refusals and audit can be played any time. */
export function currentStep(seen: Seen): StoryStep {
  const done = doneSteps(seen)
  const last = steps.findLastIndex((it) => done.has(it.id) && it.id !== 'refusals' && it.id !== 'audit')
  return steps.slice(last + 1).find((it) => !done.has(it.id)) ?? steps.at(-1)!
}
