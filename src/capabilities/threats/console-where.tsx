import { Title } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place as WarnedPlace } from '#capabilities/threats/record'
import { numberFormat } from '#kernel/language-formats'
import { Slow } from '../../web/design/states'
import type { Place } from '../../web/places/place'
import type { Occurrence } from '../../web/timeline/when'
import type { ShownThreat } from './console-facts'

const PlacesMap = lazy(async () => ({ default: (await import('../../web/places/places-map')).PlacesMap }))
const Timeline = lazy(async () => ({ default: (await import('../../web/timeline/timeline')).Timeline }))

/** Where it may happen, and what of the warning falls when; each with its table. On paper the facts say the same. */
export function WhereAndWhen({ warning }: { warning: ShownThreat }) {
  const { t } = useTranslation()
  const places = usePlaces(warning.body.where)
  const times = useTimes(warning)
  return (
    <section className="threat-where" aria-labelledby="where-and-when">
      <Title order={2} size="h4" id="where-and-when" mb="sm">
        {t('threats.whereAndWhen')}
      </Title>
      <Suspense fallback={<Slow lines={4} />}>
        {places.length > 0 && <PlacesMap places={places} />}
        <Timeline items={times} />
      </Suspense>
    </section>
  )
}

/** A place of which only the name is known is in the facts; there is nothing to draw of it. */
function usePlaces(where: readonly WarnedPlace[] = []): Place[] {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const kilometres = numberFormat(i18n.language, { style: 'unit', unit: 'kilometer' })
    return where.flatMap(({ place, country, latitude, longitude, radiusKilometres }, at): Place[] => {
      const text =
        radiusKilometres === undefined ? {} : { text: `${t('threats.radius')} ${kilometres.format(radiusKilometres)}` }
      const known = { id: String(at), label: place, ...text }
      if (latitude !== undefined && longitude !== undefined) return [{ ...known, at: { latitude, longitude } }]
      return country === undefined ? [] : [{ ...known, at: { country } }]
    })
  }, [where, t, i18n.language])
}

function useTimes({ issuedAt, body: { when, validUntil, closed } }: ShownThreat): Occurrence[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      ...(when === null
        ? []
        : [{ id: 'when', label: t('threats.when'), from: when.from, until: when.to, kind: t('threats.warning') }]),
      {
        id: 'force',
        label: t('threats.inForce'),
        from: issuedAt,
        until: validUntil,
        kind: t('threats.columns.standing'),
      },
      ...(closed === undefined
        ? []
        : [
            {
              id: 'closed',
              label: t('threats.standings.closed'),
              from: closed.at,
              kind: t('threats.columns.standing'),
            },
          ]),
    ],
    [when, issuedAt, validUntil, closed, t],
  )
}
