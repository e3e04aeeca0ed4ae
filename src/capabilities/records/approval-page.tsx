import { Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { type Previewed, RecipientPreview } from '../../web/record/recipient-preview'
import { AskingRules } from '../../web/record/second-person'
import { Noted } from './console-noted'
import type { ShownApproval } from './console-shapes'

interface Whole extends ShownApproval {
  readonly preview: readonly Previewed[]
}

/** What waits for a second person: the rule, who asks and why, what each recipient would see, and the decision. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['approval', id], 'approval', id],
    queryFn: () => ask<Whole>(`/api/v1/approvals/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Approval key={id} approval={data} />
}

function Approval({ approval }: { approval: Whole }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const { id, act, record, version, rules, reason, asker, mine, state, askedAt, expiresAt, seen } = approval
  const decides = state === 'waiting' && !mine && roles.includes('supervisor')
  return (
    <>
      <Title order={1} size="h3">
        {t(`records.approvals.asks.${act}`, { name: record.caption })}
      </Title>
      <p role="status">
        <strong className={state === 'waiting' || state === 'approved' ? undefined : 'warns'}>
          {t(`records.approvals.states.${state}`)}
        </strong>{' '}
        {state === 'waiting' && <Clock since={askedAt} due={expiresAt} rule={rules.map((it) => it.id).join(', ')} />}
      </p>
      <section className="waits" aria-label={t('web.acts.second.title')}>
        <strong>{t('web.acts.second.title')}</strong>
        <AskingRules rules={rules} />
      </section>
      <table className="facts">
        <caption className="unseen">{t('records.approvals.one')}</caption>
        <tbody>
          <tr>
            <th scope="row">{t('records.approvals.columns.asker')}</th>
            <td>
              <bdi>{asker.name}</bdi> · <Moment at={askedAt} />
            </td>
          </tr>
          <tr>
            <th scope="row">{t('records.approvals.columns.reason')}</th>
            <td>
              <bdi>{reason}</bdi>
            </td>
          </tr>
          <tr>
            <th scope="row">{t('records.approvals.columns.record')}</th>
            <td>
              <Link to={`/records/${record.id}` as '/today'}>
                <bdi>{record.caption}</bdi>
              </Link>{' '}
              · {t('web.record.version', { version })}
              {record.version !== version && state === 'waiting' && (
                <span className="warns">{t('records.approvals.changed', { version: record.version })}</span>
              )}
            </td>
          </tr>
          <Decided approval={approval} />
        </tbody>
      </table>
      {decides && <Decide id={id} act={act} name={record.caption} count={approval.recipients.length} />}
      {mine && state === 'waiting' && <p className="under">{t('records.approvals.notYou')}</p>}
      {mine && state !== 'waiting' && !seen && <Noted path={`/api/v1/approvals/${id}/noted`} />}
      {act === 'share' && <Preview approval={approval} />}
    </>
  )
}

function Decided({ approval: { recipients, decider, decidedAt, decision } }: { approval: Whole }) {
  const { t } = useTranslation()
  return (
    <>
      <tr>
        <th scope="row">{t('records.approvals.columns.recipients')}</th>
        <td>
          {recipients.map((it) => (
            <div key={it}>
              <MemberName id={it} />
            </div>
          ))}
        </td>
      </tr>
      {decider !== null && decidedAt !== null && (
        <tr>
          <th scope="row">{t('records.approvals.columns.decider')}</th>
          <td>
            <bdi>{decider.name}</bdi> · <Moment at={decidedAt} />
            <div>
              <bdi>{decision}</bdi>
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

function Decide({ id, act, name, count }: { id: string; act: 'share' | 'grant'; name: string; count: number }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [decision, setDecision] = useState<'approve' | 'refuse'>()
  return (
    <>
      <Group gap="sm">
        <Button onClick={() => setDecision('approve')}>
          {t(`records.approvals.approve.${act}`, { number: count })}
        </Button>
        <Button variant="default" onClick={() => setDecision('refuse')}>
          {t('records.approvals.refuse')}
        </Button>
      </Group>
      {decision !== undefined && (
        <NameAndDo
          title={t(`records.approvals.asks.${act}`, { name })}
          act={
            decision === 'approve'
              ? t(`records.approvals.approve.${act}`, { number: count })
              : t('records.approvals.refuse')
          }
          reason={t('records.approvals.why')}
          run={(reason) => ask(`/api/v1/approvals/${id}/decision`, { method: 'POST', body: { decision, reason } })}
          onClose={() => setDecision(undefined)}
        >
          <p>{t(`records.approvals.${decision}Text`)}</p>
        </NameAndDo>
      )}
    </>
  )
}

/** The record as each recipient would get it, if it is still the version that was asked for. */
function Preview({ approval: { record, version, preview, state } }: { approval: Whole }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error } = useQuery({
    queryKey: ['live', ['record', record.id], 'record', record.id],
    queryFn: () => ask<WholeRecord>(`/api/v1/records/${record.id}`),
    enabled: state === 'waiting' && record.version === version,
  })
  if (state !== 'waiting' || record.version !== version) return null
  if (error !== null) return <Failed cause={error} />
  if (data === undefined) return <Slow />
  return (
    <section aria-label={t('records.approvals.preview')}>
      <Title order={2} size="h4">
        {t('records.approvals.preview')}
      </Title>
      <RecipientPreview type={data.type} body={data.body} recipients={preview} />
    </section>
  )
}
