import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { numberFormat, regionNames } from '#kernel/language-formats'
import kinds from './kinds.json'
import './documents.css'

/** The small pieces that the pages on documents are made of. */

export const anyDirection = { dir: 'auto' } as const

export function DocumentNumber({ number }: { number: string }) {
  return (
    <bdi className="document-number" dir="ltr">
      {number}
    </bdi>
  )
}

export function useIssuerName(): (code: string) => string {
  const { i18n } = useTranslation()
  const names = regionNames(i18n.language)
  return (code) => names.of(code.toUpperCase()) ?? code.toUpperCase()
}

interface KindProps {
  readonly value: string | null
  readonly onChange: (kind: string | null) => void
  readonly required?: boolean
}

export function KindSelect({ value, onChange, required = false }: KindProps) {
  const { t } = useTranslation()
  return (
    <Select
      label={t('documents.fields.kind')}
      {...(required ? {} : { placeholder: t('documents.lookUp.anyKind'), clearable: true })}
      value={value}
      onChange={(it) => (it !== null || !required) && onChange(it)}
      data={kinds.kinds.map(({ id }) => ({ value: id, label: t(`documents.kinds.${id}`) }))}
      required={required}
    />
  )
}

/** How many documents, by status; nothing for a status that has none. */
export function Counts({ counts }: { counts: Readonly<Partial<Record<string, number>>> }) {
  const { t, i18n } = useTranslation()
  const number = numberFormat(i18n.language)
  const some = Object.entries(counts).filter(([, count]) => (count ?? 0) > 0)
  return (
    <span className="document-counts">
      {some.map(([status, count]) => (
        <span key={status}>
          {t(`documents.statuses.${status}`)}: <bdi>{number.format(count ?? 0)}</bdi>
        </span>
      ))}
    </span>
  )
}
