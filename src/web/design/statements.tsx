import { useTranslation } from 'react-i18next'
import type { Grading } from '#protocol/handling'

export interface ShownStatement {
  readonly property: string
  readonly value: string
  readonly grading?: Grading | undefined
  readonly category?: string | undefined
  readonly nature?: string | undefined
  readonly source?: string | undefined
  /** What else is to be known of it in a word or two, already in words: a language, who may see it. */
  readonly tags?: readonly string[] | undefined
}

/** Facts, each with its source, grading and category beside it where they differ from those of the record. */
export function Statements({ caption, rows }: { caption: string; rows: readonly ShownStatement[] }) {
  const { t, i18n } = useTranslation()
  return (
    <table className="facts">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('web.facts.property')}</th>
          <th scope="col">{t('web.facts.value')}</th>
          <th scope="col">{t('web.handling.grading')}</th>
          <th scope="col">{t('web.facts.source')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ property, value, grading, category, nature, source, tags = [] }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one record may say the same twice
          <tr key={at}>
            <th scope="row">
              {i18n.exists(`web.properties.${property}`) ? t(`web.properties.${property}`) : property}
            </th>
            <td>
              <bdi>{value}</bdi>
              {category !== undefined && <span className="tag">{t(`web.categories.${category}`)}</span>}
              {nature !== undefined && <span className="tag">{t(`web.handling.nature.${nature}`)}</span>}
              {tags.map((it) => (
                <span key={it} className="tag">
                  <bdi>{it}</bdi>
                </span>
              ))}
            </td>
            <td>
              {grading !== undefined && (
                <bdi>
                  {grading.source}
                  {grading.information}
                </bdi>
              )}
            </td>
            <td>{source !== undefined && <bdi>{source}</bdi>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
