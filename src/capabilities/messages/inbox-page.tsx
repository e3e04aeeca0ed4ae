import { Button, Group, NativeSelect, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { InboxTable, type Listed } from './console-inbox-table'

const boxes = ['in', 'out'] as const
const states = ['', 'open', 'answered', 'closed'] as const

/** Messages in and out: open requests by the clock that runs out first, then the others, newest first. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [box, setBox] = useState<string>('in')
  const [state, setState] = useState<string>('')
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('messages.title')}
        </Title>
        {roles.some((it) => it === 'officer' || it === 'supervisor') && (
          <Button renderRoot={(props) => <Link to={'/messages/new' as '/today'} {...props} />}>
            {t('messages.new')}
          </Button>
        )}
      </Group>
      <Group gap="md" my="md" align="flex-end">
        <NativeSelect
          label={t('messages.box')}
          value={box}
          onChange={(event) => setBox(event.currentTarget.value)}
          data={boxes.map((it) => ({ value: it, label: t(`messages.${it}box`) }))}
        />
        <NativeSelect
          label={t('messages.columns.state')}
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
          data={states.map((it) => ({ value: it, label: t(it === '' ? 'messages.all' : `messages.states.${it}`) }))}
        />
      </Group>
      <List box={box} state={state} />
    </>
  )
}

function List({ box, state }: { box: string; state: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['live', 'message', 'list', box, state],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ box, limit: '50' })
      if (state !== '') query.set('state', state)
      if (pageParam !== null) query.set('after', pageParam)
      return ask<{ items: Listed[]; next: string | null }>(`/api/v1/messages?${query}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0) return <Empty title={t('messages.none')}>{t('messages.noneText')}</Empty>
  return (
    <>
      <InboxTable items={items} caption={t(`messages.${box}box`)} out={box === 'out'} />
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('messages.more')}
        </Button>
      )}
    </>
  )
}
