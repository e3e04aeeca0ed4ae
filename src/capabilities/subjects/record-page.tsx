import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Statement, Subject } from '#capabilities/subjects/record'
import { Holders } from '../../web/design/holders'
import { RecordHead, type ShownRecord } from '../../web/design/record-head'
import { Statements } from '../../web/design/statements'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Recall } from './recall'
import { Share } from './share'

interface Shown extends ShownRecord {
  readonly body: Subject
}

const rowsOf = (statements: Readonly<Record<string, Statement>>) => Object.values(statements)

/** One subject, in the one shape that every record has: head, facts, relations, who holds it. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['subject', id], 'record', id],
    queryFn: () => ask<Shown>(`/api/v1/records/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Record record={data} />
}

function Record({ record }: { record: Shown }) {
  const { t } = useTranslation()
  const { member, roles } = useSignedIn()
  const [act, setAct] = useState<'share' | 'recall'>()
  const ours = record.owner === member.id
  const acts = ours && record.state !== 'withdrawn' && roles.some((it) => it === 'officer' || it === 'supervisor')
  const { schema, statements, holds, relations, action } = record.body
  return (
    <>
      <RecordHead record={record} kind={t(`subjects.schemata.${schema}`)}>
        {acts && <Button onClick={() => setAct('share')}>{t('subjects.share.open')}</Button>}
        {acts && (
          <Button variant="default" onClick={() => setAct('recall')}>
            {t('subjects.recall.open')}
          </Button>
        )}
      </RecordHead>
      <p>
        {t('subjects.asked')}: <strong>{t(`subjects.actions.${action}`)}</strong>
      </p>
      <Statements caption={t('web.facts.title')} rows={rowsOf(statements)} />
      {Object.entries(holds).map(([key, it]) => (
        <Statements key={key} caption={t(`subjects.schemata.${it.schema}`)} rows={rowsOf(it.statements)} />
      ))}
      {Object.entries(relations).map(([key, { schema: kind, other, statements: about }]) => (
        <section key={key}>
          <Statements
            caption={t(`subjects.schemata.${kind}`)}
            rows={[...('record' in other ? [] : rowsOf(other.statements)), ...rowsOf(about)]}
          />
          {'record' in other && (
            <Link to={`/subjects/${other.record}` as '/today'}>
              <bdi>{other.record}</bdi>
            </Link>
          )}
        </section>
      ))}
      {ours && <Holders id={record.id} version={record.version} />}
      {act === 'share' && <Share record={record} onClose={() => setAct(undefined)} />}
      {act === 'recall' && <Recall record={record} onClose={() => setAct(undefined)} />}
    </>
  )
}
