import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Clock } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import clocks from './clocks.json'
import { Conversation } from './conversation'
import { HitAction } from './hit-action'
import { Confirm, Feedback, Reply } from './hit-answers'
import './screening.css'
import { ListName } from './list-name'
import { recordAddress } from './record-address'
import type { ConversationEntry, ShownHit } from './shown'

interface Said {
  readonly entries: readonly ConversationEntry[]
  readonly tellable: readonly string[]
}

/** One hit as a conversation between two offices: what was found, what the owner answered, what was done. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const types = ['hit', 'confirmation', 'feedback', 'hit-answer', id]
  const hit = useQuery({
    queryKey: ['live', types, 'hit', id],
    queryFn: () => ask<ShownHit>(`/api/v1/hits/${id}`),
  })
  const said = useQuery({
    queryKey: ['live', types, 'conversation', id],
    queryFn: () => ask<Said>(`/api/v1/hits/${id}/conversation`),
  })
  const error = hit.error ?? said.error
  if (error !== null) return <Failed cause={error} retry={() => void Promise.all([hit.refetch(), said.refetch()])} />
  return hit.data === undefined || said.data === undefined ? <Slow /> : <Hit hit={hit.data} said={said.data} />
}

function Hit({ hit, said }: { hit: ShownHit; said: Said }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const { id, role, state, about, caption, other, list, dueAt, dueRule, reportedAt, answeredAt, late } = hit
  const mayFollow = caption !== '' && roles.some((it) => it === 'officer' || it === 'supervisor')
  const last = said.entries.findLast((it) => it.kind === 'answer' || it.kind === 'report')
  const told = said.entries.some((it) => it.kind === 'feedback')
  const open = dueAt !== null && answeredAt === null && state === 'reported'
  return (
    <Stack gap="md">
      <header>
        <Title order={1} size="h3">
          {t('screening.hit')}: <bdi>{caption}</bdi>
        </Title>
        <p className="under">
          {list === null ? (
            <>
              {t(`screening.roles.${role}`)} <MemberName id={other} />
            </>
          ) : (
            <ListName list={list} />
          )}{' '}
          · {t(`screening.states.${state}`)}
          {late && <span className="warns">{t('screening.late')}</span>}
          {' · '}
          <Link to={recordAddress(about, list) as '/today'}>{t('screening.openRecord')}</Link>
          {mayFollow && (
            <>
              {' · '}
              <Link to={`/movements/${about}` as '/today'}>{t('screening.way')}</Link>
            </>
          )}
        </p>
        {open && (
          <div className="with-help">
            <Clock since={last?.at ?? reportedAt} due={dueAt} rule={dueRule} />
            <ConfirmationHelp rule={dueRule} />
          </div>
        )}
      </header>
      <HitAction action={hit.action} state={state} />
      <Conversation entries={said.entries} />
      {role === 'owner' && state === 'reported' && <Confirm id={id} />}
      {role === 'finder' && state === 'more-information' && <Reply id={id} tellable={said.tellable} />}
      {role === 'finder' && state === 'confirmed' && !told && <Feedback id={id} />}
    </Stack>
  )
}

/** How long the owner has, and the text that says so. */
function ConfirmationHelp({ rule }: { rule: string | null }) {
  const { t } = useTranslation()
  const clock = clocks.find((it) => it.id === rule)
  if (clock === undefined) return null
  return (
    <Help about={t('screening.about.clock')} rule={clock.source}>
      <p>{t('screening.help.clock', { amount: clock.amount })}</p>
    </Help>
  )
}
