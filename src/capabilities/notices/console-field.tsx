import { Checkbox, MultiSelect, NativeSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoticeForm } from '#capabilities/notices/console-form'
import type { FieldGap } from '#capabilities/notices/console-judging'
import type { TypeRule } from '#capabilities/notices/console-shapes'
import { datePattern } from '#capabilities/notices/console-written'
import { countryCodes } from '#kernel/countries'
import { regionNames } from '#kernel/language-formats'

export interface Editing {
  readonly form: NoticeForm
  readonly rule: TypeRule
  readonly put: (change: Partial<NoticeForm>) => void
  readonly gaps: readonly FieldGap[]
  /** What the node refused, by the field. */
  readonly refused: Readonly<Record<string, string>>
}

const Context = createContext<Editing | undefined>(undefined)
export const EditingProvider = Context.Provider

export function useEditing(): Editing {
  const editing = useContext(Context)
  if (editing === undefined) throw new Error('there is no form around this')
  return editing
}

export const fieldId = (at: string) => `field${at.replaceAll('/', '-')}`

export function focusField(at: string): void {
  const field = document.getElementById(fieldId(at))
  field?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}

/** What the node lacks of a field, beneath it, with the article. */
function gapsOf(gaps: readonly FieldGap[]): ReactNode {
  return gaps.map((it) => <GapLine key={it.requirement} gap={it} />)
}

function GapLine({ gap: { requirement, weight, rule } }: { gap: FieldGap }) {
  const { t } = useTranslation()
  return (
    <span className={`notice-gap gap-${weight}`}>
      {t(`notices.requirements.${requirement}.what`, requirement)} <bdi className="gap-rule">{rule}</bdi>
    </span>
  )
}

const order = ['label', 'input', 'error', 'description'] as ('label' | 'input' | 'error' | 'description')[]

/** What every field has: its place, its gap beneath it, and what the node refused of it. */
export function useField(at: string) {
  const { gaps, refused } = useEditing()
  const own = gaps.filter((it) => it.at === at)
  return {
    id: fieldId(at),
    inputWrapperOrder: order,
    ...(own.length > 0 ? { description: gapsOf(own) } : {}),
    ...(refused[at] === undefined ? {} : { error: refused[at] }),
  }
}

interface Field {
  readonly at: string
  readonly label: string
}

interface TextField extends Field {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly most?: number
  readonly required?: boolean
}

export function Line({ at, label, value, onChange, most = 500, required = false }: TextField) {
  return (
    <TextInput
      {...useField(at)}
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={most}
      required={required}
      dir="auto"
    />
  )
}

export function Text({ at, label, value, onChange, most = 3_000 }: TextField) {
  return (
    <Textarea
      {...useField(at)}
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={most}
      dir="auto"
    />
  )
}

/** A year, a month or a day, as much as is known. */
export function PartialDate({ at, label, value, onChange }: TextField) {
  const { t } = useTranslation()
  return (
    <TextInput
      {...useField(at)}
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      placeholder={t('notices.form.datePlaceholder')}
      title={t('notices.form.dateForm')}
      pattern={datePattern}
      maxLength={10}
      inputMode="numeric"
    />
  )
}

export function Months({ at, label, value, onChange }: TextField) {
  return (
    <TextInput
      {...useField(at)}
      label={label}
      type="number"
      min={0}
      max={2_400}
      step={1}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** One or none of a few. */
export function Choice({
  at,
  label,
  value,
  onChange,
  choices,
}: TextField & { readonly choices: readonly { readonly value: string; readonly label: string }[] }) {
  return (
    <NativeSelect
      {...useField(at)}
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={choices.map((it) => ({ ...it }))}
    />
  )
}

export function Tick({
  at,
  label,
  checked,
  onChange,
}: Field & { readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  const { inputWrapperOrder: _, ...field } = useField(at)
  return (
    <Checkbox {...field} label={label} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
  )
}

export function Several({
  at,
  label,
  values,
  onChange,
}: Field & { readonly values: readonly string[]; readonly onChange: (values: string[]) => void }) {
  const { t } = useTranslation()
  return (
    <TagsInput
      {...useField(at)}
      label={label}
      value={[...values]}
      onChange={onChange}
      placeholder={values.length === 0 ? t('notices.form.several') : ''}
      splitChars={[',', ';', '\n']}
      maxTags={40}
      acceptValueOnBlur
    />
  )
}

function useCountries() {
  const { i18n } = useTranslation()
  const names = regionNames(i18n.language)
  return countryCodes
    .map((value) => ({ value, label: names.of(value.toUpperCase()) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language))
}

export function CountryField({ at, label, value, onChange }: TextField) {
  return (
    <Select
      {...useField(at)}
      label={label}
      value={value === '' ? null : value}
      onChange={(it) => onChange(it ?? '')}
      data={useCountries()}
      limit={300}
      searchable
      clearable
      allowDeselect
    />
  )
}

export function CountriesField({
  at,
  label,
  values,
  onChange,
}: Field & { readonly values: readonly string[]; readonly onChange: (values: string[]) => void }) {
  return (
    <MultiSelect
      {...useField(at)}
      label={label}
      value={[...values]}
      onChange={onChange}
      data={useCountries()}
      limit={300}
      searchable
    />
  )
}
