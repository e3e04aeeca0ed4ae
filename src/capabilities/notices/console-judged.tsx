import './notices.css'
import { Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownNotice } from '#capabilities/notices/console-shapes'
import { HandlingStrip } from '../../web/design/handling-strip'
import { MemberName } from '../../web/design/member-name'
import { Content } from './console-content'
import { Decision, Events } from './console-events'
import { TypeName } from './console-names'
import { Standing } from './console-standing'

interface Judging {
  readonly notice: ShownNotice
  /** The list from which whoever judges came: its tab, and its name. */
  readonly tab: 'review' | 'gate'
  /** What was just done. */
  readonly done: string | undefined
  /** Beside the notice on its own side: what the form lacks, what is asked. */
  readonly form?: ReactNode
  readonly action?: ReactNode
  /** The other side: what is weighed, and the answer. */
  readonly children: ReactNode
}

/** A notice on one side, and on the other what a person makes of it. */
export function JudgedNotice({ notice, tab, done, form, action, children }: Judging) {
  const { t } = useTranslation()
  const { id, type, channel, record } = notice
  return (
    <>
      <Link to={`/notices?tab=${tab}` as '/today'}>{t(`notices.${tab}.back`)}</Link>
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
      <p role="status">{done}</p>
      <div className="review">
        <div>
          <Standing notice={notice} />
          {form}
          <Content notice={record.body} />
          {action}
          <Decision decision={notice.decision} />
          <Events events={notice.events} />
        </div>
        <div>{children}</div>
      </div>
    </>
  )
}
