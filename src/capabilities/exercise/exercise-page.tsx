import { Group, Title } from '@mantine/core'
import { Link, Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentStep, doneSteps } from '#capabilities/exercise/progress'
import { stepOf, type Tale, taleOf, tales, taleWith } from '#capabilities/exercise/tales'
import { Help } from '../../web/design/help'
import { useMembers } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import { OfficesDiagram } from './offices-diagram'
import { StartOver } from './start-over'
import { StepCard } from './step-card'
import { StepList } from './step-list'
import { toStep, toTale, usePlace, useSeen, useStoryWork } from './story'
import './exercise.css'

/** The stories of the exercise, played step by step through the consoles of its offices. */
export function Page() {
  const { t } = useTranslation()
  const { exercise } = useSignedIn()
  const { step, story } = usePlace()
  const tale = taleWith(step) ?? taleOf(story ?? 'records')
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h3">
          {t('exercise.title')}
        </Title>
        <Help about={t('exercise.title')}>
          <p>{t(`exercise.tales.${tale.id}.intro`)}</p>
        </Help>
      </Group>
      {exercise ? (
        <>
          <Tales shown={tale} />
          <Story key={tale.id} tale={tale} />
        </>
      ) : (
        <Empty title={t('exercise.absent')}>{t('exercise.absentText')}</Empty>
      )}
    </>
  )
}

function Tales({ shown }: { shown: Tale }) {
  const { t } = useTranslation()
  return (
    <nav className="tales" aria-label={t('exercise.stories')}>
      {tales.map((it) => (
        <Link key={it.id} {...toTale(it)} aria-current={it === shown ? 'page' : undefined}>
          {t(`exercise.tales.${it.id}.name`)}
        </Link>
      ))}
    </nav>
  )
}

function Story({ tale }: { tale: Tale }) {
  const { t } = useTranslation()
  const { roles, member } = useSignedIn()
  const place = usePlace()
  const members = useMembers()
  useStoryWork(tale.work)
  const { data: seen, error, refetch } = useSeen(tale, place.run)
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (seen === undefined || members.length === 0) return <Slow />
  if (!tale.players.every((id) => members.some((it) => it.id === id)))
    return <Empty title={t('exercise.unplayable')}>{t(`exercise.tales.${tale.id}.unplayable`)}</Empty>
  const step = stepOf(place.step)
  if (step === undefined) return <Navigate {...toStep(currentStep(seen), place.run)} replace />
  const blind = !roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  return (
    <>
      {step === tale.steps[0] && <p className="story-intro">{t(`exercise.tales.${tale.id}.intro`)}</p>}
      {blind && <p className="under">{t('exercise.blind')}</p>}
      <OfficesDiagram step={step} here={member.id} />
      <div className="story">
        <StepList seen={seen} shown={step} run={place.run} />
        <StepCard key={step.id} step={step} seen={seen} run={place.run} />
      </div>
      <StartOver seen={seen} told={step === tale.steps.at(-1) && doneSteps(seen).has(step.id)} />
    </>
  )
}
