import './people.css'
import { Group, Tabs, Title } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Cited } from '../../web/design/cited'
import { useSignedIn } from '../../web/node'
import citations from './citations.json'
import { type PeopleSearch, peopleSearchOf } from './console-people-filter'
import { PeopleTab } from './console-people-list'
import { SignInPolicy } from './console-policy'
import { Tokens } from './console-tokens'
import { Duties } from './duties'

/** Who works at this node, with which roles and tokens, and with what they sign in. What is looked at stands in the address. */
export function Page() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { roles } = useSignedIn()
  const search = peopleSearchOf(useSearch({ strict: false }))
  const go = (next: PeopleSearch) => void navigate({ to: '/people' as '/today', search: next as never })
  const oversees = roles.includes('administrator') || roles.includes('auditor')
  const tab = oversees ? (search.tab ?? 'people') : 'people'
  const tabs = ['people', ...(roles.includes('administrator') ? ['tokens'] : []), ...(oversees ? ['policy'] : [])]
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h3">
          {t('people.title')}
        </Title>
        <Cited about={t('people.duties.title')} citation={citations.separationOfDuties}>
          <Duties />
        </Cited>
      </Group>
      <Tabs
        value={tab}
        onChange={(it) => go(it === null || it === 'people' ? {} : { tab: it as NonNullable<PeopleSearch['tab']> })}
        keepMounted={false}
      >
        {tabs.length > 1 && (
          <Tabs.List>
            {tabs.map((it) => (
              <Tabs.Tab key={it} value={it}>
                {t(`people.tabs.${it}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        )}
        <Tabs.Panel value="people" pt="md">
          <PeopleTab search={search} onSearch={go} />
        </Tabs.Panel>
        {tabs.includes('tokens') && (
          <Tabs.Panel value="tokens" pt="md">
            <Tokens
              whose="all"
              state={search.tokens}
              onState={(it) => go({ tab: 'tokens', ...(it && { tokens: it }) })}
            />
          </Tabs.Panel>
        )}
        {tabs.includes('policy') && (
          <Tabs.Panel value="policy" pt="md">
            <SignInPolicy />
          </Tabs.Panel>
        )}
      </Tabs>
    </>
  )
}
