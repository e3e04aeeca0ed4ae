import './messages.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { RecordHead } from '../../web/design/record-head'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { RecordActs } from '../../web/record/acts'
import { Answer } from './console-answer'
import { Message, type ShownMessage } from './console-message'
import { type ShownWork, WorkTable } from './console-work'

interface Thread {
  readonly thread: string
  readonly messages: readonly ShownMessage[]
  readonly work: readonly ShownWork[]
  readonly similar: readonly string[]
}

/** A message with the thread that it belongs to, how its request stands, and the answer where one is owed. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['message', id], 'thread', id],
    queryFn: () => ask<Thread>(`/api/v1/messages/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Shown key={id} thread={data} />
}

function Shown({ thread: { thread, messages, work, similar } }: { thread: Thread }) {
  const { t } = useTranslation()
  const { member, roles } = useSignedIn()
  const [answered, setAnswered] = useState(false)
  const [first] = messages
  if (first === undefined) return null
  const { body } = first
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  const waits = first.id === thread && work.some((it) => it.direction === 'in' && it.state === 'open')
  const parties = [first.owner, ...body.to].filter((it) => it !== member.id)
  return (
    <>
      <RecordHead record={first} kind={t(`messages.kinds.${body.kind}`)}>
        {writes && waits && !answered && (
          <Button onClick={() => document.getElementById('answer')?.focus()}>{t('messages.next.answer')}</Button>
        )}
        {writes && first.id === thread && (
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to={'/messages/new' as '/today'} search={{ thread, to: parties } as never} {...props} />
            )}
          >
            {t('messages.continue')}
          </Button>
        )}
        <RecordActs record={first} />
        <Help about={t('messages.help.forwardAbout')} rule={t('messages.help.forwardRule')}>
          <p>{t('messages.help.forward')}</p>
        </Help>
      </RecordHead>
      {work.length > 0 && <WorkTable work={work} since={first.issuedAt} />}
      <ol className="thread" aria-label={t('messages.thread')}>
        {messages.map((it) => (
          <Message key={it.id} message={it} first={it === first} />
        ))}
      </ol>
      {similar.length > 0 && (
        <section>
          <p className="under">{t('messages.similar')}</p>
          <ul>
            {similar.map((it) => (
              <li key={it}>
                <Link to={`/messages/${it}` as '/today'}>
                  <bdi className="code">{it}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {/* Stays in place, so that what is put into it is read out. */}
      <p role="status">{answered && t('messages.answer.sent')}</p>
      {writes && waits && !answered && (
        <Answer
          request={{ thread, subject: body.subject, to: first.owner, concerning: body.concerning }}
          onSent={() => setAnswered(true)}
        />
      )}
    </>
  )
}
