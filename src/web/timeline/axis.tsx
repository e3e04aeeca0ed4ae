import { useTranslation } from 'react-i18next'
import { dateFormat } from '#kernel/language-formats'
import { ticksOf } from './ticks'
import type { Span } from './when'

const forms = {
  year: { year: 'numeric' },
  month: { year: 'numeric', month: 'short' },
  day: { month: 'short', day: 'numeric' },
  hour: { day: 'numeric', hour: '2-digit', minute: '2-digit' },
} as const

/** Round times above what happened then, in the language of the page. */
export function Axis({ view, width, height }: { view: Span; width: number; height: number }) {
  const { i18n } = useTranslation()
  const at = (time: number) => ((time - view.start) / (view.end - view.start)) * width
  return (
    <g>
      {ticksOf(view, Math.max(2, width / 110)).map(({ at: time, unit }) => (
        <g key={time} transform={`translate(${at(time)} 0)`}>
          <line className="timeline-line" y1={20} y2={height} />
          <text className="timeline-quiet" y={14} textAnchor="middle">
            {dateFormat(i18n.language, { ...forms[unit], timeZone: 'UTC' }).format(time)}
          </text>
        </g>
      ))}
    </g>
  )
}
