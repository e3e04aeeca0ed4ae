import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { purgeDays } from '#capabilities/sightings/limits'
import type { Sighted } from '#capabilities/sightings/movement'
import type { Sighting } from '#capabilities/sightings/record'
import { MemberName } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useNode, useSignedIn } from '../../web/node'
import { countryName } from '../../web/places/place'
import { Sure } from './console-legs'
import type { ShownSighting } from './console-shapes'
import { Span } from './console-span'

export const hrefOf = ({ id, type }: Pick<Sighted, 'id' | 'type'>) =>
  type === 'hit' ? `/hits/${id}` : `/records/${id}`

/** Every report, with what it says beside place and time to those who may see that: what is withheld is absent. */
export function Sightings({ id, sightings }: { id: string; sightings: readonly Sighted[] }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { data, error } = useQuery({
    queryKey: ['live', ['sighting', id], 'sightings', id, work],
    queryFn: () => ask<{ items: ShownSighting[] }>(`/api/v1/sightings?about=${id}&limit=200`),
  })
  const bodies = new Map(data?.items.map((it) => [it.id, it.body]))
  return (
    <section aria-labelledby="reports">
      <Title order={2} size="h4" id="reports">
        {t('sightings.reports')}
      </Title>
      {error !== null && <Failed cause={error} />}
      <div className="way-table">
        <table>
          <caption className="unseen">{t('sightings.reports')}</caption>
          <thead>
            <tr>
              {(['number', 'place', 'time', 'sure', 'owner', 'said'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`sightings.columns.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sightings.map((it, at) => (
              <Row key={it.id} sighted={it} number={at + 1} body={bodies.get(it.id)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ sighted, number, body }: { sighted: Sighted; number: number; body: Sighting | undefined }) {
  const { t, i18n } = useTranslation()
  const { member } = useSignedIn()
  const { place, country, from, to, owner } = sighted
  return (
    <tr>
      <td>{number}</td>
      <th scope="row">
        <Link to={hrefOf(sighted) as '/today'}>
          <bdi>{place}</bdi>
        </Link>
        {country !== null && <span className="under">{countryName(country, i18n.language)}</span>}
      </th>
      <td>
        <Span from={from} to={to} />
      </td>
      <td>
        <Sure of={sighted} />
      </td>
      <td>
        <MemberName id={owner} />
      </td>
      <td>
        {body !== undefined && <SaidOf body={body} />}
        {body !== undefined && owner === member.id && (
          <Link to={`/sightings/${sighted.id}/edit` as '/today'}>
            {t('sightings.edit.open')}
            <span className="unseen"> {place}</span>
          </Link>
        )}
      </td>
    </tr>
  )
}

function SaidOf({ body: { source, what, objects, route, companions } }: { body: Sighting }) {
  const { t, i18n } = useTranslation()
  const next = route?.next
  return (
    <dl className="way-said">
      <Said name="source">{t(`sightings.sources.${source}`)}</Said>
      {what !== undefined && (
        <Said name="what">
          <bdi>{what}</bdi>
        </Said>
      )}
      {objects !== undefined && (
        <Said name="objects">
          <bdi>{objects.join(', ')}</bdi>
        </Said>
      )}
      {route?.taken !== undefined && (
        <Said name="taken">
          <bdi>{route.taken}</bdi>
        </Said>
      )}
      {next !== undefined && (
        <Said name="next">
          <bdi>{next.place}</bdi>
          {next.country !== undefined && ` (${countryName(next.country, i18n.language)})`}
        </Said>
      )}
      {companions !== undefined && (
        <Said name="companions">
          {companions.count}
          {companions.description !== undefined && (
            <>
              : <bdi>{companions.description}</bdi>
            </>
          )}
          <span className="under">{t('sightings.companionsText', { days: purgeDays })}</span>
        </Said>
      )}
    </dl>
  )
}

function Said({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <>
      <dt>{t(`sightings.fields.${name}`)}</dt>
      <dd>{children}</dd>
    </>
  )
}
