import { Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import type { ShownApproval } from './console-shapes'
import { Tabs, useTab } from './console-tabs'

const tabs = ['waiting', 'all'] as const

/** What one person alone may not do: what waits for a second one, and how the rest ended. */
export function Page() {
  const { t } = useTranslation()
  const [tab, show] = useTab(tabs)
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'approval', 'approvals', tab],
    queryFn: () => ask<{ items: ShownApproval[] }>(`/api/v1/approvals${tab === 'waiting' ? '?state=waiting' : ''}`),
  })
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('records.approvals.title')}
        </Title>
        <Help about={t('records.approvals.title')} rule="protocol points 3 and 8">
          <p>{t('records.approvals.help')}</p>
        </Help>
      </Group>
      <Tabs
        label={t('records.permissions.show')}
        tabs={tabs}
        tab={tab}
        says={(it) => t(`records.approvals.tabs.${it}`)}
        onChange={show}
      />
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Slow />}
      {data?.items.length === 0 && <Empty title={t('records.approvals.none')}>{t('records.approvals.noneText')}</Empty>}
      {data !== undefined && data.items.length > 0 && <List items={data.items} />}
    </>
  )
}

function List({ items }: { items: readonly ShownApproval[] }) {
  const { t } = useTranslation()
  return (
    <table>
      <caption className="unseen">{t('records.approvals.title')}</caption>
      <thead>
        <tr>
          {(['clock', 'act', 'record', 'asker', 'state', 'next'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`records.approvals.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((it) => (
          <tr key={it.id}>
            <td>
              {it.state === 'waiting' ? (
                <Clock since={it.askedAt} due={it.expiresAt} rule={it.rules.map((one) => one.id).join(', ')} />
              ) : (
                <Moment at={it.decidedAt ?? it.expiresAt} />
              )}
            </td>
            <td>{t(`records.approvals.acts.${it.act}`)}</td>
            <th scope="row">
              <bdi>{it.record.caption}</bdi>
            </th>
            <td>
              <bdi>{it.asker.name}</bdi>
            </td>
            <td>{t(`records.approvals.states.${it.state}`)}</td>
            <td>
              <Link to={`/approvals/${it.id}` as '/today'}>
                {t(it.state === 'waiting' && !it.mine ? 'records.queue.decide' : 'records.open')}{' '}
                <span className="unseen">{it.record.caption}</span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
