import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { judge, type Leaf, type Path, type ShownEntry } from './inclusion'

const told = ['person', 'role', 'purpose', 'reference', 'rule', 'reason'] as const

/** The whole entry, and the proof that it stands in the signed ledger as it is shown. */
export function EntryDetails({ entry }: { entry: ShownEntry }) {
  const { t } = useTranslation()
  return (
    <>
      <Proof entry={entry} />
      <table className="facts">
        <caption>{t('audit.list.entry', { index: entry.index })}</caption>
        <tbody>
          {told
            .filter((it) => entry[it] !== null)
            .map((it) => (
              <tr key={it}>
                <th scope="row">{t(`audit.columns.${it}`)}</th>
                <td>
                  <bdi>{wordsFor(it, entry[it] ?? '', t)}</bdi>
                </td>
              </tr>
            ))}
          {entry.owner !== null && (
            <tr>
              <th scope="row">{t('audit.list.owner')}</th>
              <td>
                <MemberName id={entry.owner} />
              </td>
            </tr>
          )}
          <tr>
            <th scope="row">{t('audit.list.via')}</th>
            <td>{t(`audit.list.ways.${entry.via}`)}</td>
          </tr>
          {Object.entries(entry.details).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>
                <bdi>{String(value)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function wordsFor(name: (typeof told)[number], value: string, t: (key: string) => string): string {
  const key = name === 'purpose' ? `web.purposes.${value}` : name === 'role' ? `web.roles.${value}` : undefined
  return key === undefined ? value : t(key).replace(key, value)
}

/** Fetched and judged once: what was proven for a size of the ledger stays proven. */
function Proof({ entry }: { entry: ShownEntry }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { index } = entry
  const { data, error, refetch } = useQuery({
    queryKey: ['audit-proof', entry],
    queryFn: async () => {
      const { note, size, root } = await ask<{ note: string; size: number; root: string }>('/api/v1/audit/checkpoint')
      const [path, { leaves }] = await Promise.all([
        ask<Path>(`/api/v1/audit/proof/inclusion?index=${index}&size=${size}`),
        ask<{ leaves: readonly Leaf[] }>(`/api/v1/audit/leaves?from=${index}&limit=1`),
      ])
      const [leaf] = leaves
      const finding = leaf === undefined ? 'missing' : await judge({ shown: entry, leaf, path, note })
      return { finding, size, root, steps: path.proof.length }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={2} />
  const { finding, size, root, steps } = data
  if (finding !== 'intact')
    return (
      <p className="caution" role="alert">
        {t('audit.verify.tampered')} {t(`audit.verify.${finding}`)}.
      </p>
    )
  return (
    <div role="status">
      <strong>{t('audit.proof.holds', { index, size })}</strong>
      <span className="under">{t('audit.proof.how', { steps })}</span>
      <bdi className="under code">{root}</bdi>
    </div>
  )
}
