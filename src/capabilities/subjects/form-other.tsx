import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { put } from '#capabilities/subjects/form'
import { useNode } from '../../web/node'
import { useErrorAt, useForm } from './form-context'

interface FoundSubject {
  readonly id: string
  readonly caption: string
  readonly owner: string
  readonly body: { readonly schema: string }
}

const waitMilliseconds = 250

/** The other end of a relation, found among the subjects that this office holds by any text in them. */
export function OtherRecord({ pointer, record }: { pointer: string; record: string }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { writing, change } = useForm()
  const [text, setText] = useState('')
  const [sought] = useDebouncedValue(text.trim(), waitMilliseconds)
  const { data } = useQuery({
    queryKey: ['live', 'subject', 'other', sought, work],
    queryFn: ({ signal }) =>
      ask<{ items: FoundSubject[] }>(`/api/v1/subjects?limit=20&text=${encodeURIComponent(sought)}`, { signal }),
    enabled: sought.length >= 2,
  })
  const chosen = useQuery({
    queryKey: ['live', ['subject', record], 'record', record],
    queryFn: () => ask<FoundSubject>(`/api/v1/records/${record}`),
    enabled: record !== '',
    retry: false,
  })
  const label = (it: FoundSubject) => `${it.caption} · ${t(`subjects.schemata.${it.body.schema}`)} · ${it.owner}`
  const found = (data?.items ?? []).map((it) => ({ value: it.id, label: label(it) }))
  const current =
    record === '' || found.some((it) => it.value === record)
      ? []
      : [{ value: record, label: chosen.data === undefined ? record : label(chosen.data) }]
  return (
    <Select
      label={t('subjects.form.findRecord')}
      description={t('subjects.form.findRecordText')}
      value={record === '' ? null : record}
      error={useErrorAt(pointer)}
      searchable
      filter={({ options }) => options} // the node has looked
      nothingFoundMessage={sought.length < 2 ? t('subjects.form.typeMore') : t('subjects.form.notFound')}
      onSearchChange={setText}
      data={[...current, ...found]}
      onChange={(it) => it !== null && change(put(writing, `${pointer}/record`, it))}
    />
  )
}
