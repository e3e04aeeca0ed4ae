import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'

const outcomes = ['confirmed', 'not-confirmed', 'more-information', 'corrected'] as const

/** Sends one statement about a hit, and has everything about it read again. */
export function useStatement(path: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: object) => ask(path, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
}

/** The owner of the alert says whether it is the subject, or asks for more. */
export function OwnerAnswer({ id }: { id: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<string>('confirmed')
  const answer = useStatement(`/api/v1/border/hits/${id}/answer`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    answer.mutate({ outcome, note: new FormData(event.currentTarget).get('note') })
  }
  return (
    <form onSubmit={submit} aria-label={t('border.next.answer')}>
      <Stack gap="sm">
        <Select
          label={t('border.answer')}
          value={outcome}
          onChange={(it) => it !== null && setOutcome(it)}
          data={outcomes.map((it) => ({ value: it, label: t(`border.answers.${it}`) }))}
          maw={400}
        />
        <Note />
        {answer.error !== null && <Failed cause={answer.error} />}
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t('border.next.answer')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The finder tells what the owner asked for. */
export function Inform({ id }: { id: string }) {
  const { t } = useTranslation()
  const inform = useStatement(`/api/v1/border/hits/${id}/information`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    inform.mutate({ text: new FormData(event.currentTarget).get('note') })
  }
  return (
    <form onSubmit={submit} aria-label={t('border.next.inform')}>
      <Stack gap="sm">
        <Note />
        {inform.error !== null && <Failed cause={inform.error} />}
        <Group>
          <Button type="submit" loading={inform.isPending}>
            {t('border.next.inform')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Note() {
  const { t } = useTranslation()
  return (
    <Textarea
      name="note"
      label={t('border.note')}
      minLength={3}
      maxLength={2_000}
      required
      attributes={{ input: { dir: 'auto' } }}
    />
  )
}
