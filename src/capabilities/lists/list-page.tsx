import { Tabs } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Failed, Missing, Slow } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { Entries } from './console-entries'
import { ListHead } from './console-head'
import { History } from './console-history'
import { useLists } from './console-import'
import { WaitingShares } from './console-shares'

/** One list: its entries, and the history of its imports. Which of the two, and every filter, stands in the address. */
export function Page() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { list: id } = useParams({ strict: false }) as { list: string }
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const { roles } = useSignedIn()
  const { data, error, refetch } = useLists()
  if (error !== null && data === undefined) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const list = data.items.find((it) => it.id === id)
  if (list === undefined) return <Missing />
  const reads = roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  const shown = !reads || tab === 'imports' ? 'imports' : 'entries'
  const show = (next: string | null) =>
    void navigate({ to: `/lists/${id}` as '/today', search: (next === 'imports' ? { tab: next } : {}) as never })
  return (
    <>
      <ListHead list={list} level={1} />
      <WaitingShares list={id} />
      <Tabs value={shown} onChange={show} keepMounted={false}>
        <Tabs.List>
          {reads && <Tabs.Tab value="entries">{t('lists.tabs.entries')}</Tabs.Tab>}
          <Tabs.Tab value="imports">{t('lists.tabs.imports')}</Tabs.Tab>
        </Tabs.List>
        {reads && (
          <Tabs.Panel value="entries" pt="md">
            <ForWork>
              <Entries list={id} />
            </ForWork>
          </Tabs.Panel>
        )}
        <Tabs.Panel value="imports">
          <History list={id} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
