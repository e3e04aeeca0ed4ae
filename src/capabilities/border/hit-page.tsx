import { Button, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import './border.css'
import { CarrierForm } from './carrier-form'
import clocks from './clocks.json'
import { Inform, OwnerAnswer } from './hit-forms'
import { ReturnForm } from './return-form'
import type { ShownCarrier, ShownEntry, ShownHit } from './shown'
import { Talk } from './talk'

type WholeHit = ShownHit & { readonly entries: readonly ShownEntry[]; readonly carrier: ShownCarrier | null }

/** One hit: where it stands, what is owed by when, what the two offices said, and the way out when it was wrong. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const types = [
    'border-hit',
    'alert-hit',
    'alert-answer',
    'alert-information',
    'alert-return',
    'alert-companions',
    'redress',
    id,
  ]
  const { data, error, refetch } = useQuery({
    queryKey: ['live', types, 'border-hit', id],
    queryFn: () => ask<WholeHit>(`/api/v1/border/hits/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Hit hit={data} />
}

const over: readonly ShownHit['state'][] = ['not-confirmed', 'false', 'withdrawn']

function Hit({ hit }: { hit: WholeHit }) {
  const { t } = useTranslation()
  const {
    id,
    role,
    state,
    about,
    caption,
    other,
    discreet,
    dueAt,
    dueRule,
    reportedAt,
    late,
    redress,
    tasks,
    entries,
  } = hit
  const asked = state === 'more-information' || state === 'corrected'
  return (
    <Stack gap="md">
      <header>
        <Title order={1} size="h3">
          {t('border.hit')}: <bdi>{caption}</bdi>
        </Title>
        <p className="under">
          {t(`border.roles.${role}`)} <MemberName id={other} /> · {t(`border.hitStates.${state}`)}
          {late && <span className="warns">{t('border.late')}</span>}
          {' · '}
          <Link to={`/records/${about}` as '/today'}>{t('border.openAlert')}</Link>
          {caption !== '' && (
            <>
              {' · '}
              <Link to={`/movements/${about}` as '/today'}>{t('border.way')}</Link>
            </>
          )}
        </p>
        {discreet && <p className="warns-line">{t('border.discreet')}</p>}
        {state === 'reported' && dueAt !== null && (
          <div className="with-help">
            <Clock
              since={entries.findLast((it) => it.kind !== 'answer')?.at ?? reportedAt}
              due={dueAt}
              rule={dueRule}
            />
            <ClockHelp rule={dueRule} />
          </div>
        )}
      </header>
      {state !== 'confirmed' && state !== 'recorded' && !over.includes(state) && (
        <p className="warns-line">{t('border.unconfirmed')}</p>
      )}
      {redress !== null && (
        <p role="status">
          {t('border.falseHit')} <bdi className="code">{redress}</bdi>
        </p>
      )}
      <Tasks tasks={tasks} />
      {hit.carrier !== null && <CarrierForm id={id} carrier={hit.carrier} />}
      <Talk entries={entries} />
      {role === 'owner' && state === 'reported' && <OwnerAnswer id={id} />}
      {role === 'finder' && asked && <Inform id={id} />}
      {role === 'finder' && !over.includes(state) && <ReturnForm id={id} place={hit.place} />}
      <Redress hit={hit} />
    </Stack>
  )
}

function ClockHelp({ rule }: { rule: string | null }) {
  const { t } = useTranslation()
  const clock = clocks.find((it) => it.id === rule)
  if (clock === undefined) return null
  return (
    <Help about={t('border.help.clockAbout')} rule={clock.source}>
      <p>{t('border.help.clock', { amount: clock.amount })}</p>
    </Help>
  )
}

function Tasks({ tasks }: Pick<ShownHit, 'tasks'>) {
  const { t } = useTranslation()
  if (tasks.length === 0) return null
  return (
    <table className="facts">
      <caption>{t('border.tasks')}</caption>
      <tbody>
        {tasks.map(({ task, since, dueAt, rule, doneAt }) => (
          <tr key={task}>
            <th scope="row">{t(`border.taskNames.${task}`)}</th>
            <td>
              {doneAt === null ? (
                <Clock since={since} due={dueAt} rule={rule} />
              ) : (
                <>
                  {t('border.doneAt')} <Moment at={doneAt} />
                </>
              )}
            </td>
            <td>
              <ClockHelp rule={rule} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The way out for somebody who was taken for somebody else. */
function Redress({ hit: { id, state, role, caption, redress, extended } }: { hit: ShownHit }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [open, setOpen] = useState(false)
  const isOwners = state === 'false' && role === 'owner' && !extended
  if (state === 'withdrawn' || (state === 'false' && !isOwners)) return null
  return (
    <div>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t(isOwners ? 'border.redressExtend' : 'border.redress')}
      </Button>
      {open && (
        <NameAndDo
          title={t('border.redressTitle', { name: redress ?? caption })}
          act={t(isOwners ? 'border.redressExtend' : 'border.redress')}
          reason={t('border.reason')}
          final
          run={(reason) => ask(`/api/v1/border/hits/${id}/redress`, { method: 'POST', body: { reason } })}
          onClose={() => setOpen(false)}
        >
          <p>{t('border.redressText')}</p>
        </NameAndDo>
      )}
    </div>
  )
}
