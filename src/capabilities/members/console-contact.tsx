import { useTranslation } from 'react-i18next'
import type { ShownMember } from './console-shapes'

/** Whom to call, at any hour. */
export function Contact({ contact }: Pick<ShownMember, 'contact'>) {
  const { t } = useTranslation()
  const { desk, email, phone, hours } = contact
  return (
    <>
      <bdi>{desk}</bdi>
      <span className="under">
        <a href={`mailto:${encodeURIComponent(email).replace('%40', '@')}`}>
          <bdi>{email}</bdi>
        </a>
      </span>
      <span className="under">
        <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
          <bdi dir="ltr">{phone}</bdi>
        </a>
      </span>
      <span className="under">
        {t('members.hours')}: <bdi>{hours}</bdi>
      </span>
    </>
  )
}
