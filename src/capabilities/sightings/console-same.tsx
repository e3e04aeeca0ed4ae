import { Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { countryName } from '../../web/places/place'
import type { ShownMovement } from './console-shapes'

/** Records of the same person, whose sightings are in the way, and beside them those that may be: nobody has decided on these. */
export function Same({ movement: { merged, maybe } }: { movement: ShownMovement }) {
  const { t, i18n } = useTranslation()
  if (merged.length + maybe.length === 0) return null
  return (
    <>
      {merged.length > 0 && (
        <p>
          {t('sightings.same.merged')}{' '}
          {merged.map((it, at) => (
            <span key={it.id}>
              {at > 0 && ' · '}
              <Link to={`/subjects/${it.id}` as '/today'}>
                <bdi>{it.caption}</bdi>
              </Link>
            </span>
          ))}
        </p>
      )}
      {maybe.length > 0 && (
        <section aria-labelledby="maybe">
          <Title order={2} size="h4" id="maybe">
            {t('sightings.same.maybe')}
          </Title>
          <p className="under">{t('sightings.same.maybeText')}</p>
          <table className="facts">
            <caption className="unseen">{t('sightings.same.maybe')}</caption>
            <thead>
              <tr>
                {(['record', 'sightings', 'last'] as const).map((it) => (
                  <th key={it} scope="col">
                    {t(`sightings.same.columns.${it}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {maybe.map(({ id, caption, sightings, last }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link to={`/movements/${id}` as '/today'}>
                      <bdi>{caption}</bdi>
                    </Link>
                  </th>
                  <td>{sightings}</td>
                  <td>
                    {last !== null && (
                      <>
                        <bdi>{last.place}</bdi>
                        {last.country !== null && <> · {countryName(last.country, i18n.language)}</>} ·{' '}
                        <Moment at={last.from} />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
