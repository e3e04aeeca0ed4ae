import { Link, useMatches } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Me } from './node'
import { dutiesFor, dutyAt } from './pages'

/** The duties of a person, and below them the pages of the one that is at hand, where it has several. */
export function Duties({ me }: { me: Me }) {
  const { t } = useTranslation()
  const own = dutiesFor(me).filter(({ duty }) => duty !== 'account')
  const at = dutyAt(useMatches().at(-1)?.fullPath ?? '')
  const here = own.find(({ duty, pages }) => duty === at && pages.length > 1)
  return (
    <>
      <nav className="duties" aria-label={t('web.duties')}>
        <Link to="/today">{t('web.today.title')}</Link>
        {own.map(({ duty, pages: [first, ...others] }) => (
          <Link
            key={duty}
            to={first.path as '/today'}
            activeProps={{ className: '' }}
            {...(duty === at ? { className: 'active' } : {})}
          >
            {t(others.length === 0 ? first.title : `web.duty.${duty}`)}
          </Link>
        ))}
      </nav>
      {here !== undefined && (
        <nav className="duties of-duty" aria-label={t(`web.duty.${here.duty}`)}>
          {here.pages.map(({ path, title }) => (
            <Link key={path} to={path as '/today'}>
              {t(title)}
            </Link>
          ))}
        </nav>
      )}
    </>
  )
}
