import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Seen } from '#capabilities/exercise/seen'
import type { Look, StoryStep } from '#capabilities/exercise/steps'
import { useSignedIn } from '../../web/node'
import { useAddressOf } from './story'

/** Where the step shows in the consoles: here, and at the other offices. */
export function Looks({ step, seen }: { step: StoryStep; seen: Seen }) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const addressOf = useAddressOf()
  const places = step.looks.flatMap((it) => {
    const path = pathOf(it, seen)
    return path === undefined ? [] : [{ ...it, path }]
  })
  if (places.length === 0) return null
  return (
    <section aria-label={t('exercise.looks')}>
      <p className="story-label">{t('exercise.looks')}</p>
      <ul className="story-looks">
        {places.map(({ office, at, path }) => {
          const says = (
            <>
              {t(`exercise.offices.${office}`)}: {t(`exercise.lookAt.${at}`)}
            </>
          )
          const address = addressOf(office, path, { as: at === 'audit' ? 'auditor' : 'officer' })
          return (
            <li key={`${office} ${at}`}>
              {office === member.id ? (
                <Link to={path as '/today'}>{says}</Link>
              ) : address === undefined ? (
                says
              ) : (
                <a href={address}>{says}</a>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** `undefined` for what is not there yet, or of which only the other office knows the id. */
function pathOf({ at, office }: Look, seen: Seen): string | undefined {
  const own = office === seen.office
  switch (at) {
    case 'record':
      return seen.run === null ? undefined : `/subjects/${seen.run}`
    case 'traveller':
      return seen.traveller === null ? undefined : `/subjects/${seen.traveller}`
    case 'candidate':
      return own && seen.candidate !== null ? `/candidates/${seen.candidate.id}` : undefined
    case 'hit':
      return seen.hit === null ? undefined : `/hits/${seen.hit.id}`
    default:
      return `/${at}`
  }
}
