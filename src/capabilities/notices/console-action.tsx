import { useTranslation } from 'react-i18next'
import type { ShownNotice } from '#capabilities/notices/console-shapes'
import { isOver } from '#capabilities/notices/lifecycle'
import { Help } from '../../web/design/help'

/** What is asked, and what the law here permits of it, with the reason where that is less. */
export function ActionHere({ notice: { action, record, role, place, inForce } }: { notice: ShownNotice }) {
  const { t } = useTranslation()
  const { asked, permitted, loweredBy } = action
  const { discreet, caution } = record.body
  return (
    <section aria-labelledby="notice-action">
      <div className="notice-help">
        <h2 className="notice-part" id="notice-action">
          {t('notices.action.title')}
        </h2>
        <Help about={t('notices.action.title')} rule="protocol point 9; local-law.json">
          <p>{t('notices.action.help')}</p>
        </Help>
      </div>
      <dl className="standing-facts">
        <div>
          <dt>{t('notices.action.asked')}</dt>
          <dd>{t(`notices.actions.${asked}`)}</dd>
        </div>
        <div>
          <dt>{t('notices.action.permitted')}</dt>
          <dd>
            <strong>{t(`notices.actions.${permitted}`)}</strong>
            {loweredBy !== null && (
              <span className="under">
                {t('notices.action.lowered')}{' '}
                <bdi lang="en" dir="ltr">
                  {loweredBy}
                </bdi>
              </span>
            )}
          </dd>
        </div>
        {caution !== undefined && (
          <div>
            <dt>{t('notices.fields.caution')}</dt>
            <dd dir="auto">
              <strong>{caution}</strong>
            </dd>
          </div>
        )}
      </dl>
      {discreet && <p className="notice-note">{t('notices.action.discreet')}</p>}
      {((role === 'holder' && !inForce) || isOver(place)) && <p className="caution">{t('notices.action.notYet')}</p>}
    </section>
  )
}
