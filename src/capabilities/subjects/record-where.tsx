import { Title } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { captionOf } from '#capabilities/subjects/caption'
import { countryProperties } from '#capabilities/subjects/form'
import type { Statement, Subject } from '#capabilities/subjects/record'
import { Slow } from '../../web/design/states'
import type { Place } from '../../web/places/place'
import type { Occurrence } from '../../web/timeline/when'

const PlacesMap = lazy(async () => ({ default: (await import('../../web/places/places-map')).PlacesMap }))
const Timeline = lazy(async () => ({ default: (await import('../../web/timeline/timeline')).Timeline }))

/** Where and when: countries and addresses on the map, dates on a line. Shown when anything of it is known. */
export function WhereAndWhen({ body }: { body: Subject }) {
  const { t } = useTranslation()
  const places = usePlaces(body)
  const times = useTimes(body)
  if (places.length === 0 && times.length === 0) return null
  return (
    <section className="record-section screen-only" aria-labelledby="where">
      <Title order={2} size="h4" id="where">
        {t('subjects.where.title')}
      </Title>
      <Suspense fallback={<Slow lines={4} />}>
        {places.length > 0 && <PlacesMap places={places} />}
        {times.length > 0 && <Timeline items={times} />}
      </Suspense>
    </section>
  )
}

type All = Readonly<Record<string, Statement>>
const saidOf = (statements: All, property: string) =>
  Object.values(statements).find((it) => it.property === property)?.value

/** Entities with their statements, and what to call them: the subject itself, what it holds, whom it stands to. */
function entitiesIn(body: Subject, says: (schema: string) => string) {
  return [
    { key: 'self', kind: says(body.schema), statements: body.statements as All },
    ...Object.entries(body.holds).map(([key, it]) => ({
      key,
      kind: `${says(it.schema)}: ${captionOf(it)}`,
      statements: it.statements as All,
    })),
    ...Object.entries(body.relations).map(([key, it]) => ({
      key,
      kind: 'record' in it.other ? says(it.schema) : `${says(it.schema)}: ${captionOf(it.other)}`,
      statements: it.statements as All,
    })),
  ]
}

function usePlaces(body: Subject): Place[] {
  const { t } = useTranslation()
  return useMemo(
    () =>
      entitiesIn(body, (it) => t(`subjects.schemata.${it}`)).flatMap(({ key, kind, statements }): Place[] => {
        const [latitude, longitude] = ['latitude', 'longitude'].map((it) =>
          Number(saidOf(statements, it) ?? Number.NaN),
        )
        if (Number.isFinite(latitude) && Number.isFinite(longitude))
          return [{ id: key, label: kind, at: { latitude: latitude!, longitude: longitude! } }]
        return Object.entries(statements)
          .filter(([, it]) => countryProperties.has(it.property) && /^[a-z]{2}$/i.test(it.value))
          .map(([at, it]) => ({
            id: `${key}.${at}`,
            label: t(`web.properties.${it.property}`, it.property),
            text: key === 'self' ? '' : kind,
            at: { country: it.value.toUpperCase() },
          }))
      }),
    [body, t],
  )
}

/** Dates that end what another began. */
const ends: Readonly<Record<string, string>> = {
  startDate: 'endDate',
  openingDate: 'closingDate',
  birthDate: 'deathDate',
}
const closing = new Set(['endDate', 'closingDate'])

function useTimes(body: Subject): Occurrence[] {
  const { t } = useTranslation()
  return useMemo(
    () =>
      entitiesIn(body, (it) => t(`subjects.schemata.${it}`)).flatMap(({ key, kind, statements }) =>
        Object.entries(statements)
          .filter(([, it]) => it.property.endsWith('Date'))
          .filter(([, it]) => !closing.has(it.property) || saidOf(statements, opening(it.property)) === undefined)
          .map(([at, it]): Occurrence => {
            const until = it.property === 'birthDate' ? undefined : saidOf(statements, ends[it.property] ?? '')
            const label = key === 'self' ? t(`web.properties.${it.property}`, it.property) : kind
            return { id: `${key}.${at}`, label, from: it.value, kind, ...(until === undefined ? {} : { until }) }
          }),
      ),
    [body, t],
  )
}

function opening(property: string): string {
  return Object.keys(ends).find((it) => ends[it] === property) ?? ''
}
