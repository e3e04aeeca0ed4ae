import { Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { Grants } from './console-grants'
import type { ShownPermission } from './console-shapes'
import { Tabs, useTab } from './console-tabs'

const tabs = ['theirs', 'ours', 'grants'] as const

/** Permission of originators, both ways: what others ask of us, what we ask of them, and what was granted. */
export function Page() {
  const { t } = useTranslation()
  const [tab, show] = useTab(tabs)
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('records.permissions.title')}
        </Title>
        <Help about={t('records.permissions.title')} rule="protocol point 8; handling codes H1 and H2 (Europol)">
          <p>{t('records.permissions.help')}</p>
        </Help>
      </Group>
      <Tabs
        label={t('records.permissions.show')}
        tabs={tabs}
        tab={tab}
        says={(it) => t(`records.permissions.tabs.${it}`)}
        onChange={show}
      />
      {tab === 'grants' ? <Grants /> : <Requests key={tab} ours={tab === 'ours'} />}
    </>
  )
}

function Requests({ ours }: { ours: boolean }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['permission-request', 'grant', 'permission-refusal', 'approval'], 'permission-list'],
    queryFn: () => ask<{ items: ShownPermission[] }>('/api/v1/permission-requests'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const items = data.items.filter((it) => it.ours === ours)
  if (items.length === 0)
    return (
      <Empty title={t(`records.permissions.${ours ? 'noneOurs' : 'noneTheirs'}`)}>
        {t(`records.permissions.${ours ? 'noneOursText' : 'noneTheirsText'}`)}
      </Empty>
    )
  return (
    <table>
      <caption>{t(`records.permissions.tabs.${ours ? 'ours' : 'theirs'}`)}</caption>
      <thead>
        <tr>
          {(['record', ours ? 'owner' : 'asker', 'permits', 'state', 'since', 'next'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`records.permissions.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((it) => (
          <tr key={it.id}>
            <th scope="row">
              <bdi>{it.record?.caption ?? it.about}</bdi>
            </th>
            <td>
              <MemberName id={ours ? (it.record?.owner ?? '') : it.asker} />
            </td>
            <td>
              {t(`web.acts.permits.${it.permits}`)}
              {it.recipients.map((one) => (
                <span key={one} className="under">
                  <MemberName id={one} />
                </span>
              ))}
            </td>
            <td>
              {t(it.approval === null ? `records.permissions.states.${it.state}` : 'records.permissions.states.second')}
            </td>
            <td>
              <Moment at={it.since} />
            </td>
            <td>
              <Link to={`/permissions/${it.id}` as '/today'}>
                {t(!ours && it.state === 'open' ? 'records.queue.decide' : 'records.open')}{' '}
                <span className="unseen">{it.record?.caption}</span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
