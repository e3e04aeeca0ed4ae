import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import type { Sent } from './console-draft'

/** The form is gone and the focus with it: it goes on here, where the outcome is told. */
const focus = (it: HTMLElement | null) => it?.focus()

export function Done({ sent: { thread, to, deadlineAt, deadlineRule } }: { sent: Sent }) {
  const { t } = useTranslation()
  return (
    <div role="status" tabIndex={-1} ref={focus}>
      <p>{t('messages.write.sent')}</p>
      <ul>
        {to.map((it) => (
          <li key={it}>
            <MemberName id={it} />
          </li>
        ))}
      </ul>
      {deadlineAt !== null && (
        <p>
          {t('messages.deadline')}: <Moment at={deadlineAt} /> <bdi className="under">{deadlineRule}</bdi>
        </p>
      )}
      <Link to={`/messages/${thread}` as '/today'}>{t('messages.write.open')}</Link>
    </div>
  )
}
