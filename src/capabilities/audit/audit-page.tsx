import './audit.css'
import { Group, Tabs, Title } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Cited } from '../../web/design/cited'
import citations from './citations.json'
import { CheckpointState } from './console-checkpoint'
import { Entries } from './console-entries'
import { FilterForm } from './console-filter'
import { Trail } from './console-trail'
import { type AuditSearch, auditSearchOf, conditionsOf } from './search'

/** Who did what, when, why and with whose data; each entry can be proven. What is searched for stands in the address. */
export function Page() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = auditSearchOf(useSearch({ strict: false }))
  const conditions = conditionsOf(search)
  const go = (next: AuditSearch) => void navigate({ to: '/audit' as '/today', search: next as never })
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h3">
          {t('audit.title')}
        </Title>
        <Cited about={t('audit.title')} citation={citations.logging}>
          <p>{t('audit.help')}</p>
        </Cited>
      </Group>
      <Tabs
        value={search.tab ?? 'entries'}
        onChange={(it) => go(it === 'ledger' ? { ...conditions, tab: 'ledger' } : conditions)}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="entries">{t('audit.tabs.entries')}</Tabs.Tab>
          <Tabs.Tab value="ledger">{t('audit.tabs.ledger')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="entries" pt="md">
          <FilterForm conditions={conditions} onSearch={go} />
          <Entries search={search} onTurn={(place) => go({ ...conditions, ...place })} />
        </Tabs.Panel>
        <Tabs.Panel value="ledger" pt="md">
          <CheckpointState />
          <Trail />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
