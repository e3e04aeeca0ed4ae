import './notices.css'
import { Button } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownNotice } from '#capabilities/notices/console-shapes'
import { Holders } from '../../web/design/holders'
import { RecordHead } from '../../web/design/record-head'
import { useSignedIn } from '../../web/node'
import { RecordActs } from '../../web/record/acts'
import { History } from '../../web/record/history'
import { ActionHere } from './console-action'
import { type Done, NoticeActs } from './console-acts'
import { Content } from './console-content'
import { Decision, Events, Memory } from './console-events'
import { TypeName } from './console-names'
import { OpenNotice } from './console-open'
import { Standing } from './console-standing'

/** One notice: where it stands, what it says, what is asked and permitted here, what was decided, what happened, who holds it. */
export function Page() {
  return <OpenNotice>{(notice) => <Shown key={notice.id} notice={notice} />}</OpenNotice>
}

function Shown({ notice }: { notice: ShownNotice }) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const before = useLocation({ select: (it) => (it.state as { done?: Done }).done })
  const [done, setDone] = useState<Done | undefined>(before)
  const { id, type, channel, record, role } = notice
  const ours = record.owner === member.id
  return (
    <>
      <Link to={'/notices' as '/today'}>{t('notices.back')}</Link>
      <RecordHead record={record} kind={t(`notices.${channel}s.${type}`)}>
        <NoticeActs notice={notice} onDone={setDone} />
        {role === 'holder' && <RecordActs record={record} />}
        <Button variant="default" renderRoot={(props) => <Link to={`/movements/${id}` as '/today'} {...props} />}>
          {t('notices.way')}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {t('notices.print')}
        </Button>
      </RecordHead>
      {/* Stays in place, so that what is put into it is read out. */}
      <p role="status">{done !== undefined && t(`notices.done.${done}`)}</p>
      <p className="notice-kind">
        <TypeName type={type} channel={channel as 'notice'} />
      </p>
      <Standing notice={notice} />
      {ours && <Lacks notice={notice} />}
      <ActionHere notice={notice} />
      <Decision decision={notice.decision} />
      <Content notice={record.body} />
      <Events events={notice.events} />
      {ours && <Holders id={id} version={record.version} />}
      {!ours && <Memory refusals={notice.refusals} />}
      <History record={record} />
    </>
  )
}

/** How far the form of a draft of ours has come. */
function Lacks({ notice: { place, check } }: { notice: ShownNotice }) {
  const { t } = useTranslation()
  if (place !== 'draft' && place !== 'refused') return null
  const open = check.gaps.filter((it) => it.weight === 'blocks')
  return (
    <section aria-labelledby="notice-check">
      <h2 className="notice-part" id="notice-check">
        {t('notices.check.title')}: {t('notices.check.complete', { percent: check.complete })}
      </h2>
      {open.length === 0 ? (
        <p>{t('notices.check.passes')}</p>
      ) : (
        <ul>
          {open.map((it) => (
            <li key={it.requirement}>
              {t(`notices.requirements.${it.requirement}.what`, it.requirement)}{' '}
              <bdi className="gap-rule">{it.rule}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
