import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countryProperties, longProperties, put, type Statements } from '#capabilities/subjects/form'
import { type SchemaName, schemata } from '#protocol/vocabulary'
import countries from '../../web/places/countries.json'
import { countryName } from '../../web/places/place'
import { useErrorAt, useForm } from './form-context'
import { FactDetails } from './form-fact-details'

interface FactRowProps {
  readonly pointer: string
  readonly schema: SchemaName
  readonly statement: Statements[string]
  /** The first row of a list says what its fields are; the others say it to those who read by ear. */
  readonly first: boolean
  readonly removable: boolean
}

/** One fact: what is said, its value, and on demand where it comes from, how it is graded and who may see it. */
export function FactRow({ pointer, schema, statement, first, removable }: FactRowProps) {
  const { t } = useTranslation()
  const { writing, change } = useForm()
  const [opened, setOpened] = useState(false)
  const details = useId()
  const wrong = useErrorAt(`${pointer}/property`)
  const known: readonly string[] = schemata[schema]
  const properties = known.includes(statement.property) ? known : [statement.property, ...known]
  const wrongInside = useErrorAt(`${pointer}/grading`, `${pointer}/basis`, `${pointer}/source`, `${pointer}/lang`)
  return (
    <div className="fact-row">
      <div className="fact-line">
        <Select
          {...labelled(t('web.facts.property'), first)}
          value={statement.property}
          error={wrong}
          searchable
          onChange={(it) => it !== null && change(put(writing, `${pointer}/property`, it))}
          data={properties.map((it) => ({ value: it, label: t(`web.properties.${it}`, it) }))}
        />
        <FactValue pointer={pointer} statement={statement} first={first} />
        <Button
          variant="default"
          aria-expanded={opened || wrongInside !== undefined}
          aria-controls={details}
          onClick={() => setOpened(!opened)}
        >
          {t('subjects.form.more')}
          <span className="unseen"> {statement.value}</span>
        </Button>
        {removable && (
          <Button
            variant="default"
            aria-label={t('subjects.remove', { value: statement.value })}
            onClick={() => change(put(writing, pointer, undefined))}
          >
            −
          </Button>
        )}
      </div>
      <div id={details} hidden={!opened && wrongInside === undefined}>
        {(opened || wrongInside !== undefined) && <FactDetails pointer={pointer} statement={statement} />}
      </div>
    </div>
  )
}

function labelled(label: string, first: boolean): { label: string } | { 'aria-label': string } {
  return first ? { label } : { 'aria-label': label }
}

const genders = ['male', 'female', 'other'] as const

function FactValue({ pointer, statement, first }: Pick<FactRowProps, 'pointer' | 'statement' | 'first'>) {
  const { t, i18n } = useTranslation()
  const { writing, change } = useForm()
  const { property, value } = statement
  const error = useErrorAt(`${pointer}/value`, pointer)
  const set = (next: string) => change(put(writing, `${pointer}/value`, next))
  const common = { ...labelled(t('web.facts.value'), first), error, value }
  const chosen = (data: readonly { value: string; label: string }[]) => (
    <Select
      {...common}
      value={value === '' ? null : value}
      searchable
      // What was recorded in another way stays as it was recorded.
      data={data.some((it) => it.value === value) || value === '' ? data : [{ value, label: value }, ...data]}
      onChange={(it) => set(it ?? '')}
    />
  )
  if (countryProperties.has(property))
    return chosen(
      Object.keys(countries.numeric)
        .map((it) => ({ value: it.toLowerCase(), label: countryName(it, i18n.language) }))
        .sort((a, b) => a.label.localeCompare(b.label, i18n.language)),
    )
  if (property === 'gender') return chosen(genders.map((it) => ({ value: it, label: t(`subjects.genders.${it}`) })))
  if (longProperties.has(property))
    return <Textarea {...common} dir="auto" maxRows={12} onChange={(event) => set(event.currentTarget.value)} />
  return (
    <TextInput
      {...common}
      dir="auto"
      placeholder={property.endsWith('Date') ? t('subjects.form.dateForm') : undefined}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}
