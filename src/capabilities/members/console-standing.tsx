import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Reinstate } from './console-reinstate'

interface Count {
  readonly type: string
  readonly state: string
  readonly count: number
}

interface Shown {
  readonly seenAt: string | null
  readonly failingSince: string | null
  readonly problem: string | null
  readonly waiting: number
  readonly oldestWaiting: string | null
  readonly suspended: string | null
  readonly directoryVersion: number | null
  readonly ours: readonly Count[]
  readonly theirs: readonly Count[]
}

/** No change of the feed tells that a peer was seen or fails, so this is read again while it is looked at. */
const readAgainMilliseconds = 10_000

/** How a member stands with this node: the line to it, what waits, and how much each holds of the other, in numbers only. */
export function Standing({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const [reinstating, setReinstating] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['peer', 'directory'], 'standing', id],
    queryFn: () => ask<Shown>(`/api/v1/members/${id}/standing`),
    refetchInterval: readAgainMilliseconds,
  })
  if (error !== null && data === undefined) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const { seenAt, failingSince, problem, waiting, oldestWaiting, suspended, directoryVersion, ours, theirs } = data
  return (
    <>
      <table className="facts">
        <caption>{t('members.peers.title')}</caption>
        <tbody>
          <tr>
            <th scope="row">{t('members.peers.seenAt')}</th>
            <td>
              {seenAt === null ? t('members.peers.never') : <Moment at={seenAt} />}
              {failingSince !== null && (
                <span className="under attention">
                  {t('members.peers.failingSince')} <Moment at={failingSince} /> <bdi className="code">{problem}</bdi>
                </span>
              )}
            </td>
          </tr>
          <tr>
            <th scope="row">{t('members.peers.waiting')}</th>
            <td>
              <bdi>{waiting}</bdi>
              {oldestWaiting !== null && (
                <span className="under">
                  {t('members.peers.oldestWaiting')}: <Moment at={oldestWaiting} />
                </span>
              )}
            </td>
          </tr>
          <tr>
            <th scope="row">
              {t('members.peers.suspended')}{' '}
              <Help about={t('members.peers.suspended')} rule={t('members.rules.point4')}>
                <p>{t('members.peers.suspendedText')}</p>
              </Help>
            </th>
            <td>
              {suspended === null ? (
                t('members.peers.notSuspended')
              ) : (
                <Group gap="sm">
                  <bdi className="attention">{suspended}</bdi>
                  {roles.includes('administrator') && (
                    <Button size="xs" variant="default" onClick={() => setReinstating(true)}>
                      {t('members.peers.reinstate')} <span className="unseen">{name}</span>
                    </Button>
                  )}
                </Group>
              )}
            </td>
          </tr>
          <tr>
            <th scope="row">{t('members.peers.directoryVersion')}</th>
            <td>
              {directoryVersion === null ? (
                t('members.peers.notConfirmed')
              ) : (
                <>
                  {t('members.directory.version')} <bdi>{directoryVersion}</bdi>
                </>
              )}
            </td>
          </tr>
        </tbody>
      </table>
      <Counts caption={t('members.held.ours')} none={t('members.held.oursNone')} counts={ours} of="holdings" />
      <Counts caption={t('members.held.theirs')} none={t('members.held.theirsNone')} counts={theirs} of="states" />
      {reinstating && suspended !== null && (
        <Reinstate peer={{ member: id, name, suspended }} onClose={() => setReinstating(false)} />
      )}
    </>
  )
}

interface Counting {
  readonly caption: string
  readonly none: string
  readonly counts: readonly Count[]
  readonly of: 'holdings' | 'states'
}

function Counts({ caption, none, counts, of }: Counting) {
  const { t, i18n } = useTranslation()
  const number = numberFormat(i18n.language)
  const typeName = (type: string) => (i18n.exists(`members.types.${type}`) ? t(`members.types.${type}`) : type)
  return (
    <table className="facts">
      <caption>{caption}</caption>
      <tbody>
        {counts.length === 0 && (
          <tr>
            <td>{none}</td>
          </tr>
        )}
        {counts.map(({ type, state, count }) => (
          <tr key={`${type} ${state}`}>
            <th scope="row">{typeName(type)}</th>
            <td>
              <bdi>{number.format(count)}</bdi> ·{' '}
              {t(of === 'holdings' ? `web.ledger.states.${state}` : `web.record.states.${state}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
