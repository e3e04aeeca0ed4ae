import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { moveByArrows, stop } from './arrows'
import { HandIn } from './batch-hand-in'
import type { ShownBatch } from './shown'
import { Tabs } from './tabs'

/** Files that are screened row by row at the node, and where one hands in another. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <div className="with-help">
        <Title order={1} size="h3">
          {t('screening.search.batchTab')}
        </Title>
        <Help about={t('screening.about.batch')} rule="Directive (EU) 2016/680 article 5">
          <p>{t('screening.batch.help')}</p>
        </Help>
      </div>
      <Tabs />
      <ForWork>
        <HandIn />
      </ForWork>
      <Batches />
    </>
  )
}

/** Whether anything is under way: then it is read again, also for those to whom the node tells no changes. */
const pollMilliseconds = 2_000

function Batches() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'batch', 'list'],
    queryFn: () => ask<{ items: ShownBatch[] }>('/api/v1/batches'),
    refetchInterval: ({ state }) => (state.data?.items.some((it) => it.state === 'running') ? pollMilliseconds : false),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  if (data.items.length === 0) return <Empty title={t('screening.batch.none')}>{t('screening.batch.noneText')}</Empty>
  return (
    <table className="queue" onKeyDown={moveByArrows}>
      <caption>{t('screening.batch.jobs')}</caption>
      <thead>
        <tr>
          {(['name', 'state', 'done', 'alert', 'since', 'kept'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`screening.batch.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map((it) => (
          <tr key={it.id}>
            <th scope="row">
              <Link to={`/screen/${it.id}` as '/today'} {...stop}>
                <bdi>{it.name === '' ? t('screening.batch.unnamed') : it.name}</bdi>
              </Link>
              {!it.mine && <span className="under">{t('screening.batch.of')}</span>}
            </th>
            <td>{t(`screening.batch.states.${it.state}`)}</td>
            <td>
              <bdi>
                {it.done} / {it.rows}
              </bdi>
            </td>
            <td>
              <bdi>{it.counts.alert ?? 0}</bdi>
            </td>
            <td>
              <Moment at={it.createdAt} />
            </td>
            <td>
              <Moment at={it.keptUntil} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
