import { Group, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { DocumentNumber, useIssuerName } from './pieces'
import type { ShownQuestion } from './shown'
import { DocumentsHead } from './tabs'

const roles = ['finder', 'owner'] as const
const states = ['asked', 'more-information', 'answered', 'closed'] as const
const columns = ['number', 'issuer', 'other', 'state', 'clock'] as const

/** Questions about documents, those that others asked us and those that we asked. */
export function Page() {
  return (
    <>
      <DocumentsHead />
      <Questions />
    </>
  )
}

function Questions() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [role, setRole] = useState<string | null>(null)
  const [state, setState] = useState<string | null>(null)
  const pages = usePages({
    queryKey: ['live', 'document-question', 'list', role, state],
    read: (after) => {
      const query = new URLSearchParams({ limit: '50' })
      for (const [name, value] of Object.entries({ role, state, after })) if (value !== null) query.set(name, value)
      return ask<{ items: ShownQuestion[]; next: string | null }>(`/api/v1/documents/questions?${query}`)
    },
    keepsBefore: true,
  })
  const { data, error, isPending, refetch } = pages
  const items = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <>
      <Group gap="md" mb="md">
        <Select
          label={t('documents.question.direction')}
          placeholder={t('documents.question.all')}
          value={role}
          onChange={setRole}
          data={roles.map((it) => ({ value: it, label: t(`documents.question.directions.${it}`) }))}
          clearable
        />
        <Select
          label={t('documents.fields.state')}
          placeholder={t('documents.question.all')}
          value={state}
          onChange={setState}
          data={states.map((it) => ({ value: it, label: t(`documents.question.states.${it}`) }))}
          clearable
        />
      </Group>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && isPending && <Slow lines={3} />}
      {data !== undefined && items.length === 0 && (
        <Empty title={t('documents.question.none')}>{t('documents.question.noneText')}</Empty>
      )}
      {items.length > 0 && <Table items={items} />}
      <More of={pages} />
    </>
  )
}

function Table({ items }: { items: readonly ShownQuestion[] }) {
  const { t } = useTranslation()
  const nameOf = useIssuerName()
  return (
    <table className="queue">
      <caption className="unseen">{t('documents.tabs.questions')}</caption>
      <thead>
        <tr>
          {columns.map((it) => (
            <th key={it} scope="col">
              {t(`documents.question.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((it) => (
          <tr key={it.id}>
            <th scope="row">
              <Link to={`/documents/questions/${it.id}` as '/today'}>
                <DocumentNumber number={it.number} />
              </Link>
            </th>
            <td>{nameOf(it.issuer)}</td>
            <td>
              {t(`documents.question.roles.${it.role}`)} <MemberName id={it.other} />
            </td>
            <td>
              {t(`documents.question.states.${it.state}`)}
              {it.outcome !== null && it.state !== 'more-information' && `: ${t(`documents.outcomes.${it.outcome}`)}`}
              {it.late && <span className="warns">{t('documents.question.late')}</span>}
            </td>
            <td>
              {it.state === 'asked' && it.dueAt !== null ? (
                <Clock since={it.askedAt} due={it.dueAt} rule={it.dueRule} />
              ) : (
                <Moment at={it.answeredAt ?? it.askedAt} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
