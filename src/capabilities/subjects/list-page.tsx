import './subjects.css'
import { Button, Group, NativeSelect, TextInput, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nodeSchemata } from '#protocol/vocabulary'
import { Moment } from '../../web/design/clock'
import { type Column, LongTable } from '../../web/design/long-table'
import { MemberName, useMembers } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { DraftsList } from '../../web/drafts-list'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import type { ShownSubject } from './record-page'

/**
 * What the list is narrowed to. All but the text is in the address, and can be kept and shown to a colleague; a name that was
 * typed is not left in histories and logs.
 */
interface Filter {
  readonly owner?: string | undefined
  readonly schema?: string | undefined
  readonly category?: string | undefined
  readonly state?: string | undefined
  readonly text?: string | undefined
}

interface ListedPage {
  readonly items: readonly ShownSubject[]
  readonly next: string | null
}

/** Subjects that this node holds, newest first. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('subjects.title')}
        </Title>
        {writes && (
          <Group gap="sm">
            <Button variant="default" renderRoot={(props) => <Link to={'/subjects/alike' as '/today'} {...props} />}>
              {t('subjects.alike.title')}
            </Button>
            <Button renderRoot={(props) => <Link to={'/subjects/new' as '/today'} {...props} />}>
              {t('subjects.new')}
            </Button>
          </Group>
        )}
      </Group>
      {writes && (
        <DraftsList
          kinds={['subject', 'subject-edit']}
          hrefOf={({ kind, key }) => {
            const which = key.slice(key.indexOf(':') + 1)
            return kind === 'subject' ? `/subjects/new?draft=${which}` : `/subjects/${which}/edit`
          }}
          quiet
        />
      )}
      <ForWork>
        <List />
      </ForWork>
    </>
  )
}

function List() {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { owner, schema, category, state } = useSearch({ strict: false }) as Filter
  const [text, setText] = useState<string>()
  const filter = useMemo(() => ({ owner, schema, category, state, text }), [owner, schema, category, state, text])
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['live', 'subject', 'list', filter, work],
    queryFn: ({ pageParam }) => ask<ListedPage>(`/api/v1/subjects?${queryOf(filter, pageParam)}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const items = useMemo(() => data?.pages.flatMap((it) => it.items) ?? [], [data])
  const columns = useColumns()
  const narrowed = Object.values(filter).some((it) => it !== undefined)
  return (
    <>
      <FilterLine filter={filter} onText={setText} />
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && isPending && <Slow />}
      {data !== undefined && items.length === 0 && (
        <Empty title={t(narrowed ? 'subjects.filter.none' : 'subjects.none')}>
          {t(narrowed ? 'subjects.filter.noneText' : 'subjects.noneText')}
        </Empty>
      )}
      {items.length > 0 && (
        <LongTable
          caption={t('subjects.title')}
          columns={columns}
          rows={items}
          keyOf={(it) => it.id}
          onNearEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
          }}
        />
      )}
    </>
  )
}

function queryOf(filter: Filter, after: string | null): string {
  const query = new URLSearchParams({ limit: '50' })
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value))
  if (after !== null) query.set('after', after)
  return query.toString()
}

function useColumns(): Column<ShownSubject>[] {
  const { t } = useTranslation()
  const column = (name: string, share: number, cell: Column<ShownSubject>['cell']) => ({
    name,
    title: t(`subjects.columns.${name}`),
    share,
    cell,
  })
  return [
    column('name', 4, ({ id, caption, state }) => (
      <>
        <Link to={`/subjects/${id}` as '/today'}>
          <bdi>{caption}</bdi>
        </Link>
        {state !== 'active' && <span className="warns">{t(`web.record.states.${state}`)}</span>}
      </>
    )),
    column('kind', 2, ({ body }) => t(`subjects.schemata.${body.schema}`)),
    column('category', 2, ({ handling }) => t(`web.categories.${handling.category}`)),
    column('owner', 2, ({ owner }) => <MemberName id={owner} />),
    column('tlp', 1.5, ({ handling }) => <bdi>{handling.tlp}</bdi>),
    column('issued', 2, ({ issuedAt }) => <Moment at={issuedAt} />),
  ]
}

const states = ['active', 'suspended', 'withdrawn'] as const

function FilterLine({ filter, onText }: { filter: Filter; onText: (text: string | undefined) => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const members = useMembers()
  const set = (change: Filter) =>
    void navigate({
      to: '.',
      search: ((all: object) =>
        Object.fromEntries(
          Object.entries({ ...all, ...change }).filter(([, it]) => it !== undefined && it !== ''),
        )) as never,
      replace: true,
    })
  const words = (place: string) => Object.entries(t(`web.${place}`, { returnObjects: true }) as Record<string, string>)
  const pick = (name: keyof Filter, label: string, data: readonly { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      value={filter[name] ?? ''}
      data={[{ value: '', label: t('subjects.filter.all') }, ...data]}
      onChange={(event) => set({ [name]: event.currentTarget.value || undefined })}
    />
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('text')).trim()
    onText(text.length < 2 ? undefined : text)
  }
  return (
    <search aria-label={t('subjects.filter.title')}>
      <form onSubmit={submit} className="filter-line">
        <TextInput
          key={filter.text}
          name="text"
          label={t('subjects.filter.text')}
          dir="auto"
          defaultValue={filter.text ?? ''}
          maxLength={100}
          onBlur={(event) => event.currentTarget.form?.requestSubmit()}
          rightSectionWidth="auto"
          rightSection={
            <Button type="submit" variant="subtle" size="compact-sm">
              {t('subjects.filter.act')}
            </Button>
          }
        />
        {pick(
          'schema',
          t('subjects.columns.kind'),
          nodeSchemata.map((it) => ({ value: it, label: t(`subjects.schemata.${it}`) })),
        )}
        {pick(
          'category',
          t('subjects.columns.category'),
          words('categories').map(([value, label]) => ({ value, label })),
        )}
        {pick(
          'owner',
          t('subjects.columns.owner'),
          members.map((it) => ({ value: it.id, label: it.name })),
        )}
        {pick(
          'state',
          t('subjects.filter.state'),
          states.map((it) => ({ value: it, label: t(`web.record.states.${it}`) })),
        )}
      </form>
    </search>
  )
}
