import { Button, Checkbox, Group, NativeSelect, Title } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../web/ask'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName, useMembers } from '../../web/design/member-name'
import { More, usePages } from '../../web/design/pages'
import type { ShownRecord } from '../../web/design/record-head'
import { Empty, Failed, Slow } from '../../web/design/states'
import { DraftsList, type ListedDraft } from '../../web/drafts-list'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'

interface Listed extends ShownRecord {
  readonly issuedAt: string
  readonly standing: 'current' | 'expired' | 'closed'
  readonly imminence: string
  readonly validUntil: string
}

const columns = ['imminence', 'title', 'standing', 'validUntil', 'owner', 'tlp', 'issued'] as const

const imminences = ['', 'imminent', 'hours', 'days', 'weeks', 'unknown'] as const

/** What the address says: only warnings in force or all, of whom, how soon. */
interface Filter {
  readonly show: 'all' | 'current'
  readonly owner: string
  readonly imminence: string
}

function filterOf(search: Readonly<Record<string, unknown>>): Filter {
  return {
    show: search.show === 'all' ? 'all' : 'current',
    owner: typeof search.owner === 'string' ? search.owner : '',
    imminence: imminences.find((it) => it === search.imminence) ?? '',
  }
}

const searchOf = (filter: Filter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '' && value !== 'current'))

/** Warnings in force, the most imminent first. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const members = useMembers()
  const navigate = useNavigate()
  const filter = filterOf(useSearch({ strict: false }))
  const put = (change: Partial<Filter>) =>
    void navigate({ to: '/threats' as '/today', search: searchOf({ ...filter, ...change }) as never })
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('threats.title')}
        </Title>
        {writes && (
          <Button renderRoot={(props) => <Link to={'/threats/new' as '/today'} {...props} />}>
            {t('threats.new')}
          </Button>
        )}
      </Group>
      {writes && <DraftsList kinds={['threat', 'threat-change']} hrefOf={hrefOf} quiet />}
      <ForWork>
        <Group gap="md" my="md" align="flex-end">
          <NativeSelect
            label={t('threats.columns.imminence')}
            value={filter.imminence}
            onChange={(event) => put({ imminence: event.currentTarget.value })}
            data={imminences.map((it) => ({
              value: it,
              label: t(it === '' ? 'threats.all' : `threats.imminences.${it}`),
            }))}
          />
          <NativeSelect
            label={t('threats.columns.owner')}
            value={filter.owner}
            onChange={(event) => put({ owner: event.currentTarget.value })}
            data={[{ value: '', label: t('threats.all') }, ...members.map((it) => ({ value: it.id, label: it.name }))]}
          />
          <Checkbox
            pb="xs"
            label={t('threats.showAll')}
            checked={filter.show === 'all'}
            onChange={(event) => put({ show: event.currentTarget.checked ? 'all' : 'current' })}
          />
        </Group>
        <List filter={filter} />
      </ForWork>
    </>
  )
}

function hrefOf({ key, kind }: ListedDraft) {
  const id = key.slice(kind.length + 1)
  return kind === 'threat' ? `/threats/new?draft=${id}` : `/threats/${id}/edit`
}

function List({ filter }: { filter: Filter }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const pages = usePages({
    queryKey: ['live', 'threat', 'list', filter, work],
    read: (after) => {
      const query = new URLSearchParams({ limit: '50', ...searchOf(filter) })
      if (after !== null) query.set('after', after)
      return ask<{ items: Listed[]; next: string | null }>(`/api/v1/threats?${query}`)
    },
  })
  const { data, error, isPending, fetchStatus, refetch } = pages
  if (isPending && fetchStatus === 'paused') return <Failed cause={offline} />
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
      <More of={pages} />
    </>
  )
}

const offline = new Refusal({ status: 0, code: 'console/offline', title: '' })

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
