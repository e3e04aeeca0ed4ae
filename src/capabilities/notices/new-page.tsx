import './notices.css'
import { Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { captionOf, emptyForm } from '#capabilities/notices/console-form'
import type { Rules } from '#capabilities/notices/console-shapes'
import { writtenOf } from '#capabilities/notices/console-written'
import { handlingOf } from '../../web/design/handling-form'
import { Failed, Slow } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { newDraftId, useDraft } from '../../web/drafts'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { Editor, ruleOf, textOfNotice, type Written } from './console-editor'
import { headerFor } from './console-header'
import { useRules } from './console-rules'
import { keepBegun, stateOf } from './console-saving'

interface Begun {
  readonly draft?: string
  readonly type?: string
}

/** Drafts a notice or diffusion, and sends it to its review once nothing is missing. */
export function Page() {
  const { t } = useTranslation()
  const begun = useSearch({ strict: false }) as Begun
  const navigate = useNavigate()
  const { data: rules, error, refetch } = useRules()
  const id = typeof begun.draft === 'string' && /^[a-z0-9]{1,40}$/.test(begun.draft) ? begun.draft : undefined
  // The draft is named in the address, so that a reload goes on with it.
  useEffect(() => {
    if (id === undefined)
      void navigate({
        to: '/notices/new' as '/today',
        search: { ...begun, draft: newDraftId() } as never,
        replace: true,
      })
  }, [id, begun, navigate])
  return (
    <>
      <Title order={1} size="h3" mb="md">
        {t('notices.new')}
      </Title>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {id !== undefined && (
        <ForWork>{rules === undefined ? <Slow /> : <Form key={id} id={id} rules={rules} type={begun.type} />}</ForWork>
      )}
    </>
  )
}

function Form({ id, rules, type }: { id: string; rules: Rules; type: string | undefined }) {
  const { ask, work } = useNode()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [initial] = useState((): Written => {
    const rule = rules.types.find((it) => it.type === type) ?? rules.types[0]!
    return { form: emptyForm(rule, 'notice'), header: headerFor(rule, work) }
  })
  const draft = useDraft<Written>(`notice:${id}`, initial, { captionOf: ({ form }) => captionOf(form) })
  const last = useRef({ request: '', key: '' })
  const record = useMutation({
    networkMode: 'always',
    mutationFn: async (then: 'save' | 'submit') => {
      const { form, header } = draft.content
      const { body, missing } = writtenOf(form, ruleOf(rules, form.type))
      const input = { handling: { ...handlingOf(header), audience: {} }, body }
      const request = JSON.stringify(input)
      // A second try of the same notice, after a lost connection, does not record it twice.
      if (request !== last.current.request) last.current = { request, key: crypto.randomUUID() }
      const drafted = await ask<{ id: string }>('/api/v1/notices', {
        method: 'POST',
        body: input,
        idempotencyKey: last.current.key,
      })
      const state =
        then === 'submit' ? await stateOf(() => ask(`/api/v1/notices/${drafted.id}/submit`, { method: 'POST' })) : {}
      if (missing.length > 0) await keepBegun(ask, drafted.id, draft.content)
      return { id: drafted.id, state, edits: missing.length > 0 || 'refused' in state || then === 'save' }
    },
    onSuccess: async ({ id: recorded, state, edits }) => {
      await draft.clear()
      await client.invalidateQueries({ queryKey: ['live'] })
      const to = edits ? `/notices/${recorded}/edit` : `/notices/${recorded}`
      await navigate({ to: to as '/today', state: { done: edits ? 'saved' : 'submitted', ...state } as object })
    },
  })
  return (
    <Editor
      rules={rules}
      written={draft.content}
      onChange={draft.change}
      error={record.error}
      pending={record.isPending}
      blocked={draft.other !== null}
      run={record.mutate}
    >
      <DraftState draft={draft} textOf={textOfNotice} />
    </Editor>
  )
}
