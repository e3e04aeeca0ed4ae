import { Group, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { moveByArrows, stop } from './arrows'
import { Band, Evidence, Reasons } from './evidence'
import { recordAddress } from './record-address'
import { Whose } from './search-results'
import type { ShownBatch, ShownMatch, ShownRow } from './shown'
import { useFilters } from './use-filters'

const bands = ['alert', 'review', 'none', 'unread'] as const

interface RowPage {
  readonly items: readonly ShownRow[]
  readonly next: number | null
}

/** Rows of the file with what they met, each explained, by strength. */
export function Rows({ batch }: { batch: ShownBatch }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [{ band }, change] = useFilters(['band'])
  const pages = usePages({
    // Read again when the state changes and when the node tells of progress, not with every look at the counts.
    queryKey: ['live', batch.id, 'batch-rows', batch.id, band, batch.state],
    read: (after) => {
      const query = new URLSearchParams({ after: after ?? '0', limit: '50' })
      if (band !== undefined) query.set('band', band)
      return ask<RowPage>(`/api/v1/batches/${batch.id}/rows?${query}`)
    },
    keepsBefore: true,
  })
  const { data, error, refetch } = pages
  const rows = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <section aria-labelledby="rows">
      <Group justify="space-between" align="flex-end">
        <h2 className="group-name" id="rows">
          {t('screening.batch.results')}
        </h2>
        <Select
          label={t('screening.batch.filter')}
          placeholder={t('screening.batch.allRows')}
          value={band ?? null}
          onChange={(it) => change({ band: it ?? undefined })}
          data={bands.map((value) => ({ value, label: t(`screening.bands.${value}`) }))}
          clearable
        />
      </Group>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data !== undefined && rows.length === 0 && <Empty title={t('screening.batch.noRows')} />}
      <ol className="results" onKeyDown={moveByArrows}>
        {rows.map((it) => (
          <Row key={it.at} row={it} />
        ))}
      </ol>
      <More of={pages} />
    </section>
  )
}

function Row({ row }: { row: ShownRow }) {
  const { t } = useTranslation()
  const { line, reference, name, band, rejected, doubts, matches, gone } = row
  return (
    <li>
      <div className="head">
        <span>
          <bdi className="row-name">{name === '' ? t('screening.batch.line', { line }) : name}</bdi>
          <span className="tag">{t('screening.batch.line', { line })}</span>
          {reference !== null && <bdi className="tag">{reference}</bdi>}
        </span>
        <Band band={band} />
      </div>
      {rejected !== null && <p className="under">{t(`screening.rejections.${rejected.replace('/', '-')}`)}</p>}
      {doubts.map((it) => (
        <p key={`${it.code} ${it.property} ${it.value}`} className="under">
          {t(`screening.doubts.${it.code}`, { value: it.value })}
        </p>
      ))}
      {matches.length > 0 && (
        <ul className="matches">
          {matches.map((it) => (
            <Match key={it.record} match={it} />
          ))}
        </ul>
      )}
      {gone > 0 && <p className="under">{t('screening.batch.gone')}</p>}
    </li>
  )
}

function Match({ match }: { match: ShownMatch }) {
  const { t } = useTranslation()
  const { record, caption, score, lines, version, newest, later, candidates } = match
  return (
    <li>
      <div className="head">
        <Link to={recordAddress(record, match.list) as '/today'} {...stop}>
          <bdi>{caption}</bdi>
        </Link>
        <span className="under">{t('screening.score', { score: score.toFixed(2) })}</span>
      </div>
      <p className="under">
        <Whose {...match} />
        {newest > version && <span className="warns">{t('screening.batch.newer', { version: newest })}</span>}
        {later !== null && (
          <span className="tag">
            {later.version === null
              ? t('screening.watch.later')
              : t('screening.watch.laterVersion', { version: later.version })}{' '}
            <Moment at={later.at} />
          </span>
        )}
        {candidates.map((it, at) => (
          <span key={it}>
            {' · '}
            <Link to={`/candidates/${it}` as '/today'}>
              {t('screening.batch.decide')}
              {candidates.length > 1 && ` (${at + 1})`}
            </Link>
          </span>
        ))}
      </p>
      <Reasons lines={lines} side="row" />
      <details>
        <summary>{t('screening.allEvidence')}</summary>
        <Evidence lines={lines} side="row" />
      </details>
    </li>
  )
}
