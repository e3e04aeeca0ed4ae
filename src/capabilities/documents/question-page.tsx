import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import clocks from './clocks.json'
import { DocumentNumber, useIssuerName } from './pieces'
import { AnswerQuestion, TellDone, TellMore } from './question-acts'
import type { ShownQuestion } from './shown'

interface Whole extends ShownQuestion {
  readonly declared: { readonly status: string; readonly declaredAt: string } | null
  readonly where: { readonly country: string | null; readonly place: string }
  readonly seenAt: string
  readonly waiting: boolean
  readonly asked: string
  readonly more: readonly { readonly at: string; readonly text: string }[]
}

/** One question about a document: as it was presented, what was asked, answered and done. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['document-question', 'document-answer', id], id],
    queryFn: () => ask<Whole>(`/api/v1/documents/questions/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Question question={data} />
}

function Question({ question }: { question: Whole }) {
  const { t } = useTranslation()
  const nameOf = useIssuerName()
  const { id, role, state, other, number, issuer, kind, askedAt, dueAt, dueRule } = question
  const { roles } = useSignedIn()
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  const acts = role === 'owner' ? state === 'asked' : state === 'more-information' || state === 'answered'
  const clock = clocks.find((it) => it.id === dueRule)
  return (
    <Stack gap="md">
      <header>
        <Title order={1} size="h3">
          {t('documents.question.title')}: <DocumentNumber number={number} />
        </Title>
        <p className="under">
          {t(`documents.question.roles.${role}`)} <MemberName id={other} /> · {t(`documents.question.states.${state}`)}
          {question.late && <span className="warns">{t('documents.question.late')}</span>}
        </p>
        {state === 'asked' && dueAt !== null && (
          <div className="documents-title">
            <Clock since={askedAt} due={dueAt} rule={dueRule} />
            {clock !== undefined && (
              <Help about={t('documents.question.columns.clock')} rule={clock.source}>
                <p>{t('documents.question.clockHelp', { amount: clock.amount })}</p>
              </Help>
            )}
          </div>
        )}
      </header>
      <table className="facts">
        <caption className="unseen">{t('documents.question.presented')}</caption>
        <tbody>
          <Fact name={t('documents.fields.kind')}>{t(`documents.kinds.${kind}`)}</Fact>
          <Fact name={t('documents.fields.issuer')}>{nameOf(issuer)}</Fact>
          <Fact name={t('documents.fields.status')}>
            {question.declared === null
              ? t('documents.question.near')
              : `${t(`documents.statuses.${question.declared.status}`)}, ${question.declared.declaredAt}`}
          </Fact>
          <Fact name={t('documents.fields.place')}>
            <bdi>{question.where.place}</bdi>
            {question.where.country !== null && `, ${nameOf(question.where.country)}`}
          </Fact>
          <Fact name={t('documents.fields.seenAt')}>
            <Moment at={question.seenAt} />
            {question.waiting && ` · ${t('documents.fields.waiting')}`}
          </Fact>
          <Fact name={t('documents.fields.asked')}>
            <bdi>{question.asked}</bdi>
          </Fact>
          {question.more.map((it) => (
            <Fact key={it.at} name={t('documents.question.more')}>
              <bdi>{it.text}</bdi> · <Moment at={it.at} />
            </Fact>
          ))}
          {question.outcome !== null && question.answeredAt !== null && (
            <Fact name={t('documents.question.answer')}>
              <strong>{t(`documents.outcomes.${question.outcome}`)}</strong> · <bdi>{question.note}</bdi> ·{' '}
              <Moment at={question.answeredAt} />
            </Fact>
          )}
          {question.done !== null && (
            <Fact name={t('documents.question.done')}>
              <bdi>{question.done}</bdi>
            </Fact>
          )}
        </tbody>
      </table>
      {writes && acts && (
        <ForWork>
          {role === 'owner' && state === 'asked' && <AnswerQuestion id={id} />}
          {role === 'finder' && state === 'more-information' && <TellMore id={id} />}
          {role === 'finder' && state === 'answered' && <TellDone id={id} />}
        </ForWork>
      )}
    </Stack>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  )
}
