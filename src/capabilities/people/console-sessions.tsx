import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { Confirm } from './console-confirm'

interface Session {
  readonly id: string
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly expiresAt: string
  readonly userAgent: string | null
  readonly current: boolean
}

/** Where one is signed in. This session is ended by signing out, so only the others have a button. */
export function Sessions() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [chosen, setChosen] = useState<Session>()
  const [done, setDone] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'session', 'sessions'],
    queryFn: () => ask<{ items: readonly Session[] }>('/api/v1/sessions'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  return (
    <section>
      <table className="queue">
        <caption>{t('people.sessions.title')}</caption>
        <thead>
          <tr>
            {(['where', 'since', 'lastSeenAt', 'expiresAt', 'acts'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`people.sessions.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((it) => (
            <tr key={it.id}>
              <th scope="row">
                <bdi>{it.userAgent ?? t('people.sessions.unknown')}</bdi>
                {it.current && <span className="tag">{t('people.sessions.current')}</span>}
              </th>
              <td>
                <Moment at={it.createdAt} />
              </td>
              <td>
                <Moment at={it.lastSeenAt} />
              </td>
              <td>
                <Moment at={it.expiresAt} />
              </td>
              <td>
                {!it.current && (
                  <Button size="xs" variant="default" onClick={() => setChosen(it)}>
                    {t('people.sessions.end')} <span className="unseen">{it.userAgent}</span>
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.items.length === 0 && <Empty title={t('people.sessions.none')}>{t('people.sessions.noneText')}</Empty>}
      <p role="status">{done && t('people.sessions.done')}</p>
      {chosen !== undefined && (
        <Confirm
          title={t('people.sessions.end')}
          text={t('people.sessions.text', { where: chosen.userAgent ?? t('people.sessions.unknown') })}
          act={t('people.sessions.end')}
          run={() => ask(`/api/v1/sessions/${chosen.id}`, { method: 'DELETE' })}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setDone(true)
            setChosen(undefined)
          }}
        />
      )}
    </section>
  )
}
