import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { BatchActs } from './batch-acts'
import { Columns } from './batch-columns'
import { BatchProgress } from './batch-progress'
import { Rows } from './batch-rows'
import { BatchWatch } from './batch-watch'
import type { ShownFile } from './shown'
import { Tabs } from './tabs'

const pollMilliseconds = 1_000

/** One file: its columns first, then how far it is and what its rows met. */
export function Page() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['batch', id], 'batch', id],
    queryFn: () => ask<ShownFile>(`/api/v1/batches/${id}`),
    refetchInterval: ({ state }) => (state.data?.batch.state === 'running' ? pollMilliseconds : false),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const { batch } = data
  return (
    <>
      <div className="with-help">
        <Title order={1} size="h3">
          <bdi>{batch.name === '' ? t('screening.batch.unnamed') : batch.name}</bdi>
        </Title>
        <Help about={t('screening.about.batch')} rule="Directive (EU) 2016/680 article 5">
          <p>{t('screening.batch.help')}</p>
        </Help>
      </div>
      <Tabs />
      <div className="batch-meta">
        <p className="under">
          {t(`screening.batch.states.${batch.state}`)} · {t(`web.purposes.${batch.purpose}`)} ·{' '}
          <bdi>{batch.reference}</bdi> · {t('screening.batch.kept')} <Moment at={batch.keptUntil} />
          {!batch.mine && <span className="warns">{t('screening.batch.of')}</span>}
        </p>
        <BatchActs batch={batch} />
      </div>
      {batch.state === 'waiting' ? (
        <Columns file={data} />
      ) : (
        <>
          <BatchProgress batch={batch} />
          <BatchWatch batch={batch} />
          <Rows batch={batch} />
        </>
      )}
    </>
  )
}
