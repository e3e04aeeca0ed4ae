import { Button, Group, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import type { ShownRecord } from '../../web/design/record-head'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'

interface Listed extends ShownRecord {
  readonly issuedAt: string
  readonly body: { readonly schema: string }
}

interface ListedPage {
  readonly items: readonly Listed[]
  readonly next: string | null
}

/** Subjects that this node holds, newest first. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('subjects.title')}
        </Title>
        {roles.some((it) => it === 'officer' || it === 'supervisor') && (
          <Button renderRoot={(props) => <Link to={'/subjects/new' as '/today'} {...props} />}>
            {t('subjects.new')}
          </Button>
        )}
      </Group>
      <ForWork>
        <List />
      </ForWork>
    </>
  )
}

function List() {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['live', 'subject', 'list', work],
    queryFn: ({ pageParam }) =>
      ask<ListedPage>(`/api/v1/subjects?limit=50${pageParam === null ? '' : `&after=${pageParam}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0) return <Empty title={t('subjects.none')}>{t('subjects.noneText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('subjects.title')}</caption>
        <thead>
          <tr>
            {(['name', 'kind', 'category', 'owner', 'tlp', 'issued'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`subjects.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, caption, body, owner, handling, issuedAt, state }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={`/subjects/${id}` as '/today'}>
                  <bdi>{caption}</bdi>
                </Link>
                {state !== 'active' && <span className="warns">{t(`web.record.states.${state}`)}</span>}
              </th>
              <td>{t(`subjects.schemata.${body.schema}`)}</td>
              <td>{t(`web.categories.${handling.category}`)}</td>
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
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('subjects.more')}
        </Button>
      )}
    </>
  )
}
