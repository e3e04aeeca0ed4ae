import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import type { ShownBatch } from './shown'

const counted = ['alert', 'review', 'none', 'unread'] as const

/** How far it is, how fast it goes and how long it will take; then the counts. */
export function BatchProgress({ batch }: { batch: ShownBatch }) {
  const { t, i18n } = useTranslation()
  const { rows, done, rate, state, problem, counts } = batch
  const number = (value: number, digits = 0) =>
    numberFormat(i18n.language, { maximumFractionDigits: digits }).format(value)
  const reason = (code: string) => {
    const key = `screening.batch.reasons.${code.replace('/', '-')}`
    return i18n.exists(key) ? t(key) : code
  }
  const label = t('screening.batch.progress', { done: number(done), rows: number(rows) })
  return (
    <section aria-label={t('screening.batch.results')}>
      {state !== 'done' && (
        <Progress.Root>
          <Progress.Section value={(100 * done) / Math.max(1, rows)} aria-label={label} />
        </Progress.Root>
      )}
      <p className="job-line">
        <span>{label}</span>
        {rate !== null && <span>{t('screening.batch.rate', { rate: number(rate, rate < 10 ? 1 : 0) })}</span>}
        {state === 'running' && rate !== null && rate > 0 && (
          <span>
            {t('screening.batch.left')} <bdi>{duration((rows - done) / rate, i18n.language)}</bdi>
          </span>
        )}
        {state === 'running' && <span>{t('screening.batch.leave')}</span>}
      </p>
      {problem !== null && <p className="caution">{t('screening.batch.problem', { code: reason(problem) })}</p>}
      <p className="job-line" role="status">
        {counted.map((it) => (
          <span key={it}>
            {t(`screening.bands.${it}`)}: <bdi>{number(counts[it] ?? 0)}</bdi>
          </span>
        ))}
      </p>
    </section>
  )
}

/** "3 min", "2 hr" in the language of the page: the largest unit that it fills. */
function duration(seconds: number, language: string): string {
  const [unit, length] = seconds >= 3_600 ? ['hour', 3_600] : seconds >= 60 ? ['minute', 60] : ['second', 1]
  const format = numberFormat(language, { style: 'unit', unit: String(unit), maximumFractionDigits: 0 })
  return format.format(Math.max(1, Math.ceil(seconds / Number(length))))
}
