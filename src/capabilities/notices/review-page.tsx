import './notices.css'
import { Button, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isReviewedHere, type Rules, type ShownNotice } from '#capabilities/notices/console-shapes'
import { HandlingStrip } from '../../web/design/handling-strip'
import { MemberName } from '../../web/design/member-name'
import { Failed, Missing } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ActionHere } from './console-action'
import { Content } from './console-content'
import { Decision, Events, Memory } from './console-events'
import { TypeName } from './console-names'
import { OpenNotice } from './console-open'
import { Proposal } from './console-proposal'
import { Standing } from './console-standing'
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
  const { id, type, channel, record, place, proposal, check } = notice
  return (
    <>
      <Link to={'/notices?tab=review' as '/today'}>{t('notices.review.back')}</Link>
      <div className="review-head">
        <Title order={1} size="h3">
          <TypeName type={type} channel={channel as 'notice'} />{' '}
          <Link to={`/notices/${id}` as '/today'}>
            <bdi>{notice.caption}</bdi>
          </Link>
        </Title>
        <p className="under">
          <MemberName id={record.owner} /> · {t('web.record.version', { version: record.version })}
        </p>
      </div>
      <HandlingStrip handling={record.handling} />
      {/* Stays in place, so that what is put into it is read out. */}
      <p role="status">{done !== undefined && t(`notices.review.done.${done}`)}</p>
      <div className="review">
        <div>
          <Standing notice={notice} />
          <FormResult check={check} />
          <Content notice={record.body} />
          <ActionHere notice={notice} />
          <Decision decision={notice.decision} />
          <Events events={notice.events} />
        </div>
        <div>
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
        </div>
      </div>
    </>
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
