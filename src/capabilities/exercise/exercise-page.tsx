import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { currentStep } from '#capabilities/exercise/progress'
import { players, stepOf } from '#capabilities/exercise/steps'
import { useMembers } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import { OfficesDiagram } from './offices-diagram'
import { StartOver } from './start-over'
import { StepCard } from './step-card'
import { StepList } from './step-list'
import { usePlace, useSeen, useStoryWork } from './story'
import './exercise.css'

/** The story of the exercise, played step by step through the consoles of its offices. */
export function Page() {
  const { t } = useTranslation()
  const { exercise } = useSignedIn()
  return (
    <>
      <Title order={1} size="h3">
        {t('exercise.title')}
      </Title>
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
  const step = stepOf(place.step) ?? currentStep(seen)
  const blind = !roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  return (
    <>
      <p className="story-intro">{t('exercise.intro')}</p>
      {blind && <p className="under">{t('exercise.blind')}</p>}
      <OfficesDiagram step={step} here={member.id} />
      <div className="story">
        <StepList seen={seen} shown={step} run={place.run} />
        <StepCard key={step.id} step={step} seen={seen} run={place.run} />
      </div>
      <StartOver seen={seen} />
    </>
  )
}
