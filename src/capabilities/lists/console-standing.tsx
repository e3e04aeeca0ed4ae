import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { useAsk, useSignedIn } from '../../web/node'
import { Fact } from './console-fact'
import { useImport } from './console-import'
import { Problem } from './console-problem'
import type { PublishedList, ShownCheck, ShownCompletion } from './console-shapes'

/** How a list stands: its version, its official source, and whether its entries are found by their names. */

export function VersionFact({ list: { version, contentHash, changing } }: { list: PublishedList }) {
  const { t } = useTranslation()
  if (version === null) return null
  return (
    <Fact
      name={
        <>
          {t('lists.version')}{' '}
          <Help about={t('lists.version')} rule={t('lists.versionRule')}>
            <p>{t('lists.versionText')}</p>
          </Help>
        </>
      }
    >
      <bdi>{version}</bdi>
      <span className="under">
        <bdi className="code" title={`${t('lists.hash')}: ${contentHash}`}>
          {contentHash?.slice(0, 16)}…
        </bdi>
      </span>
      {changing && <span className="under attention">{t('lists.changing')}</span>}
    </Fact>
  )
}

export function SourceFact({ list }: { list: PublishedList }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const { askSource } = useImport(list)
  const { download } = list
  const acts = roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <Fact
      name={
        <>
          {t('lists.source.title')}{' '}
          <Help about={t('lists.source.title')} rule={t('lists.source.rule')}>
            <p>{t('lists.source.text')}</p>
          </Help>
        </>
      }
    >
      {download === null && t('lists.source.off')}
      {download !== null && (
        <>
          <span className={download.problem === null ? undefined : 'attention'}>
            {t(download.outcome === null ? 'lists.source.notYet' : `lists.source.outcomes.${download.outcome}`)}
          </span>
          <When words={t('lists.source.asked')} at={download.askedAt} />
          <When words={t('lists.source.changed')} at={download.changedAt} />
          <When words={t('lists.source.next')} at={download.nextAt} />
          {download.problem !== null && (
            <span className="under">
              <Problem problem={download.problem} /> {t('lists.source.failures')} <bdi>{download.failures}</bdi>
            </span>
          )}
          {acts && (
            <Button size="compact-xs" variant="default" onClick={() => void askSource()}>
              {t('lists.source.now')} <span className="unseen">{list.title}</span>
            </Button>
          )}
        </>
      )}
    </Fact>
  )
}

function When({ words, at }: { words: string; at: string | null }) {
  if (at === null) return null
  return (
    <span className="under">
      {words} <Moment at={at} />
    </span>
  )
}

export function CheckFact({ list: { id, version } }: { list: PublishedList }) {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const { data } = useQuery({
    queryKey: ['live', ['list'], 'list-checks'],
    queryFn: () => ask<{ items: readonly ShownCheck[] }>('/api/v1/list-checks'),
  })
  const found = data?.items.find((it) => it.list === id)
  if (version === null) return null
  const number = numberFormat(i18n.language)
  const isWhole = found !== undefined && found.missed === 0 && found.indexed === found.entries
  return (
    <Fact
      name={
        <>
          {t('lists.check.title')}{' '}
          <Help about={t('lists.check.title')} rule={t('lists.check.rule')}>
            <p>{t('lists.check.text')}</p>
          </Help>
        </>
      }
    >
      {found === undefined && t('lists.check.none')}
      {found !== undefined && (
        <>
          <span className={isWhole ? undefined : 'attention'}>
            {isWhole ? t('lists.check.all') : `${t('lists.check.missed')} `}
            {!isWhole && <bdi>{number.format(found.missed)}</bdi>}
          </span>
          <span className="under">
            {t('lists.check.of', { checked: number.format(found.checked), names: number.format(found.names) })}
            {found.sampled && ` (${t('lists.check.sampled')})`}
          </span>
          {found.faint > 0 && (
            <span className="under">
              {t('lists.check.faint')} <bdi>{number.format(found.faint)}</bdi>
            </span>
          )}
          <span className="under">
            <Moment at={found.at} />
          </span>
        </>
      )}
    </Fact>
  )
}

const completionPollMilliseconds = 1_000

/** Whether the people that the node knows were screened against the version in force, and what came of it. */
export function CompletionFact({ list: { id, version } }: { list: PublishedList }) {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const { data } = useQuery({
    queryKey: ['live', ['list'], 'completions', id],
    queryFn: () => ask<{ items: readonly ShownCompletion[] }>(`/api/v1/screening/completions?list=${id}&limit=2`),
    refetchInterval: ({ state }) =>
      state.data?.items.some((it) => it.state === 'running') ? completionPollMilliseconds : false,
  })
  const running = data?.items.find((it) => it.state === 'running')
  const done = data?.items.find((it) => it.state === 'done')
  if (version === null && running === undefined) return null
  const number = numberFormat(i18n.language)
  return (
    <Fact
      name={
        <>
          {t('lists.completion.title')}{' '}
          <Help about={t('lists.completion.title')} rule={t('lists.completion.rule')}>
            <p>{t('lists.completion.text')}</p>
          </Help>
        </>
      }
    >
      {running !== undefined && (
        <span className="attention" role="status">
          {t('lists.completion.running', {
            entries: number.format(running.entries),
            waiting: number.format(running.waiting),
          })}
        </span>
      )}
      {running === undefined && done === undefined && t('lists.completion.none')}
      {done !== undefined && done.doneAt !== null && (
        <>
          <span className={running === undefined ? undefined : 'under'}>
            {t('lists.completion.done', { version: number.format(done.version ?? 0) })} <Moment at={done.doneAt} />
          </span>
          <span className="under">
            {t('lists.completion.counts', {
              entries: number.format(done.entries),
              people: number.format(done.people),
              candidates: number.format(done.candidates),
            })}
          </span>
          {(done.watched > 0 || done.matches > 0) && (
            <span className="under">
              {t('lists.completion.watched', {
                watched: number.format(done.watched),
                matches: number.format(done.matches),
              })}
            </span>
          )}
        </>
      )}
    </Fact>
  )
}
