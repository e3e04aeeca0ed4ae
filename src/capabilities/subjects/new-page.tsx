import { Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { emptySubject } from '#capabilities/subjects/form'
import { DraftState } from '../../web/draft-state'
import { newDraftId, useDraft } from '../../web/drafts'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { newKey } from './form-context'
import { newHeader } from './form-header'
import { inputOf, SubjectForm, type Typed, withNew } from './subject-form'
import { captionOfTyped, textOfTyped } from './typed'

/** Records a subject with its handling header: without one of its elements nothing is saved (protocol point 3). */
export function Page() {
  const { t } = useTranslation()
  const { draft } = useSearch({ strict: false }) as { draft?: string }
  const [fresh] = useState(newDraftId)
  if (draft === undefined)
    return <Navigate to={'/subjects/new' as '/today'} search={{ draft: fresh } as never} replace />
  return (
    <>
      <Title order={1} size="h3">
        {t('subjects.new')}
      </Title>
      <ForWork>
        <NewSubject key={draft} id={draft} />
      </ForWork>
    </>
  )
}

function NewSubject({ id }: { id: string }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [initial] = useState<Typed>(() => {
    const writing = emptySubject('Person', newKey())
    return { writing, header: newHeader(work, new Date()), order: withNew([], writing) }
  })
  const draft = useDraft<Typed>(`subject:${id}`, initial, { captionOf: captionOfTyped })
  const save = useMutation({
    mutationFn: () => ask<{ id: string }>('/api/v1/subjects', { method: 'POST', body: inputOf(draft.content) }),
    onSuccess: async ({ id: record }) => {
      await draft.clear()
      await client.invalidateQueries({ queryKey: ['live'] })
      await navigate({ to: `/subjects/${record}` as '/today' })
    },
  })
  return (
    <>
      <DraftState draft={draft} textOf={textOfTyped} />
      <SubjectForm
        typed={draft.content}
        onChange={draft.change}
        refusal={save.error}
        busy={save.isPending}
        act={t('subjects.save')}
        onSubmit={() => save.mutate()}
      />
    </>
  )
}
