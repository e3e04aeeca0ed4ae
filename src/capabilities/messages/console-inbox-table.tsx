import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import type { ShownWork } from './console-work'

/** A message as the API lists it. */
export interface Listed {
  readonly id: string
  readonly kind: string
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly urgency: string
  readonly issuedAt: string
  readonly tlp: string
  readonly attachments: number
  readonly state: string | null
  readonly deadlineAt: string | null
  readonly work: readonly ShownWork[]
  /** The words around what was searched for. */
  readonly excerpt?: string
}

const columns = ['deadline', 'subject', 'kind', 'urgency', 'party', 'state', 'tlp', 'issued'] as const

/** Messages of one box, a row each. */
export function InboxTable({ items, caption, out }: { items: readonly Listed[]; caption: string; out: boolean }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((it) => (
            <th key={it} scope="col">
              {it === 'party' ? t(out ? 'messages.to' : 'messages.from') : t(`messages.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((it) => (
          <Row key={it.id} message={it} out={out} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ message, out }: { message: Listed; out: boolean }) {
  const { t } = useTranslation()
  const { id, kind, from, to, subject, urgency, issuedAt, tlp, attachments, state, deadlineAt, work, excerpt } = message
  const rule = work.find((it) => it.deadlineAt === deadlineAt)?.deadlineRule ?? null
  return (
    <tr>
      <td>{deadlineAt !== null && <Clock since={issuedAt} due={deadlineAt} rule={rule} />}</td>
      <th scope="row">
        <Link to={`/messages/${id}` as '/today'}>
          <bdi>{subject}</bdi>
        </Link>
        {attachments > 0 && <span className="tag">{t('messages.attached', { number: attachments })}</span>}
        {excerpt !== undefined && (
          <span className="under excerpt" dir="auto">
            {excerpt}
          </span>
        )}
      </th>
      <td>{t(`messages.kinds.${kind}`)}</td>
      <td>
        {urgency === 'urgent' ? <strong>{t('messages.urgencies.urgent')}</strong> : t('messages.urgencies.normal')}
      </td>
      <td>
        {(out ? to : [from]).map((it) => (
          <div key={it}>
            <MemberName id={it} />
          </div>
        ))}
      </td>
      <td>{state !== null && t(`messages.states.${state}`)}</td>
      <td>
        <bdi>{tlp}</bdi>
      </td>
      <td>
        <Moment at={issuedAt} />
      </td>
    </tr>
  )
}
