import { Button, Group, Select, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Listing } from '#capabilities/lists/record'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useNode } from '../../web/node'

interface Entry {
  readonly id: string
  readonly caption: string
  readonly version: number
  readonly body: Listing
}

interface Facet {
  readonly value: string
  readonly count: number
}

interface EntriesPage {
  readonly items: readonly Entry[]
  readonly next: string | null
  readonly schemata: readonly Facet[]
  readonly programmes: readonly Facet[]
}

const names = ['q', 'schema', 'programme'] as const
type Filter = Readonly<Partial<Record<(typeof names)[number], string>>>

/** The filter in the address; what is not known there is left out, so that an old link still opens. */
function filterOf(search: object): Filter {
  const given = Object.entries(search).filter(([name, value]) => names.some((it) => it === name) && value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

/** The entries of a list, newest first, a page at a time. */
export function Entries({ list }: { list: string }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const navigate = useNavigate()
  const filter = filterOf(useSearch({ strict: false }))
  const pages = usePages({
    queryKey: ['live', ['list'], 'list-entries', list, filter, work],
    read: (after) => {
      const query = new URLSearchParams({ ...filter, ...(after === null ? {} : { after }) })
      return ask<EntriesPage>(`/api/v1/lists/${list}/entries?${query}`)
    },
  })
  const { data, error, isPending, refetch } = pages
  const [first] = data?.pages ?? []
  const items = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <>
      <FilterForm
        filter={filter}
        schemata={first?.schemata ?? []}
        programmes={first?.programmes ?? []}
        onSearch={(next) => void navigate({ to: `/lists/${list}` as '/today', search: next as never })}
      />
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {isPending && <Slow />}
      {data !== undefined && items.length === 0 && (
        <Empty title={t('lists.entriesNone')}>{t('lists.entriesNoneText')}</Empty>
      )}
      {items.length > 0 && <Table list={list} items={items} />}
      <More of={pages} />
    </>
  )
}

function Table({ list, items }: { list: string; items: readonly Entry[] }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption className="unseen">{t('lists.tabs.entries')}</caption>
      <thead>
        <tr>
          {(['entry', 'kind', 'programmes', 'listedOn'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`lists.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, caption, body }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`/lists/${list}/entries/${id}` as '/today'}>
                <bdi>{caption}</bdi>
              </Link>
              <span className="under">
                <bdi className="code">{body.reference ?? body.ref}</bdi>
              </span>
            </th>
            <td>{t(`lists.schemata.${body.schema}`)}</td>
            <td>
              <bdi>{body.programmes.join(', ')}</bdi>
            </td>
            <td>
              <bdi>{body.listedOn}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Filtering {
  readonly filter: Filter
  readonly schemata: readonly Facet[]
  readonly programmes: readonly Facet[]
  readonly onSearch: (filter: Filter) => void
}

function FilterForm({ filter, schemata, programmes, onSearch }: Filtering) {
  const { t } = useTranslation()
  const [q, setQ] = useState(filter.q ?? '')
  // Back and forward change the address under a form that stays, so that the focus does too.
  useEffect(() => setQ(filter.q ?? ''), [filter.q])
  const search = (change: { readonly [name in keyof Filter]: string | null }) => {
    const next = { ...filter, q: q.trim(), ...change }
    onSearch(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null && value !== '')))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    search({})
  }
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('lists.filter.clear') } }
  const told = ({ count }: Facet, name: string) => `${name} (${count})`
  return (
    <search className="acts">
      <form onSubmit={submit}>
        <Group align="flex-end" gap="md">
          <TextInput
            name="q"
            label={t('lists.filter.q')}
            value={q}
            onChange={(event) => setQ(event.currentTarget.value)}
            maxLength={200}
          />
          <Select
            label={t('lists.columns.kind')}
            placeholder={t('lists.filter.any')}
            value={filter.schema ?? null}
            onChange={(it) => search({ schema: it })}
            data={schemata.map((it) => ({ value: it.value, label: told(it, t(`lists.schemata.${it.value}`)) }))}
            {...clear}
          />
          <Select
            label={t('lists.columns.programmes')}
            placeholder={t('lists.filter.any')}
            value={filter.programme ?? null}
            onChange={(it) => search({ programme: it })}
            data={programmes.map((it) => ({ value: it.value, label: told(it, it.value) }))}
            searchable
            limit={100}
            {...clear}
          />
          <Button type="submit">{t('lists.filter.search')}</Button>
        </Group>
      </form>
    </search>
  )
}
