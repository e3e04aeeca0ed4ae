import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Reinstate } from './console-reinstate'

export interface Peer {
  readonly member: string
  readonly name: string
  readonly seenAt: string | null
  readonly failingSince: string | null
  readonly problem: string | null
  readonly waiting: number
  readonly oldestWaiting: string | null
  readonly suspended: string | null
  readonly directoryVersion: number | null
}

/** No change of the feed tells that a peer was seen or fails, so the state is read again while it is looked at. */
const readAgainMilliseconds = 15_000

export function Peers() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [chosen, setChosen] = useState<Peer>()
  const [done, setDone] = useState<string>()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['peer', 'directory'], 'peers'],
    queryFn: () => ask<{ items: readonly Peer[] }>('/api/v1/peers'),
    refetchInterval: readAgainMilliseconds,
  })
  if (error !== null && data === undefined) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  return (
    <>
      <p role="status">{done !== undefined && t('members.peers.reinstated', { name: done })}</p>
      {data.items.length === 0 ? (
        <Empty title={t('members.peers.none')}>{t('members.peers.noneText')}</Empty>
      ) : (
        <table className="facts">
          <caption>{t('members.peers.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('members.name')}</th>
              {(['seenAt', 'waiting', 'problem', 'suspended', 'directoryVersion'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`members.peers.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((it) => (
              <Row key={it.member} peer={it} onReinstate={() => setChosen(it)} />
            ))}
          </tbody>
        </table>
      )}
      {chosen !== undefined && (
        <Reinstate
          peer={chosen}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setDone(chosen.name)
            setChosen(undefined)
          }}
        />
      )}
    </>
  )
}

function Row({ peer, onReinstate }: { peer: Peer; onReinstate: () => void }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const { name, seenAt, failingSince, problem, waiting, oldestWaiting, suspended, directoryVersion } = peer
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>{seenAt === null ? t('members.peers.never') : <Moment at={seenAt} />}</td>
      <td>
        <bdi>{waiting}</bdi>
        {oldestWaiting !== null && (
          <span className="under">
            {t('members.peers.oldestWaiting')}: <Moment at={oldestWaiting} />
          </span>
        )}
      </td>
      <td>
        {problem !== null && <bdi className="code">{problem}</bdi>}
        {failingSince !== null && (
          <span className="under">
            {t('members.peers.failingSince')} <Moment at={failingSince} />
          </span>
        )}
      </td>
      <td>
        {suspended !== null && (
          <>
            <bdi className="differs">{suspended}</bdi>{' '}
            {roles.includes('administrator') && (
              <Button size="xs" variant="default" onClick={onReinstate}>
                {t('members.peers.reinstate')} <span className="unseen">{name}</span>
              </Button>
            )}
          </>
        )}
      </td>
      <td>
        <bdi>{directoryVersion}</bdi>
      </td>
    </tr>
  )
}
