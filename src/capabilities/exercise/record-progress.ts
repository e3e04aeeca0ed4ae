import type { RecordsSeen } from '#capabilities/exercise/record-seen'
import { type RecordStepId, recordSteps } from '#capabilities/exercise/record-steps'
import { birthDates } from '#capabilities/exercise/story-records'

/** What an office can see for itself, without what follows from it. */
export function recordEvidence(seen: RecordsSeen): readonly RecordStepId[] {
  const { office, traveller, suspect, holders, candidate, hit, told, request, refused, verified } = seen
  const here = suspect !== null
  const reached = (member: string) => holders.some((it) => it.member === member && it.state !== 'rejected')
  const taken = suspect?.state === 'withdrawn' || suspect?.state === 'gone'
  const all: Readonly<Record<RecordStepId, boolean>> = {
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
  return recordSteps.flatMap(({ id }) => (all[id] ? [id] : []))
}
