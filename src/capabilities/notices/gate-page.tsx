import './notices.css'
import { Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownNotice } from '#capabilities/notices/console-shapes'
import { HandlingStrip } from '../../web/design/handling-strip'
import { MemberName } from '../../web/design/member-name'
import { Missing } from '../../web/design/states'
import { ActionHere } from './console-action'
import { Content } from './console-content'
import { Decision, Events, Memory } from './console-events'
import { GateAnswer } from './console-gate'
import { TypeName } from './console-names'
import { OpenNotice } from './console-open'
import { Standing } from './console-standing'

/** The notice on one side; on the other why a person of this office looks first, and the answer under its own law. */
export function Page() {
  return (
    <OpenNotice>
      {(notice) => (notice.role === 'holder' ? <Gate key={notice.id} notice={notice} /> : <Missing />)}
    </OpenNotice>
  )
}

function Gate({ notice }: { notice: ShownNotice }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const { id, type, channel, record, flags } = notice
  return (
    <>
      <Link to={'/notices?tab=gate' as '/today'}>{t('notices.gate.back')}</Link>
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
      <p role="status">{done && t('notices.gate.done')}</p>
      <div className="review">
        <div>
          <Standing notice={notice} />
          <Content notice={record.body} />
          <Decision decision={notice.decision} />
          <Events events={notice.events} />
        </div>
        <div>
          <section aria-labelledby="gate-flags">
            <h2 className="notice-part" id="gate-flags">
              {t('notices.gate.flags')}
            </h2>
            {flags.length === 0 ? (
              <p className="under">{t('notices.gate.noFlags')}</p>
            ) : (
              <ul className="flags">
                {flags.map((it) => (
                  <li key={it}>
                    <strong>{t(`notices.flags.${it}.name`, it)}</strong>
                    <span className="under">{t(`notices.flags.${it}.text`, '')}</span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <Memory refusals={notice.refusals} />
          <ActionHere notice={notice} />
          <GateAnswer notice={notice} onDone={() => setDone(true)} />
        </div>
      </div>
    </>
  )
}
