import './diff.css'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../design/clock'
import { MemberName } from '../design/member-name'
import type { ShownRecord } from '../design/record-head'
import { Failed, Slow } from '../design/states'
import { useAsk } from '../node'
import type { WholeRecord } from './acting'
import { differencesOf } from './compare'
import { DiffTable, valueAt } from './diff'

interface Versions {
  readonly owner: string
  readonly newest: number
  readonly items: readonly {
    readonly version: number
    readonly hash: string
    readonly issuedAt: string
    readonly storedAt: string
  }[]
}

/** Every version of a record that this office holds: who issued it, when, with which hash, and what two of them say differently. */
export function History({ record }: { record: ShownRecord }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', record.id, 'versions', record.id],
    queryFn: () => ask<Versions>(`/api/v1/records/${record.id}/versions`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  return (
    <section aria-label={t('web.history.title')}>
      <table className="facts">
        <caption>{t('web.history.title')}</caption>
        <thead>
          <tr>
            {(['version', 'by', 'issued', 'stored', 'hash'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`web.history.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ version, hash, issuedAt, storedAt }) => (
            <tr key={version}>
              <th scope="row">
                <bdi>{version}</bdi>
              </th>
              <td>
                <MemberName id={data.owner} />
              </td>
              <td>
                <Moment at={issuedAt} />
              </td>
              <td>
                <Moment at={storedAt} />
              </td>
              <td>
                <bdi className="code" title={hash} aria-hidden="true">
                  {hash.slice(0, 12)}…
                </bdi>
                <span className="unseen">{hash}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.items.length > 1 && <Compare record={record} versions={data.items.map((it) => it.version)} />}
    </section>
  )
}

/** Two versions, chosen in the address, so that what was found can be shown to a colleague. */
function Compare({ record, versions }: { record: ShownRecord; versions: readonly number[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { was?: number; is?: number }
  const chosen = (wanted: number | undefined, otherwise: number) =>
    wanted !== undefined && versions.includes(wanted) ? wanted : otherwise
  const was = chosen(search.was, versions[1]!)
  const is = chosen(search.is, versions[0]!)
  const pick = (name: 'was' | 'is', value: number) => (
    <Select
      label={t(`web.history.${name}`)}
      value={String(value)}
      data={versions.map((it) => ({ value: String(it), label: t('web.record.version', { version: it }) }))}
      onChange={(it) =>
        it !== null &&
        void navigate({
          to: '.',
          search: ((all: object) => ({ ...all, [name]: Number(it) })) as never,
          replace: true,
          resetScroll: false,
        })
      }
    />
  )
  return (
    <>
      <div className="history-choice">
        {pick('was', was)}
        {pick('is', is)}
      </div>
      <Between record={record} was={was} is={is} />
    </>
  )
}

function Between({ record, was, is }: { record: ShownRecord; was: number; is: number }) {
  const { t } = useTranslation()
  const [before, after] = [useVersion(record, was), useVersion(record, is)]
  const failure = before.error ?? after.error
  if (failure !== null) return <Failed cause={failure} />
  if (before.data === undefined || after.data === undefined) return <Slow lines={3} />
  const [old, young] = [before.data, after.data]
  const differences = differencesOf(old, young)
  if (differences.length === 0) return <p role="status">{t('web.history.same')}</p>
  return (
    <DiffTable
      type={record.type}
      caption={t('web.history.between', { was, is })}
      differences={differences}
      nameOfMarked={(it) => valueAt(young.body, it) ?? valueAt(old.body, it)}
    />
  )
}

/** Any version as this person may see it today. Versions never change; what may be seen of them can. */
export function useVersion({ id, version: newest }: ShownRecord, version: number) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['live', id, 'version', id, version, newest],
    queryFn: () => ask<WholeRecord>(`/api/v1/records/${id}/versions/${version}`),
  })
}
