import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MessageHead } from '#capabilities/messages/record'
import { Moment } from '../../web/design/clock'
import { HandlingStrip } from '../../web/design/handling-strip'
import { MemberName } from '../../web/design/member-name'
import type { ShownRecord } from '../../web/design/record-head'
import { useSignedIn } from '../../web/node'
import { RecordActs } from '../../web/record/acts'
import { Attachments } from './console-attachments'
import { Concerning } from './console-concerning'
import { Receipts } from './console-receipts'

export interface ShownMessage extends ShownRecord {
  readonly issuedAt: string
  readonly body: MessageHead
}

/** One message of a conversation, under its own handling; the head of the page is that of the first. */
export function Message({ message, first }: { message: ShownMessage; first: boolean }) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const { id, owner, version, caption, body, handling, state, issuedAt } = message
  const { kind, to, text, urgency, availability, concerning, attachments } = body
  const ours = owner === member.id
  return (
    <li className={ours ? 'ours' : 'theirs'}>
      <article aria-labelledby={`message-${id}`}>
        <div className="message-head">
          <div>
            <Title order={2} size="h4" id={`message-${id}`}>
              {t(`messages.kinds.${kind}`)} · {ours ? t('messages.us') : <MemberName id={owner} />}
              {state !== 'active' && <span className="warns">{t(`web.record.states.${state}`)}</span>}
            </Title>
            <p className="under">
              <Moment at={issuedAt} /> · {t('messages.to')}{' '}
              {to.map((it, at) => (
                <span key={it}>
                  {at > 0 && ' · '}
                  <MemberName id={it} />
                </span>
              ))}{' '}
              ·{' '}
              {urgency === 'urgent' ? (
                <strong>{t('messages.urgencies.urgent')}</strong>
              ) : (
                t('messages.urgencies.normal')
              )}
              {availability !== undefined && <> · {t(`messages.availabilities.${availability}`)}</>}
            </p>
            {!first && (
              <p className="under">
                <bdi>{caption}</bdi>
              </p>
            )}
          </div>
          {!first && (
            <div className="acts">
              <RecordActs record={message} />
            </div>
          )}
        </div>
        {!first && <HandlingStrip handling={handling} />}
        <div className="message-text" dir="auto">
          {text}
        </div>
        {concerning.length > 0 && <Concerning ids={concerning} />}
        {Object.keys(attachments).length > 0 && <Attachments id={id} attachments={attachments} />}
        {ours && <Receipts id={id} version={version} />}
      </article>
    </li>
  )
}
