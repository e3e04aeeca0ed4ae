import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asType, captionOf, type NoticeForm } from '#capabilities/notices/console-form'
import { fieldOf } from '#capabilities/notices/console-judging'
import { refusedFields, refusedGaps } from '#capabilities/notices/console-refused'
import type { Rules, TypeRule } from '#capabilities/notices/console-shapes'
import { writtenOf } from '#capabilities/notices/console-written'
import { Refusal } from '../../web/ask'
import type { Header } from '../../web/design/handling-form'
import { Failed } from '../../web/design/states'
import { AskedFields, WhomFields } from './console-asked'
import { Blocks } from './console-blocks'
import { EditingProvider } from './console-field'
import { daysOf, HeaderFields, useHeaderErrors } from './console-header'
import { KindFields } from './console-kind'
import { FormCheck } from './console-panel'
import { useJudged } from './console-rules'
import { SubjectFields } from './console-subject'

export interface Written {
  readonly form: NoticeForm
  readonly header: Header
}

export const textOfNotice = ({ form }: Written) =>
  [captionOf(form), form.facts.summary, form.facts.role, form.warning.content, form.incident.circumstances, form.method]
    .filter((it) => it !== '')
    .join('\n\n')

export const ruleOf = (rules: Rules, type: string): TypeRule => rules.types.find((it) => it.type === type)!

interface Editor {
  readonly rules: Rules
  readonly written: Written
  readonly onChange: (written: Written) => void
  readonly fixed?: boolean
  readonly error: Error | null
  readonly pending: boolean
  /** Nothing can be saved now: another window has changed the draft. */
  readonly blocked: boolean
  /** Nothing new is in it that could be sent. */
  readonly unchanged?: boolean
  readonly run: (then: 'save' | 'submit') => void
  readonly children?: ReactNode
}

/** The whole form with its check beside it. It can be saved with gaps, and sent only without. */
export function Editor({
  rules,
  written,
  onChange,
  fixed = false,
  error,
  pending,
  blocked,
  unchanged = false,
  run,
  children,
}: Editor) {
  const { t } = useTranslation()
  const { form, header } = written
  const rule = ruleOf(rules, form.type)
  const { judged, error: unchecked, settled } = useJudged(form, rule)
  const refusal = error instanceof Refusal ? error : undefined
  const refused = refusedFields(refusal)
  const wrongHeader = Object.keys(useHeaderErrors(rule, header)).length > 0
  const gaps = [
    ...(judged?.gaps ?? []),
    ...(judged === undefined ? refusedGaps(refusal).map((it) => ({ ...it, at: fieldOf(it.at, form) })) : []),
  ]
  const put = (change: Partial<NoticeForm>) => onChange({ ...written, form: { ...form, ...change } })
  const onType = (next: TypeRule) =>
    onChange({
      form: asType(form, next),
      header: {
        ...header,
        ...daysOf(next),
        provision: next.rpd,
        category: (next.categories.includes(header.category) ? header.category : next.categories[0]) as never,
      },
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    run((submitter as HTMLButtonElement | null)?.value === 'submit' ? 'submit' : 'save')
  }
  const sendable = !unchanged && settled && judged?.passes === true && !wrongHeader
  const { missing } = writtenOf(form, rule)
  return (
    <EditingProvider value={{ form, rule, put, gaps, refused }}>
      <form onSubmit={submit} className="notice-editor">
        <Stack gap="md">
          {children}
          <KindFields types={rules.types} onType={onType} onChannel={(channel) => put({ channel })} fixed={fixed} />
          <SubjectFields />
          <Blocks />
          <AskedFields />
          <WhomFields />
          <HeaderFields
            rule={rule}
            header={header}
            onChange={(it) => onChange({ ...written, header: it })}
            refused={refused}
          />
          {error !== null && <Failed cause={error} />}
          {missing.some((it) => it !== '/reference') && <p className="under">{t('notices.form.begun')}</p>}
          <Group justify="flex-end">
            {judged !== undefined && !sendable && (
              <p className="under">
                {t(unchanged && judged.passes ? 'notices.form.sameAsRefused' : 'notices.form.notYet')}
              </p>
            )}
            <Button type="submit" value="save" variant="default" loading={pending} disabled={blocked || wrongHeader}>
              {t('notices.form.save')}
            </Button>
            {sendable && (
              <Button type="submit" value="submit" loading={pending} disabled={blocked}>
                {t(`notices.form.submit.${form.channel}`)}
              </Button>
            )}
          </Group>
        </Stack>
        <FormCheck judged={judged} error={unchecked} />
      </form>
    </EditingProvider>
  )
}
