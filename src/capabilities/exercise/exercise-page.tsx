import { Group, Title } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentStep, doneSteps } from '#capabilities/exercise/progress'
import { players, stepOf, steps } from '#capabilities/exercise/steps'
import { Help } from '../../web/design/help'
import { useMembers } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import { OfficesDiagram } from './offices-diagram'
import { StartOver } from './start-over'
import { StepCard } from './step-card'
import { StepList } from './step-list'
import { toStep, usePlace, useSeen, useStoryWork } from './story'
import './exercise.css'

/** The story of the exercise, played step by step through the consoles of its offices. */
export function Page() {
  const { t } = useTranslation()
  const { exercise } = useSignedIn()
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h3">
          {t('exercise.title')}
        </Title>
        <Help about={t('exercise.title')}>
          <p>{t('exercise.intro')}</p>
        </Help>
      </Group>
      {exercise ? <Story /> : <Empty title={t('exercise.absent')}>{t('exercise.absentText')}</Empty>}
    </>
  )
}

function Story() {
  const { t } = useTranslation()
  const { roles, member } = useSignedIn()
  const place = usePlace()
  const members = useMembers()
  useStoryWork()
  const { data: seen, error, refetch } = useSeen(place.run)
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (seen === undefined || members.length === 0) return <Slow />
  if (!players.every((id) => members.some((it) => it.id === id)))
    return <Empty title={t('exercise.unplayable')}>{t('exercise.unplayableText')}</Empty>
  const step = stepOf(place.step)
  if (step === undefined) return <Navigate {...toStep(currentStep(seen), place.run)} replace />
  const blind = !roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  return (
    <>
      {step === steps[0] && <p className="story-intro">{t('exercise.intro')}</p>}
      {blind && <p className="under">{t('exercise.blind')}</p>}
      <OfficesDiagram step={step} here={member.id} />
      <div className="story">
        <StepList seen={seen} shown={step} run={place.run} />
        <StepCard key={step.id} step={step} seen={seen} run={place.run} />
      </div>
      <StartOver seen={seen} told={step === steps.at(-1) && doneSteps(seen).has(step.id)} />
    </>
  )
}
