import { Title } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from './design/clock'
import { MemberName } from './design/member-name'
import { Empty, Failed, Slow } from './design/states'
import { useQueue } from './queue'

/** What waits for this person, sorted by the clock that runs out first, each with its one next action. */
export function Today() {
  const { t } = useTranslation()
  const { items: all, waiting, failures } = useQueue()
  const { kind } = useSearch({ strict: false }) as { kind?: string }
  const kinds = [...new Set(all.map((it) => it.kind))]
  const chosen = kinds.find((it) => it === kind) ?? ''
  const items = chosen === '' ? all : all.filter((it) => it.kind === chosen)
  const countOf = (kind: string) => all.filter((it) => it.kind === kind).length
  return (
    <>
      <Title order={1} size="h3">
        {t('web.today.title')}
      </Title>
      {failures.map((it) => (
        <Failed key={it.name} cause={it.cause} retry={it.retry} />
      ))}
      {waiting && items.length === 0 && <Slow />}
      {!waiting && items.length === 0 && <Empty title={t('web.today.empty')}>{t('web.today.emptyText')}</Empty>}
      {kinds.length > 1 && (
        <nav className="kinds" aria-label={t('web.today.columns.kind')}>
          {['', ...kinds].map((it) => (
            <Link
              key={it}
              to="/today"
              search={(it === '' ? {} : { kind: it }) as never}
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={it === chosen ? 'page' : undefined}
            >
              {it === '' ? t('web.today.all') : t(it)} ({it === '' ? all.length : countOf(it)})
            </Link>
          ))}
        </nav>
      )}
      {items.length > 0 && (
        <table className="queue">
          <caption className="unseen">{t('web.today.title')}</caption>
          <thead>
            <tr>
              {(['clock', 'kind', 'subject', 'member', 'next'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`web.today.columns.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((it) => (
              <tr key={it.id}>
                <td>
                  {it.due === null ? (
                    <Moment at={it.since} />
                  ) : (
                    <Clock since={it.since} due={it.due.at} rule={it.due.rule} />
                  )}
                </td>
                <td>{t(it.kind)}</td>
                <th scope="row">
                  <bdi>{it.subject}</bdi>
                </th>
                <td>{it.member !== null && <MemberName id={it.member} />}</td>
                <td>
                  <Link to={it.href as '/today'} className="next">
                    {t(it.action)} <span className="unseen">{it.subject}</span>
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
