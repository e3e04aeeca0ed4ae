import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { changeKinds, type ShownChange } from './console-shapes'
import { fieldName } from './field-name'

interface ChangesPage {
  readonly items: readonly ShownChange[]
  readonly next: string | null
}

/** What an import changed, entry by entry. */
export function Changes({ list, id }: { list: string; id: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const given = useSearch({ strict: false }) as { change?: string; q?: unknown }
  const change = changeKinds.find((it) => it === given.change)
  const q = given.q === undefined ? '' : String(given.q)
  const pages = usePages({
    queryKey: ['live', ['list'], 'list-changes', id, change, q],
    read: (after) => {
      const filter = { ...(change && { change }), ...(q !== '' && { q }), ...(after && { after }) }
      return ask<ChangesPage>(`/api/v1/lists/${list}/imports/${id}/changes?${new URLSearchParams(filter)}`)
    },
  })
  const { data, error, isPending, refetch } = pages
  const search = (next: { change?: string | undefined; q?: string }) => {
    const { change: kind, q: text } = { change, q, ...next }
    const filter = { ...(kind !== undefined && { change: kind }), ...(text !== '' && { q: text }) }
    void navigate({ to: `/lists/${list}/imports/${id}` as '/today', search: filter as never })
  }
  const items = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <section aria-label={t('lists.delta.title')}>
      <FilterForm change={change ?? 'all'} q={q} onSearch={search} />
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {isPending && <Slow />}
      {data !== undefined && items.length === 0 && (
        <Empty title={t('lists.delta.none')}>{t('lists.delta.noneText')}</Empty>
      )}
      {items.length > 0 && <Table list={list} items={items} />}
      <More of={pages} />
    </section>
  )
}

interface Filtering {
  readonly change: string
  readonly q: string
  readonly onSearch: (next: { change?: string | undefined; q?: string }) => void
}

function FilterForm({ change, q, onSearch }: Filtering) {
  const { t } = useTranslation()
  const [text, setText] = useState(q)
  useEffect(() => setText(q), [q]) // back and forward change the address under a form that stays
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch({ q: text.trim() })
  }
  return (
    <search className="acts">
      <form onSubmit={submit}>
        <Group align="flex-end" gap="md" mt="md">
          <SegmentedControl
            aria-label={t('lists.delta.which')}
            value={change}
            onChange={(it) => onSearch({ change: it === 'all' ? undefined : it, q: text.trim() })}
            data={[
              { value: 'all', label: t('lists.delta.all') },
              ...changeKinds.map((it) => ({ value: it, label: t(`lists.report.${it}`) })),
            ]}
          />
          <TextInput
            name="q"
            label={t('lists.filter.name')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={200}
          />
          <Button type="submit">{t('lists.filter.search')}</Button>
        </Group>
      </form>
    </search>
  )
}

function Table({ list, items }: { list: string; items: readonly ShownChange[] }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption className="unseen">{t('lists.delta.title')}</caption>
      <thead>
        <tr>
          {(['entry', 'change'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`lists.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((it) => (
          <tr key={it.ref}>
            <th scope="row">
              <Link to={`/lists/${list}/entries/${it.record}` as '/today'}>
                <bdi>{it.caption}</bdi>
              </Link>
              <span className="under">
                <bdi className="code">{it.ref}</bdi>
              </span>
            </th>
            <td>
              {t(`lists.changeKinds.${it.change}`)}
              {it.fields.length > 0 && <Fields fields={it.fields} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Each field that is different: what it had, then what it has. */
function Fields({ fields }: Pick<ShownChange, 'fields'>) {
  const { t, i18n } = useTranslation()
  return (
    <dl className="fields">
      {fields.map(({ field, before, after }) => (
        <Field key={field} name={fieldName(field, { t, i18n })} before={before} after={after} />
      ))}
    </dl>
  )
}

function Field({ name, before, after }: { name: string; before: readonly string[]; after: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {before.map((it) => (
          <del key={it}>
            <span className="unseen">{t('lists.delta.had')}</span> <bdi>{it}</bdi>
          </del>
        ))}
        {after.map((it) => (
          <ins key={it}>
            <span className="unseen">{t('lists.delta.has')}</span> <bdi>{it}</bdi>
          </ins>
        ))}
      </dd>
    </>
  )
}
