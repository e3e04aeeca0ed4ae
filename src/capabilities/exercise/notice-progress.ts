import type { NoticesSeen, SeenNotice } from '#capabilities/exercise/notice-seen'
import { type NoticeStepId, noticeSteps } from '#capabilities/exercise/notice-steps'

/** What an office can see for itself, without what follows from it. */
export function noticeEvidence(seen: NoticesSeen): readonly NoticeStepId[] {
  const { office, run, red, discreet, abusive, hit, discreetHit, remembered } = seen
  // A finder that still has its hit had the notice: it was published here, and is gone since.
  const gone = run !== null && red === null && hit !== null
  const all: Readonly<Record<NoticeStepId, boolean>> = {
    draft: red !== null,
    submit: left(red),
    weigh: red?.proposed === true || red?.outcome === 'published',
    publish: red?.outcome === 'published',
    law: office === 'id' && red?.inForce === true,
    passengers: hit !== null,
    answer: hit?.answeredAt != null && hit.state !== 'reported',
    arrest: red?.events.includes('executed') === true,
    end: red?.place === 'executed' || red?.place === 'withdrawn' || gone,
    discreet: left(discreet),
    'weigh-discreet': discreet?.proposed === true || discreet?.outcome === 'published',
    'publish-discreet': discreet?.outcome === 'published',
    counter: discreetHit !== null,
    told: office === 'id' && discreetHit !== null,
    abuse: left(abusive),
    'weigh-abuse': abusive?.proposed === true || abusive?.outcome === 'refused',
    'refuse-abuse': abusive?.outcome === 'refused' || remembered !== null,
    memory: office === 'id' && remembered !== null,
  }
  return noticeSteps.flatMap(({ id }) => (all[id] ? [id] : []))
}

/** Whether it has left its author: whoever else sees it, sees that. */
const left = (it: SeenNotice | null): boolean => it !== null && (it.role !== 'issuer' || it.place !== 'draft')
