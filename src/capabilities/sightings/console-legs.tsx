import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Leg, LegMark, Sighted } from '#capabilities/sightings/movement'
import { numberFormat } from '#kernel/language-formats'
import { countryName } from '../../web/places/place'
import type { ShownMovement } from './console-shapes'
import { Span } from './console-span'

interface Shown {
  readonly legs: readonly Leg[]
  readonly limits: ShownMovement['limits']
}

/** Each mark has a shape of its own beside its word. */
const signs: Record<LegMark, string> = { impossible: '✕', 'same-time': '⇉', gap: '◌' }

/** What lies between each two sightings, in words: what the map and the line of time show. */
export function Legs({ legs, limits }: Shown) {
  const { t } = useTranslation()
  if (legs.length === 0) return null
  const asked = legs.filter((it) => it.marks.length > 0).length
  return (
    <section aria-labelledby="legs">
      <Title order={2} size="h4" id="legs">
        {t('sightings.legs.title')}
      </Title>
      <p>{t(asked === 0 ? 'sightings.legs.allPlain' : 'sightings.legs.asked', { number: asked })}</p>
      <div className="way-table">
        <table>
          <caption className="unseen">{t('sightings.legs.title')}</caption>
          <thead>
            <tr>
              {(['from', 'to', 'hours', 'kilometres', 'speed', 'asks'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`sightings.legs.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {legs.map((it) => (
              <LegRow key={`${it.from.id} ${it.to.id}`} leg={it} limits={limits} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function LegRow({ leg, limits }: { leg: Leg; limits: Shown['limits'] }) {
  const { t } = useTranslation()
  const { from, to, over, hours, kilometres, leastSpeed, marks } = leg
  const say = useNumbers()
  return (
    <tr className={marks.length > 0 ? 'way-asked' : undefined}>
      <th scope="row">
        <End of={from} />
      </th>
      <td>
        <End of={to} />
        {over.length > 0 && <span className="under">{t('sightings.legs.over', { number: over.length })}</span>}
      </td>
      <td>{say.time(hours)}</td>
      <td>{kilometres === null ? t('sightings.legs.noPoint') : say.range(kilometres, 'kilometer')}</td>
      <td>{leastSpeed === null ? '–' : say.one(leastSpeed, 'kilometer-per-hour')}</td>
      <td>
        {marks.map((it) => (
          <p key={it} className={`way-mark way-${it}`}>
            <span aria-hidden="true" className="way-sign">
              {signs[it]}
            </span>{' '}
            <strong>{t(`sightings.marks.${it}`)}</strong>
            <span className="under">
              {t(`sightings.why.${it}`, { ...limits, days: Math.floor((leg.unseenHours ?? 0) / 24) })}
            </span>
          </p>
        ))}
        {marks.length === 0 && t('sightings.legs.plain')}
      </td>
    </tr>
  )
}

function End({ of }: { of: Sighted }) {
  const { i18n } = useTranslation()
  return (
    <>
      <bdi>{of.place}</bdi>
      {of.country !== null && <bdi> ({countryName(of.country, i18n.language)})</bdi>}
      <span className="under">
        <Span from={of.from} to={of.to} />
      </span>
      <Sure of={of} />
    </>
  )
}

/** How sure its officer was that it was they; nothing for reports that do not say. */
export function Sure({ of }: { of: Sighted }) {
  const { t } = useTranslation()
  if (of.sure === null) return <span className="under">{t(`sightings.kinds.${of.type}`, of.type)}</span>
  return <span className="under">{t(`sightings.sures.${of.sure}`)}</span>
}

type Range = Leg['hours']

function useNumbers() {
  const { t, i18n } = useTranslation()
  const format = (unit: string) =>
    numberFormat(i18n.language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 })
  const one = (value: number, unit: string) => format(unit).format(value)
  const range = ({ least, most }: Range, unit: string) =>
    Math.round(least) === Math.round(most)
      ? one(least, unit)
      : t('sightings.legs.range', { least: one(least, unit), most: one(most, unit) })
  /** In the unit in which the longer of the two is told best. */
  const time = ({ least, most }: Range) => {
    const [unit, hours] =
      most >= 72 ? (['day', 24] as const) : most >= 2 ? (['hour', 1] as const) : (['minute', 1 / 60] as const)
    return range({ least: least / hours, most: most / hours }, unit)
  }
  return { one, range, time }
}
