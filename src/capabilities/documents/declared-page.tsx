import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Refusal } from '../../web/ask'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { Counts } from './pieces'
import { Recover } from './recover'
import { DocumentsHead } from './tabs'

interface Declared {
  readonly id: string
  readonly issuedAt: string
  readonly expiresAt: string
  readonly state: string
  readonly tlp: string
  readonly counts: Readonly<Record<string, number>>
  readonly holders: readonly { readonly member: string; readonly state: string }[]
}

interface Answer {
  readonly issuer: string | null
  readonly totals: Readonly<Record<string, number>>
  readonly declarations: number
  readonly items: readonly Declared[]
  readonly next: string | null
}

const columns = ['issued', 'counts', 'state', 'tlp', 'holders', 'expires'] as const

/** What this office declared, with how many documents, and who holds it. */
export function Page() {
  return (
    <>
      <DocumentsHead />
      <ForWork>
        <DeclaredList />
      </ForWork>
    </>
  )
}

function DeclaredList() {
  const { t, i18n } = useTranslation()
  const { ask, work } = useNode()
  const { roles } = useSignedIn()
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  const pages = usePages({
    queryKey: ['live', 'document-declaration', 'list', work],
    read: (after) => ask<Answer>(`/api/v1/documents?limit=50${after === null ? '' : `&after=${after}`}`),
  })
  const { data, error, isPending, fetchStatus, refetch } = pages
  if (isPending && fetchStatus === 'paused') return <Failed cause={offline} />
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const [first] = data.pages as Answer[]
  if (first === undefined || first.issuer === null)
    return <Empty title={t('documents.declared.noState')}>{t('documents.help')}</Empty>
  const items = (data.pages as Answer[]).flatMap((it) => it.items)
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <div>
          <p className="under">
            {t('documents.declared.inForce', { amount: numberFormat(i18n.language).format(first.declarations) })}
          </p>
          <Counts counts={first.totals} />
        </div>
        {writes && (
          <Button renderRoot={(props) => <Link to={'/documents/declare' as '/today'} {...props} />}>
            {t('documents.declare.title')}
          </Button>
        )}
      </Group>
      {items.length === 0 ? (
        <Empty title={t('documents.declared.none')}>{t('documents.declared.noneText')}</Empty>
      ) : (
        <Table items={items} />
      )}
      <More of={pages} />
      {writes && items.length > 0 && <Recover />}
    </>
  )
}

const offline = new Refusal({ status: 0, code: 'console/offline', title: '' })

function Table({ items }: { items: readonly Declared[] }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption className="unseen">{t('documents.tabs.declared')}</caption>
      <thead>
        <tr>
          {columns.map((it) => (
            <th key={it} scope="col">
              {t(`documents.declared.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, issuedAt, counts, state, tlp, holders, expiresAt }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`/records/${id}` as '/today'}>
                <Moment at={issuedAt} />
              </Link>
            </th>
            <td>
              <Counts counts={counts} />
            </td>
            <td>{t(`web.record.states.${state}`)}</td>
            <td>
              <bdi>{tlp}</bdi>
            </td>
            <td>
              {holders.length === 0
                ? t('documents.declared.nobody')
                : holders.map((it, at) => (
                    <span key={it.member}>
                      {at > 0 && ', '}
                      <MemberName id={it.member} />
                    </span>
                  ))}
            </td>
            <td>
              <Moment at={expiresAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
