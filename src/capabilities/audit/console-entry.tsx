import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Cited } from '../../web/design/cited'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { judge, type Leaf, type Path, type ShownEntry } from '../../web/trail/inclusion'
import citations from './citations.json'
import { PersonName } from './people-names'
import { useTypeWords } from './type-words'

/** The whole entry in words, and the proof that it stands in the signed ledger as it is shown. */
export function EntryDetails({ entry }: { entry: ShownEntry }) {
  const { t } = useTranslation()
  const typeWords = useTypeWords()
  const { person, role, via, member, act, outcome, objectType, objectId, objectVersion, owner, recipient } = entry
  const parts: (readonly [string, ReactNode])[] = [
    [t('audit.columns.at'), <Moment key="at" at={entry.at} />],
    [
      t('audit.columns.person'),
      person !== null && person !== 'nobody' ? <PersonName key="person" id={person} /> : t('audit.list.nobody'),
    ],
    [t('audit.columns.role'), role !== null && t(`web.roles.${role}`)],
    [t('audit.columns.member'), <MemberName key="member" id={member} />],
    [t('audit.list.via'), t(`audit.list.ways.${via}`)],
    [t('audit.columns.act'), t(`audit.acts.${act}`)],
    [
      t('audit.columns.object'),
      objectId !== null && (
        <>
          {typeWords(objectType ?? '')} <bdi className="code">{objectId}</bdi>
          {objectVersion !== null && ` · ${t('web.record.version', { version: objectVersion })}`}
          <span className="under">
            <Link to={'/audit' as '/today'} search={{ object: objectId } as never}>
              {t('audit.list.same')}
            </Link>
          </span>
        </>
      ),
    ],
    [t('audit.columns.owner'), owner !== null && <MemberName id={owner} />],
    [t('audit.columns.recipient'), recipient !== null && <MemberName id={recipient} />],
    [t('audit.columns.purpose'), entry.purpose !== null && t(`web.purposes.${entry.purpose}`)],
    [t('audit.columns.reference'), entry.reference !== null && <bdi>{entry.reference}</bdi>],
    [t('audit.columns.outcome'), t(`audit.outcomes.${outcome}`)],
    [t('audit.columns.rule'), entry.rule !== null && <bdi>{entry.rule}</bdi>],
    [t('audit.columns.reason'), entry.reason !== null && <bdi>{entry.reason}</bdi>],
    ...Object.entries(entry.details).map(
      ([name, value]) => [<bdi key={name}>{name}</bdi>, <bdi key={`${name}=`}>{String(value)}</bdi>] as never,
    ),
  ]
  return (
    <>
      <table className="facts">
        <caption>{t('audit.list.entry', { index: entry.index })}</caption>
        <tbody>
          {parts
            .filter(([, value]) => value !== false)
            .map(([name, value], at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an entry never change places
              <tr key={at}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <Proof entry={entry} />
    </>
  )
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
    <div role="status" className="proof">
      <strong>{t('audit.proof.holds', { index, size })}</strong>{' '}
      <Cited about={t('audit.list.proof')} citation={citations.log}>
        <p>{t('audit.proof.help')}</p>
      </Cited>
      <ul>
        <li>{t('audit.proof.opened')}</li>
        <li>
          {t('audit.proof.how', { steps })} <bdi className="code">{root}</bdi>
        </li>
      </ul>
      <span className="under">
        {t('audit.proof.notHere')}{' '}
        <Link to={'/audit' as '/today'} search={{ tab: 'ledger' } as never}>
          {t('audit.trail.title')}
        </Link>
      </span>
    </div>
  )
}
