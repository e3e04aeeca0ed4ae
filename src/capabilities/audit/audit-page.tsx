import { Title } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CheckpointState } from './console-checkpoint'
import { Entries } from './console-entries'
import { type Filter, FilterForm, filterOf } from './console-filter'

/** Who did what, when, why and with whose data; each entry can be proven. What is searched for stands in the address. */
export function Page() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const filter = filterOf(useSearch({ strict: false }))
  const search = (next: Filter) => void navigate({ to: '/audit' as '/today', search: next as never })
  return (
    <>
      <Title order={1} size="h3">
        {t('audit.title')}
      </Title>
      <CheckpointState />
      <FilterForm filter={filter} onSearch={search} />
      <Entries filter={filter} />
    </>
  )
}
