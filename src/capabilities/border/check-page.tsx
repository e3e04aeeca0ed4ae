import { Group, NativeSelect, Stack, TextInput, Title } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import './border.css'
import { Answer } from './check-answer'
import { type Asked, CheckForm } from './check-form'
import type { ShownCheck, ShownDesk } from './shown'

const kept = 'comity-border-desk'
const directions = ['entry', 'exit', 'transit'] as const

/** One field, one key, one answer: the check of a traveller at a desk. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['border-desks'],
    queryFn: () => ask<{ items: ShownDesk[] }>('/api/v1/border/desks'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <Title order={1} size="h3">
        {t('border.title')}
      </Title>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow lines={3} />}
      {data?.items.length === 0 && <Empty title={t('border.noDesk')}>{t('border.noDeskText')}</Empty>}
      {data !== undefined && data.items.length > 0 && <Desk desks={data.items} />}
    </>
  )
}

function Desk({ desks }: { desks: readonly ShownDesk[] }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const field = useRef<HTMLTextAreaElement>(null)
  const answer = useRef<HTMLElement>(null)
  const [desk, setDesk] = useState(() => desks.find((it) => it.id === localStorage.getItem(kept))?.id ?? desks[0]!.id)
  const [direction, setDirection] = useState<string>('entry')
  const [transport, setTransport] = useState('')
  // Each traveller starts with an empty form, and nothing of the one before stays on the screen.
  const [traveller, setTraveller] = useState(0)
  const check = useMutation({
    mutationFn: (asked: Asked) => {
      const where = { desk, direction, ...(transport.trim() === '' ? {} : { transport: transport.trim() }) }
      return ask<ShownCheck>('/api/v1/border/checks', { method: 'POST', body: { ...where, ...asked } })
    },
  })
  const next = () => {
    check.reset()
    setTraveller((it) => it + 1)
  }
  useHotkeys([['Escape', next]], [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field of each new traveller takes the focus
  useEffect(() => field.current?.focus(), [traveller])
  useEffect(() => {
    if (check.data !== undefined) answer.current?.focus()
  }, [check.data])
  const choose = (id: string) => {
    localStorage.setItem(kept, id)
    setDesk(id)
  }
  return (
    <Stack gap="md">
      <Group gap="md" align="flex-end">
        <NativeSelect
          label={t('border.desk')}
          value={desk}
          onChange={(event) => choose(event.currentTarget.value)}
          data={desks.map((it) => ({ value: it.id, label: it.name }))}
        />
        <NativeSelect
          label={t('border.direction')}
          value={direction}
          onChange={(event) => setDirection(event.currentTarget.value)}
          data={directions.map((it) => ({ value: it, label: t(`border.directions.${it}`) }))}
        />
        <TextInput
          label={t('border.transport')}
          value={transport}
          onChange={(event) => setTransport(event.currentTarget.value)}
          maxLength={40}
          autoComplete="off"
        />
      </Group>
      <CheckForm key={traveller} field={field} busy={check.isPending} onAsk={(it) => check.mutate(it)} />
      {check.error !== null && <Failed cause={check.error} />}
      {check.isPending && <Slow lines={4} />}
      {check.data !== undefined && (
        <Answer
          key={check.data.id}
          check={check.data}
          place={answer}
          onNext={next}
          onAgain={(it) => check.mutate(it)}
        />
      )}
    </Stack>
  )
}
