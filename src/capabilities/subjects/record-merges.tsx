import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import type { ShownSubject } from './record-page'

interface Merge {
  readonly id: string
  readonly kept: string
  readonly keptCaption: string
  readonly other: string
  readonly otherCaption: string
  readonly state: 'merged' | 'undone'
  readonly reason: string
  readonly mergedAt: string
  readonly undoReason: string | null
  readonly undoneAt: string | null
}

/** What was merged into this subject, or where it went; each can be taken back. Shown when there is any. */
export function Merges({ record }: { record: ShownSubject }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [undoing, setUndoing] = useState<Merge>()
  const { data, error } = useQuery({
    queryKey: ['live', ['merge', record.id], 'merges', record.id],
    queryFn: () => ask<{ items: Merge[] }>(`/api/v1/subjects/${record.id}/merges`),
  })
  if (error !== null) return <Failed cause={error} />
  if (data === undefined || data.items.length === 0) return null
  return (
    <>
      <table className="facts">
        <caption>{t('subjects.merge.title')}</caption>
        <thead>
          <tr>
            {(['what', 'when', 'why', 'act'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`subjects.merge.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((it) => {
            const [id, caption] = it.kept === record.id ? [it.other, it.otherCaption] : [it.kept, it.keptCaption]
            return (
              <tr key={it.id}>
                <th scope="row">
                  {t(it.kept === record.id ? 'subjects.merge.from' : 'subjects.merge.into')}{' '}
                  <Link to={`/subjects/${id}` as '/today'}>
                    <bdi>{caption}</bdi>
                  </Link>
                </th>
                <td>
                  <Moment at={it.mergedAt} />
                  {it.undoneAt !== null && (
                    <span className="under">
                      {t('subjects.merge.undone')} <Moment at={it.undoneAt} />
                    </span>
                  )}
                </td>
                <td>
                  <bdi>{it.reason}</bdi>
                  {it.undoReason !== null && (
                    <span className="under">
                      <bdi>{it.undoReason}</bdi>
                    </span>
                  )}
                </td>
                <td>
                  {it.state === 'merged' && (
                    <Button size="xs" variant="default" onClick={() => setUndoing(it)}>
                      {t('subjects.merge.undo')}
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {undoing !== undefined && (
        <NameAndDo
          title={t('subjects.merge.undoTitle', { kept: undoing.keptCaption, other: undoing.otherCaption })}
          act={t('subjects.merge.undoAct')}
          reason={t('subjects.merge.undoReason')}
          run={(reason) => ask(`/api/v1/merges/${undoing.id}/undo`, { method: 'POST', body: { reason } })}
          onClose={() => setUndoing(undefined)}
        >
          <p>{t('subjects.merge.undoText')}</p>
        </NameAndDo>
      )}
    </>
  )
}
