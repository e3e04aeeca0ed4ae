import { Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inOrder, put, type Statements, type Writing } from '#capabilities/subjects/form'
import type { Subject } from '#capabilities/subjects/record'
import type { HeldHandling } from '#protocol/handling'
import type { SchemaName } from '#protocol/vocabulary'
import { Refusal } from '../../web/ask'
import { headerOf } from '../../web/design/handling-change'
import { Failed, Slow } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { useDraft } from '../../web/drafts'
import { useAsk, useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { Clash, contentsOf } from '../../web/record/clash'
import { isStale, useEdited } from '../../web/record/edited'
import { ForWork } from '../../web/work-bar'
import { newKey } from './form-context'
import { emptyRelation } from './form-relations'
import { type Input, Review } from './review'
import { inputOf, SubjectForm, type Typed, withNew } from './subject-form'
import { captionOfTyped, textOfTyped } from './typed'

/** What is typed, with the version that it began with: when another comes first, both are compared with that one. */
interface Edited extends Typed {
  readonly base: WholeRecord
}

/** A new version of a subject of our own. */
export function Page() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const { member } = useSignedIn()
  const { data, error, refetch } = useEdited(id)
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  return (
    <>
      <Title order={1} size="h3">
        {t('subjects.edit.title')} <bdi>{data.caption}</bdi>
      </Title>
      <Link to={`/subjects/${id}` as '/today'}>{t('subjects.edit.back')}</Link>
      {data.owner === member.id ? (
        <ForWork>
          <Edit record={data} />
        </ForWork>
      ) : (
        <p>{t('subjects.edit.notYours')}</p>
      )}
    </>
  )
}

function startOf(record: WholeRecord): Edited {
  const body = record.body as unknown as Subject
  const ordered = <Said extends { schema: SchemaName; statements: Statements }>(it: Said): Said => ({
    ...it,
    statements: Object.fromEntries(inOrder(it.schema, it.statements)),
  })
  const holds = Object.fromEntries(Object.entries(body.holds).map(([key, it]) => [key, ordered(it)]))
  const writing = { body: { ...ordered(body), holds }, marks: record.marks }
  return { base: record, header: headerOf(record.handling), writing, order: withNew([], writing) }
}

type Step = 'form' | 'review' | 'clash'

function Edit({ record }: { record: WholeRecord }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [initial] = useState(() => startOf(record))
  const [step, setStep] = useState<Step>('form')
  const [newest, setNewest] = useState<WholeRecord>()
  const draft = useDraft<Edited>(`subject-edit:${record.id}`, initial, { captionOf: captionOfTyped, record: record.id })
  const { content } = draft
  const { base } = content
  const input = inputOf(content, base.handling) as Input
  useBegunRelation(content, draft.change)
  const leave = async () => {
    await draft.clear()
    await client.invalidateQueries({ queryKey: ['live'] })
    await navigate({ to: `/subjects/${record.id}` as '/today' })
  }
  const save = useMutation({
    mutationFn: () =>
      ask(`/api/v1/subjects/${record.id}`, { method: 'PUT', body: { ...input, version: base.version } }),
    onSuccess: leave,
    onError: async (cause) => {
      if (!(cause instanceof Refusal)) return
      if (!isStale(cause)) return setStep('form')
      setNewest(await ask<WholeRecord>(`/api/v1/records/${record.id}`))
      setStep('clash')
    },
  })
  if (step === 'clash' && newest !== undefined)
    return (
      <Clash
        base={contentsOf(base)}
        mine={input}
        newest={newest}
        onLeave={() => void leave()}
        onTakeOver={({ handling, body, marks }) => {
          const writing = { body: body as Subject, marks: marks as Writing['marks'] }
          draft.change({
            base: newest,
            header: headerOf(handling as HeldHandling),
            writing,
            order: withNew(content.order, writing),
          })
          save.reset()
          setStep('review')
        }}
      />
    )
  if (step === 'review')
    return (
      <Review
        record={base}
        input={input}
        refusal={save.error}
        busy={save.isPending}
        onBack={() => setStep('form')}
        onSave={() => save.mutate()}
      />
    )
  return (
    <>
      <DraftState draft={draft} textOf={textOfTyped} />
      <SubjectForm
        typed={content}
        onChange={(next) => draft.change({ ...next, base })}
        refusal={save.error}
        busy={false}
        act={t('subjects.edit.review')}
        onSubmit={() => {
          save.reset()
          setStep('review')
        }}
      />
    </>
  )
}

/** A relation that was drawn in the graph, or one that is to be changed: it stands in the form, and the form goes to it. */
function useBegunRelation(content: Edited, change: (next: Edited) => void): void {
  const { relate, relation } = useSearch({ strict: false }) as { relate?: string; relation?: string }
  const [begun, setBegun] = useState<string>()
  useEffect(() => {
    if (relate === undefined || begun !== undefined) return
    // A reload finds the one that was begun before it.
    const named = Object.entries(content.writing.body.relations).find(
      ([key, it]) =>
        !Object.hasOwn((content.base.body as unknown as Subject).relations, key) &&
        'record' in it.other &&
        it.other.record === relate,
    )
    const key = named?.[0] ?? newKey()
    setBegun(key)
    if (named === undefined) {
      const empty = emptyRelation(relate === 'new' ? '' : relate)
      const writing = put(content.writing, `/body/relations/${key}`, empty)
      change({ ...content, writing, order: withNew(content.order, writing) })
    }
  }, [relate, begun, content, change])
  const shown = begun ?? relation
  useEffect(() => {
    const place = shown === undefined ? null : document.getElementById(`relation-${shown}`)
    place?.scrollIntoView({ block: 'center' })
    place?.querySelector<HTMLElement>('input')?.focus()
  }, [shown])
}
