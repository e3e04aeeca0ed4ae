import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { QueueSection } from '../../web/design/queue-section'
import { useAsk } from '../../web/node'
import './border.css'
import type { ShownCandidate, ShownHit } from './shown'

/** Travellers to compare with an alert, and alerts that were met, ours and reported to us. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <div className="with-help">
        <Title order={1} size="h3">
          {t('border.hitsTitle')}
        </Title>
        <Help about={t('border.help.hitAbout')} rule="protocol point 9">
          <p>{t('border.help.hit')}</p>
        </Help>
      </div>
      <Candidates />
      <Hits />
    </>
  )
}

function Candidates() {
  const { t } = useTranslation()
  const ask = useAsk()
  const asked = useQuery({
    queryKey: ['live', ['border-candidate'], 'open'],
    queryFn: () => ask<{ items: ShownCandidate[] }>('/api/v1/border/candidates?state=open&limit=200'),
  })
  return (
    <QueueSection
      id="candidates"
      title={t('border.toCompare')}
      none={{ title: t('border.noCandidates'), text: t('border.noCandidatesText') }}
      columns={(['traveller', 'alert', 'strength', 'where', 'clock'] as const).map((id) => ({
        id,
        label: t(`border.columns.${id}`),
      }))}
      asked={asked}
      rowOf={({ id, presented, caption, owner, strength, discreet, place, createdAt, expiresAt }) => (
        <tr key={id}>
          <th scope="row">
            <Link to={`/border/candidates/${id}` as '/today'}>
              <bdi>{presented.names[0] ?? presented.documents[0]?.number ?? t('border.noName')}</bdi>
            </Link>
          </th>
          <td>
            <bdi>{caption}</bdi> <MemberName id={owner} />
            {discreet && <span className="warns">{t('border.discreetShort')}</span>}
          </td>
          <td>{t(`border.strengths.${strength}`)}</td>
          <td>
            <bdi>{place.desk}</bdi>
          </td>
          <td>
            <Clock since={createdAt} due={expiresAt} rule="desk.candidate-waiting" />
          </td>
        </tr>
      )}
    />
  )
}

function Hits() {
  const { t } = useTranslation()
  const ask = useAsk()
  const asked = useQuery({
    queryKey: ['live', ['border-hit', 'alert-hit', 'alert-answer', 'redress'], 'all'],
    queryFn: () => ask<{ items: ShownHit[] }>('/api/v1/border/hits?limit=200'),
  })
  return (
    <QueueSection
      id="hits"
      title={t('border.hits')}
      none={{ title: t('border.noHits'), text: t('border.noHitsText') }}
      columns={(['alert', 'other', 'state', 'where', 'clock'] as const).map((id) => ({
        id,
        label: t(`border.columns.${id}`),
      }))}
      asked={asked}
      rowOf={({ id, caption, role, other, state, discreet, place, dueAt, dueRule, reportedAt, answeredAt, late }) => (
        <tr key={id}>
          <th scope="row">
            <Link to={`/border/hits/${id}` as '/today'}>
              <bdi>{caption === '' ? t('border.hit') : caption}</bdi>
            </Link>
            {discreet && <span className="warns">{t('border.discreetShort')}</span>}
          </th>
          <td>
            {t(`border.roles.${role}`)} <MemberName id={other} />
          </td>
          <td>
            {t(`border.hitStates.${state}`)}
            {late && <span className="warns">{t('border.late')}</span>}
          </td>
          <td>
            <bdi>{place.desk}</bdi>
          </td>
          <td>
            {dueAt !== null && state === 'reported' ? (
              <Clock since={reportedAt} due={dueAt} rule={dueRule} />
            ) : (
              <Moment at={answeredAt ?? reportedAt} />
            )}
          </td>
        </tr>
      )}
    />
  )
}
