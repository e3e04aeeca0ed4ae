import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import type { ShownEntry } from '../../web/trail/inclusion'
import { EntryDetails } from './console-entry'
import { ExportEntries } from './console-export'
import { usePeopleNames } from './people-names'
import { type AuditSearch, conditionsOf, type Place, queryOf } from './search'
import { useTypeWords } from './type-words'

interface EntriesPage {
  readonly items: readonly ShownEntry[]
  readonly next: number | null
}

const pageSize = 50

interface Listing {
  readonly search: AuditSearch
  readonly onTurn: (place: Place) => void
}

/** A page of the entries that fit, newest first. Reading them is itself an entry, so they are read when asked for only. */
export function Entries({ search, onTurn }: Listing) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { older, newer } = search
  const conditions = conditionsOf(search)
  const place = { ...(older !== undefined && { older }), ...(newer !== undefined && { newer }) }
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['live', 'audit', 'entries', conditions, place],
    queryFn: () => ask<EntriesPage>(`/api/v1/audit/entries?${queryOf(conditions, place, pageSize)}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const items = newer === undefined ? data.items : data.items.toReversed()
  const [first, last] = [items[0], items.at(-1)]
  const turns = (
    <nav className="page-turns acts" aria-label={t('audit.list.pages')}>
      <Button
        variant="default"
        size="xs"
        disabled={older === undefined && newer === undefined}
        onClick={() => onTurn({})}
      >
        {t('audit.list.newest')}
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={first === undefined || (older === undefined && newer === undefined)}
        onClick={() => first !== undefined && onTurn({ newer: first.index })}
      >
        {t('audit.list.newer')}
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={last === undefined || (newer === undefined && data.next === null)}
        onClick={() => last !== undefined && onTurn({ older: last.index })}
      >
        {t('audit.list.older')}
      </Button>
      <Button variant="default" size="xs" loading={isFetching} onClick={() => void refetch()}>
        {t('audit.list.refresh')}
      </Button>
      <ExportEntries conditions={conditions} />
    </nav>
  )
  if (items.length === 0)
    return (
      <>
        {turns}
        <Empty title={t('audit.list.none')}>{t('audit.list.noneText')}</Empty>
      </>
    )
  return (
    <>
      {turns}
      <table className="queue">
        <caption className="unseen">{t('audit.title')}</caption>
        <thead>
          <tr>
            {(['index', 'at', 'person', 'act', 'object', 'recipient', 'purpose'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`audit.columns.${it}`)}
              </th>
            ))}
            <th scope="col">{t('audit.list.proof')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((it) => (
            <Row key={it.index} entry={it} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function Row({ entry }: { entry: ShownEntry }) {
  const { t } = useTranslation()
  const typeWords = useTypeWords()
  const [opened, setOpened] = useState(false)
  const details = useId()
  const { index, at, act, outcome, objectType, objectId, recipient, purpose, reference } = entry
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <bdi>{index}</bdi>
        </th>
        <td>
          <Moment at={at} />
        </td>
        <td>
          <Who entry={entry} />
        </td>
        <td>
          {t(`audit.acts.${act}`)}
          {outcome !== 'permitted' && <span className="under attention">{t(`audit.outcomes.${outcome}`)}</span>}
        </td>
        <td>
          {objectId !== null && (
            <>
              {typeWords(objectType ?? '')}
              <span className="under">
                <bdi className="code">{objectId}</bdi>
              </span>
            </>
          )}
        </td>
        <td>{recipient !== null && <MemberName id={recipient} />}</td>
        <td>
          {purpose !== null && t(`web.purposes.${purpose}`)}
          {reference !== null && (
            <span className="under">
              <bdi>{reference}</bdi>
            </span>
          )}
        </td>
        <td>
          <Button
            variant="default"
            size="xs"
            aria-expanded={opened}
            aria-controls={details}
            onClick={() => setOpened(!opened)}
          >
            {t(opened ? 'audit.list.close' : 'audit.list.open')} <span className="unseen">{index}</span>
          </Button>
        </td>
      </tr>
      <tr id={details} hidden={!opened}>
        {opened && (
          <td colSpan={8}>
            <EntryDetails entry={entry} />
          </td>
        )}
      </tr>
    </Fragment>
  )
}

/** The person by name, or what acted in place of one; of another member when it was not ours. */
function Who({ entry: { person, member, via } }: { entry: ShownEntry }) {
  const { t } = useTranslation()
  const known = usePeopleNames().find((it) => it.id === person)
  return (
    <>
      <bdi>
        {known?.name ??
          (person === null ? t(`audit.list.ways.${via}`) : person === 'nobody' ? t('audit.list.nobody') : person)}
      </bdi>
      <span className="under">
        <MemberName id={member} />
      </span>
    </>
  )
}
