import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { noticeOf } from '#capabilities/exercise/notice-seen'
import type { Seen } from '#capabilities/exercise/seen'
import type { Look } from '#capabilities/exercise/steps'
import type { TaleStep } from '#capabilities/exercise/tales'
import { useSignedIn } from '../../web/node'
import { useAddressOf } from './story'

/** Where the step shows in the consoles: here, and at the other offices. */
export function Looks({ step, seen }: { step: TaleStep; seen: Seen }) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const addressOf = useAddressOf()
  const places = step.looks.flatMap((it) => {
    const path = pathOf(it, { step, seen })
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
          const address = addressOf(office, path, { as: asWhom({ at, office }) })
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

const asWhom = ({ at, office }: Look) =>
  at === 'audit' ? 'auditor' : at === 'border-check' ? 'border' : office === 'secretariat' ? 'legal' : 'officer'

/** `undefined` for what is not there yet, or of which only the other office knows the id. */
function pathOf({ at, office }: Look, { step, seen }: { step: TaleStep; seen: Seen }): string | undefined {
  const own = office === seen.office
  const to = (path: string, id: string | null | undefined) => (id == null ? undefined : `/${path}/${id}`)
  if (seen.tale === 'records') {
    if (at === 'record') return to('subjects', seen.run)
    if (at === 'traveller') return to('subjects', seen.traveller)
    if (at === 'candidate') return own ? to('candidates', seen.candidate?.id) : undefined
    if (at === 'hit') return to('hits', seen.hit?.id)
    return `/${at}`
  }
  const about = noticeOf(step, seen)
  switch (at) {
    case 'notice':
      return to('notices', about.notice?.id ?? (about.is === 'red' ? seen.run : null))
    case 'border-hit':
      return to('border/hits', about.hit?.id)
    case 'border-messages':
      return '/border/messages'
    case 'border-check':
      return '/border/check'
    default:
      return `/${at}`
  }
}
