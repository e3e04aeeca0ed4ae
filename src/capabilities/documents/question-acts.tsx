import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { anyDirection } from './pieces'

const outcomes = ['confirmed-stolen', 'genuine-holder', 'recovered', 'error-corrected', 'more-information'] as const

function useSend(path: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: object) => ask(path, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
}

/** The owner says how it is. That the document is free again is declared with the answer. */
export function AnswerQuestion({ id }: { id: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<string>('confirmed-stolen')
  const send = useSend(`/api/v1/documents/questions/${id}/answer`)
  const frees = outcome === 'recovered' || outcome === 'error-corrected'
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send.mutate({ outcome, note: new FormData(event.currentTarget).get('note') })
  }
  return (
    <form onSubmit={submit} aria-label={t('documents.next.owner')}>
      <Stack gap="sm" maw={640}>
        <Select
          label={t('documents.question.answer')}
          value={outcome}
          onChange={(it) => it !== null && setOutcome(it)}
          data={outcomes.map((it) => ({ value: it, label: t(`documents.outcomes.${it}`) }))}
        />
        {frees && <p className="caution">{t('documents.question.frees')}</p>}
        <Textarea
          name="note"
          label={t('documents.fields.note')}
          minLength={3}
          maxLength={2_000}
          required
          {...anyDirection}
        />
        {send.error !== null && <Failed cause={send.error} />}
        <Group>
          <Button type="submit" loading={send.isPending}>
            {t('documents.next.owner')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The finder tells what the owner asked for. */
export function TellMore({ id }: { id: string }) {
  const { t } = useTranslation()
  return <Tell path={`/api/v1/documents/questions/${id}/more`} name="text" label={t('documents.next.finder')} />
}

/** The finder tells what was done after the answer. */
export function TellDone({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Tell path={`/api/v1/documents/questions/${id}/feedback`} name="done" label={t('documents.question.tellDone')} />
  )
}

function Tell({ path, name, label }: { path: string; name: string; label: string }) {
  const { t } = useTranslation()
  const send = useSend(path)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send.mutate({ [name]: new FormData(event.currentTarget).get(name) })
  }
  return (
    <form onSubmit={submit} aria-label={label}>
      <Stack gap="sm" maw={640}>
        <Textarea name={name} label={label} minLength={3} maxLength={2_000} required {...anyDirection} />
        {send.error !== null && <Failed cause={send.error} />}
        <Group>
          <Button type="submit" loading={send.isPending}>
            {t('documents.question.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
