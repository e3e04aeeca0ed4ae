import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { More, type PageOf, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { stop } from './arrows'
import { Band } from './evidence'
import { ListName } from './list-name'
import type { ShownCandidate } from './shown'
import { useNames } from './use-names'

/** Possible matches that wait for a person, the likest first. */
export function Candidates() {
  const { t } = useTranslation()
  const ask = useAsk()
  const pages = usePages({
    queryKey: ['live', 'candidate', 'open'],
    read: (after) =>
      ask<PageOf<ShownCandidate>>(
        `/api/v1/candidates?state=open&order=likest&limit=100${after === null ? '' : `&after=${after}`}`,
      ),
  })
  const { data, error, refetch } = pages
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  const items = data.pages.flatMap((it) => it.items)
  if (items.length === 0) return <Empty title={t('screening.none')}>{t('screening.noneText')}</Empty>
  return (
    <>
      <Table items={items} />
      <More of={pages} />
    </>
  )
}

function Table({ items }: { items: readonly ShownCandidate[] }) {
  const { t } = useTranslation()
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
        {items.map((it) => (
          <Row key={it.id} candidate={it} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ candidate: { id, ours, theirs, lines, since, band, score } }: { candidate: ShownCandidate }) {
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
          {theirs.list === null ? <MemberName id={theirs.owner} /> : <ListName list={theirs.list} />}
        </span>
      </th>
      <td>
        <bdi>{ours.caption}</bdi>
      </td>
      <td>
        <Band band={band} score={score} />
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
