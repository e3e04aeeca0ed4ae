import './subjects.css'
import { Button, Checkbox, Fieldset, Group, Select, Stack } from '@mantine/core'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entitiesOf, finished, problemsOf, put, refusedAt, type Writing } from '#capabilities/subjects/form'
import { nodeSchemata } from '#protocol/vocabulary'
import { Refusal } from '../../web/ask'
import { HandlingFields, type Header } from '../../web/design/handling-form'
import { Help } from '../../web/design/help'
import { Failed } from '../../web/design/states'
import { useNode } from '../../web/node'
import { FormProvider } from './form-context'
import { FactList } from './form-facts'
import { basisFor, handlingOfForm, headerErrors, spans } from './form-header'
import { HeldList } from './form-held'
import { RelationList } from './form-relations'

const actions = ['none', 'report', 'observe', 'question', 'search', 'seize', 'arrest', 'protect'] as const

/** What is typed: kept as a draft, compared with the version that it began with, and sent. */
export interface Typed {
  readonly writing: Writing
  readonly header: Header
  readonly order: readonly string[]
}

interface SubjectFormProps {
  readonly typed: Typed
  readonly onChange: (next: Typed) => void
  /** What the node said to the last attempt. */
  readonly refusal: Error | null
  readonly busy: boolean
  readonly act: string
  readonly onSubmit: () => void
}

/** One form for a new subject and for a new version of one. What is wrong stands beside its field, with the rule. */
export function SubjectForm({ typed, onChange, refusal, busy, act, onSubmit }: SubjectFormProps) {
  const { t } = useTranslation()
  const { work } = useNode()
  const [tried, setTried] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const { writing, header, order } = typed
  const problems = useMemo(() => problemsOf(writing, handlingOfForm(header), new Date()), [writing, header])
  const errors = useMemo(() => {
    const own =
      tried === 0
        ? []
        : problems.map((it) => [it.pointer, `${t(`subjects.problems.${it.problem}`)} (${it.rule})`] as const)
    const said = refusal instanceof Refusal ? refusedAt(refusal.details, withRule(refusal)) : []
    return new Map([...said, ...own])
  }, [problems, tried, refusal, t])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt and each refusal lead to the first field that is wrong
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tried, refusal])
  const state = useMemo(
    () => ({
      writing,
      errors,
      order,
      change: (next: Writing) => onChange({ header, writing: next, order: withNew(order, next) }),
    }),
    [writing, errors, header, order, onChange],
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.length > 0) setTried(tried + 1)
    else onSubmit()
  }
  const { body } = writing
  const set = (name: string, value: unknown) => state.change(put(writing, `/body/${name}`, value))
  const basis = basisFor(work?.purpose)
  return (
    <FormProvider value={state}>
      <form ref={form} onSubmit={submit} noValidate className="subject-form">
        <Stack gap="md">
          <Fieldset legend={t('web.facts.title')}>
            <div className="relation-line">
              <Select
                label={t('subjects.fields.schema')}
                value={body.schema}
                onChange={(it) => it !== null && set('schema', it)}
                data={nodeSchemata.map((it) => ({ value: it, label: t(`subjects.schemata.${it}`) }))}
              />
              <Select
                label={t('subjects.fields.action')}
                value={body.action}
                onChange={(it) => it !== null && set('action', it)}
                data={actions.map((it) => ({ value: it, label: t(`subjects.actions.${it}`) }))}
              />
              <Checkbox
                label={t('subjects.form.discreet')}
                description={t('subjects.form.discreetText')}
                checked={body.discreet}
                onChange={(event) => set('discreet', event.currentTarget.checked)}
              />
            </div>
            <FactList pointer="/body" schema={body.schema} statements={body.statements} />
          </Fieldset>
          <Fieldset legend={t('subjects.form.holds')}>
            <HeldList />
          </Fieldset>
          <Fieldset legend={t('subjects.form.relations')}>
            <RelationList />
          </Fieldset>
          <HandlingFields
            header={header}
            onChange={(it) => onChange({ writing, header: it, order })}
            errors={headerErrors(errors)}
          />
          <Group gap="sm">
            <span className="under">{t('subjects.form.defaults')}</span>
            <Help
              about={t('subjects.form.defaults')}
              rule={[basis, spans.review, spans.expiry].map((it) => it.source).join(' · ')}
            >
              <p>{t('subjects.form.defaultsText')}</p>
            </Help>
          </Group>
          {refusal !== null && <Failed cause={refusal} />}
          {tried > 0 && problems.length > 0 && (
            <p className="field-error" role="alert">
              {t('subjects.form.wrong', { number: problems.length })}
            </p>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormProvider>
  )
}

/** The keys in their order, with those at the end that were not there before. */
export function withNew(order: readonly string[], { body }: Writing): readonly string[] {
  const keys = [
    ...entitiesOf({ body, marks: {} }).flatMap((it) => Object.keys(it.statements)),
    ...Object.keys(body.holds),
    ...Object.keys(body.relations),
  ]
  const added = keys.filter((it) => !order.includes(it))
  return added.length === 0 ? order : [...order, ...added]
}

function withRule({ message, rule }: Refusal): string {
  return rule === null ? message : `${message} (${rule})`
}

/** What is sent of what is typed. */
export function inputOf(
  { writing, header }: Pick<Typed, 'writing' | 'header'>,
  before?: Parameters<typeof handlingOfForm>[1],
) {
  return { handling: handlingOfForm(header, before), ...finished(writing) }
}
