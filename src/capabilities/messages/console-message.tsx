import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MessageHead } from '#capabilities/messages/record'
import { Moment } from '../../web/design/clock'
import { HandlingStrip } from '../../web/design/handling-strip'
import { MemberName } from '../../web/design/member-name'
import type { ShownRecord } from '../../web/design/record-head'
import { Attachments } from './console-attachments'
import { Concerning } from './console-concerning'

export interface ShownMessage extends ShownRecord {
  readonly issuedAt: string
  readonly body: MessageHead
}

/** A later message of a thread, under its own handling. */
export function Reply({ message }: { message: ShownMessage }) {
  const { t } = useTranslation()
  const { caption, body, handling, state } = message
  return (
    <article>
      <Title order={2} size="h4" mt="lg">
        {t(`messages.kinds.${body.kind}`)} · <bdi>{caption}</bdi>
        {state !== 'active' && <span className="warns">{t(`web.record.states.${state}`)}</span>}
      </Title>
      <HandlingStrip handling={handling} />
      <Content message={message} />
    </article>
  )
}

/** What a message says, from whom and to whom. */
export function Content({ message: { id, owner, issuedAt, body } }: { message: ShownMessage }) {
  const { t } = useTranslation()
  const { to, text, urgency, availability, concerning, attachments } = body
  return (
    <>
      <p className="under">
        {t('messages.from')} <MemberName id={owner} /> · {t('messages.to')}{' '}
        {to.map((it, at) => (
          <span key={it}>
            {at > 0 && ' · '}
            <MemberName id={it} />
          </span>
        ))}{' '}
        · <Moment at={issuedAt} /> ·{' '}
        {urgency === 'urgent' ? <strong>{t('messages.urgencies.urgent')}</strong> : t('messages.urgencies.normal')}
        {availability !== undefined && <> · {t(`messages.availabilities.${availability}`)}</>}
      </p>
      <Text dir="auto" my="md" style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Text>
      {concerning.length > 0 && <Concerning ids={concerning} />}
      {Object.keys(attachments).length > 0 && <Attachments id={id} attachments={attachments} />}
    </>
  )
}
