import { Button, Group, Stack, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MemberName } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { useDraft } from '../../web/drafts'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { cannotSend, DraftFields, type Sent, startWriting, usePost, writingOf } from './console-draft'

interface Asked {
  /** The first message of the thread: the request. */
  readonly thread: string
  readonly subject: string
  readonly to: string
  readonly concerning: readonly string[]
}

/** The answer to a request that waits for us. It goes to its sender alone, and once. */
export function Answer({ request, onSent }: { request: Asked; onSent: () => void }) {
  const { t } = useTranslation()
  return (
    <section id="answer" tabIndex={-1} aria-label={t('messages.answer.title')}>
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
  const [initial] = useState(() => startWriting(work, request.concerning))
  const draft = useDraft(`message-answer:${request.thread}`, initial, {
    captionOf: () => request.subject,
    record: request.thread,
  })
  const [files, setFiles] = useState<File[]>([])
  const send = useMutation({
    networkMode: 'always', // without a connection it says so, and is not sent later unasked
    mutationFn: async () =>
      post<Sent>(`/api/v1/messages/${request.thread}/answer`, await writingOf(draft.content, files)),
    onSuccess: async () => {
      await draft.clear()
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
        <DraftState draft={draft} textOf={(it) => it.text} />
        <DraftFields
          written={draft.content}
          files={files}
          onChange={(change) => draft.change({ ...draft.content, ...change })}
          onFiles={setFiles}
        />
        {send.error !== null && <Failed cause={send.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending} disabled={cannotSend(files) || draft.other !== null}>
            <span>
              {t('messages.answer.act')} <MemberName id={request.to} />
            </span>
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
