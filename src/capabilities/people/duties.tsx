import { useTranslation } from 'react-i18next'
import { roles } from '#policy/roles'

/** What each role does, and which do not go together. */
export function Duties() {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('people.duties.why')}</p>
      <dl className="duties-of">
        {roles.map((it) => (
          <div key={it}>
            <dt>{t(`web.roles.${it}`)}</dt>
            <dd>{t(`people.duties.${it}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
