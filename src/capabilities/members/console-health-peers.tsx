import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Empty } from '../../web/design/states'
import { Judgement } from './console-judgement'
import type { HealthPeer } from './health-shapes'

/** Each line to a peer: reached or not and since when, what waits, what is missing; the worst first. */
export function HealthPeers({ peers }: { peers: readonly HealthPeer[] }) {
  const { t } = useTranslation()
  if (peers.length === 0) return <Empty title={t('members.peers.none')}>{t('members.peers.noneText')}</Empty>
  return (
    <table className="queue tops">
      <caption>{t('members.peers.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('members.name')}</th>
          {(['standing', 'seenAt', 'queue', 'inbox'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`members.health.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {peers.map((it) => (
          <Row key={it.member} peer={it} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ peer }: { peer: HealthPeer }) {
  const { t } = useTranslation()
  const { member, name, standing, advice, seenAt, failingSince, problem, suspended } = peer
  const { waiting, sealed, oldest, taken, missing } = peer
  return (
    <tr>
      <th scope="row">
        <Link to={`/members/${member}` as '/today'}>
          <bdi>{name}</bdi>
        </Link>
      </th>
      <td>
        <Judgement standing={standing} advice={advice} />
        {suspended !== null && (
          <span className="under">
            <bdi>{suspended}</bdi>
          </span>
        )}
      </td>
      <td>
        {seenAt === null ? t('members.peers.never') : <Moment at={seenAt} />}
        {failingSince !== null && (
          <span className="under">
            {t('members.peers.failingSince')} <Moment at={failingSince} />
          </span>
        )}
        {problem !== null && (
          <span className="under">
            <bdi className="code">{problem}</bdi>
          </span>
        )}
      </td>
      <td>
        {t('members.health.notSent')} <bdi>{waiting}</bdi>
        <span className="under">
          {t('members.health.unanswered')} <bdi>{sealed}</bdi>
        </span>
        {oldest !== null && (
          <span className="under">
            {t('members.peers.oldestWaiting')}: <Moment at={oldest} />
          </span>
        )}
      </td>
      <td>
        {t('members.health.taken')} <bdi>{taken}</bdi>
        <span className={missing > 0 ? 'under attention' : 'under'}>
          {t('members.health.missing')} <bdi>{missing}</bdi>
        </span>
      </td>
    </tr>
  )
}
