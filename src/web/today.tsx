import { Title } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from './design/clock'
import { MemberName } from './design/member-name'
import { Empty, Failed, Slow } from './design/states'
import { useAsk, useSignedIn } from './node'
import type { QueueItem } from './part'
import { parts } from './parts'

/** What waits for this person, sorted by the clock that runs out first, each with its one next action. */
export function Today() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const sources = parts.flatMap((it) => it.queue ?? []).filter((it) => it.roles.some((role) => roles.includes(role)))
  const results = useQueries({
    queries: sources.map((it) => ({ queryKey: ['live', it.types, it.name], queryFn: () => it.read(ask) })),
  })
  const items = results.flatMap((it) => it.data ?? []).sort(byClock)
  const waiting = results.some((it) => it.isPending)
  return (
    <>
      <Title order={1} size="h3">
        {t('web.today.title')}
      </Title>
      {results.map((it, at) =>
        it.error === null ? null : <Failed key={sources[at]!.name} cause={it.error} retry={() => void it.refetch()} />,
      )}
      {waiting && items.length === 0 && <Slow />}
      {!waiting && items.length === 0 && <Empty title={t('web.today.empty')}>{t('web.today.emptyText')}</Empty>}
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

/** Clocks first, the one that runs out first on top; then what waits longest. */
function byClock(a: QueueItem, b: QueueItem): number {
  if (a.due !== null && b.due !== null) return Date.parse(a.due.at) - Date.parse(b.due.at)
  if (a.due !== null || b.due !== null) return a.due !== null ? -1 : 1
  return Date.parse(a.since) - Date.parse(b.since)
}
