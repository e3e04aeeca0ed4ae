import { Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed, Missing, Slow } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import { Contact } from './console-contact'
import { useDirectory } from './console-directory'
import { Keys } from './console-keys'
import { OwnKeys } from './console-own-keys'
import type { ShownMember } from './console-shapes'
import { Standing } from './console-standing'
import { Country } from './country'
import './members.css'

/** One member: what the directory says of it, its keys, and how it stands with this node. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useDirectory()
  if (error !== null && data === undefined) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const member = data.items.find((it) => it.id === id)
  if (member === undefined) return <Missing />
  return <Member member={member} groupName={(it) => data.groups.find((one) => one.id === it)?.name ?? it} />
}

function Member({ member, groupName }: { member: ShownMember; groupName: (id: string) => string }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const { id, name, kind, country, mandates, roles: duties, contact, suspended, endpoint, keys, self, groups } = member
  const watches = roles.some((it) => it === 'administrator' || it === 'supervisor' || it === 'auditor')
  return (
    <>
      <Title order={1} size="h3">
        <bdi>{name}</bdi>
      </Title>
      <p className="under">
        <bdi className="code">{id}</bdi> · {t(`members.kinds.${kind}`)}
        {country !== null && (
          <>
            {' · '}
            <Country code={country} />
          </>
        )}
        {self && <span className="tag">{t('members.self')}</span>}
        {suspended && <span className="warns">{t('members.suspended')}</span>}
      </p>
      <table className="facts">
        <caption className="unseen">{t('members.saysDirectory')}</caption>
        <tbody>
          <Fact name={t('members.contact')}>
            <Contact contact={contact} />
          </Fact>
          <Fact name={t('members.mandates')}>
            <bdi>{mandates.join(', ')}</bdi>
          </Fact>
          <Fact name={t('members.roles')}>
            <bdi>{duties.join(', ')}</bdi>
          </Fact>
          <Fact name={t('members.endpoint')}>
            <bdi className="code" dir="ltr">
              {endpoint}
            </bdi>
          </Fact>
          <Fact name={t('members.groups')}>
            <bdi>{groups.map(groupName).join(', ')}</bdi>
          </Fact>
        </tbody>
      </table>
      {self && watches ? <OwnKeys /> : <Keys keys={keys} />}
      {watches && !self && <Standing id={id} name={name} />}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  )
}
