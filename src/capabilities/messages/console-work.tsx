import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { DeadlineHelp } from './console-deadline'

/** A request between this office and one other member, as the API tells it. */
export interface ShownWork {
  readonly member: string
  readonly direction: 'in' | 'out'
  readonly state: 'open' | 'answered' | 'closed'
  readonly deadlineAt: string | null
  readonly deadlineRule: string | null
  readonly statedDeadlineAt: string | null
  readonly overdue: boolean
  readonly settledAt: string | null
}

/** Who owes the answer, and until when: by our own clock, with that of the sender beside it. */
export function WorkTable({ work, since }: { work: readonly ShownWork[]; since: string }) {
  const { t } = useTranslation()
  return (
    <table className="facts">
      <caption>{t('messages.waiting')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('messages.owes')}</th>
          <th scope="col">{t('messages.columns.state')}</th>
          <th scope="col">{t('messages.deadline')}</th>
          <th scope="col">{t('messages.statedDeadline')}</th>
        </tr>
      </thead>
      <tbody>
        {work.map(({ member, direction, state, deadlineAt, deadlineRule, statedDeadlineAt, settledAt }) => (
          <tr key={member}>
            <th scope="row">{direction === 'in' ? t('messages.us') : <MemberName id={member} />}</th>
            <td>
              {t(`messages.states.${state}`)} {settledAt !== null && <Moment at={settledAt} />}
            </td>
            <td>
              {deadlineAt !== null &&
                (state === 'open' ? (
                  <Clock since={since} due={deadlineAt} rule={deadlineRule} />
                ) : (
                  <Moment at={deadlineAt} />
                ))}
              {deadlineRule !== null && (
                <span className="under">
                  <bdi>{deadlineRule}</bdi> <DeadlineHelp rule={deadlineRule} />
                </span>
              )}
            </td>
            <td>{statedDeadlineAt !== null && <Moment at={statedDeadlineAt} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
