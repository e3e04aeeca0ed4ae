import { Button, Progress, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Moment } from '../../web/design/clock'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import type { ShownFile } from './shown'

/** Files that were handed in, how far each is, and the rows that could not be read. */
export function DocumentFiles({ begin }: { begin: object }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'document-file', 'list'],
    queryFn: () => ask<{ items: ShownFile[] }>('/api/v1/documents/files'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined || data.items.length === 0) return null
  return (
    <section aria-labelledby="document-files">
      <Title order={2} size="h4" id="document-files">
        {t('documents.file.list')}
      </Title>
      <ul className="document-files">
        {data.items.map((it) => (
          <li key={it.id}>
            <File file={it} begin={begin} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function File({ file, begin }: { file: ShownFile; begin: object }) {
  const { t, i18n } = useTranslation()
  const { id, name, state, rows, done, declared, unchanged, refused, problem, createdAt } = file
  const number = numberFormat(i18n.language)
  const unread = Object.values(refused).reduce((sum, it) => sum + it, 0)
  const label = t('documents.file.progress', { done: number.format(done), rows: number.format(rows) })
  return (
    <div>
      <p>
        <strong>
          <bdi>{name === '' ? id : name}</bdi>
        </strong>{' '}
        · <Moment at={createdAt} /> · {t(`documents.file.states.${state}`)}
      </p>
      {state === 'running' && (
        <Progress.Root>
          <Progress.Section value={(100 * done) / Math.max(1, rows)} aria-label={label} />
        </Progress.Root>
      )}
      <p className="under" role="status">
        {label} · {t('documents.file.declared', { amount: number.format(declared) })} ·{' '}
        {t('documents.file.unchanged', { amount: number.format(unchanged) })}
      </p>
      {problem !== null && (
        <p className="caution">
          {t('documents.file.problem')} <bdi className="code">{problem}</bdi>
        </p>
      )}
      {unread > 0 && <Unread id={id} refused={refused} />}
      <Acts id={id} state={state} begin={begin} />
    </div>
  )
}

interface Problem {
  readonly line: number
  readonly problem: string
}

const linesShown = 20

function Unread({ id, refused }: { id: string; refused: ShownFile['refused'] }) {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const number = numberFormat(i18n.language)
  const { data } = useQuery({
    queryKey: ['live', 'document-file', 'problems', id],
    queryFn: () => ask<{ problems: Problem[] }>(`/api/v1/documents/files/${id}`),
  })
  return (
    <details>
      <summary>
        {t('documents.file.refused')}{' '}
        {Object.entries(refused)
          .map(([problem, count]) => `${t(`documents.file.problems.${problem}`)}: ${number.format(count)}`)
          .join(' · ')}
      </summary>
      <ul>
        {(data?.problems ?? []).slice(0, linesShown).map((it) => (
          <li key={it.line}>
            {t('documents.file.line', { line: number.format(it.line) })}: {t(`documents.file.problems.${it.problem}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Acts({ id, state, begin }: { id: string; state: ShownFile['state']; begin: object }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (name: 'begin' | 'stop') =>
      ask(`/api/v1/documents/files/${id}/${name}`, { method: 'POST', ...(name === 'begin' ? { body: begin } : {}) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['live', 'document-file'] }),
  })
  return (
    <>
      {act.error !== null && <Failed cause={act.error} />}
      {state === 'running' && (
        <Button variant="default" size="xs" loading={act.isPending} onClick={() => act.mutate('stop')}>
          {t('documents.file.stop')}
        </Button>
      )}
      {(state === 'stopped' || state === 'failed' || state === 'handed-in') && (
        <Button variant="default" size="xs" loading={act.isPending} onClick={() => act.mutate('begin')}>
          {t('documents.file.goOn')}
        </Button>
      )}
    </>
  )
}
