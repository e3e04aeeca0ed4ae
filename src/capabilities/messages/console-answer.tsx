import { Button, Group, Stack, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MemberName } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { cannotSend, DraftFields, type Sent, startDraft, usePost, writingOf } from './console-draft'

interface Asked {
  /** The first message of the thread: the request. */
  readonly thread: string
  readonly to: string
  readonly concerning: readonly string[]
}

/** The answer to a request that waits for us. It goes to its sender alone, and once. */
export function Answer({ request, onSent }: { request: Asked; onSent: () => void }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('messages.answer.title')}>
      <Title order={2} size="h4" mt="lg" mb="sm">
        {t('messages.answer.title')}
      </Title>
      <ForWork>
        <Form request={request} onSent={onSent} />
      </ForWork>
    </section>
  )
}

function Form({ request, onSent }: { request: Asked; onSent: () => void }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const client = useQueryClient()
  const post = usePost(ask, work)
  const [draft, setDraft] = useState(() => startDraft(work, [...request.concerning]))
  const send = useMutation({
    mutationFn: async () => post<Sent>(`/api/v1/messages/${request.thread}/answer`, await writingOf(draft)),
    onSuccess: async () => {
      onSent()
      await client.invalidateQueries({ queryKey: ['live'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <DraftFields draft={draft} onChange={setDraft} />
        {send.error !== null && <Failed cause={send.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending} disabled={cannotSend(draft)}>
            <span>
              {t('messages.answer.act')} <MemberName id={request.to} />
            </span>
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
