import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Moment } from '../../web/design/clock'
import { Failed } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import { useImport } from './console-import'
import { Problem } from './console-problem'
import { HowFar } from './console-progress'
import { changeKinds, type PublishedList, type ShownImport } from './console-shapes'

/** How far the import of a list is, from the first byte handed in, or how the last one ended. */
export function JobState({ list }: { list: PublishedList }) {
  const { t } = useTranslation()
  const { handing, again } = useImport(list)
  const { roles } = useSignedIn()
  const imports = roles.includes('officer') || roles.includes('supervisor')
  if (handing?.stage === 'failed') return <Failed cause={handing.cause} />
  if (handing?.stage === 'upload') {
    const { part, sent, total, rate } = handing
    return <HowFar label={t('lists.job.sending', { part })} done={sent} total={total} rate={rate} unit="bytes" />
  }
  const { last } = list
  if (last === null) return null
  if (last.state === 'running') return <Running it={last} />
  if (last.state === 'done') return <Outcome it={last} />
  return <Stopped it={last} again={imports && list.handedIn.length > 0 ? again : undefined} />
}

function Running({ it: { progress, startedAt } }: { it: ShownImport }) {
  const { t } = useTranslation()
  const { stage, done, total, rate } = progress ?? { stage: 'reading', done: 0, total: 0, rate: 0 }
  return (
    <>
      <HowFar
        label={t(`lists.job.stages.${stage}`)}
        done={done}
        total={total}
        rate={rate}
        unit={stage === 'reading' ? 'bytes' : 'entries'}
      />
      <p className="under">
        {t('lists.job.importing')} <Moment at={startedAt} />. {t('lists.job.importingText')}
      </p>
    </>
  )
}

/** What the import changed, in numbers that lead to the entries. */
export function Outcome({ it: { id, list, report, endedAt } }: { it: ShownImport }) {
  const { t, i18n } = useTranslation()
  if (report === null) return null
  const number = numberFormat(i18n.language)
  return (
    <p className="outcome" role="status">
      <span>
        {t('lists.report.done', { seconds: Math.ceil(report.seconds) })} {endedAt !== null && <Moment at={endedAt} />}
      </span>
      {changeKinds.map((kind) => (
        <Link key={kind} to={`/lists/${list}/imports/${id}` as '/today'} search={{ change: kind } as never}>
          {t(`lists.report.${kind}`)} <bdi>{number.format(report[kind])}</bdi>
        </Link>
      ))}
      <span>
        {t('lists.report.unchanged')} <bdi>{number.format(report.unchanged)}</bdi>
      </span>
      {report.rejected.length > 0 && (
        <span className="attention">
          {t('lists.report.rejected')} <bdi>{number.format(report.rejected.length)}</bdi>
        </span>
      )}
    </p>
  )
}

/** Why the last import changed nothing, or not all, and what can be done with the files that are still at the node. */
export function Stopped({ it, again }: { it: ShownImport; again: ((reason?: string) => void) | undefined }) {
  const { t } = useTranslation()
  const { state, problem, endedAt } = it
  const checked = problem?.code === 'lists/collapsed' || problem?.code === 'lists/too-many-rejected'
  return (
    <Alert
      role="status"
      color="red"
      variant="outline"
      title={t(state === 'interrupted' ? 'lists.job.interrupted' : 'lists.job.failed')}
    >
      <Stack gap="xs" align="flex-start">
        {state === 'interrupted' && <Text>{t('lists.job.interruptedText')}</Text>}
        {state !== 'interrupted' && problem !== null && (
          <Text component="div">
            <Problem problem={problem} />
          </Text>
        )}
        <Text size="xs">
          {endedAt !== null && <Moment at={endedAt} />} <bdi className="code">{problem?.code}</bdi>
        </Text>
        {again !== undefined && (
          <Button size="xs" variant="default" onClick={() => again()}>
            {t('lists.job.again')}
          </Button>
        )}
        {again !== undefined && checked && <AgainstChecks again={again} />}
      </Stack>
    </Alert>
  )
}

/** The override of a check: for a supervisor, who says why. */
function AgainstChecks({ again }: { again: (reason: string) => void }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [reason, setReason] = useState('')
  if (!roles.includes('supervisor')) return <Text size="xs">{t('lists.job.forceSupervisor')}</Text>
  const submit = (event: FormEvent) => {
    event.preventDefault()
    again(reason.trim())
  }
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t('lists.job.forceWhy')}
          description={t('lists.job.forceText')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          required
          w="24rem"
        />
        <Button type="submit" size="xs" color="red" disabled={reason.trim().length < 10}>
          {t('lists.job.force')}
        </Button>
      </Group>
    </form>
  )
}
