import { Button, Checkbox, Group, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import type { ShownRecord } from '../../web/design/record-head'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'

interface Listed extends ShownRecord {
  readonly issuedAt: string
  readonly standing: 'current' | 'expired' | 'closed'
  readonly imminence: string
  readonly validUntil: string
}

const columns = ['imminence', 'title', 'standing', 'validUntil', 'owner', 'tlp', 'issued'] as const

/** Warnings in force, the most imminent first. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [all, setAll] = useState(false)
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('threats.title')}
        </Title>
        {roles.some((it) => it === 'officer' || it === 'supervisor') && (
          <Button renderRoot={(props) => <Link to={'/threats/new' as '/today'} {...props} />}>
            {t('threats.new')}
          </Button>
        )}
      </Group>
      <ForWork>
        <Checkbox
          my="md"
          label={t('threats.showAll')}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
        <List show={all ? 'all' : 'current'} />
      </ForWork>
    </>
  )
}

function List({ show }: { show: 'all' | 'current' }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['live', 'threat', 'list', show, work],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ show, limit: '50', ...(pageParam === null ? {} : { after: pageParam }) })
      return ask<{ items: Listed[]; next: string | null }>(`/api/v1/threats?${query}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0) return <Empty title={t('threats.none')}>{t('threats.noneText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('threats.title')}</caption>
        <thead>
          <tr>
            {columns.map((it) => (
              <th key={it} scope="col">
                {t(`threats.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((it) => (
            <Row key={it.id} warning={it} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('threats.more')}
        </Button>
      )}
    </>
  )
}

function Row({ warning }: { warning: Listed }) {
  const { t } = useTranslation()
  const { id, caption, owner, handling, state, issuedAt, standing, imminence, validUntil } = warning
  return (
    <tr>
      <td>{t(`threats.imminences.${imminence}`)}</td>
      <th scope="row">
        <Link to={`/threats/${id}` as '/today'}>
          <bdi>{caption}</bdi>
        </Link>
        {state !== 'active' && <span className="warns">{t(`web.record.states.${state}`)}</span>}
      </th>
      <td>{t(`threats.standings.${standing}`)}</td>
      <td>
        {/* Only what is in force has a clock: that a warning is over is not late. */}
        {standing === 'current' ? <Clock since={issuedAt} due={validUntil} /> : <Moment at={validUntil} />}
      </td>
      <td>
        <MemberName id={owner} />
      </td>
      <td>
        <bdi>{handling.tlp}</bdi>
      </td>
      <td>
        <Moment at={issuedAt} />
      </td>
    </tr>
  )
}
