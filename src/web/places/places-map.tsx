import { ActionIcon, useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../design/clock'
import { Help } from '../design/help'
import { Empty, Failed, Slow } from '../design/states'
import type { MapStage } from './map-stage'
import { countryName, gather, numericOf, type Place } from './place'
import './places.css'
import type { Way } from './ways'

export type { Place } from './place'

const noWays: readonly Way[] = []

/** Where things are: on a map that asks nobody else for anything, and in a table. What ways mean, who draws them says in words. */
export function PlacesMap({ places, ways = noWays }: { places: readonly Place[]; ways?: readonly Way[] }) {
  const { t, i18n } = useTranslation()
  const scheme = useComputedColorScheme()
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false }) ?? false
  const container = useRef<HTMLDivElement>(null)
  const stage = useRef<MapStage>(null)
  const [ready, setReady] = useState(0)
  const [boundaries, setBoundaries] = useState<{ readonly own: boolean; readonly drawn: ReadonlySet<string> }>()
  const [failure, setFailure] = useState<unknown>()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const gathered = useMemo(() => gather(places), [places])
  const { language } = i18n
  const words = useMemo(
    () => ({
      map: t('places.map'),
      cluster: ({ places: those }: { places: readonly Place[] }) =>
        those.length === 1 ? those[0]!.label : t('places.cluster', { number: those.length, first: those[0]!.label }),
    }),
    [t],
  )
  const latest = useRef(words)
  latest.current = words
  const none = places.length === 0

  useEffect(() => {
    if (none) return
    let gone = false
    const open = async () => {
      const { openMap } = await import('./map-stage')
      if (gone) return
      stage.current = openMap(container.current!, {
        look: lookOf(container.current!),
        still,
        words: latest.current,
        onChoose: setChosen,
        onFailure: setFailure,
        onReady: ({ own, land }) => setBoundaries({ own, drawn: new Set(land.features.map((it) => String(it.id))) }),
      })
      setReady((count) => count + 1)
    }
    open().catch(setFailure)
    return () => {
      gone = true
      stage.current?.dispose()
      stage.current = null
    }
  }, [still, none])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage, or another theme, is painted anew
  useEffect(() => {
    if (container.current !== null) stage.current?.paint(lookOf(container.current))
  }, [ready, scheme, boundaries])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage is given the places
  useEffect(() => {
    stage.current?.show(gathered, words, ways)
  }, [ready, gathered, words, ways])

  if (none) return <Empty title={t('places.none')}>{t('places.noneText')}</Empty>
  const undrawn = [...gathered.areas.keys()]
    .filter((code) => boundaries !== undefined && !boundaries.drawn.has(numericOf(code)!))
    .map((code) => countryName(code, language))
  const choose = (place: Place) => {
    setChosen([place.id])
    stage.current?.choose(place.at, place.id)
  }
  return (
    <section className="places" aria-label={t('places.title')}>
      <div className="places-side">
        <div className="places-tools" role="toolbar" aria-label={t('places.tools')}>
          <ActionIcon.Group>
            {(
              [
                ['zoomIn', '+', () => stage.current?.zoom(1)],
                ['zoomOut', '−', () => stage.current?.zoom(-1)],
                ['fit', '⤢', () => stage.current?.fit()],
              ] as const
            ).map(([name, sign, act]) => (
              <ActionIcon key={name} variant="default" size="lg" aria-label={t(`places.${name}`)} onClick={act}>
                <span aria-hidden="true">{sign}</span>
              </ActionIcon>
            ))}
          </ActionIcon.Group>
          <Help about={t('places.title')}>
            <p>{t('places.help')}</p>
            <p>{t('places.keys')}</p>
          </Help>
        </div>
        {failure === undefined ? (
          <div className="places-map" data-ready={boundaries !== undefined}>
            <div ref={container} className="places-canvas" />
            {boundaries === undefined && <Slow />}
          </div>
        ) : (
          <Failed cause={failure} />
        )}
        <p className="places-credit">
          {t('places.status')} {t(boundaries?.own ? 'places.creditOwn' : 'places.credit')}
        </p>
      </div>
      <div className="places-list">
        <table>
          <caption className="unseen">{t('places.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('places.place')}</th>
              <th scope="col">{t('places.whereWhen')}</th>
            </tr>
          </thead>
          <tbody>
            {places.map((it) => (
              <tr key={it.id} aria-current={chosen.includes(it.id) ? 'true' : undefined}>
                <th scope="row">
                  <button type="button" className="places-name" onClick={() => choose(it)}>
                    <bdi>{it.label}</bdi>
                  </button>
                  {it.text !== undefined && (
                    <span className="under">
                      <bdi>{it.text}</bdi>
                    </span>
                  )}
                  {it.href !== undefined && <Link to={it.href as '/today'}>{t('places.open')}</Link>}
                </th>
                <td>
                  <Where at={it.at} language={language} />
                  {it.time !== undefined && (
                    <span className="under">
                      <Moment at={it.time} />
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {undrawn.length > 0 && <p className="under">{t('places.undrawn', { countries: undrawn.join(', ') })}</p>}
        {gathered.nowhere.length > 0 && (
          <p className="under">{t('places.nowhere', { number: gathered.nowhere.length })}</p>
        )}
      </div>
    </section>
  )
}

function Where({ at, language }: { at: Place['at']; language: string }) {
  const { t } = useTranslation()
  if ('country' in at)
    return (
      <>
        <bdi>{countryName(at.country, language)}</bdi> <span className="under">{t('places.onlyCountry')}</span>
      </>
    )
  return (
    <bdi dir="ltr" className="places-point">
      {at.latitude.toFixed(3)}, {at.longitude.toFixed(3)}
    </bdi>
  )
}

function lookOf(element: Element) {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return { water: token('raised'), land: token('ground'), line: token('quiet'), area: token('link') }
}
