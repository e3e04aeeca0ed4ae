import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { leftovers, takeBack } from '#capabilities/exercise/play'
import type { Seen } from '#capabilities/exercise/seen'
import { taleOf } from '#capabilities/exercise/tales'
import { NameAndDo } from '../../web/design/name-and-do'
import { toStep, useStoryAsk } from './story'

/** Another round in the same federation, or a federation with nothing in it. */
export function StartOver({ seen, told }: { seen: Seen; told: boolean }) {
  const { t } = useTranslation()
  const { steps, work } = taleOf(seen.tale)
  const askFor = useStoryAsk(work)
  const [asking, setAsking] = useState(false)
  const left = leftovers(seen)
  return (
    <details className="start-over" open={told}>
      <summary>{t('exercise.again.title')}</summary>
      <p>{t('exercise.again.text')}</p>
      <Group>
        <Button variant="default" renderRoot={(props) => <Link {...toStep(steps[0]!, 'new')} {...props} />}>
          {t('exercise.again.round')}
        </Button>
        {left.length > 0 && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('exercise.again.takeBack', { count: left.length })}
          </Button>
        )}
      </Group>
      <p>{t('exercise.again.fresh')}</p>
      {asking && (
        <NameAndDo
          title={t('exercise.again.takeBack', { count: left.length })}
          act={t('exercise.again.takeBack', { count: left.length })}
          final
          run={() => takeBack(left, askFor(work.purpose))}
          onClose={() => setAsking(false)}
        >
          <p>{t('exercise.again.takeBackText')}</p>
        </NameAndDo>
      )}
    </details>
  )
}
