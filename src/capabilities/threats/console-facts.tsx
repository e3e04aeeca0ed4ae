import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place, Threat } from '#capabilities/threats/record'
import { numberFormat } from '#kernel/language-formats'
import { Clock, Moment, useNow } from '../../web/design/clock'
import type { ShownRecord } from '../../web/design/record-head'

export interface ShownThreat extends ShownRecord {
  readonly issuedAt: string
  readonly body: Threat
}

/** What a warning says. What is withheld from this office is absent. */
export function Facts({ warning: { issuedAt, body } }: { warning: ShownThreat }) {
  const { t } = useTranslation()
  const now = useNow().toISOString()
  const {
    what,
    when,
    imminence,
    validUntil,
    method,
    where = [],
    basisForAssessment,
    linked = [],
    advice,
    closed,
  } = body
  const over = closed !== undefined || validUntil <= now
  return (
    <table className="facts">
      <caption>{t('web.facts.title')}</caption>
      <tbody>
        {closed !== undefined && (
          <Fact name="reason">
            <bdi>{closed.reason}</bdi> <Moment at={closed.at} />
          </Fact>
        )}
        <Fact name="imminence">{t(`threats.imminences.${imminence}`)}</Fact>
        <Fact name="validUntil">
          <Moment at={validUntil} />{' '}
          {over ? (
            <span className="warns">{t(`threats.standings.${closed === undefined ? 'expired' : 'closed'}`)}</span>
          ) : (
            <Clock since={issuedAt} due={validUntil} />
          )}
        </Fact>
        {when !== null && (
          <Fact name="when">
            <Moment at={when.from} /> – <Moment at={when.to} />
          </Fact>
        )}
        {where.length > 0 && (
          <Fact name="where">
            {where.map((it, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one warning may name a place twice
              <ShownPlace key={at} place={it} />
            ))}
          </Fact>
        )}
        <Said name="what" text={what} />
        <Said name="method" text={method} />
        <Said name="basisForAssessment" text={basisForAssessment} />
        <Said name="advice" text={advice} />
        {linked.length > 0 && (
          <Fact name="linked">
            {linked.map((it) => (
              <div key={it}>
                <Link to={`/subjects/${it}` as '/today'}>
                  <bdi className="code">{it}</bdi>
                </Link>
              </div>
            ))}
          </Fact>
        )}
      </tbody>
    </table>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <tr>
      <th scope="row">{t(`threats.${name}`)}</th>
      <td>{children}</td>
    </tr>
  )
}

/** Text as it was written, in the direction of its own letters. */
function Said({ name, text }: { name: string; text: string | undefined }) {
  if (text === undefined) return null
  return (
    <Fact name={name}>
      <div dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </div>
    </Fact>
  )
}

function ShownPlace({ place: { country, place, latitude, longitude, radiusKilometres } }: { place: Place }) {
  const { t, i18n } = useTranslation()
  const kilometres = numberFormat(i18n.language, { style: 'unit', unit: 'kilometer' })
  return (
    <div>
      {country !== undefined && <span className="tag">{country.toUpperCase()}</span>} <bdi>{place}</bdi>
      {latitude !== undefined && longitude !== undefined && (
        <bdi className="under" dir="ltr">
          {latitude}, {longitude}
        </bdi>
      )}
      {radiusKilometres !== undefined && (
        <span className="under">
          {t('threats.radius')} <bdi>{kilometres.format(radiusKilometres)}</bdi>
        </span>
      )}
    </div>
  )
}
