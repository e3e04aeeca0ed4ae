import { useTranslation } from 'react-i18next'
import { type AnyDeadlineRule, ruleFor } from '#capabilities/messages/deadline-rule'
import { numberFormat } from '#kernel/language-formats'
import { Help } from '../../web/design/help'
import data from './deadlines.json'

const rules = data as readonly AnyDeadlineRule[]

/** Why there is this clock, and on which text it rests. A rule that is not of our data, as a sender may state, has no help. */
export function DeadlineHelp({ rule: id }: { rule: string }) {
  const { t } = useTranslation()
  const rule = rules.find((it) => it.id === id)
  const span = useSpan(rule)
  if (rule === undefined) return null
  return (
    <Help about={t('messages.deadline')} rule={`${rule.source}, ${rule.date} (${rule.id})`}>
      <p>
        {t(`messages.rules.${rule.id}`, rule.what)}: {span}.
      </p>
      <p>{t('messages.help.deadline')}</p>
      {!rule.verified && <p>{t('messages.help.unverified')}</p>}
    </Help>
  )
}

/** While a request is written: how long its recipients will have. */
export function DeadlineAhead({ asked }: { asked: { kind: string; urgency: string; availability?: string } }) {
  const { t } = useTranslation()
  const rule = ruleFor(asked, rules)
  const span = useSpan(rule)
  return (
    <p className="deadline-ahead">
      <span role="status">
        {rule === undefined ? t('messages.write.noDeadline') : t('messages.write.deadline', { span })}
      </span>{' '}
      {rule !== undefined && <DeadlineHelp rule={rule.id} />}
    </p>
  )
}

/** "8 hours", in the language of the page. */
function useSpan(rule: Pick<AnyDeadlineRule, 'amount' | 'unit'> | undefined): string {
  const { i18n } = useTranslation()
  if (rule === undefined) return ''
  const { amount, unit } = rule
  return numberFormat(i18n.language, {
    style: 'unit',
    unit: unit.slice(0, -1),
    unitDisplay: 'long',
  }).format(amount)
}
