import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { Problem } from './console-problem'
import { changeKinds, type ShownImport } from './console-shapes'

interface HistoryPage {
  readonly items: readonly ShownImport[]
  readonly next: string | null
}

/** Every import of a list: who, when, which files, what came of it. */
export function History({ list }: { list: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const pages = usePages({
    queryKey: ['live', ['list'], 'list-imports', list],
    read: (after) =>
      ask<HistoryPage>(`/api/v1/lists/${list}/imports?limit=20${after === null ? '' : `&after=${after}`}`),
  })
  const { data, error, isPending, refetch } = pages
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0) return <Empty title={t('lists.historyNone')}>{t('lists.historyNoneText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('lists.tabs.imports')}</caption>
        <thead>
          <tr>
            {(['when', 'outcome', 'delta', 'files'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`lists.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((it) => (
            <Row key={it.id} it={it} />
          ))}
        </tbody>
      </table>
      <More of={pages} />
    </>
  )
}

function Row({ it: { id, list, state, startedAt, by, report, problem, files, forced, version } }: { it: ShownImport }) {
  const { t } = useTranslation()
  return (
    <tr>
      <th scope="row">
        <Link to={`/lists/${list}/imports/${id}` as '/today'}>
          <Moment at={startedAt} />
        </Link>
        <span className="under">{by === null ? t('lists.byNode') : <bdi>{by.name ?? by.id}</bdi>}</span>
      </th>
      <td>
        <span className={state === 'done' || state === 'running' ? undefined : 'attention'}>
          {t(`lists.states.${state}`)}
        </span>
        {version !== null && (
          <span className="under">
            {t('lists.version')} <bdi>{version}</bdi>
          </span>
        )}
        {forced !== null && (
          <span className="under attention">
            {t('lists.forced')} <bdi>{forced}</bdi>
          </span>
        )}
        {problem !== null && (
          <span className="under">
            {state === 'interrupted' ? t('lists.job.interruptedText') : <Problem problem={problem} />}
          </span>
        )}
      </td>
      <td>
        {report !== null &&
          changeKinds.map((kind) => (
            <span key={kind} className="under">
              {t(`lists.report.${kind}`)} <bdi>{report[kind]}</bdi>
            </span>
          ))}
      </td>
      <td>
        {files.map(({ part, sha256 }) => (
          <span key={part} className="under">
            <bdi>{part}</bdi>{' '}
            <bdi className="code" title={sha256}>
              {sha256.slice(0, 16)}…
            </bdi>
          </span>
        ))}
      </td>
    </tr>
  )
}
