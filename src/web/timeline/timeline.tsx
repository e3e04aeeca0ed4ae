import { ActionIcon } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../design/help'
import { Empty } from '../design/states'
import { Axis } from './axis'
import { dateInWords, measure } from './shown'
import './timeline.css'
import { numberFormat } from '#kernel/language-formats'
import { lanesOf } from './rows'
import { extentOf, gapsOf, type Occurrence, placed, type Span } from './when'

export type { Occurrence } from './when'

const year = 365.25 * 86_400_000
/** Kinds of thing have at most so many rows; what finds no place is in the table. */
const mostRows = 8
const [rowHeight, headHeight, axisHeight] = [24, 20, 28]

/** What happened when: drawn as lanes by kind, and as a table. Time runs from left to right in every language. */
export function Timeline({ items }: { items: readonly Occurrence[] }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const keys = useId()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const all = useMemo(() => placed(items), [items])
  const whole = useMemo(() => extentOf(all), [all])
  const [view, setView] = useState<Span>()
  const [chosen, setChosen] = useState<string>()
  const seen = view ?? whole
  const length = seen.end - seen.start
  const lanes = useMemo(
    () => lanesOf(all, { view: seen, width: Math.max(1, width), measure, mostRows }),
    [all, seen, width],
  )
  const gaps = useMemo(
    () =>
      gapsOf(all, Math.max(year, (whole.end - whole.start) / 8)).filter(
        (it) => it.start < seen.end && it.end > seen.start,
      ),
    [all, whole, seen],
  )
  if (all.length === 0) return <Empty title={t('timeline.none')}>{t('timeline.noneText')}</Empty>

  const zoom = (factor: number) => {
    const at = all.find((it) => it.item.id === chosen)
    const middle = at === undefined ? (seen.start + seen.end) / 2 : (at.start + at.end) / 2
    const next = Math.min(Math.max(length / factor, 86_400_000), (whole.end - whole.start) * 1.2)
    setView({ start: middle - next / 2, end: middle + next / 2 })
  }
  const move = (share: number) => setView({ start: seen.start + length * share, end: seen.end + length * share })
  const choose = (step: number) => {
    const at = all.findIndex((it) => it.item.id === chosen)
    const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]!
    setChosen(next.item.id)
    if (next.start < seen.start || next.start > seen.end)
      setView({ start: next.start - length / 2, end: next.start + length / 2 })
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key, shiftKey } = event
    if (key === 'ArrowRight' || key === 'ArrowLeft') {
      const forward = key === 'ArrowRight' ? 1 : -1
      if (shiftKey) move(forward * 0.2)
      else choose(forward)
    } else if (key === '+' || key === '=') zoom(1.6)
    else if (key === '-') zoom(1 / 1.6)
    else if (key === '0') setView(undefined)
    else if (key === 'Enter' && found?.item.href !== undefined) void navigate({ to: found.item.href as '/today' })
    else return
    event.preventDefault()
  }

  const found = all.find((it) => it.item.id === chosen)
  let top = axisHeight
  const tops = lanes.map((it) => {
    const at = top
    top += headHeight + it.rows * rowHeight + 8
    return at
  })
  const at = (time: number) => ((time - seen.start) / length) * width
  return (
    <section className="timeline" aria-label={t('timeline.title')}>
      <div className="timeline-tools" role="toolbar" aria-label={t('timeline.tools')}>
        <ActionIcon.Group dir="ltr">
          {(
            [
              ['earlier', '←', () => move(-0.4)],
              ['later', '→', () => move(0.4)],
              ['zoomIn', '+', () => zoom(1.6)],
              ['zoomOut', '−', () => zoom(1 / 1.6)],
              ['fit', '⤢', () => setView(undefined)],
            ] as const
          ).map(([name, sign, act]) => (
            <ActionIcon key={name} variant="default" size="lg" aria-label={t(`timeline.${name}`)} onClick={act}>
              <span aria-hidden="true">{sign}</span>
            </ActionIcon>
          ))}
        </ActionIcon.Group>
        <Help about={t('timeline.title')}>
          <p>{t('timeline.help')}</p>
        </Help>
      </div>
      <div
        ref={ref}
        className="timeline-plot"
        role="application"
        aria-label={t('timeline.plot', { number: all.length })}
        aria-describedby={keys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the plot is worked with the keys that its description names
        tabIndex={0}
        onKeyDown={press}
      >
        <svg width={width} height={top} aria-hidden="true">
          {gaps.map((gap) => {
            const [left, right] = [Math.max(0, at(gap.start)), Math.min(width, at(gap.end))]
            const words = t('timeline.gap', { length: lengthInWords(gap, i18n.language) })
            return (
              <g key={gap.start}>
                <rect
                  className="timeline-gap"
                  x={left}
                  y={axisHeight}
                  width={Math.max(0, right - left)}
                  height={top - axisHeight}
                />
                {right - left > measure(words) + 8 && (
                  <text className="timeline-quiet" x={(left + right) / 2} y={top - 6} textAnchor="middle">
                    {words}
                  </text>
                )}
              </g>
            )
          })}
          <Axis view={seen} width={width} height={top} />
          {lanes.map((lane, index) => (
            <g key={lane.kind} transform={`translate(0 ${tops[index]})`}>
              <line className="timeline-line" x1={0} x2={width} y1={0} y2={0} />
              <text className="timeline-kind" x={4} y={14}>
                {lane.kind}
                {lane.left > 0 && ` (${t('timeline.beyond', { number: lane.left })})`}
              </text>
              {lane.bars.map(({ of, left, width: bar, row }) => {
                const y = headHeight + row * rowHeight
                const label = measure(of.item.label)
                const start = Math.max(0, Math.min(left, width - label - 4))
                return (
                  // biome-ignore lint/a11y/noStaticElementInteractions: the plot does the same with keys, the table with buttons
                  <g
                    key={of.item.id}
                    className={of.item.id === chosen ? 'timeline-item chosen' : 'timeline-item'}
                    onClick={() => setChosen(of.item.id)}
                  >
                    <rect
                      className={of.vague ? 'timeline-bar vague' : 'timeline-bar'}
                      x={left}
                      y={y + 16}
                      width={bar}
                      height={4}
                      rx={2}
                    />
                    <text x={start} y={y + 12}>
                      {of.item.label}
                    </text>
                  </g>
                )
              })}
            </g>
          ))}
        </svg>
      </div>
      <p className="timeline-status">
        <span role="status">
          {found !== undefined && (
            <>
              <bdi>{found.item.label}</bdi>, {dateInWords(found.item.from, i18n.language)}
              {found.item.until !== undefined && ` – ${dateInWords(found.item.until, i18n.language)}`}
            </>
          )}
        </span>
        <span id={keys}>{t('timeline.keys')}</span>
      </p>
      <details>
        <summary>{t('timeline.table')}</summary>
        <table>
          <caption className="unseen">{t('timeline.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('timeline.what')}</th>
              <th scope="col">{t('timeline.kind')}</th>
              <th scope="col">{t('timeline.from')}</th>
              <th scope="col">{t('timeline.until')}</th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ item }) => (
              <tr key={item.id} aria-current={item.id === chosen ? 'true' : undefined}>
                <th scope="row">
                  {item.href === undefined ? (
                    <bdi>{item.label}</bdi>
                  ) : (
                    <Link to={item.href as '/today'}>
                      <bdi>{item.label}</bdi>
                    </Link>
                  )}
                </th>
                <td>{item.kind}</td>
                <td>
                  <time dateTime={item.from}>{dateInWords(item.from, i18n.language)}</time>
                </td>
                <td>
                  {item.until !== undefined && (
                    <time dateTime={item.until}>{dateInWords(item.until, i18n.language)}</time>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      {all.length < items.length && (
        <p className="under">{t('timeline.undated', { number: items.length - all.length })}</p>
      )}
    </section>
  )
}

/** A length of time in the largest unit that it has at least one of. */
function lengthInWords({ start, end }: Span, language: string): string {
  const days = (end - start) / 86_400_000
  const [value, unit] = days >= 365 ? [days / 365.25, 'year'] : days >= 60 ? [days / 30.44, 'month'] : [days, 'day']
  return numberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(value)
}
