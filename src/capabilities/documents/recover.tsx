import { Button, Group, Select, Stack, Textarea, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { numbersIn } from './numbers-in'
import { KindSelect } from './pieces'

const endings = ['recovered', 'removed'] as const

/** Documents that were found again, or were declared in error. */
export function Recover() {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<string | null>('passport')
  const [status, setStatus] = useState<string>('recovered')
  const numbers = numbersIn(text)
  const sending = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      ask<{ ended: number }>('/api/v1/documents/recovered', {
        method: 'POST',
        body: { documents: numbers.map((number) => ({ number, kind })), status },
      }),
    onSuccess: async () => {
      setText('')
      await client.invalidateQueries({ queryKey: ['live'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    sending.mutate()
  }
  return (
    <form onSubmit={submit} aria-labelledby="recover">
      <Stack gap="sm" mt="lg" maw={640}>
        <Title order={2} size="h4" id="recover">
          {t('documents.recover.title')}
        </Title>
        <p className="under">{t('documents.recover.text')}</p>
        <Textarea
          label={t('documents.fields.numbers')}
          description={t('documents.declare.numbersText')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          required
          minRows={2}
          autosize
          dir="auto"
        />
        <Group gap="md">
          <KindSelect value={kind} onChange={setKind} required />
          <Select
            label={t('documents.fields.status')}
            value={status}
            onChange={(it) => it !== null && setStatus(it)}
            data={endings.map((it) => ({ value: it, label: t(`documents.statuses.${it}`) }))}
          />
        </Group>
        {sending.error !== null && <Failed cause={sending.error} />}
        {sending.data !== undefined && (
          <p role="status">{t('documents.recover.done', { amount: sending.data.ended })}</p>
        )}
        <Group>
          <Button type="submit" variant="default" loading={sending.isPending} disabled={numbers.length === 0}>
            {t('documents.recover.act')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
