import { useTranslation } from 'react-i18next'
import type { Statements as Said } from '#capabilities/subjects/form'
import { countryProperties, inOrder } from '#capabilities/subjects/form'
import type { SchemaName } from '#protocol/vocabulary'
import { type ShownStatement, Statements } from '../../web/design/statements'
import { countryName } from '../../web/places/place'
import { useSayings } from '../../web/record/say'
import type { ShownSubject } from './record-page'

/** What is said of the subject and of what it holds, each with its source, grading and category, and who may see it beside it. */
export function RecordFacts({ record }: { record: ShownSubject }) {
  const { t } = useTranslation()
  const rowsAt = useRows(record)
  const { schema, statements, holds } = record.body
  return (
    <>
      <Statements caption={t('web.facts.title')} rows={rowsAt('/body/statements', schema, statements)} />
      {Object.entries(holds).map(([key, it]) => (
        <Statements
          key={key}
          caption={t(`subjects.schemata.${it.schema}`)}
          rows={rowsAt(`/body/holds/${key}/statements`, it.schema, it.statements)}
        />
      ))}
    </>
  )
}

/** The rows of a list of statements, in the order of the vocabulary; of its law each says what differs from the record's header. */
export function useRows({ marks, handling }: Pick<ShownSubject, 'marks' | 'handling'>) {
  const { t, i18n } = useTranslation()
  const sayings = useSayings('subject')
  const usual = `${handling.basis.instrument}, ${handling.basis.provision}`
  return (pointer: string, schema: SchemaName, statements: Said): ShownStatement[] =>
    inOrder(schema, statements).map(([key, it]) => {
      const at = `${pointer}/${key}`
      const outer = Object.keys(marks).filter((one) => at === one || at.startsWith(`${one}/`))
      const country = countryProperties.has(it.property) && /^[a-z]{2}$/i.test(it.value)
      const basis = it.basis === undefined ? undefined : `${it.basis.instrument}, ${it.basis.provision}`
      return {
        ...it,
        category: it.category === handling.category ? undefined : it.category,
        nature: it.nature === handling.nature ? undefined : it.nature,
        tags: [
          ...(country ? [countryName(it.value, i18n.language)] : []),
          ...(it.lang === undefined ? [] : [it.lang]),
          ...(basis === undefined || basis === usual ? [] : [basis]),
          ...outer.map((one) => `${t('web.diff.mark')}: ${sayings.mark(marks[one]!)}`),
        ],
      }
    })
}
