import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { moveByArrows, stop } from './arrows'
import { Band, Evidence, Reasons } from './evidence'
import { ListName } from './list-name'
import { recordAddress } from './record-address'
import type { ShownResult } from './shown'
import { useNames } from './use-names'

const groups = ['own', 'others', 'lists'] as const

interface Found {
  readonly results: readonly ShownResult[]
  readonly more: boolean
  /** The arrow up leaves the first result for where one came from. */
  readonly onLeave: () => void
}

/** Results by where they stand, the strongest first in each. */
export function Results({ results, more, onLeave }: Found) {
  const { t } = useTranslation()
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const first = event.currentTarget.querySelector('[data-stop]')
    if (event.key === 'ArrowUp' && document.activeElement === first) {
      event.preventDefault()
      onLeave()
    } else moveByArrows(event)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the focus; the keys move between them
    <div onKeyDown={press}>
      <div className="with-help">
        <p role="status">{t('screening.search.found', { all: results.length })}</p>
        <Help about={t('screening.about.score')} rule="protocol point 9">
          <p>{t('screening.help.score')}</p>
        </Help>
      </div>
      {more && <p className="under">{t('screening.search.more')}</p>}
      {groups.map((group) => {
        const these = results.filter((it) => it.group === group)
        if (these.length === 0) return null
        return (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h2 className="group-name" id={`group-${group}`}>
              {t(`screening.search.groups.${group}`)} (<bdi>{these.length}</bdi>)
            </h2>
            <ol className="results">
              {these.map((it) => (
                <Result key={it.id} result={it} />
              ))}
            </ol>
          </section>
        )
      })}
    </div>
  )
}

function Result({ result }: { result: ShownResult }) {
  const { t } = useTranslation()
  const { kind, country } = useNames()
  const { id, caption, schema, score, band, lines, state, birthDates, countries } = result
  return (
    <li>
      <div className="head">
        <Link to={recordAddress(id, result.list) as '/today'} {...stop}>
          <bdi>{caption}</bdi>
        </Link>
        <Band band={band} score={score} />
      </div>
      <p className="under">
        {kind(schema)} · <Whose {...result} />
        {birthDates.length > 0 && (
          <>
            {' · '}
            <bdi>{birthDates.join(', ')}</bdi>
          </>
        )}
        {countries.length > 0 && ` · ${countries.map(country).join(', ')}`}
        {state !== 'active' && <span className="warns">{t(`web.record.states.${state}`)}</span>}
      </p>
      <Reasons lines={lines} side="typed" />
      <details>
        <summary>{t('screening.allEvidence')}</summary>
        <Evidence lines={lines} side="typed" />
      </details>
    </li>
  )
}

/** The list that an entry stands on with its version, or the owner of the record with the record's. */
export function Whose({ list, owner, version }: Pick<ShownResult, 'list' | 'owner' | 'version'>) {
  const { t } = useTranslation()
  if (list !== null) return <ListName list={list} />
  return (
    <>
      <MemberName id={owner} /> · {t('web.record.version', { version })}
    </>
  )
}
