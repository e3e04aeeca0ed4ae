import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { EntryDetails } from './console-entry'
import type { Filter } from './console-filter'
import type { ShownEntry } from './inclusion'

interface EntriesPage {
  readonly items: readonly ShownEntry[]
  readonly next: number | null
}

/** The entries that the filter leaves, newest first. Reading them is itself an entry, so they are read when asked for only. */
export function Entries({ filter }: { filter: Filter }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, isPending, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: ['live', 'audit', 'entries', filter],
      queryFn: ({ pageParam }) => {
        const query = new URLSearchParams({ ...filter, limit: '50' })
        if (pageParam !== null) query.set('after', String(pageParam))
        return ask<EntriesPage>(`/api/v1/audit/entries?${query}`)
      },
      initialPageParam: null as number | null,
      getNextPageParam: (last) => last.next,
      staleTime: Number.POSITIVE_INFINITY,
    })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0) return <Empty title={t('audit.list.none')}>{t('audit.list.noneText')}</Empty>
  return (
    <>
      <Button variant="default" mt="md" size="xs" loading={isFetching} onClick={() => void refetch()}>
        {t('audit.list.refresh')}
      </Button>
      <table className="queue">
        <caption className="unseen">{t('audit.title')}</caption>
        <thead>
          <tr>
            {(['index', 'at', 'act', 'outcome', 'member', 'object', 'recipient'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`audit.columns.${it}`)}
              </th>
            ))}
            <th scope="col">{t('audit.list.proof')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((it) => (
            <Row key={it.index} entry={it} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('audit.list.more')}
        </Button>
      )}
    </>
  )
}

function Row({ entry }: { entry: ShownEntry }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const details = useId()
  const { index, at, act, outcome, member, objectType, objectId, recipient } = entry
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <bdi>{index}</bdi>
        </th>
        <td>
          <Moment at={at} />
        </td>
        <td>{t(`audit.acts.${act}`)}</td>
        <td className={outcome === 'permitted' ? undefined : 'differs'}>{t(`audit.outcomes.${outcome}`)}</td>
        <td>
          <MemberName id={member} />
        </td>
        <td>
          {objectId !== null && (
            <>
              <bdi>{objectType}</bdi>
              <bdi className="code under">{objectId}</bdi>
            </>
          )}
        </td>
        <td>{recipient !== null && <MemberName id={recipient} />}</td>
        <td>
          <Button
            variant="default"
            size="xs"
            aria-expanded={opened}
            aria-controls={details}
            onClick={() => setOpened(!opened)}
          >
            {t(opened ? 'audit.list.close' : 'audit.list.open')} <span className="unseen">{index}</span>
          </Button>
        </td>
      </tr>
      <tr id={details} hidden={!opened}>
        {opened && (
          <td colSpan={8}>
            <EntryDetails entry={entry} />
          </td>
        )}
      </tr>
    </Fragment>
  )
}
