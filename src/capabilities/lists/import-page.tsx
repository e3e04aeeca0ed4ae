import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Changes } from './console-changes'
import { useLists } from './console-import'
import { Outcome, Stopped } from './console-job'
import { Rejected } from './console-rejected'
import type { ShownImport } from './console-shapes'
import './lists.css'
import { numberFormat } from '#kernel/language-formats'

/** One import: who, when, which files, and the delta: what was added, changed field by field, and removed. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const { list: id, import: importId } = useParams({ strict: false }) as { list: string; import: string }
  const { data: lists } = useLists()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['list'], 'list-import', id, importId],
    queryFn: () => ask<ShownImport>(`/api/v1/lists/${id}/imports/${importId}`),
  })
  const title = lists?.items.find((it) => it.id === id)?.title ?? id
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const reads = roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  return (
    <>
      <Title order={1} size="h3">
        {t('lists.importOf')} <bdi>{title}</bdi>
      </Title>
      <p className="under">
        <Link to={`/lists/${id}` as '/today'} search={{ tab: 'imports' } as never}>
          {t('lists.tabs.imports')}
        </Link>{' '}
        · <Moment at={data.startedAt} /> ·{' '}
        {data.by === null ? t('lists.byNode') : <bdi>{data.by.name ?? data.by.id}</bdi>} ·{' '}
        {t(`lists.states.${data.state}`)}
      </p>
      {data.forced !== null && (
        <p className="attention">
          {t('lists.forced')} <bdi>{data.forced}</bdi>
        </p>
      )}
      {data.state === 'done' && <Outcome it={data} />}
      {(data.state === 'failed' || data.state === 'interrupted') && <Stopped it={data} again={undefined} />}
      {data.report !== null && <Rejected rejected={data.report.rejected} />}
      {reads && data.state !== 'running' && <Changes list={id} id={importId} />}
      <Files files={data.files} />
    </>
  )
}

function Files({ files }: Pick<ShownImport, 'files'>) {
  const { t, i18n } = useTranslation()
  const number = numberFormat(i18n.language)
  return (
    <table className="facts">
      <caption>{t('lists.columns.files')}</caption>
      <thead>
        <tr>
          {(['part', 'bytes', 'hash'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`lists.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {files.map(({ part, bytes, sha256 }) => (
          <tr key={part}>
            <th scope="row">
              <bdi>{part}</bdi>
            </th>
            <td>
              <bdi>{number.format(bytes)}</bdi>
            </td>
            <td>
              <bdi className="code hash">{sha256}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
