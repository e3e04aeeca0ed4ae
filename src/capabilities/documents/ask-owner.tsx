import { Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { anyDirection } from './pieces'

interface Asking {
  readonly document: { readonly number: string; readonly issuer: string; readonly kind: string }
  readonly owner: string
}

interface Asked {
  readonly id: string
  readonly dueAt: string
  readonly dueRule: string
}

/** Asks the state that declared the document whether that still holds. */
export function AskOwner({ document, owner }: Asking) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const { roles } = useSignedIn()
  const key = useRef(crypto.randomUUID())
  const [waiting, setWaiting] = useState(false)
  const asking = useMutation({
    networkMode: 'always',
    mutationFn: (body: object) =>
      ask<Asked>('/api/v1/documents/questions', { method: 'POST', body, idempotencyKey: key.current }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
    onError: () => {
      key.current = crypto.randomUUID()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    asking.mutate({ ...document, where: { place: form.get('place') }, waiting, asked: form.get('asked') })
  }
  if (asking.data !== undefined) {
    const { id, dueAt } = asking.data
    const reads = roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
    return (
      <p role="status">
        {t('documents.ask.done')} <Clock since={new Date().toISOString()} due={dueAt} />{' '}
        {reads && <Link to={`/documents/questions/${id}` as '/today'}>{t('documents.ask.look')}</Link>}
      </p>
    )
  }
  return (
    <form onSubmit={submit} aria-label={t('documents.ask.open')}>
      <Stack gap="sm" maw={640}>
        <p className="under">
          {t('documents.ask.to')} <MemberName id={owner} />
        </p>
        <TextInput
          name="place"
          label={t('documents.fields.place')}
          required
          minLength={2}
          maxLength={200}
          data-autofocus
          {...anyDirection}
        />
        <Textarea
          name="asked"
          label={t('documents.fields.asked')}
          description={t('documents.ask.askedText')}
          required
          minLength={3}
          maxLength={2_000}
          {...anyDirection}
        />
        <Checkbox
          label={t('documents.fields.waiting')}
          checked={waiting}
          onChange={(event) => setWaiting(event.currentTarget.checked)}
        />
        {asking.error !== null && <Failed cause={asking.error} />}
        <Group>
          <Button type="submit" loading={asking.isPending}>
            {t('documents.ask.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
