import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { NameAndDo } from '../../web/design/name-and-do'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import type { ShownGrant } from './console-shapes'

/** Grants in force, the one that ends first on top. */
export function Grants() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { member, roles } = useSignedIn()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'grant', 'grants'],
    queryFn: () => ask<{ items: ShownGrant[] }>('/api/v1/grants'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  if (data.items.length === 0) return <Empty title={t('records.grants.none')}>{t('records.grants.noneText')}</Empty>
  const mayTakeBack = roles.some((it) => it === 'supervisor' || it === 'legal')
  return (
    <table>
      <caption>{t('records.permissions.tabs.grants')}</caption>
      <thead>
        <tr>
          {(['record', 'owner', 'holder', 'permits', 'until', 'next'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`records.grants.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map((it) => (
          <tr key={it.id}>
            <th scope="row">
              <Link to={`/records/${it.about}` as '/today'}>
                <bdi>{it.record?.caption ?? it.about}</bdi>
              </Link>
            </th>
            <td>
              <MemberName id={it.owner} />
            </td>
            <td>
              <MemberName id={it.holder} />
            </td>
            <td>
              {t(`web.acts.permits.${it.permits}`)}
              {it.recipients.map((one) => (
                <span key={one} className="under">
                  <MemberName id={one} />
                </span>
              ))}
            </td>
            <td>
              <Clock since={it.since} due={it.expiresAt} rule="protocol point 8" />
              <span className="under">
                <Moment at={it.expiresAt} />
              </span>
            </td>
            <td>{it.owner === member.id && mayTakeBack && <TakeBack grant={it} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A grant of ours ends before its time: its holder is told and may pass nothing on any more. */
function TakeBack({ grant: { id, record, about } }: { grant: ShownGrant }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [open, setOpen] = useState(false)
  const name = record?.caption ?? about
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t('records.grants.takeBack')} <span className="unseen">{name}</span>
      </Button>
      {open && (
        <NameAndDo
          title={t('records.grants.takeBackTitle', { name })}
          act={t('records.grants.takeBack')}
          reason={t('web.acts.state.reason')}
          final
          run={(reason) => ask(`/api/v1/records/${id}/recall`, { method: 'POST', body: { reason } })}
          onClose={() => setOpen(false)}
        >
          <p>{t('records.grants.takeBackText')}</p>
        </NameAndDo>
      )}
    </>
  )
}
