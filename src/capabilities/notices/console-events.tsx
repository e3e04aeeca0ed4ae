import { useTranslation } from 'react-i18next'
import type { NoticeEvent, ShownNotice } from '#capabilities/notices/console-shapes'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'
import { Said } from './console-names'

/** What happened to it, newest first: who did what, and what they said of it. */
export function Events({ events }: { events: readonly NoticeEvent[] }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="notice-events">
      <h2 className="notice-part" id="notice-events">
        {t('notices.events.title')}
      </h2>
      <ol className="events">
        {[...events].reverse().map((it, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two things may happen at one moment
          <li key={at}>
            <Event event={it} />
          </li>
        ))}
      </ol>
    </section>
  )
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function Event({ event: { at, what, member, person, note, details } }: { event: NoticeEvent }) {
  const { t } = useTranslation()
  const { member: here } = useSignedIn()
  const answered = member === here.id && what.startsWith('answer-') ? what.slice('answer-'.length) : null
  const [reason, ground, action, outcome, place] = ['reason', 'ground', 'action', 'outcome', 'place'].map((it) =>
    text(details[it]),
  )
  const flags = Array.isArray(details.flags) ? (details.flags as string[]) : []
  return (
    <>
      <p>
        <Moment at={at} /> ·{' '}
        <strong>{answered === null ? t(`notices.events.${what}`, what) : t(`notices.locals.${answered}`)}</strong> ·{' '}
        <MemberName id={member} />
        {person !== null && <bdi className="under code">{person}</bdi>}
      </p>
      {outcome !== undefined && <p className="under">{t(`notices.outcomes.${outcome}`)}</p>}
      {reason !== undefined && <p className="under">{t(`notices.reasons.${reason}`, reason)}</p>}
      {action !== undefined && (
        <p className="under">
          {t('notices.gate.atMost')} {t(`notices.actions.${action}`)}
        </p>
      )}
      {place !== undefined && (
        <p className="under">
          <bdi>{place}</bdi>
        </p>
      )}
      {ground !== undefined && (
        <p className="under">
          {t('notices.gate.ground')}: {t(`notices.gate.grounds.${ground}`, ground)}
        </p>
      )}
      {flags.length > 0 && <p className="under">{flags.map((it) => t(`notices.flags.${it}.name`, it)).join(' · ')}</p>}
      {note !== null && <Said text={note} />}
    </>
  )
}

/** The newest decision with its reasons. */
export function Decision({ decision }: Pick<ShownNotice, 'decision'>) {
  const { t } = useTranslation()
  if (decision === null) return null
  const { outcome, reason, note, at, by } = decision
  return (
    <section aria-labelledby="notice-decision">
      <h2 className="notice-part" id="notice-decision">
        {t('notices.decision.title')}
      </h2>
      <p>
        <strong>{t(`notices.events.${outcome}`)}</strong> · <MemberName id={by} /> · <Moment at={at} />
      </p>
      {reason !== null && <p>{t(`notices.reasons.${reason}`, reason)}</p>}
      <Said text={note} />
    </section>
  )
}

/** What is remembered of the issuer: refusals and cancellations for misuse, with nothing of the persons in them. */
export function Memory({ refusals }: Pick<ShownNotice, 'refusals'>) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="notice-memory">
      <h2 className="notice-part" id="notice-memory">
        {t('notices.memory.title')}
      </h2>
      {refusals.length === 0 ? (
        <p className="under">{t('notices.memory.none')}</p>
      ) : (
        <>
          <p className="caution">{t('notices.memory.text', { number: refusals.length })}</p>
          <ul>
            {refusals.map(({ type, channel, reason, at }) => (
              <li key={`${at} ${type}`}>
                <Moment at={at} /> · {t(`notices.${channel}s.${type}`)} · {t(`notices.reasons.${reason}`, reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
