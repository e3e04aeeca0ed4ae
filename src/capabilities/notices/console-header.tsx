import { useTranslation } from 'react-i18next'
import type { TypeRule } from '#capabilities/notices/console-shapes'
import { addTime, type TimeUnit } from '#kernel/clock'
import type { Category } from '#protocol/handling'
import type { Work } from '../../web/ask'
import { HandlingFields, type Header, startHeader } from '../../web/design/handling-form'
import defaults from './console-defaults.json'

const day = 86_400_000

/** The last day on which a notice of the type may end, and the one on which it is reviewed. */
export function daysOf({ lifetime, review }: TypeRule): { readonly reviewOn: string; readonly expiresOn: string } {
  const now = new Date()
  const ends = addTime(now, lifetime.amount, lifetime.unit as TimeUnit)
  const looked = review === undefined ? ends : addTime(now, review.amount, review.unit as TimeUnit)
  // The form has whole days, so it ends with the last whole day.
  const before = (at: string) => new Date(Date.parse(at) - day).toISOString().slice(0, 10)
  return { reviewOn: before(looked), expiresOn: before(ends) }
}

export function headerFor(rule: TypeRule, work: Work | undefined): Header {
  const isFact = defaults.facts.includes(rule.type)
  return {
    ...startHeader(work, { instrument: defaults.instrument, provision: rule.rpd, ...daysOf(rule) }),
    codes: [],
    purposes: [...new Set([...(work === undefined ? [] : [work.purpose]), ...defaults.purposes])],
    onward: defaults.onward as Header['onward'],
    category: (rule.categories[0] ?? 'none') as Category,
    nature: isFact ? 'fact' : 'assessment',
    source: isFact ? 'A' : 'F',
    information: isFact ? '1' : '6',
  }
}

interface Fields {
  readonly rule: TypeRule
  readonly header: Header
  readonly onChange: (header: Header) => void
  readonly refused: Readonly<Record<string, string>>
}

/** The header, and what of it the type does not allow. */
export function HeaderFields({ rule, header, onChange, refused }: Fields) {
  return <HandlingFields header={header} onChange={onChange} errors={useHeaderErrors(rule, header, refused)} />
}

export function useHeaderErrors(rule: TypeRule, header: Header, refused: Readonly<Record<string, string>> = {}) {
  const { t } = useTranslation()
  const errors: Partial<Record<keyof Header, string>> = {}
  if (!rule.categories.includes(header.category))
    errors.category = t('notices.form.categories', {
      names: rule.categories.map((it) => t(`web.categories.${it}`)).join(', '),
    })
  const last = daysOf(rule).expiresOn
  if (header.expiresOn > last) errors.expiresOn = t('notices.form.longest', { day: last })
  if (header.reviewOn > header.expiresOn) errors.reviewOn = t('notices.form.reviewFirst')
  for (const [at, text] of Object.entries(refused)) {
    const name = headerNames[at]
    if (name !== undefined) errors[name] = text
  }
  return errors
}

const headerNames: Readonly<Record<string, keyof Header>> = {
  '/handling/category': 'category',
  '/handling/expiresAt': 'expiresOn',
  '/handling/reviewAt': 'reviewOn',
  '/handling/purposes': 'purposes',
  '/handling/basis/instrument': 'instrument',
  '/handling/basis/provision': 'provision',
}
