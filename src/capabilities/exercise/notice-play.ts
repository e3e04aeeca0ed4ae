import {
  abusiveNotice,
  answerToHit,
  carriedOut,
  counterZone,
  desk,
  discreetNotice,
  ending,
  findings,
  foundReport,
  noticeHandling,
  noticeWork,
  passengerList,
  publication,
  redNotice,
  refusal,
} from '#capabilities/exercise/notice-records'
import type { NoticesSeen, SeenNotice } from '#capabilities/exercise/notice-seen'
import type { NoticeStepId } from '#capabilities/exercise/notice-steps'
import { type Played, type Playing, refusalOf } from '#capabilities/exercise/playing'

type Review = typeof publication | typeof refusal

export async function playNotices(id: NoticeStepId, { seen, askFor }: Playing<NoticesSeen>): Promise<Played> {
  const ask = askFor(noticeWork.purpose)
  const post = <Reply>(path: string, body?: object) =>
    ask<Reply>(`/api/v1${path}`, { method: 'POST', ...(body === undefined ? {} : { body }) })
  const draft = (body: object, change: object = {}) =>
    post<{ id: string }>('/notices', { handling: noticeHandling(change), body })
  const draftAndSubmit = async (body: object, change?: object): Promise<Played> => {
    const { id: made } = await draft(body, change)
    await post(`/notices/${made}/submit`)
    return {}
  }
  /** One weighs and proposes; that this one decides nothing alone is tried too. */
  const weigh = async (about: SeenNotice | null, review: Review): Promise<Played> => {
    const { against, ...proposal } = { against: [], ...review }
    const path = `/notices/${about?.id}/review`
    const { factors } = await ask<{ factors: { factor: string }[] }>('/api/v1/notice-rules')
    if (about?.place === 'submitted') await post(`${path}/take`)
    const weighed = findings(
      factors.map((it) => it.factor),
      against,
    )
    await post(`${path}/propose`, { ...proposal, findings: weighed })
    return { refused: [await refusalOf('alone', post(`${path}/confirm`))] }
  }
  const confirm = async (about: SeenNotice | null): Promise<Played> => {
    await post(`/notices/${about?.id}/review/confirm`)
    return {}
  }
  const acts: Readonly<Partial<Record<NoticeStepId, () => Promise<Played>>>> = {
    draft: async () => {
      const { id: run } = await draft(redNotice({ penalty: false }))
      return { run, refused: [await refusalOf('incomplete', post(`/notices/${run}/submit`))] }
    },
    submit: async () => {
      const body = { handling: noticeHandling(), body: redNotice({ penalty: true }), version: seen.red?.version }
      await ask(`/api/v1/notices/${seen.run}`, { method: 'PUT', body })
      await post(`/notices/${seen.run}/submit`)
      return {}
    },
    weigh: () => weigh(seen.red, publication),
    publish: () => confirm(seen.red),
    passengers: async () => {
      const path = `/api/v1/border/messages?desk=${desk}&name=EX814`
      const { counts } = await askFor('border-security')<{ counts: NonNullable<Played['passengers']> }>(path, {
        method: 'POST',
        file: passengerList(),
      })
      return { passengers: counts }
    },
    answer: async () => {
      await post(`/border/hits/${seen.hit?.id}/answer`, answerToHit)
      return {}
    },
    arrest: async () => {
      const at = new Date().toISOString()
      await post(`/border/hits/${seen.hit?.id}/return`, { form: carriedOut(at) })
      await post(`/notices/${seen.run}/report`, foundReport(at))
      return {}
    },
    end: async () => {
      await post(`/notices/${seen.run}/end`, ending)
      return {}
    },
    discreet: () => draftAndSubmit(discreetNotice(), { category: 'suspect' }),
    'weigh-discreet': () => weigh(seen.discreet, publication),
    'publish-discreet': () => confirm(seen.discreet),
    counter: async () => {
      const checked = await askFor('border-security')<{ state: string; alerts: unknown[] }>('/api/v1/border/checks', {
        method: 'POST',
        body: { desk, mrz: counterZone },
      })
      return { counter: { state: checked.state, alerts: checked.alerts.length } }
    },
    abuse: () => draftAndSubmit(abusiveNotice()),
    'weigh-abuse': () => weigh(seen.abusive, refusal),
    'refuse-abuse': () => confirm(seen.abusive),
  }
  const act = acts[id]
  if (act === undefined) throw new Error(`nothing is done in the step ${id}`)
  return act()
}
