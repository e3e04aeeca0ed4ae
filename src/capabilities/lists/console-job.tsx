import { Button, Progress, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../web/ask'
import { Moment } from '../../web/design/clock'
import { Failed } from '../../web/design/states'
import type { Job, Report } from './console-import'

/** How far an import is, or how it ended. */
export function JobState({ job, onForce }: { job: Job; onForce: () => void }) {
  const { t } = useTranslation()
  switch (job.stage) {
    case 'upload':
      return <Sending job={job} />
    case 'import':
      return (
        <div role="status">
          <strong>{t('lists.job.importing')}</strong> <Moment at={job.since} />
          <span className="under">{t('lists.job.importingText')}</span>
        </div>
      )
    case 'done':
      return <Delta report={job.report} />
    case 'failed':
      return (
        <Stack gap="sm" align="flex-start">
          <Failed cause={job.cause} />
          {job.cause instanceof Refusal && job.cause.code === 'lists/collapsed' && (
            <Button color="red" onClick={onForce}>
              {t('lists.job.force')}
            </Button>
          )}
        </Stack>
      )
  }
}

const million = 1_000_000

function Sending({ job: { part, sent, total, rate } }: { job: Extract<Job, { stage: 'upload' }> }) {
  const { t, i18n } = useTranslation()
  const numbers = (unit: string, digits: number) =>
    new Intl.NumberFormat(i18n.language, { style: 'unit', unit, maximumFractionDigits: digits })
  const label = t('lists.job.sending', { part })
  const seconds = rate === 0 ? undefined : Math.ceil((total - sent) / rate)
  return (
    <div>
      <strong>{label}</strong>
      <Progress.Root mt="xs">
        <Progress.Section value={total === 0 ? 100 : (100 * sent) / total} aria-label={label} />
      </Progress.Root>
      <span className="under">
        <bdi>{numbers('megabyte', 1).format(sent / million)}</bdi> /{' '}
        <bdi>{numbers('megabyte', 1).format(total / million)}</bdi>
        {seconds !== undefined && (
          <>
            {' · '}
            <bdi>{numbers('megabyte-per-second', 1).format(rate / million)}</bdi>
            {' · '}
            {t('lists.job.left')} <bdi>{numbers('second', 0).format(seconds)}</bdi>
          </>
        )}
      </span>
    </div>
  )
}

const counts = ['added', 'changed', 'removed', 'unchanged'] as const
const shownRejected = 100

/** What the import changed, and which entries it could not read. */
function Delta({ report }: { report: Report }) {
  const { t } = useTranslation()
  const { rejected, seconds } = report
  return (
    <>
      <p role="status">{t('lists.report.done', { seconds: Math.ceil(seconds) })}</p>
      <table className="facts">
        <caption>{t('lists.report.title')}</caption>
        <tbody>
          {counts.map((it) => (
            <tr key={it}>
              <th scope="row">{t(`lists.report.${it}`)}</th>
              <td>
                <bdi>{report[it]}</bdi>
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('lists.report.rejected')}</th>
            <td className={rejected.length > 0 ? 'differs' : undefined}>
              <bdi>{rejected.length}</bdi>
            </td>
          </tr>
        </tbody>
      </table>
      {rejected.length > 0 && <Rejected rejected={rejected} />}
    </>
  )
}

function Rejected({ rejected }: Pick<Report, 'rejected'>) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('lists.report.which')}</summary>
      <table className="facts">
        <caption className="unseen">{t('lists.report.which')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('lists.report.where')}</th>
            <th scope="col">{t('lists.report.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rejected.slice(0, shownRejected).map((it, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one place may be wrong twice
            <tr key={at}>
              <th scope="row">
                <bdi>{it.where}</bdi>
              </th>
              <td>
                <bdi>{it.reason}</bdi>
                <bdi className="under code">{it.code}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rejected.length > shownRejected && (
        <p className="under">{t('lists.report.beyond', { shown: shownRejected, all: rejected.length })}</p>
      )}
    </details>
  )
}
