import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import type { ShownCandidate, ShownHit } from './shown'

/** What the machine found and a person decides on, and the hits that were reported, ours and to us. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <Title order={1} size="h3">
        {t('screening.title')}
      </Title>
      <Candidates />
      <Hits />
    </>
  )
}

function Candidates() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'candidate', 'open'],
    queryFn: () => ask<{ items: ShownCandidate[] }>('/api/v1/candidates?state=open&limit=200'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  if (data.items.length === 0) return <Empty title={t('screening.none')}>{t('screening.noneText')}</Empty>
  return (
    <table className="queue">
      <caption>{t('screening.open')}</caption>
      <thead>
        <tr>
          {(['theirs', 'ours', 'evidence', 'since'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`screening.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ id, ours, theirs, features, since }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`/candidates/${id}` as '/today'}>
                <bdi>{theirs.caption}</bdi>
              </Link>
              <span className="under">
                <MemberName id={theirs.owner} />
              </span>
            </th>
            <td>
              <bdi>{ours.caption}</bdi>
            </td>
            <td>{features.map((it) => it.name.replaceAll('_', ' ')).join(', ')}</td>
            <td>
              <Moment at={since} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Hits() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['hit', 'confirmation', 'feedback'], 'all'],
    queryFn: () => ask<{ items: ShownHit[] }>('/api/v1/hits?limit=200'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  if (data.items.length === 0) return null
  return (
    <table className="queue">
      <caption>{t('screening.hits')}</caption>
      <thead>
        <tr>
          {(['about', 'other', 'state', 'clock'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`screening.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ id, caption, other, role, state, dueAt, dueRule, reportedAt, answeredAt }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`/hits/${id}` as '/today'}>
                <bdi>{caption}</bdi>
              </Link>
            </th>
            <td>
              {t(`screening.roles.${role}`)} <MemberName id={other} />
            </td>
            <td>{t(`screening.states.${state}`)}</td>
            <td>
              {dueAt !== null && answeredAt === null ? (
                <Clock since={reportedAt} due={dueAt} rule={dueRule} />
              ) : (
                <Moment at={answeredAt ?? reportedAt} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
