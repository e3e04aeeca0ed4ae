import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { anyDirection } from './any-direction'
import { TellFields } from './tell-fields'

const outcomes = ['confirmed', 'not-confirmed', 'more-information'] as const

/** Sends one answer about a hit, and has everything about it read again. */
function useAnswer(path: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: object) => ask(path, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
}

/** The owner of the record says whether it is the same, or asks for more. */
export function Confirm({ id }: { id: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<string>('confirmed')
  const answer = useAnswer(`/api/v1/hits/${id}/confirmation`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    answer.mutate({ outcome, note: new FormData(event.currentTarget).get('note') })
  }
  return (
    <form onSubmit={submit} aria-label={t('screening.next.confirm')}>
      <Stack gap="sm">
        <Select
          label={t('screening.outcome')}
          value={outcome}
          onChange={(it) => it !== null && setOutcome(it)}
          data={outcomes.map((it) => ({ value: it, label: t(`screening.states.${it}`) }))}
          maw={320}
        />
        <Textarea name="note" label={t('screening.note')} minLength={3} maxLength={2_000} required {...anyDirection} />
        {answer.error !== null && <Failed cause={answer.error} />}
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t('screening.next.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The finder tells what the owner asked for. */
export function Reply({ id, tellable }: { id: string; tellable: readonly string[] }) {
  const { t } = useTranslation()
  const [disclose, setDisclose] = useState<string[]>([])
  const answer = useAnswer(`/api/v1/hits/${id}/answer`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    answer.mutate({ text: new FormData(event.currentTarget).get('text'), disclose })
  }
  return (
    <form onSubmit={submit} aria-label={t('screening.reply')}>
      <Stack gap="sm">
        <Textarea
          name="text"
          label={t('screening.reply')}
          description={t('screening.replyText')}
          minLength={3}
          maxLength={2_000}
          required
          {...anyDirection}
        />
        <TellFields tellable={tellable} told={disclose} onChange={setDisclose} />
        {answer.error !== null && <Failed cause={answer.error} />}
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t('screening.sendReply')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The finder tells what was done with a confirmed hit. */
export function Feedback({ id }: { id: string }) {
  const { t } = useTranslation()
  const answer = useAnswer(`/api/v1/hits/${id}/feedback`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    answer.mutate({ done: new FormData(event.currentTarget).get('done') })
  }
  return (
    <form onSubmit={submit} aria-label={t('screening.feedback')}>
      <Stack gap="sm">
        <Textarea
          name="done"
          label={t('screening.feedback')}
          minLength={3}
          maxLength={2_000}
          required
          {...anyDirection}
        />
        {answer.error !== null && <Failed cause={answer.error} />}
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t('screening.sendFeedback')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
