import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type NoticesSeen, noticeOf } from '#capabilities/exercise/notice-seen'
import type { NoticeStepId } from '#capabilities/exercise/notice-steps'
import type { Played } from '#capabilities/exercise/playing'
import type { TaleStep } from '#capabilities/exercise/tales'
import { Clock } from '../../web/design/clock'

interface Facts {
  readonly step: TaleStep
  readonly seen: NoticesSeen
  readonly played: Played | undefined
}

/** Steps after which the notice says what the law of the place allows. */
const inForce: readonly NoticeStepId[] = ['publish', 'law', 'publish-discreet']
const onHit: readonly NoticeStepId[] = ['passengers', 'answer', 'arrest', 'told']

/** What the node of this office says of a step of the story of notices. */
export function NoticeFacts({ step, seen, played }: Facts) {
  const { t } = useTranslation()
  const { notice, hit } = noticeOf(step, seen)
  const id = step.id as NoticeStepId
  const rows: [string, ReactNode][] = []
  const passengers = played?.passengers
  if (passengers !== undefined) {
    const { read, kept, incomplete, met } = passengers
    rows.push([t('exercise.notice.passengers'), t('exercise.notice.counted', { read, kept, incomplete, met })])
  }
  if (played?.counter !== undefined)
    rows.push([
      t('exercise.notice.counter'),
      t(played.counter.alerts === 0 ? 'exercise.notice.nothingShown' : 'exercise.notice.shown', {
        count: played.counter.alerts,
      }),
    ])
  if (notice !== null && inForce.includes(id)) {
    const { asked, permitted, loweredBy } = notice.action
    rows.push([t('notices.action.asked'), t(`notices.actions.${asked}`)])
    if (notice.role === 'holder')
      rows.push([
        t('notices.action.permitted'),
        <>
          <strong>{t(`notices.actions.${permitted}`)}</strong>
          {loweredBy !== null && <bdi className="under">{loweredBy}</bdi>}
        </>,
      ])
  }
  if (hit !== null && onHit.includes(id)) {
    rows.push([t('exercise.notice.metAt'), <bdi key="desk">{hit.place.desk}</bdi>])
    if (hit.dueAt !== null && hit.answeredAt === null)
      rows.push([t('exercise.clock'), <Clock key="clock" since={hit.reportedAt} due={hit.dueAt} rule={hit.dueRule} />])
  }
  if (id === 'arrest' && notice?.role === 'issuer' && notice.dueAt !== null)
    rows.push([
      t('exercise.notice.papers'),
      <Clock key="papers" since={notice.updatedAt} due={notice.dueAt} rule={notice.dueRule} />,
    ])
  if (seen.remembered !== null && (id === 'memory' || id === 'refuse-abuse'))
    rows.push([t('exercise.notice.remembered'), t(`notices.reasons.${seen.remembered.reason}`)])
  if (rows.length === 0) return null
  return (
    <table className="facts">
      <caption>{t('exercise.notice.title')}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
