import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import type { ShownBatch } from './shown'

/** Whether the rows of a file are compared with what changes on the lists, until when, and what that found. */
export function BatchWatch({ batch }: { batch: ShownBatch }) {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [act, setAct] = useState<'keep' | 'end'>()
  const path = `/api/v1/batches/${batch.id}/watch`
  const seen = useMutation({
    mutationFn: () => ask(`${path}/seen`, { method: 'POST', body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  const { watch, state } = batch
  if (state !== 'done') return null
  const isRunning = watch !== null && watch.endedAt === null && Date.parse(watch.until) > Date.now()
  const number = numberFormat(i18n.language)
  const name = batch.name === '' ? t('screening.batch.unnamed') : batch.name
  const problem = watch?.problem?.replace('/', '-')
  return (
    <section className="batch-watch" aria-labelledby="watch">
      <div className="with-help">
        <h2 className="group-name" id="watch">
          {t('screening.watch.title')}
        </h2>
        <Help about={t('screening.watch.title')} rule="Directive (EU) 2016/680 article 5">
          <p>{t('screening.watch.help')}</p>
        </Help>
      </div>
      {watch === null && <p className="under">{t('screening.watch.off')}</p>}
      {watch !== null && (
        <p className="under">
          {t(isRunning ? 'screening.watch.until' : 'screening.watch.over')}{' '}
          <Moment at={isRunning ? watch.until : (watch.endedAt ?? watch.until)} /> ·{' '}
          {t(`web.purposes.${watch.purpose}`)} · <bdi>{watch.reference}</bdi> ·{' '}
          {t(watch.mine ? 'screening.watch.mine' : 'screening.watch.others')}
        </p>
      )}
      {problem !== undefined && <p className="caution">{t(`screening.batch.reasons.${problem}`)}</p>}
      {watch !== null && watch.unseen > 0 && (
        <p className="attention" role="status">
          {t('screening.watch.found')} <bdi>{number.format(watch.unseen)}</bdi>
        </p>
      )}
      <Group gap="sm" className="acts">
        {watch?.mine && watch.unseen > 0 && (
          <Button loading={seen.isPending} onClick={() => seen.mutate()}>
            {t('screening.watch.seen')}
          </Button>
        )}
        {!isRunning && (
          <Button variant="default" onClick={() => setAct('keep')}>
            {t('screening.watch.keep')}
          </Button>
        )}
        {isRunning && (
          <Button variant="default" onClick={() => setAct('end')}>
            {t('screening.watch.end')}
          </Button>
        )}
      </Group>
      {seen.error !== null && <Failed cause={seen.error} />}
      {act === 'keep' && (
        <ForWork>
          <Keep batch={batch} name={name} path={path} onClose={() => setAct(undefined)} />
        </ForWork>
      )}
      {act === 'end' && (
        <NameAndDo
          title={t('screening.watch.endTitle', { name })}
          act={t('screening.watch.end')}
          run={() => ask(path, { method: 'DELETE' })}
          onClose={() => setAct(undefined)}
        >
          <p>{t('screening.watch.endText')}</p>
        </NameAndDo>
      )}
    </section>
  )
}

interface Keeping {
  readonly batch: ShownBatch
  readonly name: string
  readonly path: string
  readonly onClose: () => void
}

/** The watch ends with the file at the latest, which is what is proposed. */
function Keep({ batch: { keptUntil }, name, path, onClose }: Keeping) {
  const { t } = useTranslation()
  const ask = useAsk()
  const last = keptUntil.slice(0, 10)
  const [day, setDay] = useState(last)
  const until = day === last ? keptUntil : `${day}T23:59:59.000Z`
  return (
    <NameAndDo
      title={t('screening.watch.keepTitle', { name })}
      act={t('screening.watch.keep')}
      run={() => ask(path, { method: 'PUT', body: { until } })}
      onClose={onClose}
    >
      <p>{t('screening.watch.keepText')}</p>
      <TextInput
        type="date"
        label={t('screening.watch.lastDay')}
        required
        value={day}
        max={last}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
    </NameAndDo>
  )
}
