import { Title } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Slow } from '../../web/design/states'
import type { Place } from '../../web/places/place'
import type { Way } from '../../web/places/ways'
import type { Occurrence } from '../../web/timeline/when'
import type { ShownMovement } from './console-shapes'
import { hrefOf } from './console-sightings'

const PlacesMap = lazy(async () => ({ default: (await import('../../web/places/places-map')).PlacesMap }))
const Timeline = lazy(async () => ({ default: (await import('../../web/timeline/timeline')).Timeline }))

/** Where and when, numbered in the order of time. Where only a country is known, the country is shown and no point in it. */
export function WhereAndWhen({ movement }: { movement: ShownMovement }) {
  const { t } = useTranslation()
  const places = usePlaces(movement)
  const ways = useWays(movement)
  const times = useTimes(movement)
  return (
    <section className="way-where screen-only" aria-labelledby="where-and-when">
      <Title order={2} size="h4" id="where-and-when">
        {t('sightings.whereAndWhen')}
      </Title>
      <Suspense fallback={<Slow lines={4} />}>
        {places.length > 0 && <PlacesMap places={places} ways={ways} />}
        {ways.length > 0 && <p className="under">{t('sightings.ways')}</p>}
        <Timeline items={times} />
      </Suspense>
    </section>
  )
}

function usePlaces({ sightings }: ShownMovement): Place[] {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const format = numberFormat(i18n.language, { style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 })
    return sightings.flatMap((it, at): Place[] => {
      const { id, place, country, point, radiusKilometres, from } = it
      const text =
        radiusKilometres === undefined
          ? {}
          : { text: t('sightings.within', { radius: format.format(radiusKilometres) }) }
      const known = { id, label: `${at + 1}. ${place}`, time: from, href: hrefOf(it), ...text }
      if (point !== undefined) return [{ ...known, at: point }]
      return country === null ? [] : [{ ...known, at: { country } }]
    })
  }, [sightings, t, i18n.language])
}

/** From each place with a point to the next one with a point. */
function useWays({ sightings, legs }: ShownMovement): Way[] {
  return useMemo(() => {
    const asked = new Set(legs.filter((it) => it.marks.length > 0).map((it) => `${it.from.id} ${it.to.id}`))
    const known = sightings.flatMap(({ id, point }) => (point === undefined ? [] : [{ id, point }]))
    return known.slice(1).map((to, at) => {
      const from = known[at]!
      return { from: from.point, to: to.point, asked: asked.has(`${from.id} ${to.id}`) }
    })
  }, [sightings, legs])
}

/** Lanes by what was reported, and those of marked gaps and journeys below. */
function useTimes({ sightings, legs }: ShownMovement): Occurrence[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      ...sightings.map((it, at) => ({
        id: it.id,
        label: `${at + 1}. ${it.place}`,
        from: it.from,
        kind: t(`sightings.kinds.${it.type}`, it.type),
        href: hrefOf(it),
        ...(it.to === it.from ? {} : { until: it.to }),
      })),
      ...legs.flatMap((leg) =>
        leg.marks.map((mark) => ({
          id: `${leg.from.id} ${leg.to.id} ${mark}`,
          label: `${leg.from.place} → ${leg.to.place}`,
          from: leg.from.to < leg.to.from ? leg.from.to : leg.to.from,
          until: leg.to.from,
          kind: t(`sightings.marks.${mark}`),
        })),
      ),
    ],
    [sightings, legs, t],
  )
}
