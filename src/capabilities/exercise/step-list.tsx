import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { standingOf } from '#capabilities/exercise/progress'
import type { Seen } from '#capabilities/exercise/seen'
import { type TaleStep, taleOf } from '#capabilities/exercise/tales'
import { toStep } from './story'

/** All steps with their offices, and how each stands as this office knows it. */
export function StepList({ seen, shown, run }: { seen: Seen; shown: TaleStep; run: string | undefined }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('exercise.steps')} className="story-steps">
      <ol>
        {taleOf(seen.tale).steps.map((step, at) => {
          const { is } = standingOf(step, seen)
          return (
            <li key={step.id} className={`standing-${is}`}>
              <Link {...toStep(step, run ?? seen.run)} aria-current={step.id === shown.id ? 'step' : undefined}>
                <span className="story-mark" aria-hidden="true">
                  {is === 'done' ? '✓' : at + 1}
                </span>
                <span>
                  {t(`exercise.story.${step.id}.title`)}
                  <span className="under">
                    {t(`exercise.offices.${step.office}`)}
                    {is !== 'elsewhere' && is !== 'waits' && !step.unseen && ` · ${t(`exercise.standing.${is}`)}`}
                  </span>
                </span>
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
