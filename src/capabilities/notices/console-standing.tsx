import { useTranslation } from 'react-i18next'
import type { ShownNotice } from '#capabilities/notices/console-shapes'
import type { Place } from '#capabilities/notices/lifecycle'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { DueClock } from './console-names'

const usual: readonly Place[] = ['draft', 'submitted', 'in-review', 'published']
const ends: readonly Place[] = ['withdrawn', 'cancelled', 'expired', 'executed']

/** The line from the draft to its end, with where this one has gone instead. */
function stepsOf(place: Place): Place[] {
  if (place === 'information-asked' || place === 'refused') return [...usual.slice(0, 3), place]
  if (place === 'suspended') return [...usual, place]
  if (ends.includes(place)) return [...usual, place]
  return [...usual]
}

/** Where it stands: the line of steps, who moves it next, and the clock. */
export function Standing({ notice }: { notice: ShownNotice }) {
  const { t } = useTranslation()
  const { place, role, channel, local, inForce, flags, updatedAt, expiresAt, proposedBy } = notice
  const steps = stepsOf(place)
  const at = steps.indexOf(place)
  const review = notice.record.handling.reviewAt
  return (
    <section className="notice-standing" aria-label={t('notices.standing.title')}>
      <ol className="notice-steps">
        {steps.map((it, index) => (
          <li
            key={it}
            className={index < at ? 'past' : index === at ? `now now-${it}` : 'ahead'}
            aria-current={index === at ? 'step' : undefined}
          >
            {t(`notices.places.${it}`)}
          </li>
        ))}
      </ol>
      <p>
        <strong>{t(inForce ? 'notices.inForce' : 'notices.notInForce')}</strong>{' '}
        {t(`notices.movers.${place}.${channel}`)} {proposedBy !== null && t('notices.review.waitsSecond')}{' '}
        <Help about={t('notices.standing.title')} rule="RPD 73 to 81, 97 to 101">
          <p>{t('notices.standing.help')}</p>
        </Help>
      </p>
      {role === 'holder' && local !== null && (
        <p>
          {t('notices.standing.here')} <strong>{t(`notices.locals.${local}`)}</strong>
          {flags.length > 0 && (
            <span className="under">{flags.map((it) => t(`notices.flags.${it}.name`, it)).join(' · ')}</span>
          )}
        </p>
      )}
      <dl className="standing-facts">
        {notice.dueAt !== null && (
          <div>
            <dt>{t('notices.columns.clock')}</dt>
            <dd>
              <DueClock since={updatedAt} {...notice} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('notices.standing.review')}</dt>
          <dd>
            <Moment at={review} />
          </dd>
        </div>
        <div>
          <dt>{t('notices.standing.expires')}</dt>
          <dd>
            <Moment at={expiresAt} />
          </dd>
        </div>
        {notice.decision !== null && (
          <div>
            <dt>{t('notices.decision.by')}</dt>
            <dd>
              <MemberName id={notice.decision.by} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
