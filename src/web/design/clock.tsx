import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateFormat, relativeFormat } from '#kernel/language-formats'

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** "in 3 hours", "2 days ago", in the language of the page. */
export function inWords(at: Date, now: Date, language: string): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1_000)
  const format = relativeFormat(language)
  for (const [unit, length] of units)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
  return format.format(seconds < 0 ? -1 : 1, 'minute')
}

/** The instant, changing once in half a minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** A time in the user's zone; UTC on hover and for those who read by ear. */
export function Moment({ at }: { at: string }) {
  const { i18n } = useTranslation()
  const shown = dateFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <time dateTime={at} title={`${at.slice(0, 16).replace('T', ' ')} UTC`}>
      {shown.format(new Date(at))}
    </time>
  )
}

/** What a clock has left, in words and as a thin bar. Late is said, not only coloured. */
export function Clock({ since, due, rule }: { since: string; due: string; rule?: string | null }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const [start, end] = [Date.parse(since), Date.parse(due)]
  const late = now.getTime() > end
  const share = late ? 1 : Math.min(1, Math.max(0, (now.getTime() - start) / Math.max(1, end - start)))
  const words = inWords(new Date(due), now, i18n.language)
  return (
    <span className={late ? 'clock late' : 'clock'} title={rule ?? undefined}>
      <time dateTime={due}>{late ? t('web.clock.late', { words }) : words}</time>
      <span className="clock-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
      </span>
    </span>
  )
}
