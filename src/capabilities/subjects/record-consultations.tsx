import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'

interface Consulted {
  readonly items: readonly {
    readonly index: number
    readonly at: string
    readonly member: string
    readonly person: string | null
    readonly version: number | null
    readonly purpose: string | null
  }[]
}

/** Who consulted a record of ours, here and at those who hold it (protocol point 10). */
export function Consultations({ id }: { id: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const me = useSignedIn()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', id, 'consultations', id],
    queryFn: () => ask<Consulted>(`/api/v1/records/${id}/consultations?limit=20`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  if (data.items.length === 0) return null
  return (
    <table className="facts">
      <caption>{t('subjects.consulted.title')}</caption>
      <thead>
        <tr>
          {(['at', 'member', 'person', 'version', 'purpose'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`subjects.consulted.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map((it) => (
          <tr key={it.index}>
            <th scope="row">
              <Moment at={it.at} />
            </th>
            <td>
              <MemberName id={it.member} />
            </td>
            <td>
              {it.person === null ? (
                t('subjects.consulted.someone')
              ) : it.person === me.id ? (
                <bdi>{me.name}</bdi>
              ) : (
                <bdi className="code">{it.person}</bdi>
              )}
            </td>
            <td>{it.version !== null && <bdi>{it.version}</bdi>}</td>
            <td>{it.purpose !== null && t(`web.purposes.${it.purpose}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
