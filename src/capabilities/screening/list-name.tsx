import { useTranslation } from 'react-i18next'
import type { StatedList } from '#capabilities/screening/stated-list'
import { dateFormat } from '#kernel/language-formats'
import { useLists } from './search-filters'

/** The published list that an entry stands on, with its version, as one would cite it. */
export function ListName({ list: { id, version, generatedAt } }: { list: StatedList }) {
  const { t, i18n } = useTranslation()
  const title = useLists().find((it) => it.id === id)?.title ?? id
  const at = generatedAt === null ? Number.NaN : Date.parse(generatedAt)
  const day = dateFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <>
      <bdi>{title}</bdi>
      {version !== null && ` · ${t('screening.listVersion', { version })}`}
      {!Number.isNaN(at) && ` · ${t('screening.listPublished', { date: day.format(at) })}`}
    </>
  )
}
