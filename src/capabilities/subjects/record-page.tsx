import './subjects.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Subject } from '#capabilities/subjects/record'
import { dateFormat } from '#kernel/language-formats'
import { Clock } from '../../web/design/clock'
import { Holders } from '../../web/design/holders'
import { RecordHead } from '../../web/design/record-head'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useNode, useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { RecordActs } from '../../web/record/acts'
import { History } from '../../web/record/history'
import { Consultations } from './record-consultations'
import { RecordFacts } from './record-facts'
import { Merges } from './record-merges'
import { Related } from './record-related'
import { WhereAndWhen } from './record-where'
import { SavePdf } from './save-pdf'

export interface ShownSubject extends Omit<WholeRecord, 'body'> {
  readonly issuedAt: string
  readonly body: Subject
}

/** One subject, in the one shape that every record has: head, facts, relations, where and when, who holds it, history, audit. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['subject', id], 'record', id],
    queryFn: () => ask<ShownSubject>(`/api/v1/records/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Shown record={data} />
}

function Shown({ record }: { record: ShownSubject }) {
  const { t } = useTranslation()
  const { member, roles } = useSignedIn()
  const ours = record.owner === member.id
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  const edits = ours && writes && (record.state === 'active' || record.state === 'suspended')
  const { body } = record
  const edit = `/subjects/${record.id}/edit`
  const way = `/movements/${record.id}`
  return (
    <>
      <RecordHead record={record as never} kind={t(`subjects.schemata.${body.schema}`)}>
        <RecordActs record={record as never} />
        {edits && (
          <Button variant="default" renderRoot={(props) => <Link to={edit as '/today'} {...props} />}>
            {t('subjects.edit.open')}
          </Button>
        )}
        {writes && (
          <Button variant="default" renderRoot={(props) => <Link to={way as '/today'} {...props} />}>
            {t('subjects.way')}
          </Button>
        )}
        {record.state === 'active' && <SavePdf record={record} />}
        <Button variant="default" onClick={() => window.print()}>
          {t('subjects.pdf.print')}
        </Button>
      </RecordHead>
      <Printed />
      <p>
        {t('subjects.asked')}: <strong>{t(`subjects.actions.${body.action}`)}</strong>
        {body.discreet && <span className="warns">{t('subjects.form.discreet')}</span>}
        {' · '}
        {t('subjects.reviewIn')}{' '}
        <Clock since={record.issuedAt} due={record.handling.reviewAt} rule={t('subjects.reviewRule')} />
      </p>
      <RecordFacts record={record} />
      <Related record={record} edits={edits} />
      <WhereAndWhen body={body} />
      {ours && (
        <section className="record-section">
          <Holders id={record.id} version={record.version} />
        </section>
      )}
      <section className="record-section">
        <History record={record as never} />
      </section>
      {ours && writes && <Merges record={record} />}
      {ours && writes && <Consultations id={record.id} />}
    </>
  )
}

/** On paper: who printed it, for what, when. */
function Printed() {
  const { t, i18n } = useTranslation()
  const { work } = useNode()
  const { name, member } = useSignedIn()
  const at = dateFormat(i18n.language, { dateStyle: 'long', timeStyle: 'long' }).format(new Date())
  return (
    <p className="print-only">
      {t('subjects.pdf.printed', { who: name, office: member.name, at })}
      {work !== undefined && ` · ${t(`web.purposes.${work.purpose}`)} · ${work.reference}`}
    </p>
  )
}
