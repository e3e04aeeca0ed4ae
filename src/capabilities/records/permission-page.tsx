import { Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Failed, Missing, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { PassOn } from '../../web/record/pass-on'
import { Decide } from './console-decide'
import { Noted } from './console-noted'
import type { ShownPermission } from './console-shapes'

/** One request for permission: what is asked by whom and why, how it stands, and the next thing to do about it. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['permission-request', 'grant', 'permission-refusal', 'approval'], 'permission-list'],
    queryFn: () => ask<{ items: ShownPermission[] }>('/api/v1/permission-requests'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const request = data.items.find((it) => it.id === id)
  return request === undefined ? <Missing /> : <Request key={id} request={request} />
}

function Request({ request }: { request: ShownPermission }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const { id, about, asker, ours, record, permits, recipients, purposes, reason, state, since, answered, seen } =
    request
  const decides = !ours && state === 'open' && roles.some((it) => it === 'supervisor' || it === 'legal')
  const rows = [
    ['record', <RecordLink key="record" about={about} caption={record?.caption ?? about} />],
    ['owner', record === null ? null : <MemberName key="owner" id={record.owner} />],
    ['asker', <MemberName key="asker" id={asker} />],
    ['permits', t(`web.acts.permits.${permits}`)],
    ['recipients', recipients.length === 0 ? null : <Members key="recipients" ids={recipients} />],
    ['purposes', purposes.map((it) => t(`web.purposes.${it}`)).join(', ')],
    ['reason', <bdi key="reason">{reason}</bdi>],
    ['since', <Moment key="since" at={since} />],
    [
      'state',
      t(request.approval === null ? `records.permissions.states.${state}` : 'records.permissions.states.second'),
    ],
    ['answer', answered === null ? null : <bdi key="answer">{answered.reason}</bdi>],
    [
      'until',
      answered?.expiresAt ? (
        <Clock key="until" since={answered.at} due={answered.expiresAt} rule="protocol point 8" />
      ) : null,
    ],
  ] as const
  return (
    <>
      <Title order={1} size="h3">
        {t(`records.permissions.asks.${permits}`, { name: record?.caption ?? about })}
      </Title>
      <table className="facts">
        <caption className="unseen">{t('records.permissions.one')}</caption>
        <tbody>
          {rows.map(
            ([name, value]) =>
              value !== null && (
                <tr key={name}>
                  <th scope="row">{t(`records.permissions.columns.${name}`)}</th>
                  <td>{value}</td>
                </tr>
              ),
          )}
        </tbody>
      </table>
      {request.approval !== null && (
        <Link to={`/approvals/${request.approval}` as '/today'}>{t('web.acts.second.follow')}</Link>
      )}
      {decides && request.approval === null && <Decide request={request} />}
      {!ours && state === 'open' && !decides && <p className="under">{t('records.permissions.whoDecides')}</p>}
      <Group gap="sm">
        {ours && state === 'granted' && permits === 'onward' && <PassOnFrom request={request} />}
        {ours && state !== 'open' && !seen && <Noted path={`/api/v1/permission-requests/${id}/noted`} />}
      </Group>
    </>
  )
}

function RecordLink({ about, caption }: { about: string; caption: string }) {
  return (
    <Link to={`/records/${about}` as '/today'}>
      <bdi>{caption}</bdi>
    </Link>
  )
}

function Members({ ids }: { ids: readonly string[] }) {
  return ids.map((it) => (
    <div key={it}>
      <MemberName id={it} />
    </div>
  ))
}

/** Once granted, the record is passed on from here, to those whom the grant names. */
function PassOnFrom({ request: { about, recipients } }: { request: ShownPermission }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const [open, setOpen] = useState(false)
  const { data } = useQuery({
    queryKey: ['live', ['record', about], 'record', about],
    queryFn: () => ask<WholeRecord>(`/api/v1/records/${about}`),
    enabled: open,
  })
  if (!roles.some((it) => it === 'officer' || it === 'supervisor')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('web.acts.open.pass-on')}</Button>
      {open && data !== undefined && <PassOn record={data} towards={recipients} onClose={() => setOpen(false)} />}
    </>
  )
}
