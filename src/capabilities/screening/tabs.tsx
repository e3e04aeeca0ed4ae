import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import './screening.css'

/** One name or a file of many: the two ways to search. */
export function Tabs() {
  const { t } = useTranslation()
  return (
    <nav className="tabs" aria-label={t('screening.search.tabs')}>
      <Link to={'/search' as '/today'}>{t('screening.search.tab')}</Link>
      <Link to={'/screen' as '/today'}>{t('screening.search.batchTab')}</Link>
    </nav>
  )
}
