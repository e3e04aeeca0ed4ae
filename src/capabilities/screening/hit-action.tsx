import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import type { ShownHit } from './shown'

/** What may be done here, as Do and Do not, and why it is less than the owner asks where it is. */
export function HitAction({ action, state }: Pick<ShownHit, 'action' | 'state'>) {
  const { t } = useTranslation()
  const { permitted, requested, confirmed, discreet, law } = action
  const lowered = permitted !== requested
  const why = t(confirmed ? 'screening.loweredByLaw' : 'screening.loweredUnconfirmed')
  return (
    <section aria-labelledby="hit-action">
      <div className="with-help">
        <h2 className="group-name" id="hit-action">
          {t('screening.action')}
        </h2>
        <Help about={t('screening.about.action')} rule="protocol point 9">
          <p>{t('screening.help.action')}</p>
        </Help>
      </div>
      <dl className="deed">
        <dt>{t('screening.do')}</dt>
        <dd>{t(`screening.actions.${permitted}.do`)}</dd>
        <dt>{t('screening.dont')}</dt>
        <dd>{t(`screening.actions.${permitted}.dont`)}</dd>
      </dl>
      {state !== 'confirmed' && <p className="note">{t('screening.unconfirmed')}</p>}
      {discreet && <p className="note">{t('screening.discreet')}</p>}
      <p className="under">
        {lowered
          ? t('screening.actionLowered', { asked: t(`screening.actions.${requested}.do`), why })
          : t('screening.actionAsAsked')}{' '}
        {state === 'confirmed' && !confirmed && t('screening.actionAtReport')}
        {law !== null && (
          <span lang="en" dir="ltr">
            ({law.source})
          </span>
        )}
        {law?.verified === false && <span className="warns">{t('screening.notVerified')}</span>}
      </p>
    </section>
  )
}
