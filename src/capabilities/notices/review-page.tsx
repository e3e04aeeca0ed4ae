import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isReviewedHere, type Rules, type ShownNotice } from '#capabilities/notices/console-shapes'
import { Failed, Missing } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ActionHere } from './console-action'
import { Memory } from './console-events'
import { JudgedNotice } from './console-judged'
import { OpenNotice } from './console-open'
import { Proposal } from './console-proposal'
import { outcomesFrom, Test } from './console-test'

/** The notice on one side, the compliance test on the other. Two persons decide. */
export function Page() {
  return (
    <OpenNotice>
      {(notice, rules) =>
        isReviewedHere(notice) ? <Review key={notice.id} notice={notice} rules={rules} /> : <Missing />
      }
    </OpenNotice>
  )
}

function Review({ notice, rules }: { notice: ShownNotice; rules: Rules }) {
  const { t } = useTranslation()
  const [done, setDone] = useState<string>()
  const { id, channel, place, proposal, check } = notice
  return (
    <JudgedNotice
      notice={notice}
      tab="review"
      done={done && t(`notices.review.done.${done}`)}
      form={<FormResult check={check} />}
      action={<ActionHere notice={notice} />}
    >
      <Memory refusals={notice.refusals} />
      {proposal !== null ? (
        <Proposal notice={notice} rules={rules} onDone={setDone} />
      ) : place === 'submitted' ? (
        <TakeUp id={id} onDone={() => setDone('taken')} />
      ) : outcomesFrom(place).length > 0 ? (
        <Test key={place} notice={notice} rules={rules} onDone={() => setDone('proposed')} />
      ) : (
        <p className="under">{t(`notices.movers.${place}.${channel}`)}</p>
      )}
    </JudgedNotice>
  )
}

function FormResult({ check }: Pick<ShownNotice, 'check'>) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="review-form">
      <h2 className="notice-part" id="review-form">
        {t('notices.check.title')}: {t('notices.check.complete', { percent: check.complete })}
      </h2>
      <p className={check.passes ? 'check-passes' : 'check-lacks'}>
        {check.passes ? t('notices.check.passes') : t('notices.check.refuses')}
      </p>
      {check.gaps.length > 0 && (
        <ul>
          {check.gaps.map((it) => (
            <li key={it.requirement}>
              {t(`notices.requirements.${it.requirement}.what`, it.requirement)}{' '}
              <bdi className="gap-rule">{it.rule}</bdi>{' '}
              <span className="tag">{t(`notices.check.weights.${it.weight}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function TakeUp({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: () => ask(`/api/v1/notices/${id}/review/take`, { method: 'POST' }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone()
    },
  })
  return (
    <section className="take-up" aria-labelledby="take-up">
      <h2 className="notice-part" id="take-up">
        {t('notices.review.test')}
      </h2>
      <p>{t('notices.review.takeText')}</p>
      {take.error !== null && <Failed cause={take.error} />}
      <Button onClick={() => take.mutate()} loading={take.isPending}>
        {t('notices.review.take')}
      </Button>
    </section>
  )
}
