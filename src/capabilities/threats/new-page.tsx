import { Button, Group, Stack, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bodyOf, emptyForm, localIn } from '#capabilities/threats/form'
import { handlingOf, inDays, startHeader } from '../../web/design/handling-form'
import { Failed } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { newDraftId, useDraft } from '../../web/drafts'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { textOfWarning, WarningFields, type Written } from './console-form'
import defaults from './handling-defaults.json'

interface Begun {
  readonly draft?: string
  readonly linked?: string | readonly string[]
}

/** Records a warning. It stays with this office until it is shared from its own page. */
export function Page() {
  const { t } = useTranslation()
  const begun = useSearch({ strict: false }) as Begun
  const navigate = useNavigate()
  const id = typeof begun.draft === 'string' && /^[a-z0-9]{1,40}$/.test(begun.draft) ? begun.draft : undefined
  // The draft is named in the address, so that a reload goes on with it.
  useEffect(() => {
    if (id === undefined)
      void navigate({
        to: '/threats/new' as '/today',
        search: { ...begun, draft: newDraftId() } as never,
        replace: true,
      })
  }, [id, begun, navigate])
  return (
    <>
      <Title order={1} size="h3" mb="md">
        {t('threats.new')}
      </Title>
      {id !== undefined && (
        <ForWork>
          <Form key={id} id={id} linked={[begun.linked ?? []].flat()} />
        </ForWork>
      )}
    </>
  )
}

const { instrument, provision, reviewDays, expiryDays } = defaults

function Form({ id, linked }: { id: string; linked: readonly string[] }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [initial] = useState(
    (): Written => ({
      form: emptyForm(localIn(defaults.validDays, new Date()), linked),
      header: startHeader(work, {
        instrument,
        provision,
        reviewOn: inDays(reviewDays),
        expiresOn: inDays(expiryDays),
      }),
    }),
  )
  const draft = useDraft(`threat:${id}`, initial, { captionOf: ({ form }) => form.title })
  const last = useRef({ request: '', key: '' })
  const record = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const { form, header } = draft.content
      const body = { handling: { ...handlingOf(header), audience: {} }, body: bodyOf(form) }
      const request = JSON.stringify(body)
      // A second try of the same warning, after a lost connection, does not record it twice.
      if (request !== last.current.request) last.current = { request, key: crypto.randomUUID() }
      return ask<{ id: string }>('/api/v1/threats', { method: 'POST', body, idempotencyKey: last.current.key })
    },
    onSuccess: async (recorded) => {
      await draft.clear()
      await client.invalidateQueries({ queryKey: ['live'] })
      await navigate({ to: `/threats/${recorded.id}` as '/today', state: { done: 'recorded' } as object })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    record.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <DraftState draft={draft} textOf={textOfWarning} />
        <WarningFields written={draft.content} onChange={draft.change} />
        {record.error !== null && <Failed cause={record.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={record.isPending} disabled={draft.other !== null}>
            {t('threats.write.act')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
