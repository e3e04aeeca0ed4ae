import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MemberName } from '../../web/design/member-name'
import { attributeOf, type ShownAlert } from './shown'

type Met = Pick<
  ShownAlert,
  'owner' | 'type' | 'caption' | 'strength' | 'now' | 'permitted' | 'loweredBy' | 'discreet' | 'sought' | 'lines'
>

/** An alert that the traveller may be the subject of: what to do and what not, and both sides of what was compared. */
export function AlertMet({ met, children }: { met: Met; children?: ReactNode }) {
  const { t } = useTranslation()
  const { owner, type, caption, strength, now, permitted, loweredBy, discreet, sought, lines } = met
  return (
    <article className={discreet ? 'met is-discreet' : 'met'}>
      <h3>
        {t('border.mayBe')} <bdi>{caption}</bdi>
      </h3>
      <p className="under">
        <bdi>{t(`border.types.${type}`, { defaultValue: type })}</bdi> · <MemberName id={owner} /> ·{' '}
        {t(`border.strengths.${strength}`)}
      </p>
      {discreet && <p className="warns-line">{t('border.discreet')}</p>}
      <dl className="border-facts">
        <dt>{t('border.do')}</dt>
        <dd>{t(`border.deeds.${now}.do`)}</dd>
        <dt>{t('border.dont')}</dt>
        <dd>{t(`border.deeds.${now}.dont`)}</dd>
        {permitted !== null && permitted !== now && (
          <>
            <dt>{t('border.afterwards')}</dt>
            <dd>{t(`border.deeds.${permitted}.do`)}</dd>
          </>
        )}
        {sought.length > 0 && strength !== 'name' && (
          <>
            <dt>{t('border.sought')}</dt>
            <dd>{sought.map((it) => t(`border.form.${it}`, { defaultValue: it })).join(' · ')}</dd>
          </>
        )}
      </dl>
      {loweredBy !== null && (
        <p className="under">
          {t('border.lowered')} <bdi>{loweredBy}</bdi>
        </p>
      )}
      <Sides lines={lines} />
      {children}
    </article>
  )
}

/** What differs stands first: it is what a person should look at. */
export function Sides({ lines }: Pick<ShownAlert, 'lines'>) {
  const { t } = useTranslation()
  if (lines.length === 0) return null
  return (
    <table className="facts">
      <caption className="unseen">{t('border.compared')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('border.columns.attribute')}</th>
          <th scope="col">{t('border.columns.presented')}</th>
          <th scope="col">{t('border.columns.alert')}</th>
          <th scope="col">{t('border.columns.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((it) => (
          <tr key={`${it.feature} ${it.presented} ${it.alert}`}>
            <th scope="row">{t(`border.attributes.${attributeOf(it.feature)}`)}</th>
            <td>
              <bdi>{it.presented}</bdi>
            </td>
            <td>{it.alert === null ? t('border.kept') : <bdi>{it.alert}</bdi>}</td>
            <td className={`side-${it.verdict}`}>{t(`border.sides.${it.verdict}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
