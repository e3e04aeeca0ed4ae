import { Button, Stack, TextInput, Title } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { anyDirection } from './any-direction'
import { SearchFilters, useSearchFilters } from './search-filters'
import { Results } from './search-results'
import type { ShownResult } from './shown'
import { Tabs } from './tabs'
import { Understood } from './understood'

interface Answer {
  readonly results: readonly ShownResult[]
  readonly more: boolean
}

/** One field for names, numbers and documents in any script, and what is alike of what this node lawfully holds. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <div className="with-help">
        <Title order={1} size="h3">
          {t('screening.search.title')}
        </Title>
        <Help about={t('screening.about.search')} rule="protocol point 3">
          <p>{t('screening.search.help')}</p>
        </Help>
      </div>
      <Tabs />
      <ForWork>
        <Search />
      </ForWork>
    </>
  )
}

/** What was last searched for: kept in memory, so that one comes back to it from a record, and forgotten at sign-out. */
const lastKey = ['search-last']

interface Last {
  readonly text: string
  readonly times: number
}

function Search() {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const client = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [last, setLast] = useState(() => client.getQueryData<Last>(lastKey))
  const [typed, setTyped] = useState(last?.text ?? '')
  const [filters, changeFilters] = useSearchFilters()
  useHotkeys([['/', () => field.current?.focus()]])
  // A search is an act that is audited, so only a person makes one: nothing that changes elsewhere repeats it.
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['search', last, filters, work],
    queryFn: ({ signal }) =>
      ask<Answer>('/api/v1/search', { method: 'POST', body: { text: last?.text, ...filters }, signal }),
    enabled: last !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = typed.trim()
    if (text === '') return
    const next = { text, times: (last?.times ?? 0) + 1 }
    client.setQueryDefaults(lastKey, { gcTime: Number.POSITIVE_INFINITY })
    client.setQueryData<Last>(lastKey, next)
    setLast(next)
  }
  return (
    <Stack gap="md">
      <search>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <div className="search-line">
              <TextInput
                ref={field}
                label={t('screening.search.field')}
                description={t('screening.search.fieldText')}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                onKeyDown={(event) => {
                  const first = list.current?.querySelector<HTMLElement>('[data-stop]')
                  if (event.key !== 'ArrowDown' || first === null || first === undefined) return
                  event.preventDefault()
                  first.focus()
                }}
                {...anyDirection}
                maxLength={512}
                autoComplete="off"
                spellCheck={false}
                aria-keyshortcuts="/"
                data-autofocus
              />
              <Button type="submit" loading={isFetching} disabled={typed.trim() === ''}>
                {t('screening.search.go')}
              </Button>
            </div>
            <Understood text={typed} />
            <SearchFilters filters={filters} onChange={changeFilters} />
          </Stack>
        </form>
      </search>
      <div ref={list}>
        {error !== null && <Failed cause={error} retry={() => void refetch()} />}
        {isFetching && <Slow lines={6} />}
        {last === undefined && <Empty title={t('screening.search.start')}>{t('screening.search.startText')}</Empty>}
        {!isFetching && error === null && data?.results.length === 0 && (
          <Empty title={t('screening.search.none')}>{t('screening.search.noneText')}</Empty>
        )}
        {!isFetching && data !== undefined && data.results.length > 0 && (
          <Results results={data.results} more={data.more} onLeave={() => field.current?.focus()} />
        )}
      </div>
    </Stack>
  )
}
