import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useNode } from '../../web/node'
import { deviceOf } from './device'

interface Session {
  readonly id: string
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly expiresAt: string
  readonly userAgent: string | null
  readonly factor: string
  readonly network: string | null
  readonly current: boolean
}

/** Where one is signed in, and how to end it: one session, all others, or all. */
export function Sessions() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [done, setDone] = useState('')
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
            {(['where', 'factor', 'since', 'lastSeenAt', 'expiresAt', 'acts'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`people.sessions.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((it) => (
            <Row key={it.id} session={it} onDone={setDone} />
          ))}
        </tbody>
      </table>
      {data.items.length === 0 && <Empty title={t('people.sessions.none')}>{t('people.sessions.noneText')}</Empty>}
      <p role="status">{done}</p>
      <EndMany others={data.items.filter((it) => !it.current).length} onDone={setDone} />
    </section>
  )
}

function useDevice(): (session: Session) => string {
  const { t } = useTranslation()
  return ({ userAgent }) => {
    const { browser, system } = deviceOf(userAgent)
    if (browser !== null && system !== null) return t('people.sessions.device', { browser, system })
    return browser ?? system ?? t(userAgent === null ? 'people.sessions.unknown' : 'people.sessions.program')
  }
}

function Row({ session, onDone }: { session: Session; onDone: (words: string) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [ending, setEnding] = useState(false)
  const { id, createdAt, lastSeenAt, expiresAt, userAgent, factor, network, current } = session
  const device = useDevice()(session)
  return (
    <tr>
      <th scope="row" title={userAgent ?? undefined}>
        {device}
        {current && <span className="tag">{t('people.sessions.current')}</span>}
        {network !== null && <span className="under">{t(`people.networks.${network}`)}</span>}
      </th>
      <td>{t(`people.openedBy.${factor}`)}</td>
      <td>
        <Moment at={createdAt} />
      </td>
      <td>
        <Moment at={lastSeenAt} />
      </td>
      <td>
        <Moment at={expiresAt} />
      </td>
      <td>
        {!current && (
          <Button size="xs" variant="default" onClick={() => setEnding(true)}>
            {t('people.sessions.end')} <span className="unseen">{device}</span>
          </Button>
        )}
        {ending && (
          <NameAndDo
            title={t('people.sessions.endTitle', { where: device })}
            act={t('people.sessions.end')}
            final
            run={async () => {
              await ask(`/api/v1/sessions/${id}`, { method: 'DELETE' })
              onDone(t('people.sessions.done'))
            }}
            onClose={() => setEnding(false)}
          >
            <p>{t('people.sessions.text', { where: device })}</p>
          </NameAndDo>
        )}
      </td>
    </tr>
  )
}

function EndMany({ others, onDone }: { others: number; onDone: (words: string) => void }) {
  const { t } = useTranslation()
  const { ask, forget } = useNode()
  const [ending, setEnding] = useState<'others' | 'all'>()
  const end = async () => {
    if (ending === 'all') {
      await ask('/api/v1/sign-out-everywhere', { method: 'POST' })
      return forget()
    }
    const { ended } = await ask<{ ended: number }>('/api/v1/sessions/end-others', { method: 'POST' })
    onDone(t('people.sessions.endedOthers', { count: ended }))
  }
  return (
    <Group gap="sm">
      {others > 0 && (
        <Button size="xs" variant="default" onClick={() => setEnding('others')}>
          {t('people.sessions.others.act')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setEnding('all')}>
        {t('people.sessions.all.act')}
      </Button>
      {ending !== undefined && (
        <NameAndDo
          title={t(`people.sessions.${ending}.title`)}
          act={t(`people.sessions.${ending}.act`)}
          final
          run={end}
          onClose={() => setEnding(undefined)}
        >
          <p>{t(`people.sessions.${ending}.text`, { count: others })}</p>
        </NameAndDo>
      )}
    </Group>
  )
}
