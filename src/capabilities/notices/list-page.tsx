import './notices.css'
import { Button, Group, NativeSelect, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Filter, filterOf, places, readFor, searchOf, tabs, types } from '#capabilities/notices/console-list'
import type { Line } from '#capabilities/notices/console-shapes'
import { Refusal } from '../../web/ask'
import { Moment } from '../../web/design/clock'
import { MemberName, useMembers } from '../../web/design/member-name'
import { More, type PageOf, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { DraftsList, type ListedDraft } from '../../web/drafts-list'
import { useAsk, useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { DueClock, TypeName } from './console-names'

/** Notices of ours, those to review, those received, and those that wait for our own gate. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('notices.title')}
        </Title>
        <Group gap="md">
          {roles.includes('legal') && <Link to={'/notices/shields' as '/today'}>{t('notices.shields.title')}</Link>}
          {writes && (
            <Button renderRoot={(props) => <Link to={'/notices/new' as '/today'} {...props} />}>
              {t('notices.new')}
            </Button>
          )}
        </Group>
      </Group>
      {writes && <DraftsList kinds={['notice', 'notice-change']} hrefOf={hrefOf} quiet />}
      <ForWork>
        <Tabbed />
      </ForWork>
    </>
  )
}

function hrefOf({ key, kind }: ListedDraft) {
  const id = key.slice(kind.length + 1)
  return kind === 'notice' ? `/notices/new?draft=${id}` : `/notices/${id}/edit`
}

function Tabbed() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const navigate = useNavigate()
  const search = useSearch({ strict: false })
  const reviews = useReviews()
  const gates = roles.some((it) => it === 'legal' || it === 'supervisor')
  const there = tabs.filter((it) => (it !== 'review' || reviews) && (it !== 'gate' || gates))
  const filter = filterOf(search, there)
  const put = (change: Partial<Filter>) =>
    void navigate({ to: '/notices' as '/today', search: searchOf({ ...filter, ...change }) as never })
  return (
    <>
      <nav className="notice-tabs" aria-label={t('notices.tabs.label')}>
        {there.map((it) => (
          <Link
            key={it}
            to={'/notices' as '/today'}
            search={searchOf({ ...filter, tab: it, place: '' }) as never}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={it === filter.tab ? 'page' : undefined}
          >
            {t(`notices.tabs.${it}`)}
          </Link>
        ))}
      </nav>
      <Group gap="md" my="md" align="flex-end">
        <NativeSelect
          label={t('notices.columns.type')}
          value={filter.type}
          onChange={(event) => put({ type: event.currentTarget.value as Filter['type'] })}
          data={types.map((it) => ({ value: it, label: t(it === '' ? 'notices.all' : `notices.notices.${it}`) }))}
        />
        <NativeSelect
          label={t('notices.columns.place')}
          value={filter.place}
          onChange={(event) => put({ place: event.currentTarget.value as Filter['place'] })}
          data={places.map((it) => ({
            value: it,
            label: t(
              it === '' ? (filter.tab === 'review' ? 'notices.waiting' : 'notices.all') : `notices.places.${it}`,
            ),
          }))}
        />
      </Group>
      <List filter={filter} />
    </>
  )
}

/** Whether this office reviews: the secretariat does, and who has a diffusion of its own office before it. */
function useReviews(): boolean {
  const ask = useAsk()
  const { member, roles } = useSignedIn()
  const kind = useMembers().find((it) => it.id === member.id)?.kind
  const may = roles.some((it) => it === 'legal' || it === 'supervisor')
  const { data } = useQuery({
    queryKey: ['live', 'notice', 'reviews'],
    queryFn: async () => {
      const { items } = await ask<{ items: { waits: string }[] }>('/api/v1/notices/waiting')
      return items.some((it) => it.waits === 'review' || it.waits === 'proposal')
    },
    enabled: may && kind !== undefined && kind !== 'secretariat',
  })
  return kind === 'secretariat' || data === true
}

function List({ filter }: { filter: Filter }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member } = useSignedIn()
  const kind = useMembers().find((it) => it.id === member.id)?.kind
  const pages = usePages<PageOf<Line>>({
    queryKey: ['live', 'notice', 'list', filter, work, kind],
    read: (after) =>
      readFor(filter, { secretariat: kind === 'secretariat', after }, (query) =>
        ask<PageOf<Line>>(`/api/v1/notices?${query}`),
      ),
  })
  const { data, error, isPending, fetchStatus, refetch } = pages
  if (isPending && fetchStatus === 'paused') return <Failed cause={offline} />
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0)
    return <Empty title={t(`notices.empty.${filter.tab}`)}>{t(`notices.emptyText.${filter.tab}`)}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t(`notices.tabs.${filter.tab}`)}</caption>
        <thead>
          <tr>
            {columns.map((it) => (
              <th key={it} scope="col">
                {t(`notices.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((it) => (
            <Row key={it.id} line={it} tab={filter.tab} />
          ))}
        </tbody>
      </table>
      <More of={pages} />
    </>
  )
}

const columns = ['type', 'person', 'issuer', 'place', 'clock'] as const
const offline = new Refusal({ status: 0, code: 'console/offline', title: '' })

function Row({ line, tab }: { line: Line; tab: Filter['tab'] }) {
  const { t } = useTranslation()
  const { id, type, channel, owner, place, local, inForce, updatedAt } = line
  const href = `/notices/${id}${tab === 'review' || tab === 'gate' ? `/${tab}` : ''}`
  return (
    <tr>
      <td>
        <TypeName type={type} channel={channel as 'notice'} />
      </td>
      <th scope="row">
        <Link to={href as '/today'}>
          <bdi>{line.caption}</bdi>
        </Link>
      </th>
      <td>
        <MemberName id={owner} />
      </td>
      <td>
        {t(`notices.places.${place}`)}
        {line.proposedBy !== null && <span className="tag">{t('notices.proposed')}</span>}
        {local !== null && local !== 'accepted' && <span className="tag">{t(`notices.locals.${local}`)}</span>}
        {inForce && <span className="unseen">. {t('notices.inForce')}</span>}
      </td>
      <td>{line.dueAt === null ? <Moment at={updatedAt} /> : <DueClock since={updatedAt} {...line} />}</td>
    </tr>
  )
}
