import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Peers } from './console-peers'

interface Member {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly country: string | null
  readonly contact: { readonly desk: string; readonly email: string; readonly phone: string; readonly hours: string }
  readonly suspended: boolean
  readonly self: boolean
  readonly groups: readonly string[]
}

interface Directory {
  readonly federation: string
  readonly version: number
  readonly issuedAt: string
  readonly expiresAt: string
  readonly items: readonly Member[]
  readonly groups: readonly { readonly id: string; readonly name: string }[]
}

/** Whom this node works with and how to reach them; for those who watch over the node, how each connection stands. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'directory', 'contacts'],
    queryFn: () => ask<Directory>('/api/v1/members'),
  })
  return (
    <>
      <Title order={1} size="h3">
        {t('members.title')}
      </Title>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data !== undefined && <Members directory={data} />}
      {roles.some((it) => it === 'administrator' || it === 'supervisor' || it === 'auditor') && <Peers />}
    </>
  )
}

function Members({ directory }: { directory: Directory }) {
  const { t } = useTranslation()
  const { federation, version, issuedAt, expiresAt, items, groups } = directory
  return (
    <>
      <p className="under">
        <bdi>{federation}</bdi> · {t('members.directory.title')}: {t('members.directory.version')} <bdi>{version}</bdi>{' '}
        · {t('members.directory.issuedAt')} <Moment at={issuedAt} /> · {t('members.directory.expiresAt')}{' '}
        <Moment at={expiresAt} />
      </p>
      {items.length === 0 ? (
        <Empty title={t('members.none')}>{t('members.noneText')}</Empty>
      ) : (
        <table className="queue">
          <caption className="unseen">{t('members.title')}</caption>
          <thead>
            <tr>
              {(['name', 'kind', 'country', 'contact', 'groups'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`members.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((it) => (
              <Row key={it.id} member={it} groupName={(id) => groups.find((one) => one.id === id)?.name ?? id} />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function Row({ member, groupName }: { member: Member; groupName: (id: string) => string }) {
  const { t } = useTranslation()
  const { id, name, kind, country, contact, suspended, self, groups } = member
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        {self && <span className="tag">{t('members.self')}</span>}
        {suspended && <span className="warns">{t('members.suspended')}</span>}
        <bdi className="under code">{id}</bdi>
      </th>
      <td>{t(`members.kinds.${kind}`)}</td>
      <td>{country !== null && <Country code={country} />}</td>
      <td>
        <bdi>{contact.desk}</bdi>
        <a className="under" href={`mailto:${contact.email}`}>
          <bdi>{contact.email}</bdi>
        </a>
        <a className="under" href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>
          <bdi dir="ltr">{contact.phone}</bdi>
        </a>
        <span className="under">
          {t('members.hours')}: <bdi>{contact.hours}</bdi>
        </span>
      </td>
      <td>
        {groups.map((it) => (
          <bdi key={it} className="under">
            {groupName(it)}
          </bdi>
        ))}
      </td>
    </tr>
  )
}

/** A country in the language of the page; the code stands where the browser does not know it. */
function Country({ code }: { code: string }) {
  const { i18n } = useTranslation()
  const known = /^[a-z]{2}$/i.test(code)
  const names = new Intl.DisplayNames(i18n.language, { type: 'region', fallback: 'code' })
  return <bdi>{known ? names.of(code.toUpperCase()) : code}</bdi>
}
