import { useTranslation } from 'react-i18next'
import { readSearchText } from '#capabilities/screening/search-text'

/** What the typed text is taken for, said while it is typed. */
export function Understood({ text }: { text: string }) {
  const { t } = useTranslation()
  const { readings } = readSearchText(text)
  return (
    <p className="understood" role="status">
      {readings.length > 0 && t('screening.search.readAs')}
      {readings.map((it) => (
        <span key={`${it.as} ${it.text}`} className="tag">
          {t(`screening.search.as.${it.as}`)} <bdi>{it.text}</bdi>
          {it.checked !== null && (
            <span className={it.checked ? undefined : 'warns'}>
              {' '}
              ({t(it.checked ? 'screening.search.checked' : 'screening.search.unchecked')})
            </span>
          )}
        </span>
      ))}
      {readings.length > 0 && readings.every((it) => it.as === 'date') && (
        <span className="warns">{t('screening.search.dateAlone')}</span>
      )}
    </p>
  )
}
