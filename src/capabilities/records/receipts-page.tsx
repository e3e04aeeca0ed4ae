import { Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock, inWords, Moment, useNow } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { Problem } from '../../web/design/problem'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { OpenDelivery } from '../../web/record/open-delivery'
import type { ShownOverdue, ShownRecall } from './console-shapes'

/** What others owe us an answer to: receipts that are overdue, and recalls until the last holder has answered. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('records.receipts.title')}
        </Title>
        <Help about={t('records.receipts.title')} rule="protocol points 6 and 7">
          <p>{t('records.receipts.help')}</p>
        </Help>
      </Group>
      <Overdue />
      <Recalls />
    </>
  )
}

interface Clocked {
  readonly clock: { readonly id: string; readonly source: string; readonly verified: boolean }
  readonly items: readonly ShownOverdue[]
}

function Overdue() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'holding', 'overdue'],
    queryFn: () => ask<Clocked>('/api/v1/overdue-receipts'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  if (data.items.length === 0) return <Empty title={t('records.receipts.none')}>{t('records.receipts.noneText')}</Empty>
  const acts = roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <table>
      <caption>{t('records.receipts.overdue')}</caption>
      <thead>
        <tr>
          {(['clock', 'member', 'record', 'tried', 'next'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`records.receipts.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map((it) => (
          <tr key={`${it.record.id} ${it.member}`}>
            <td>
              <Clock since={it.since} due={it.dueAt} rule={`${data.clock.id}: ${data.clock.source}`} />
            </td>
            <th scope="row">
              <MemberName id={it.member} />
            </th>
            <td>
              <Link to={`/records/${it.record.id}` as '/today'}>
                <bdi>{it.record.caption}</bdi>
              </Link>
              <span className="under">{t(`records.receipts.kinds.${it.kind}`)}</span>
            </td>
            <td>
              <Tried item={it} />
            </td>
            <td>{acts && <OpenDelivery record={it.record.id} member={it.member} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What was tried, what is known of why it failed, and whether a person has followed it up. */
function Tried({ item: { since, sent, problem, failingSince, seenAt, followUp } }: { item: ShownOverdue }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const ago = (at: string) => inWords(new Date(at), now, i18n.language)
  return (
    <>
      {t(sent ? 'records.receipts.sent' : 'records.receipts.queued', { words: ago(since) })}
      {problem !== null && (
        <span className="under">
          <Problem code={problem} />
          {failingSince !== null && ` (${ago(failingSince)})`}
        </span>
      )}
      <span className="under">
        {seenAt === null ? t('records.receipts.neverSeen') : t('records.receipts.seen', { words: ago(seenAt) })}
      </span>
      {followUp !== null && (
        <span className="under">
          {t('records.receipts.followedUp')} <bdi>{followUp.name}</bdi> · <Moment at={followUp.at} /> ·{' '}
          <bdi>{followUp.reason}</bdi>
        </span>
      )}
    </>
  )
}

function Recalls() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'holding', 'recalls'],
    queryFn: () => ask<{ items: ShownRecall[] }>('/api/v1/recalls'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined || data.items.length === 0) return null
  return (
    <table>
      <caption>{t('records.receipts.recalls')}</caption>
      <thead>
        <tr>
          {(['record', 'since', 'answers', 'next'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`records.receipts.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ record, since, told, erased }) => (
          <tr key={record.id}>
            <th scope="row">
              <bdi>{record.caption}</bdi>
            </th>
            <td>
              <Moment at={since} />
            </td>
            <td>
              {t('records.receipts.erased', { erased, told })} <progress max={told} value={erased} aria-hidden="true" />
            </td>
            <td>
              <Link to={`/records/${record.id}` as '/today'}>
                {t('records.open')} <span className="unseen">{record.caption}</span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
