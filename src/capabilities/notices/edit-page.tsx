import './notices.css'
import { Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { captionOf, formOf } from '#capabilities/notices/console-form'
import type { Rules, ShownNotice } from '#capabilities/notices/console-shapes'
import { writtenOf } from '#capabilities/notices/console-written'
import type { Notice } from '#capabilities/notices/record'
import type { Refusal } from '../../web/ask'
import { handlingFrom, headerOf } from '../../web/design/handling-change'
import { Failed, Missing, Slow } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { useDraft } from '../../web/drafts'
import { useAsk } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { Clash } from '../../web/record/clash'
import { type Contents, differencesOf } from '../../web/record/compare'
import { isStale } from '../../web/record/edited'
import { Editor, ruleOf, textOfNotice } from './console-editor'
import { ForWorkUnder } from './console-open'
import { useRules } from './console-rules'
import { type Edited, refusalIn, stateOf } from './console-saving'

/** A new version of a notice of ours: a draft until it has passed its review again. */
export function Page() {
  return (
    <ForWorkUnder title="notices.edit.open">
      <Edit />
    </ForWorkUnder>
  )
}

function Edit() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const rules = useRules()
  const { data, error, refetch } = useQuery({
    queryKey: ['edited', 'notice', id],
    queryFn: () => ask<ShownNotice>(`/api/v1/notices/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const before = useLocation({ select: (it) => it.state })
  const [after, setAfter] = useState<After>(() => ({
    saved: (before as { done?: string }).done === 'saved',
    refused: refusalIn(before),
  }))
  const failed = error ?? rules.error
  if (failed !== null) return <Failed cause={failed} retry={() => void refetch()} />
  if (data === undefined || rules.data === undefined) return <Slow />
  if (data.role !== 'issuer') return <Missing />
  return (
    <>
      <Title order={1} size="h3">
        {t('notices.edit.title')} <bdi>{data.caption}</bdi>
      </Title>
      <Link to={`/notices/${id}` as '/today'}>{t('notices.edit.back')}</Link>
      {(data.place === 'published' || data.place === 'suspended') && (
        <p className="caution">{t('notices.edit.inForce')}</p>
      )}
      {/* Stays in place, so that what is put into it is read out. */}
      <p role="status">{after.saved && t('notices.done.saved')}</p>
      <Form
        key={data.version}
        notice={data}
        rules={rules.data}
        refused={after.refused}
        onSaved={async (next, again) => {
          setAfter(next)
          if (again) await refetch()
        }}
      />
    </>
  )
}

interface After {
  readonly saved: boolean
  readonly refused: Refusal | null
}

interface FormProps {
  readonly notice: ShownNotice
  readonly rules: Rules
  readonly refused: Refusal | null
  /** What was done; and whether the form begins anew with the version that there is now. */
  readonly onSaved: (after: After, again: boolean) => Promise<void>
}

function editedOf(base: WholeRecord, rules: Rules): Edited {
  const notice = base.body as unknown as Notice
  return { base, form: formOf(notice, ruleOf(rules, notice.type)), header: headerOf(base.handling) }
}

function Form({ notice, rules, refused, onSaved }: FormProps) {
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { id } = notice
  const [initial] = useState(() => editedOf({ ...notice.record, marks: {} } as unknown as WholeRecord, rules))
  const [newest, setNewest] = useState<WholeRecord>()
  const draft = useDraft<Edited>(`notice-change:${id}`, initial, {
    captionOf: ({ form }) => captionOf(form),
    record: id,
  })
  const { base, form, header } = draft.content
  const { body, missing } = writtenOf(form, ruleOf(rules, form.type))
  const input: Contents = {
    handling: handlingFrom(header, base.handling),
    body: body as unknown as Contents['body'],
    marks: {},
  }
  const leave = async (state: object) => {
    await draft.clear()
    await client.invalidateQueries({ queryKey: ['live'] })
    await navigate({ to: `/notices/${id}` as '/today', state })
  }
  const save = useMutation({
    networkMode: 'always',
    mutationFn: async (then: 'save' | 'submit') => {
      let current = base
      if (differencesOf(base, input).length > 0) {
        await ask(`/api/v1/notices/${id}`, {
          method: 'PUT',
          body: { handling: input.handling, body, version: base.version },
        })
        current = await ask<WholeRecord>(`/api/v1/records/${id}`)
      }
      return { current, then, state: then === 'submit' ? await stateOf(() => submitted()) : {} }
    },
    onSuccess: async ({ current, then, state }) => {
      if (then === 'submit' && !('refused' in state)) return leave({ done: 'submitted' })
      const begun = missing.length > 0
      // Blocks that were only begun are not recorded: they stay as the draft of the next change.
      if (begun) draft.change({ ...draft.content, base: current })
      else await draft.clear()
      await client.invalidateQueries({ queryKey: ['live'] })
      await onSaved({ saved: then === 'save', refused: refusalIn(state) }, !begun)
    },
    onError: async (cause) => {
      if (isStale(cause)) setNewest(await ask<WholeRecord>(`/api/v1/records/${id}`))
    },
  })
  const submitted = () => ask(`/api/v1/notices/${id}/submit`, { method: 'POST' })
  if (newest !== undefined)
    return (
      <Clash
        base={base}
        mine={input}
        newest={newest}
        onLeave={() => void leave({})}
        onTakeOver={(contents) => {
          save.reset()
          draft.change({ ...editedOf({ ...newest, ...contents } as WholeRecord, rules), base: newest })
          setNewest(undefined)
        }}
      />
    )
  return (
    <Editor
      rules={rules}
      written={draft.content}
      onChange={(next) => draft.change({ ...next, base })}
      fixed
      error={save.error ?? refused}
      pending={save.isPending}
      blocked={draft.other !== null}
      unchanged={notice.place === 'refused' && differencesOf(base, input).length === 0}
      run={save.mutate}
    >
      <DraftState draft={draft} textOf={textOfNotice} />
    </Editor>
  )
}
