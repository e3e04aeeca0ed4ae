import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { stop } from './arrows'
import type { ShownCandidate } from './shown'
import { useNames } from './use-names'

/** Possible matches that wait for a person. */
export function Candidates() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'candidate', 'open'],
    queryFn: () => ask<{ items: ShownCandidate[] }>('/api/v1/candidates?state=open&limit=200'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  if (data.items.length === 0) return <Empty title={t('screening.none')}>{t('screening.noneText')}</Empty>
  return (
    <table className="queue">
      <caption>{t('screening.open')}</caption>
      <thead>
        <tr>
          {(['theirs', 'ours', 'evidence', 'since'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`screening.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map((it) => (
          <Row key={it.id} candidate={it} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ candidate: { id, ours, theirs, lines, since } }: { candidate: ShownCandidate }) {
  const { t } = useTranslation()
  const { attribute } = useNames()
  const of = (verdict: string) =>
    lines
      .filter((it) => it.verdict === verdict)
      .map((it) => attribute(it.attribute))
      .join(', ')
  return (
    <tr>
      <th scope="row">
        <Link to={`/candidates/${id}` as '/today'} {...stop}>
          <bdi>{theirs.caption}</bdi>
        </Link>
        <span className="under">
          <MemberName id={theirs.owner} />
        </span>
      </th>
      <td>
        <bdi>{ours.caption}</bdi>
      </td>
      <td>
        {(['agrees', 'contradicts'] as const).map((verdict) => {
          const names = of(verdict)
          return (
            names !== '' && (
              <div key={verdict}>
                <span className={`verdict verdict-${verdict}`} aria-hidden="true" />
                <span className="unseen">{t(`screening.verdicts.${verdict}`)}: </span>
                {names}
              </div>
            )
          )
        })}
      </td>
      <td>
        <Moment at={since} />
      </td>
    </tr>
  )
}
