import { Button, Group, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { redCaption } from '#capabilities/exercise/notice-records'
import { playStep } from '#capabilities/exercise/play'
import type { Played } from '#capabilities/exercise/playing'
import { type Standing, standingOf } from '#capabilities/exercise/progress'
import type { Seen } from '#capabilities/exercise/seen'
import { birthDates, suspectName, travellerName } from '#capabilities/exercise/story-records'
import { stepOf, type TaleStep, taleOf } from '#capabilities/exercise/tales'
import { Failed } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import { Looks } from './looks'
import rules from './rules.json'
import { StepFacts } from './step-facts'
import { useStoryAsk } from './story'
import { GoTo, NextStep, SwitchPerson } from './switching'
import { checkTrail, type TrailCheck } from './trail-check'

const namesInStory = { traveller: travellerName, suspect: suspectName, wanted: redCaption, ...birthDates }

interface Shown {
  readonly step: TaleStep
  readonly seen: Seen
  readonly run: string | undefined
}

/** One step: who plays it, what happens and why, the button that plays it, where to look, how to do it by hand, what is next. */
export function StepCard({ step, seen, run }: Shown) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { steps, work } = taleOf(seen.tale)
  const askFor = useStoryAsk(work)
  const heading = useId()
  const playing = useMutation({
    mutationFn: async (): Promise<Played & { readonly trail?: TrailCheck }> =>
      step.id === 'audit' ? { trail: await checkTrail(askFor(work.purpose)) } : playStep(step.id, { seen, askFor }),
    onSuccess: async (played) => {
      if (played.run !== undefined)
        await navigate({ to: '/exercise' as '/today', search: { step: step.id, run: played.run } as never })
      await client.invalidateQueries({ queryKey: ['live'] })
    },
  })
  const standing: Standing = step.unseen && playing.isSuccess ? { is: 'done' } : standingOf(step, seen)
  const number = steps.indexOf(step) + 1
  return (
    <article className="story-step" aria-labelledby={heading}>
      <p className="under">
        {t('exercise.stepOf', { number, total: steps.length })} · {t(`exercise.offices.${step.office}`)} ·{' '}
        {t(`web.roles.${step.roles[0]!}`)}
      </p>
      <Title order={2} size="h4" id={heading}>
        {t(`exercise.story.${step.id}.title`)}
      </Title>
      <p>{t(`exercise.story.${step.id}.text`)}</p>
      <p>{t(`exercise.story.${step.id}.why`)}</p>
      <Rules step={step} />
      <p role="status" className={`standing standing-${standing.is}`}>
        {standing.is === 'waits'
          ? t('exercise.waitsFor', { step: t(`exercise.story.${standing.for}.title`) })
          : step.waits && standing.is === 'ready'
            ? t('exercise.comesByItself')
            : t(`exercise.standing.${standing.is}`)}
      </p>
      {playing.error !== null && <Failed cause={playing.error} />}
      {standing.is === 'done' || standing.is === 'passed' ? (
        <NextStep step={step} seen={seen} run={run} eager={playing.isSuccess} />
      ) : (
        <Acting {...{ step, seen, run, standing }} busy={playing.isPending} onPlay={() => playing.mutate()} />
      )}
      <StepFacts step={step} seen={seen} played={playing.data} />
      <Looks step={step} seen={seen} />
      <details>
        <summary>{t('exercise.byHand')}</summary>
        <p>{t(`exercise.story.${step.id}.hand`, namesInStory)}</p>
      </details>
    </article>
  )
}

function Rules({ step: { points, rules: ids } }: { step: TaleStep }) {
  const { t } = useTranslation()
  const cited = [
    ...points.map((point) => t('exercise.point', { point })),
    ...rules.filter((it) => ids.includes(it.id)).map((it) => it.text),
  ]
  return (
    <ul className="story-rules" aria-label={t('exercise.rules')}>
      {cited.map((it) => (
        <li key={it} className="tag">
          <bdi>{it}</bdi>
        </li>
      ))}
    </ul>
  )
}

interface ActingNow extends Shown {
  readonly standing: Standing
  readonly busy: boolean
  readonly onPlay: () => void
}

/** The one thing to do now: play the step, go to the office that plays it, or sign in as who may. */
function Acting({ step, seen, run, standing, busy, onPlay }: ActingNow) {
  const { t } = useTranslation()
  const { roles, member } = useSignedIn()
  const { work } = taleOf(seen.tale)
  if (step.office !== member.id) return <GoTo step={step} run={run ?? seen.run} />
  if (!step.roles.some((it) => roles.includes(it))) return <SwitchPerson step={step} />
  if (standing.is === 'waits') return <GoTo step={stepOf(standing.for)!} run={run ?? seen.run} />
  if (step.waits) return null
  return (
    <div>
      <Group>
        <Button loading={busy} onClick={onPlay}>
          {t('exercise.play')}
        </Button>
      </Group>
      <p className="under">
        {t('exercise.playText', { purpose: t(`web.purposes.${work.purpose}`), reference: work.reference })}
      </p>
    </div>
  )
}
