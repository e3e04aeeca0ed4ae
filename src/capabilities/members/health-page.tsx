import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { HealthPeers } from './console-health-peers'
import { Judgement } from './console-judgement'
import type { Health, Judged } from './health-shapes'
import './members.css'
import { numberFormat } from '#kernel/language-formats'

/** Nothing of this is in the feed of changes: it is asked for again while it is looked at. */
const readAgainMilliseconds = 5_000

/** How the node stands, and what to do where it does not stand well. Nothing of any record. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['peer', 'directory'], 'health'],
    queryFn: () => ask<Health>('/api/v1/health'),
    refetchInterval: readAgainMilliseconds,
  })
  return (
    <>
      <Title order={1} size="h3">
        {t('members.health.title')}
      </Title>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data !== undefined && (
        <>
          <p className="under">
            {t('members.health.readAt')} <Moment at={data.at} />
          </p>
          <HealthPeers peers={data.peers} />
          <NodeTable health={data} />
        </>
      )}
    </>
  )
}

function NodeTable({ health }: { health: Health }) {
  const { t, i18n } = useTranslation()
  const { node, database, directory, keys, quarantine, ledger, followers, retention } = health
  const number = numberFormat(i18n.language)
  const size = numberFormat(i18n.language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  const time = numberFormat(i18n.language, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 1 })
  const million = 1_000_000
  return (
    <table className="facts health">
      <caption>{t('members.health.node')}</caption>
      <tbody>
        <Part name={t('members.health.version')}>
          <bdi>{node.version}</bdi> · {t('members.health.upSince')} <Moment at={node.startedAt} />
        </Part>
        <Part name={t('members.health.database')}>
          <bdi>{size.format(database.bytes / million)}</bdi> · {t('members.health.answers')}{' '}
          <bdi>{time.format(database.answerMilliseconds)}</bdi>
        </Part>
        <Part name={t('members.directory.title')} judged={directory}>
          {t('members.directory.version')} <bdi>{directory.version}</bdi> · {t('members.directory.expiresAt')}{' '}
          <Moment at={directory.expiresAt} />
        </Part>
        <Part name={t('members.keys.own')} judged={keys}>
          {keys.ending.length === 0
            ? t('members.health.keysGood')
            : keys.ending.map((it) => (
                <span key={it.use} className="under">
                  {t(`members.keys.ending.${it.use}`)} <Moment at={it.notAfter} />
                </span>
              ))}
        </Part>
        <Part
          name={t('members.health.ledger')}
          judged={ledger}
          help={
            <Help about={t('members.health.ledger')} rule={t('members.rules.point10')}>
              <p>{t('members.health.ledgerText')}</p>
            </Help>
          }
        >
          {t('members.health.entries')} <bdi>{number.format(ledger.size)}</bdi> ·{' '}
          {ledger.checkpoint === null ? (
            t('members.health.noCheckpoint')
          ) : (
            <>
              {t('members.health.checkpoint')} <bdi>{number.format(ledger.checkpoint.size)}</bdi>,{' '}
              <Moment at={ledger.checkpoint.at} />
            </>
          )}
        </Part>
        {followers.map((it) => (
          <Part
            key={it.name}
            name={
              <>
                {t('members.health.follower')} <bdi className="code">{it.name}</bdi>
              </>
            }
            judged={it}
          >
            {it.behind === 0 || it.since === null ? (
              t('members.health.caughtUp')
            ) : (
              <>
                {t('members.health.behind')} <bdi>{number.format(it.behind)}</bdi>, {t('members.health.since')}{' '}
                <Moment at={it.since} />
              </>
            )}
          </Part>
        ))}
        <Part name={t('members.quarantine.title')} judged={quarantine}>
          {t('members.health.kept')} <bdi>{number.format(quarantine.kept)}</bdi>
          {quarantine.newest !== null && (
            <>
              {' · '}
              {t('members.health.newest')} <Moment at={quarantine.newest} />
            </>
          )}
          {quarantine.notKept > 0 && (
            <>
              {' · '}
              {t('members.quarantine.notKept')} <bdi>{number.format(quarantine.notKept)}</bdi>
            </>
          )}{' '}
          <Link to={'/quarantine' as '/today'}>{t('members.quarantine.title')}</Link>
        </Part>
        <Part name={t('members.health.retention')} judged={retention}>
          {retention.cleanedAt === null ? t('members.health.notYet') : <Moment at={retention.cleanedAt} />}
        </Part>
      </tbody>
    </table>
  )
}

interface OnePart {
  readonly name: ReactNode
  readonly judged?: Judged
  readonly help?: ReactNode
  readonly children: ReactNode
}

function Part({ name, judged, help, children }: OnePart) {
  return (
    <tr>
      <th scope="row">
        {name} {help}
      </th>
      <td>
        {children}
        {judged !== undefined && <Judgement standing={judged.standing} advice={judged.advice} />}
      </td>
    </tr>
  )
}
