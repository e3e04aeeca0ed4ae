import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { put, type Statements } from '#capabilities/subjects/form'
import { useErrorAt, useForm } from './form-context'
import { MarkField } from './form-mark'

const sources = ['A', 'B', 'C', 'D', 'E', 'F'] as const
const informations = ['1', '2', '3', '4', '5', '6'] as const

/** What a fact does not take from its record: its source, language, grading, category, basis, and who may see it. */
export function FactDetails({ pointer, statement }: { pointer: string; statement: Statements[string] }) {
  const { t } = useTranslation()
  const { writing, change } = useForm()
  const { grading, basis } = statement
  const set = (name: string, value: unknown) => change(put(writing, `${pointer}/${name}`, value))
  const asRecord = { value: '', label: t('subjects.form.asRecord') }
  const words = (place: string) => Object.entries(t(`web.${place}`, { returnObjects: true }) as Record<string, string>)
  const text = (name: 'source' | 'lang', label: string, more: object = {}) => (
    <TextInput
      label={label}
      dir="auto"
      value={statement[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      {...more}
    />
  )
  const grade = (name: 'source' | 'information', values: readonly string[], place: string, label: string) => (
    <Select
      label={label}
      value={grading?.[name] ?? ''}
      data={[asRecord, ...values.map((it) => ({ value: it, label: `${it}: ${t(`web.header.${place}.${it}`)}` }))]}
      onChange={(it) => {
        const next = { scheme: 'admiralty', ...grading, [name]: it || undefined } as {
          source?: string
          information?: string
        }
        set('grading', next.source || next.information ? next : undefined)
      }}
    />
  )
  const setBasis = (name: 'instrument' | 'provision', value: string) => {
    const next = { instrument: '', provision: '', ...basis, [name]: value }
    set('basis', next.instrument === '' && next.provision === '' ? undefined : next)
  }
  const wrongGrading = useErrorAt(`${pointer}/grading`)
  const wrongBasis = useErrorAt(`${pointer}/basis`)
  return (
    <div className="fact-details">
      {text('source', t('web.facts.source'), { maxLength: 500, error: useErrorAt(`${pointer}/source`) })}
      {text('lang', t('web.diff.language'), {
        maxLength: 20,
        placeholder: 'ar, ru-Latn',
        error: useErrorAt(`${pointer}/lang`),
      })}
      {grading?.scheme === 'europol-4x4' ? (
        <TextInput
          label={t('web.handling.grading')}
          value={`4 × 4: ${grading.source}${grading.information}`}
          readOnly
        />
      ) : (
        <>
          {grade('source', sources, 'sources', t('web.header.source'))}
          {grade('information', informations, 'informations', t('web.header.information'))}
        </>
      )}
      <Select
        label={t('web.handling.category')}
        value={statement.category ?? ''}
        data={[asRecord, ...words('categories').map(([value, label]) => ({ value, label }))]}
        onChange={(it) => set('category', it || undefined)}
      />
      <Select
        label={t('web.header.nature')}
        value={statement.nature ?? ''}
        data={[
          asRecord,
          ...(['fact', 'assessment'] as const).map((it) => ({ value: it, label: t(`web.handling.nature.${it}`) })),
        ]}
        onChange={(it) => set('nature', it || undefined)}
      />
      {(['instrument', 'provision'] as const).map((it) => (
        <TextInput
          key={it}
          label={t(it === 'instrument' ? 'web.handling.basis' : 'web.header.provision')}
          placeholder={t('subjects.form.asRecord')}
          value={basis?.[it] ?? ''}
          maxLength={200}
          error={it === 'provision' ? wrongBasis : undefined}
          onChange={(event) => setBasis(it, event.currentTarget.value)}
        />
      ))}
      <MarkField pointer={pointer} />
      {wrongGrading !== undefined && (
        <p className="field-error" role="alert">
          {wrongGrading}
        </p>
      )}
    </div>
  )
}
