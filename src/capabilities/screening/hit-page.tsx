import { Button, Group, Select, Stack, Textarea, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import type { ShownHit } from './shown'

const outcomes = ['confirmed', 'not-confirmed', 'more-information'] as const

interface HitRecord {
  readonly body: {
    readonly note: string
    readonly agreeing: readonly string[]
    readonly contradicting: readonly string[]
    readonly disclosed: Readonly<Record<string, readonly string[]>>
    readonly where: { readonly country: string | null; readonly place: string | null }
    readonly seenAt: string
  }
}

/** One hit as a conversation between two offices: what was found, what the owner answered, what was done. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const hit = useQuery({
    queryKey: ['live', ['hit', 'confirmation', id], 'hit', id],
    queryFn: () => ask<ShownHit>(`/api/v1/hits/${id}`),
  })
  const record = useQuery({
    queryKey: ['live', id, 'hit-record', id],
    queryFn: () => ask<HitRecord>(`/api/v1/records/${id}`),
  })
  const error = hit.error ?? record.error
  if (error !== null) return <Failed cause={error} retry={() => void hit.refetch()} />
  return hit.data === undefined || record.data === undefined ? (
    <Slow />
  ) : (
    <Hit hit={hit.data} report={record.data.body} />
  )
}

function Hit({ hit, report }: { hit: ShownHit; report: HitRecord['body'] }) {
  const { t } = useTranslation()
  const { role, state, about, caption, other, dueAt, dueRule, reportedAt, answeredAt, action, note, late } = hit
  return (
    <Stack gap="md">
      <header>
        <Title order={1} size="h3">
          {t('screening.hit')}: <bdi>{caption}</bdi>
        </Title>
        <p className="under">
          {t(`screening.roles.${role}`)} <MemberName id={other} /> · {t(`screening.states.${state}`)}
          {late && <span className="warns">{t('screening.late')}</span>}
        </p>
        {dueAt !== null && answeredAt === null && <Clock since={reportedAt} due={dueAt} rule={dueRule} />}
      </header>
      {state !== 'confirmed' && (
        <p className="caution" role="note">
          {t('screening.caution')}
        </p>
      )}
      <section aria-label={t('screening.action')}>
        <p>
          <strong>{action.instruction}</strong>
        </p>
        <p className="under">{action.because}</p>
      </section>
      <table className="facts">
        <caption>{t('screening.report')}</caption>
        <tbody>
          <Line name={t('screening.columns.since')}>
            <Moment at={report.seenAt} /> {report.where.country?.toUpperCase()} <bdi>{report.where.place}</bdi>
          </Line>
          <Line name={t('screening.agrees')}>{report.agreeing.map((it) => it.replaceAll('_', ' ')).join(', ')}</Line>
          <Line name={t('screening.contradicts')}>
            {report.contradicting.map((it) => it.replaceAll('_', ' ')).join(', ')}
          </Line>
          {Object.entries(report.disclosed).map(([name, values]) => (
            <Line key={name} name={name}>
              <bdi>{values.join(', ')}</bdi>
            </Line>
          ))}
          <Line name={t('screening.note')}>
            <bdi>{report.note}</bdi>
          </Line>
          {note !== null && (
            <Line name={t('screening.answer')}>
              <bdi>{note}</bdi>
            </Line>
          )}
        </tbody>
      </table>
      <Link to={`/subjects/${about}` as '/today'}>{t('screening.openRecord')}</Link>
      {role === 'owner' && state === 'reported' && <Confirm id={hit.id} />}
      {role === 'finder' && state === 'confirmed' && <Feedback id={hit.id} />}
    </Stack>
  )
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  )
}

/** Sends one answer about a hit, and has everything about it read again. */
function useAnswer(path: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: object) => ask(path, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
}

function Confirm({ id }: { id: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<string>('confirmed')
  const answer = useAnswer(`/api/v1/hits/${id}/confirmation`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    answer.mutate({ outcome, note: new FormData(event.currentTarget).get('note') })
  }
  return (
    <form onSubmit={submit} aria-label={t('screening.next.confirm')}>
      <Stack gap="sm">
        <Select
          label={t('screening.outcome')}
          value={outcome}
          onChange={(it) => it !== null && setOutcome(it)}
          data={outcomes.map((it) => ({ value: it, label: t(`screening.states.${it}`) }))}
        />
        <Textarea name="note" label={t('screening.note')} minLength={3} required />
        {answer.error !== null && <Failed cause={answer.error} />}
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t('screening.next.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Feedback({ id }: { id: string }) {
  const { t } = useTranslation()
  const answer = useAnswer(`/api/v1/hits/${id}/feedback`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    answer.mutate({ done: new FormData(event.currentTarget).get('done') })
  }
  if (answer.isSuccess) return <p role="status">{t('screening.feedbackSent')}</p>
  return (
    <form onSubmit={submit} aria-label={t('screening.feedback')}>
      <Stack gap="sm">
        <Textarea name="done" label={t('screening.feedback')} minLength={3} required />
        {answer.error !== null && <Failed cause={answer.error} />}
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t('screening.sendFeedback')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
