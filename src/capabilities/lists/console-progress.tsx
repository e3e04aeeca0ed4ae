import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'

const million = 1_000_000

interface Far {
  readonly label: string
  readonly done: number
  readonly total: number
  /** Of the same a second; 0 while it is not known. */
  readonly rate: number
  readonly unit: 'bytes' | 'entries'
}

/** How far long work is: of how much, how fast, and how long it will still take. */
export function HowFar({ label, done, total, rate, unit }: Far) {
  const { t, i18n } = useTranslation()
  const number = numberFormat(i18n.language, { maximumFractionDigits: 0 })
  const measured = (name: string, digits: number) =>
    numberFormat(i18n.language, { style: 'unit', unit: name, maximumFractionDigits: digits })
  const seconds = rate === 0 || done >= total ? undefined : Math.ceil((total - done) / rate)
  const amount = (value: number) =>
    unit === 'bytes' ? measured('megabyte', 1).format(value / million) : number.format(value)
  return (
    <div className="how-far" role="status">
      <strong>{label}</strong>
      <Progress.Root mt="xs">
        <Progress.Section value={total === 0 ? 100 : Math.min(100, (100 * done) / total)} aria-label={label} />
      </Progress.Root>
      <span className="under">
        <bdi>{amount(done)}</bdi> / <bdi>{amount(total)}</bdi>
        {seconds !== undefined && (
          <>
            {' · '}
            <bdi>
              {unit === 'bytes'
                ? measured('megabyte-per-second', 1).format(rate / million)
                : t('lists.job.perSecond', { entries: number.format(rate) })}
            </bdi>
            {' · '}
            {t('lists.job.left')} <bdi>{measured('second', 0).format(seconds)}</bdi>
          </>
        )}
      </span>
    </div>
  )
}
