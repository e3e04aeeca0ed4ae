import type { AskNode } from '#capabilities/exercise/asking'
import { type Played, type Playing, type Refused, refusalOf } from '#capabilities/exercise/playing'
import type { RecordsSeen } from '#capabilities/exercise/record-seen'
import type { RecordStepId } from '#capabilities/exercise/record-steps'
import {
  birthDates,
  confirmation,
  feedback,
  grantDecision,
  handling,
  hitDecision,
  lawfulRecord,
  onward,
  onwardRequest,
  otherPurpose,
  recall,
  sharing,
  storyWork,
  suspect,
  traveller,
} from '#capabilities/exercise/story-records'

export async function playRecords(id: RecordStepId, { seen, askFor }: Playing<RecordsSeen>): Promise<Played> {
  const ask = askFor(storyWork.purpose)
  const post = <Reply>(path: string, body: unknown) => ask<Reply>(path, { method: 'POST', body })
  const just = async (path: string, body: unknown): Promise<Played> => {
    await post(path, body)
    return {}
  }
  const record = `/api/v1/records/${seen.run}`
  const acts: Readonly<Partial<Record<RecordStepId, () => Promise<Played>>>> = {
    traveller: () =>
      just('/api/v1/subjects', { handling: handling('person-of-interest', { codes: [] }), body: traveller }),
    suspect: async () => {
      const body = { handling: handling('suspect'), body: suspect(birthDates.recorded) }
      return { run: (await post<{ id: string }>('/api/v1/subjects', body)).id }
    },
    share: () => just(`${record}/share`, sharing),
    hit: () => just(`/api/v1/candidates/${seen.candidate?.id}/decision`, hitDecision),
    confirm: () => just(`/api/v1/hits/${seen.hit?.id}/confirmation`, confirmation),
    action: () => just(`/api/v1/hits/${seen.hit?.id}/feedback`, feedback),
    ask: async () => {
      const early = await refusalOf('before-grant', post(`${record}/onward`, onward))
      await post(`${record}/permission-requests`, onwardRequest)
      return { refused: [early] }
    },
    grant: () => just(`/api/v1/permission-requests/${seen.request?.id}/decision`, grantDecision),
    onward: () => just(`${record}/onward`, onward),
    correct: async () => {
      const {
        version,
        handling: header,
        marks,
      } = await ask<{ version: number; handling: unknown; marks: unknown }>(record)
      const body = { version, handling: header, marks, body: suspect(birthDates.corrected) }
      await ask(`/api/v1/subjects/${seen.run}`, { method: 'PUT', body })
      return {}
    },
    recall: () => just(`${record}/recall`, recall),
    refusals: async () => ({ refused: await playRefusals(ask, askFor(otherPurpose)) }),
  }
  const act = acts[id]
  if (act === undefined) throw new Error(`nothing is done in the step ${id}`)
  return act()
}

async function playRefusals(ask: AskNode, askOtherwise: AskNode): Promise<readonly Refused[]> {
  const make = (change: object) =>
    ask<{ id: string }>('/api/v1/subjects', { method: 'POST', body: lawfulRecord(change) })
  const share = (by: AskNode, id: string) =>
    by(`/api/v1/records/${id}/share`, { method: 'POST', body: { with: { members: ['ke'] } } })
  const noBasis = await refusalOf('no-basis', make({ basis: undefined }))
  const { id } = await make({})
  const otherwise = await refusalOf('other-purpose', share(askOtherwise, id))
  const late = await refusalOf('expired', share(ask, await makeExpired(make)))
  return [noBasis, otherwise, late]
}

/** A record cannot be made that has expired before: one that expires at once is waited for. */
async function makeExpired(make: (change: object) => Promise<{ id: string }>, seconds = 1.5): Promise<string> {
  const soon = new Date(Date.now() + seconds * 1_000).toISOString()
  try {
    const { id } = await make({ reviewAt: soon, expiresAt: soon })
    await new Promise((resume) => setTimeout(resume, Math.max(0, Date.parse(soon) - Date.now() + 100)))
    return id
  } catch (cause) {
    if (seconds > 20 || (cause as Partial<Refused>).status !== 422) throw cause
    return makeExpired(make, seconds * 4) // the node was so busy that it had expired when it came to be kept
  }
}
