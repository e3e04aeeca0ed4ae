import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName, useMembers } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { anyDirection } from './any-direction'
import { stop } from './arrows'
import { ListName } from './list-name'
import type { ShownHit } from './shown'
import { useFilters } from './use-filters'

const filterNames = ['state', 'role', 'other'] as const
const states = ['recorded', 'reported', 'more-information', 'confirmed', 'not-confirmed', 'withdrawn'] as const
const roles = ['finder', 'owner'] as const

/** Hits that we reported and hits reported to us, the clock that runs out first on top. */
export function Hits() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [filters, change] = useFilters(filterNames)
  const [text, setText] = useState('')
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['hit', 'confirmation', 'feedback', 'hit-answer'], 'all', filters],
    queryFn: () => ask<{ items: ShownHit[] }>(`/api/v1/hits?${queryOf(filters)}`),
  })
  const shown = data?.items.filter((it) => it.caption.toLowerCase().includes(text.trim().toLowerCase())) ?? []
  return (
    <section aria-labelledby="hits">
      <h2 className="group-name" id="hits">
        {t('screening.hits')}
      </h2>
      <Filters filters={filters} onChange={change} text={text} onText={setText} />
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow lines={3} />}
      {data !== undefined && shown.length === 0 && (
        <Empty title={t('screening.noHits')}>{t('screening.noHitsText')}</Empty>
      )}
      {shown.length > 0 && <Table hits={shown} />}
    </section>
  )
}

function queryOf(filters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams({ limit: '200' })
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, value)
  return query.toString()
}

interface Filtering {
  readonly filters: Readonly<Record<(typeof filterNames)[number], string | undefined>>
  readonly onChange: (change: Partial<Filtering['filters']>) => void
  readonly text: string
  readonly onText: (text: string) => void
}

function Filters({ filters, onChange, text, onText }: Filtering) {
  const { t } = useTranslation()
  const members = useMembers()
  const choice = (name: keyof Filtering['filters'], label: string, data: { value: string; label: string }[]) => (
    <Select
      label={label}
      placeholder={t('screening.search.all')}
      value={filters[name] ?? null}
      onChange={(it) => onChange({ [name]: it ?? undefined })}
      data={data}
      clearable
    />
  )
  return (
    <fieldset className="filters" aria-label={t('screening.search.filters')}>
      {choice(
        'state',
        t('screening.filterState'),
        states.map((value) => ({ value, label: t(`screening.states.${value}`) })),
      )}
      {choice(
        'role',
        t('screening.filterRole'),
        roles.map((value) => ({ value, label: t(`screening.directions.${value}`) })),
      )}
      {choice(
        'other',
        t('screening.filterOther'),
        members.map(({ id, name }) => ({ value: id, label: name.replace(' (EXERCISE)', '') })),
      )}
      <TextInput
        label={t('screening.filterText')}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        {...anyDirection}
        autoComplete="off"
      />
    </fieldset>
  )
}

function Table({ hits }: { hits: readonly ShownHit[] }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption className="unseen">{t('screening.hits')}</caption>
      <thead>
        <tr>
          {(['about', 'other', 'state', 'clock'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`screening.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hits.map(({ id, caption, other, list, role, state, dueAt, dueRule, reportedAt, answeredAt, late }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`/hits/${id}` as '/today'} {...stop}>
                <bdi>{caption === '' ? t('screening.hit') : caption}</bdi>
              </Link>
            </th>
            <td>
              {list === null ? (
                <>
                  {t(`screening.roles.${role}`)} <MemberName id={other} />
                </>
              ) : (
                <ListName list={list} />
              )}
            </td>
            <td>
              {t(`screening.states.${state}`)}
              {late && <span className="warns">{t('screening.late')}</span>}
            </td>
            <td>
              {dueAt !== null && answeredAt === null ? (
                <Clock since={reportedAt} due={dueAt} rule={dueRule} />
              ) : (
                <Moment at={answeredAt ?? reportedAt} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
