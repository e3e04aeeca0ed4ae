import { Button, Checkbox, FileInput, Group, NativeSelect, Stack, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import './border.css'
import { handIn } from '../../web/hand-in'
import type { ShownDesk, ShownMessage } from './shown'

/** Passenger messages: hand one in, and see of each what came in and what came out. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const desks = useQuery({
    queryKey: ['border-desks'],
    queryFn: () => ask<{ items: ShownDesk[] }>('/api/v1/border/desks'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <Title order={1} size="h3">
        {t('border.messagesTitle')}
      </Title>
      {desks.data !== undefined && desks.data.items.length > 0 && <HandIn desks={desks.data.items} />}
      <Messages />
    </>
  )
}

function HandIn({ desks }: { desks: readonly ShownDesk[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [desk, setDesk] = useState(desks[0]!.id)
  const [interactive, setInteractive] = useState(false)
  const sending = useMutation({
    mutationFn: (it: File) =>
      handIn<{ id: string }>(it, {
        path: `/api/v1/border/messages?desk=${desk}&answer=${interactive ? 'cusres' : 'report'}`,
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      void navigate({ to: `/border/messages/${id}` as '/today' })
    },
  })
  return (
    <form
      aria-label={t('border.handIn')}
      onSubmit={(event) => {
        event.preventDefault()
        if (file !== null) sending.mutate(file)
      }}
    >
      <Stack gap="sm">
        <Group gap="md" align="flex-end">
          <FileInput
            label={t('border.file')}
            description={t('border.fileText')}
            value={file}
            onChange={setFile}
            w={320}
            clearable
          />
          <NativeSelect
            label={t('border.desk')}
            value={desk}
            onChange={(event) => setDesk(event.currentTarget.value)}
            data={desks.map((it) => ({ value: it.id, label: it.name }))}
          />
          <Checkbox
            pb="xs"
            label={t('border.interactive')}
            checked={interactive}
            onChange={(event) => setInteractive(event.currentTarget.checked)}
          />
          <Button type="submit" loading={sending.isPending} disabled={file === null}>
            {t('border.handIn')}
          </Button>
        </Group>
        {sending.error !== null && <Failed cause={sending.error} />}
      </Stack>
    </form>
  )
}

const columns = ['message', 'carrier', 'read', 'incomplete', 'declared', 'met', 'findings', 'at'] as const

function Messages() {
  const { t } = useTranslation()
  const ask = useAsk()
  const pages = usePages({
    queryKey: ['live', 'border-message', 'list'],
    read: (after) =>
      ask<{ items: ShownMessage[]; next: string | null }>(
        `/api/v1/border/messages?limit=50${after === null ? '' : `&after=${after}`}`,
      ),
  })
  const { data, error, refetch } = pages
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0) return <Empty title={t('border.noMessages')}>{t('border.noMessagesText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('border.messagesTitle')}</caption>
        <thead>
          <tr>
            {columns.map((it) => (
              <th key={it} scope="col">
                {t(`border.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, name, kind, carrier, flights, counts, findings, at }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={`/border/messages/${id}` as '/today'}>
                  <bdi>{flights[0] ?? (name === '' ? kind.toUpperCase() : name)}</bdi>
                </Link>
              </th>
              <td>
                <bdi>{carrier}</bdi>
              </td>
              <td>{counts.read}</td>
              <td>{counts.incomplete}</td>
              <td>{counts.declared}</td>
              <td>{counts.met}</td>
              <td>{findings.errors + findings.warnings}</td>
              <td>
                <Moment at={at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More of={pages} />
    </>
  )
}
