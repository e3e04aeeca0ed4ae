import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { Download } from './batch-download'
import type { ShownBatch } from './shown'

/** What can be done with a file that was handed in, as its state allows. */
export function BatchActs({ batch }: { batch: ShownBatch }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [act, setAct] = useState<'cancel' | 'delete'>()
  const { id, state, mine, done } = batch
  const path = `/api/v1/batches/${id}`
  const name = batch.name === '' ? t('screening.batch.unnamed') : batch.name
  const move = useMutation({
    mutationFn: (to: 'running' | 'paused') => ask(`${path}/state`, { method: 'PUT', body: { to } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  const close = () => setAct(undefined)
  return (
    <>
      <Group gap="sm" className="acts">
        {state === 'running' && (
          <Button loading={move.isPending} onClick={() => move.mutate('paused')}>
            {t('screening.batch.pause')}
          </Button>
        )}
        {state === 'paused' && mine && (
          <Button loading={move.isPending} onClick={() => move.mutate('running')}>
            {t('screening.batch.resume')}
          </Button>
        )}
        {done > 0 && <Download batch={batch} />}
        {(state === 'running' || state === 'paused') && (
          <Button variant="default" onClick={() => setAct('cancel')}>
            {t('screening.batch.cancel')}
          </Button>
        )}
        <Button variant="default" onClick={() => setAct('delete')}>
          {t('screening.batch.delete')}
        </Button>
      </Group>
      {move.error !== null && <Failed cause={move.error} />}
      {act === 'cancel' && (
        <NameAndDo
          title={t('screening.batch.cancelTitle', { name })}
          act={t('screening.batch.cancel')}
          final
          run={() => ask(`${path}/state`, { method: 'PUT', body: { to: 'cancelled' } })}
          onClose={close}
        >
          <p>{t('screening.batch.cancelText')}</p>
        </NameAndDo>
      )}
      {act === 'delete' && (
        <NameAndDo
          title={t('screening.batch.deleteTitle', { name })}
          act={t('screening.batch.delete')}
          final
          run={async () => {
            await ask(path, { method: 'DELETE' })
            await navigate({ to: '/screen' as '/today' })
            client.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(id) })
          }}
          onClose={close}
        >
          <p>{t('screening.batch.deleteText')}</p>
        </NameAndDo>
      )}
    </>
  )
}
