import { Group, Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Cited } from '../../web/design/cited'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import citations from './citations.json'
import { PersonName } from './people-names'

interface Consultation {
  readonly index: number
  readonly at: string
  readonly member: string
  readonly person: string | null
  readonly via: string
  readonly version: number | null
  readonly purpose: string | null
}

interface ConsultationsPage {
  readonly items: readonly Consultation[]
  readonly next: number | null
}

/** Who consulted a record of ours, here and at its holders. */
export function Page() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { roles } = useSignedIn()
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h3">
          {t('audit.consultations.title')}
        </Title>
        <Cited about={t('audit.consultations.title')} citation={citations.logging}>
          <p>{t('audit.consultations.help')}</p>
        </Cited>
      </Group>
      <p className="under">
        <bdi className="code">{id}</bdi>
        {roles.includes('auditor') && (
          <>
            {' · '}
            <Link to={'/audit' as '/today'} search={{ object: id } as never}>
              {t('audit.list.same')}
            </Link>
          </>
        )}
      </p>
      <Consultations id={id} />
    </>
  )
}

function Consultations({ id }: { id: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const pages = usePages({
    queryKey: ['live', id, 'consultations'],
    read: (after) =>
      ask<ConsultationsPage>(
        `/api/v1/records/${encodeURIComponent(id)}/consultations${after === null ? '' : `?after=${after}`}`,
      ),
  })
  const { data, error, isPending, refetch } = pages
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0)
    return <Empty title={t('audit.consultations.empty')}>{t('audit.consultations.emptyText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('audit.consultations.title')}</caption>
        <thead>
          <tr>
            {(['at', 'member', 'person', 'version', 'purpose'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`audit.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ index, at, member, person, via, version, purpose }) => (
            <tr key={index}>
              <th scope="row">
                <Moment at={at} />
              </th>
              <td>
                <MemberName id={member} />
              </td>
              <td>
                {person === null ? (
                  t(via === 'peer' ? 'audit.consultations.theirs' : 'audit.consultations.ours')
                ) : (
                  <PersonName id={person} />
                )}
              </td>
              <td>
                <bdi>{version}</bdi>
              </td>
              <td>{purpose !== null && t(`web.purposes.${purpose}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More of={pages} />
    </>
  )
}
