import type { AskNode } from '#capabilities/exercise/asking'
import { playNotices } from '#capabilities/exercise/notice-play'
import type { NoticeStepId } from '#capabilities/exercise/notice-steps'
import type { Played, Playing } from '#capabilities/exercise/playing'
import { playRecords } from '#capabilities/exercise/record-play'
import type { RecordStepId } from '#capabilities/exercise/record-steps'
import type { Seen } from '#capabilities/exercise/seen'
import { newRound } from '#capabilities/exercise/story-records'
import type { StepId } from '#capabilities/exercise/tales'

/** Plays a step as anybody could: with the operations of the API, as the person who is signed in. */
export function playStep(id: StepId, { seen, askFor }: Playing): Promise<Played> {
  return seen.tale === 'records'
    ? playRecords(id as RecordStepId, { seen, askFor })
    : playNotices(id as NoticeStepId, { seen, askFor })
}

interface Leftover {
  readonly path: string
  readonly body: object
}

/** What this office made in the story and may take back, so that a new round begins with nothing of the last. */
export function leftovers(seen: Seen): readonly Leftover[] {
  if (seen.tale === 'records') {
    const { office, run, suspect, refused, traveller } = seen
    const own =
      office === 'ke' ? [traveller] : office === 'fr' ? [suspect?.state === 'active' ? run : null, refused] : []
    return own.flatMap((id) => (id === null ? [] : [{ path: `/api/v1/records/${id}/recall`, body: newRound }]))
  }
  return [seen.red, seen.discreet, seen.abusive].flatMap((it) =>
    it?.role === 'issuer' && !over.has(it.place)
      ? [{ path: `/api/v1/notices/${it.id}/end`, body: { how: 'withdrawn', reason: newRound.reason } }]
      : [],
  )
}

const over: ReadonlySet<string> = new Set(['withdrawn', 'cancelled', 'expired', 'executed'])

export async function takeBack(left: readonly Leftover[], ask: AskNode): Promise<void> {
  for (const { path, body } of left) await ask(path, { method: 'POST', body })
}
