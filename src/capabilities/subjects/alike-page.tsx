import './subjects.css'
import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'

interface Listed {
  readonly id: string
  readonly a: string
  readonly b: string
  readonly since: string
}

/** Pairs of our own subjects that may be the same: each waits for a person. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['merge-suggestion', 'subject'], 'suggestions'],
    queryFn: () => ask<{ items: Listed[] }>('/api/v1/merge-suggestions?limit=200'),
  })
  return (
    <>
      <Title order={1} size="h3" className="with-help">
        {t('subjects.alike.title')}
        <Help about={t('subjects.alike.title')} rule={t('subjects.alike.rule')}>
          <p>{t('subjects.alike.text')}</p>
        </Help>
      </Title>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data?.items.length === 0 && <Empty title={t('subjects.alike.none')}>{t('subjects.alike.noneText')}</Empty>}
      {data !== undefined && data.items.length > 0 && (
        <table className="queue">
          <caption className="unseen">{t('subjects.alike.title')}</caption>
          <thead>
            <tr>
              {(['older', 'newer', 'since', 'act'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`subjects.alike.columns.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ id, a, b, since }) => (
              <tr key={id}>
                <th scope="row">
                  <bdi>{a}</bdi>
                </th>
                <td>
                  <bdi>{b}</bdi>
                </td>
                <td>
                  <Moment at={since} />
                </td>
                <td>
                  <Link to={`/subjects/alike/${id}` as '/today'}>
                    {t('subjects.alike.compare')}{' '}
                    <span className="unseen">
                      {a}, {b}
                    </span>
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
