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
import { type ApiClient, eventually } from '#node/api-client'
import { check, type Plot, type Step } from '#node/story-step'

/** The story of notices: gates that refuse, two who decide, a traveller who is met, and misuse that is remembered. */

const work = noticeWork
const post = (body?: object) => ({ method: 'POST', ...(body === undefined ? {} : { body }), ...work }) as const

async function review(
  { api, patienceMilliseconds }: Plot,
  id: string,
  proposal: typeof publication | typeof refusal,
): Promise<void> {
  const { against, ...rest } = { against: [], ...proposal }
  const { factors } = await api.get('secretariat/legal', '/api/v1/notice-rules')
  await eventually(
    () => api.ask('secretariat/legal', `/api/v1/notices/${id}`),
    (it) => it.status === 200,
    { milliseconds: patienceMilliseconds },
  )
  await api.get('secretariat/legal', `/api/v1/notices/${id}/review/take`, post())
  const all = findings(
    factors.map((it: { factor: string }) => it.factor),
    against,
  )
  await api.get('secretariat/legal', `/api/v1/notices/${id}/review/propose`, post({ ...rest, findings: all }))
  const alone = await api.ask('secretariat/legal', `/api/v1/notices/${id}/review/confirm`, post())
  check(alone.status === 403 && alone.body.code === 'notices/same-person', 'one alone decides nothing', alone.body)
  await api.get('secretariat/supervisor', `/api/v1/notices/${id}/review/confirm`, post())
}

const placeOf = (api: ApiClient, who: `${string}/${string}`, id: string) => () =>
  api.ask(who, `/api/v1/notices/${id}`).then((it) => it.body.place)

export const noticeStory: readonly Step[] = [
  {
    name: 'France drafts a red notice; the desk refuses it while the penalty is missing (RPD 83)',
    play: async ({ api, ids }) => {
      const body = { handling: noticeHandling(), body: redNotice({ penalty: false }) }
      ids.red = (await api.get('fr/officer', '/api/v1/notices', post(body))).id
      const refused = await api.ask('fr/officer', `/api/v1/notices/${ids.red}/submit`, post())
      check(refused.status === 422 && refused.body.code === 'notices/incomplete', 'refused at the desk', refused.body)
      const { gaps } = refused.body.details ?? refused.body
      return `${refused.body.rule}: ${gaps?.map((it: { requirement: string }) => it.requirement).join(', ') ?? ''}`
    },
  },
  {
    name: 'Corrected, it goes to the secretariat and to nobody else; two reviewers publish it',
    play: async (plot) => {
      const { api, ids, patienceMilliseconds } = plot
      const body = { handling: noticeHandling(), body: redNotice({ penalty: true }), version: 1 }
      await api.get('fr/officer', `/api/v1/notices/${ids.red}`, { ...post(body), method: 'PUT' })
      await api.get('fr/officer', `/api/v1/notices/${ids.red}/submit`, post())
      const early = await api.ask('ke/officer', `/api/v1/notices/${ids.red}`)
      check(early.status === 404, 'no other bureau sees it before the review', early.body)
      await review(plot, ids.red!, publication)
      for (const who of ['fr/officer', 'ke/officer', 'id/officer'] as const)
        await eventually(placeOf(api, who, ids.red!), (it) => it === 'published', {
          milliseconds: patienceMilliseconds,
        })
      return 'published; in force at fr, ke and id'
    },
  },
  {
    name: "Indonesia's law lowers the arrest; Kenya's does not",
    play: async ({ api, ids }) => {
      const [ke, id] = await Promise.all(
        (['ke/officer', 'id/officer'] as const).map((who) => api.get(who, `/api/v1/notices/${ids.red}`)),
      )
      check(ke.action.permitted === 'arrest', 'Kenya may arrest', ke.action)
      check(id.action.permitted === 'ask' && id.action.loweredBy !== null, 'Indonesia asks', id.action)
      return `asked: arrest; ke: ${ke.action.permitted}, id: ${id.action.permitted} (${id.action.loweredBy})`
    },
  },
  {
    name: 'A passenger list reaches Kenya: everybody in it is kept, and one traveller may be the subject',
    play: async ({ api, ids, patienceMilliseconds }) => {
      const message = await api.get('ke/officer', `/api/v1/border/messages?desk=${desk}&name=EX814`, {
        method: 'POST',
        file: passengerList(),
        purpose: 'border-security',
        reference: work.reference,
      })
      const { read, kept, incomplete } = message.counts
      check(read === 3 && kept + incomplete === read, 'three in, three kept, one of them incomplete', message)
      const candidates = await eventually(
        () => api.get('ke/officer', '/api/v1/border/candidates?limit=50'),
        (it) =>
          it.items.some((one: { alert: { id: string } | string }) => JSON.stringify(one.alert).includes(ids.red!)),
        { milliseconds: patienceMilliseconds },
      )
      const met = candidates.items.find((it: { alert: unknown }) => JSON.stringify(it.alert).includes(ids.red!))
      return `${read} read, ${kept} whole, ${incomplete} incomplete; candidate by ${met.strength}`
    },
  },
  {
    name: 'A discreet check says nothing at the counter, and reaches its owner at once',
    play: async (plot) => {
      const { api, ids, patienceMilliseconds } = plot
      const handling = noticeHandling({ category: 'suspect' })
      ids.discreet = (await api.get('id/officer', '/api/v1/notices', post({ handling, body: discreetNotice() }))).id
      await api.get('id/officer', `/api/v1/notices/${ids.discreet}/submit`, post())
      await review(plot, ids.discreet!, publication)
      await eventually(placeOf(api, 'ke/officer', ids.discreet!), (it) => it === 'published', {
        milliseconds: patienceMilliseconds,
      })
      const counter = await api.get('ke/border', '/api/v1/border/checks', {
        method: 'POST',
        body: { desk, mrz: counterZone },
      })
      check(counter.state === 'nothing' && counter.alerts.length === 0, 'nothing at the counter', counter)
      const hits = await eventually(
        () => api.get('id/officer', '/api/v1/border/hits'),
        (it) => it.items.some((one: { about: string }) => one.about === ids.discreet),
        { milliseconds: patienceMilliseconds },
      )
      const hit = hits.items.find((it: { about: string }) => it.about === ids.discreet)
      return `counter: ${counter.state}; Indonesia hears of ${hit.place.desk ?? hit.place.code}`
    },
  },
  {
    name: 'France is asked at once and confirms against the clock; the arrest is carried out and reported',
    play: async ({ api, ids, patienceMilliseconds }) => {
      // Number and date of birth agree, so the owner was asked at once; a name alone would wait for the officer.
      const { items } = await api.get('ke/officer', '/api/v1/border/hits')
      const hit = items.find((it: { about: string }) => it.about === ids.red)?.id
      check(hit !== undefined, 'the owner was asked', items)
      const atFrance = await eventually(
        () => api.ask('fr/officer', `/api/v1/border/hits/${hit}`),
        (it) => it.status === 200,
        { milliseconds: patienceMilliseconds },
      )
      check(atFrance.body.dueAt !== null, 'France answers against a clock', atFrance.body)
      await api.get('fr/officer', `/api/v1/border/hits/${hit}/answer`, post(answerToHit))
      await eventually(
        () => api.get('ke/officer', `/api/v1/border/hits/${hit}`),
        (it) => it.state === 'confirmed',
        { milliseconds: patienceMilliseconds },
      )
      const at = new Date().toISOString()
      await api.get('ke/officer', `/api/v1/border/hits/${hit}/return`, post({ form: carriedOut(at) }))
      await api.get('ke/officer', `/api/v1/notices/${ids.red}/report`, post(foundReport(at)))
      const told = await eventually(
        () => api.get('fr/officer', `/api/v1/notices/${ids.red}`),
        (it) => it.dueRule !== null && it.events.some((one: { what: string }) => one.what === 'executed'),
        { milliseconds: patienceMilliseconds },
      )
      // The secretariat is told too, and gives the notice back when it ends: what came after that would be about nothing.
      await eventually(
        () => api.get('secretariat/legal', `/api/v1/notices/${ids.red}`),
        (it) => it.events.some((one: { what: string }) => one.what === 'executed'),
        { milliseconds: patienceMilliseconds },
      )
      check(told.dueRule === 'notices.wanted-extradition', 'the clock for the extradition papers runs', told)
      return `confirmed; held; papers due ${told.dueAt}`
    },
  },
  {
    name: 'France ends the notice: no border desk answers with it any more',
    play: async ({ api, ids, patienceMilliseconds }) => {
      const { told } = await api.get('fr/officer', `/api/v1/notices/${ids.red}/end`, post(ending))
      for (const who of ['ke/officer', 'id/officer'] as const)
        await eventually(
          () => api.ask(who, `/api/v1/notices/${ids.red}`),
          (it) => it.status === 404,
          { milliseconds: patienceMilliseconds },
        )
      return `told: ${told.sort().join(', ')}`
    },
  },
  {
    name: 'Kenya asks for an opponent: the review refuses it (Constitution, article 3), and every state remembers',
    play: async (plot) => {
      const { api, ids, patienceMilliseconds } = plot
      const before = await api.get('id/officer', '/api/v1/notice-refusals?member=ke')
      const body = { handling: noticeHandling(), body: abusiveNotice() }
      ids.abusive = (await api.get('ke/officer', '/api/v1/notices', post(body))).id
      await api.get('ke/officer', `/api/v1/notices/${ids.abusive}/submit`, post())
      await review(plot, ids.abusive!, refusal)
      await eventually(placeOf(api, 'ke/officer', ids.abusive!), (it) => it === 'refused', {
        milliseconds: patienceMilliseconds,
      })
      const never = await api.ask('fr/officer', `/api/v1/notices/${ids.abusive}`)
      check(never.status === 404, 'no other bureau ever sees it', never.body)
      const remembered = await eventually(
        () => api.get('id/officer', '/api/v1/notice-refusals?member=ke'),
        (it) => it.items.length === before.items.length + 1,
        { milliseconds: patienceMilliseconds },
      )
      return `refused; remembered: ${remembered.items[0].reason}, with nothing of the person`
    },
  },
]
